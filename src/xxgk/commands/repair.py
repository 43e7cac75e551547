"""``xxgk repair``: what was typed into a damaged workbook, in a fresh one."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from xxgk.errors import UsageProblem
from xxgk.files import quoted, replace_file
from xxgk.mending.repair import repair_workbook
from xxgk.output.lines import printable
from xxgk.output.marks import unmark
from xxgk.sources import read_workbook_bytes
from xxgk.suffixes import XLSM, XLSX

REPAIRED = "（修复）"


def run(arguments: Namespace) -> int:
    """Write the fresh workbook beside the old one, which stays; return 1 when something could not be carried."""
    path = Path(arguments.file)
    same = XLSM if path.suffix.lower() == XLSM else XLSX
    target = Path(arguments.output) if arguments.output else path.with_name(f"{path.stem}{REPAIRED}{same}")
    suffix = target.suffix.lower()
    if suffix not in (XLSM, XLSX):
        raise UsageProblem("-o 后面的文件名请以 .xlsm（带按钮）或者 .xlsx（不带按钮）结尾。")
    data, _ = read_workbook_bytes(path)
    if target.exists():
        raise UsageProblem(f"已经有 {target} 这个文件，没有覆盖。请用 -o 换一个名字，或先把它移走。")
    # Marks of an earlier check are ours: nobody misses them.
    repaired = repair_workbook(unmark(data), suffix)
    replace_file(target, repaired.data)
    print(f"已存成新的工作簿：{target}\n原来的文件没有动：{path}")
    _print("放回了标准的位置：", repaired.moved)
    _print("恢复了标准的样子，请核对有关的数：", repaired.restored)
    _print("照原样带过去了，但不是看得懂的数，请改正：", repaired.doubtful)
    _print("没有带过去，请对照原来的文件处理：", repaired.lost)
    if not (repaired.moved or repaired.restored or repaired.doubtful or repaired.lost):
        print("原来的文件结构没有问题，填的内容全部带过去了。")
    print(f"下一步：xxgk check {quoted(target)}")
    return 1 if repaired.lost else 0


def _print(title: str, sentences: Sequence[str]) -> None:
    if sentences:
        print(title)
        for sentence in sentences:
            print(f"  {printable(sentence)}")
