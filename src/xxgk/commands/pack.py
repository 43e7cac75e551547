"""``xxgk pack``: what is carried to computers without internet."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xxgk.errors import UsageProblem
from xxgk.packing.tools import make

PIP = 'pip install "xxgk[pack,pdf,import]"'


def run(arguments: Namespace) -> int:
    """Make the new folder: wheels with their scripts, or the program with its own Python in it."""
    folder, source = Path(arguments.folder), Path(arguments.source)
    if arguments.kind == "program":
        from xxgk.packing.program import fill_program, left_out

        make(folder, lambda made, temporary: fill_program(made, source, temporary))
        for use in left_out():
            print(f"注意：这台电脑没有装{use}的部件，做出的程序也不能{use}。要带上，请先运行：{PIP}")
    else:
        from xxgk.packing.wheels import TARGETS, fill_wheelhouse

        systems = arguments.systems.split(",") if arguments.systems else list(TARGETS)
        unknown = [system for system in systems if system not in TARGETS]
        if unknown:
            raise UsageProblem(f"不认识 {'、'.join(unknown)} 这个系统，可以写：{'、'.join(TARGETS)}。")
        make(folder, lambda made, _: fill_wheelhouse(made, source, systems))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"已做好：{folder}（{size / 1_000_000:.0f} MB）。整个文件夹复制到别的电脑上，看里面的“说明.txt”。")
    return 0
