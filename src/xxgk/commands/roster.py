"""``xxgk roster``: a list of units to fill in."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xxgk.errors import UsageProblem
from xxgk.files import quoted, replace_file
from xxgk.formats import newest_form
from xxgk.suffixes import XLSX


def run(arguments: Namespace) -> int:
    """Write the list, with the units of a folder where one is given; return 0."""
    from xxgk.consolidate.places import place_of
    from xxgk.consolidate.rosterbuild import build_roster
    from xxgk.consolidate.sources import find_sources
    from xxgk.consolidate.standing import found_roster
    from xxgk.consolidate.take import take

    path = Path(arguments.output)
    if path.suffix.lower() != XLSX:
        raise UsageProblem(f"-o 后面的文件名请以 {XLSX} 结尾。")
    if path.exists():
        raise UsageProblem(f"已经有 {path} 这个文件，没有覆盖。请换一个名字，或先把它移走。")
    files = [take(source) for source in find_sources(place_of(arguments.folder)).files] if arguments.folder else []
    units = found_roster(files).units
    replace_file(path, build_roster(newest_form(), units))
    print(f"已新建：{path}")
    if files:
        without = sum(not one.unit for one in files)
        print(f"读了 {len(files)} 个文件，写进去 {len(units)} 个单位；同名的只写一行，{without} 个看不出单位的没有写。")
        print("请核对，填好“上级单位”。")
    print(f"填好、存盘、关闭，再运行：xxgk consolidate 文件夹 -o 汇总.xlsx --roster {quoted(path)}")
    return 0
