"""The one line that tells the workbook's buttons which program to start, for this user.

The macros read it: on Windows in the ANSI code page, the only one that VBA's ``Open`` knows, elsewhere in UTF-8
(docs/decisions/0010-macros.md).
"""

from __future__ import annotations

from pathlib import PurePath

from xxgk.errors import FileProblem
from xxgk.machine.machine import WINDOWS, Machine, path_of, settings_folder

FOLDER = "xxgk"
NAME = "python.txt"
WINDOWLESS, WITH_CONSOLE = "pythonw.exe", "python.exe"
UNWRITABLE = (
    "{path} 这个位置的名字里有表格程序的宏认不出的字。"
    "请把程序装到只用中文、英文和数字命名的文件夹里，再运行一次 xxgk setup。"
)


def starter_file(machine: Machine) -> PurePath:
    """Return where the line is kept.

    Outside Windows not by XDG_CONFIG_HOME: a LibreOffice in a sandbox has another one, and would not find the file.
    """
    if machine.system == WINDOWS:
        return settings_folder(machine) / FOLDER / NAME
    return path_of(machine, machine.home, ".config", FOLDER, NAME)


def starter_program(machine: Machine) -> str:
    """Return the program that the buttons are to start. Raise ``FileProblem`` when it is not known."""
    if not machine.program:
        raise FileProblem("查不到 Python 装在哪里，请用它的完整路径再运行一次：完整路径 -m xxgk setup。")
    program = path_of(machine, machine.program)
    if program.name.lower() == WINDOWLESS:
        # Without a console there is no output, so the macro would have nothing to show when something is wrong.
        return str(program.with_name(WITH_CONSOLE))
    return str(program)


def starter_line(machine: Machine) -> bytes:
    """Return the line for ``starter_file``. Raise ``FileProblem`` when the macros could not read it."""
    program = starter_program(machine)
    if machine.system != WINDOWS:
        return f"{program}\n".encode()
    for written in (program, machine.short(program)):
        try:
            return f"{written}\r\n".encode(machine.ansi)
        except UnicodeEncodeError:
            continue
    raise FileProblem(UNWRITABLE.format(path=program))


def started_program(machine: Machine) -> str | None:
    """Return the program that the buttons start now, or None when none is set."""
    data = machine.read(str(starter_file(machine)))
    if data is None:
        return None
    return data.decode(machine.ansi or "utf-8", "replace").strip() or None
