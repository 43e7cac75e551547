"""The line that tells the buttons which program to start."""

from __future__ import annotations

import pytest

from xxgk.errors import FileProblem
from xxgk.machine.starter import started_program, starter_file, starter_line, starter_program

from support.machines import linux, windows


def test_windows_keeps_the_line_in_the_users_own_folder_and_code_page() -> None:
    machine = windows()
    assert str(starter_file(machine)) == r"C:\Users\王芳\AppData\Roaming\xxgk\python.txt"
    assert starter_line(machine) == f"{machine.program}\r\n".encode("gbk")


def test_a_windows_user_without_appdata_has_the_same_folder() -> None:
    assert starter_file(windows(environment={})) == starter_file(windows())


def test_linux_keeps_it_where_the_macros_look_whatever_the_environment() -> None:
    machine = linux(environment={"XDG_CONFIG_HOME": "/data/沙箱"}, program="/opt/程序 一/xxgk")
    assert str(starter_file(machine)) == "/home/王芳/.config/xxgk/python.txt"
    assert starter_line(machine) == "/opt/程序 一/xxgk\n".encode()


def test_what_is_written_is_read_again() -> None:
    for machine in (windows(), linux()):
        files = {str(starter_file(machine)): starter_line(machine)}
        again = windows(files=files) if machine.ansi else linux(files)
        assert started_program(again) == machine.program
        assert started_program(machine) is None


def test_the_buttons_start_the_python_that_can_say_what_is_wrong() -> None:
    assert starter_program(windows(program=r"D:\Python\pythonw.exe")) == r"D:\Python\python.exe"


def test_a_path_that_the_code_page_lacks_is_written_in_its_short_form() -> None:
    machine = windows(program=r"D:\Ğ程序\python.exe", short=lambda path: r"D:\0F12~1\python.exe")
    assert starter_line(machine) == b"D:\\0F12~1\\python.exe\r\n"


def test_without_a_short_form_it_is_said_and_nothing_is_guessed() -> None:
    with pytest.raises(FileProblem, match="认不出的字"):
        starter_line(windows(program=r"D:\Ğ程序\python.exe"))


def test_an_unknown_python_is_said() -> None:
    with pytest.raises(FileProblem, match="查不到 Python"):
        starter_line(linux(program=""))
