"""``xxgk setup``: connect the workbook's buttons with this program, for this user only."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from xxgk.errors import FileProblem, UnreadableWorkbook, UsageProblem
from xxgk.files import backup, make_folder, replace_file
from xxgk.machine.machine import MAC, WINDOWS, Machine, this_machine
from xxgk.machine.programs import find_libreoffice
from xxgk.machine.starter import starter_file, starter_line, starter_program
from xxgk.machine.trust import refuse_unsafe
from xxgk.machine.trust_excel import excel_versions, trust_in_excel, untrust_in_excel
from xxgk.machine.trust_libreoffice import EMPTY, lock_file, settings_file, with_folder, without_folder

NEXT = (
    "还有一步：让表格程序运行年报工作簿里的宏。把年报放进一个专门的文件夹，运行一次：\n"
    "  xxgk setup --trust 文件夹\n"
    "这样只有这个文件夹里的宏可以运行。也可以在表格程序里手工添加这个文件夹：\n"
    "  Excel：文件 › 选项 › 信任中心 › 信任中心设置 › 受信任位置 › 添加新位置\n"
    "  LibreOffice：工具 › 选项 › LibreOffice › 安全 › 宏安全性 › 可信来源 › 添加"
)


def run(arguments: Namespace) -> int:
    """Write, or with ``--remove`` take away, the buttons' setting, and the trust in a folder if one is named."""
    machine = this_machine()
    folder = Path(arguments.trust).resolve() if arguments.trust else None
    if arguments.remove:
        _disconnect(machine)
        if folder:
            _tell_trust(_untrust(machine, folder), f"已不再信任 {folder}")
    else:
        if folder:
            _refuse(machine, folder)
        _connect(machine)
        if folder:
            _tell_trust(_trust(machine, folder), f"已信任 {folder} 里的工作簿，它们的宏可以运行")
        else:
            print(NEXT)
    return 0


def _connect(machine: Machine) -> None:
    path = Path(starter_file(machine))
    line = starter_line(machine)
    make_folder(path.parent)
    replace_file(path, line)
    print(f"工作簿里的按钮将启动：{starter_program(machine)}\n设置写在：{path}")
    if machine.system in (WINDOWS, MAC) and machine.module("xlwings") is None:
        print("缺少部件 xlwings，Excel 里的按钮还不能用：请用安装文件夹重新安装 xxgk。")


def _disconnect(machine: Machine) -> None:
    path = Path(starter_file(machine))
    try:
        path.unlink()
    except FileNotFoundError:
        print("没有设置过，不用去掉。")
    else:
        print(f"已去掉按钮的设置：{path}")


def _refuse(machine: Machine, folder: Path) -> None:
    """Raise ``UsageProblem`` when ``folder`` is not there or not safe to trust."""
    if not folder.is_dir():
        raise UsageProblem(f"没有 {folder} 这个文件夹，请先建好，再运行一次。")
    refuse_unsafe(machine, folder)


def _trust(machine: Machine, folder: Path) -> list[str]:
    """Return the names of the programs that now trust ``folder``."""
    programs = _change_excel(machine, lambda version: trust_in_excel(machine.registry, version, folder))
    if find_libreoffice(machine):
        _change_libreoffice(machine, lambda xml: with_folder(xml, folder.as_uri()))
        programs.append("LibreOffice")
    return programs


def _untrust(machine: Machine, folder: Path) -> list[str]:
    """Return the names of the programs that now do not trust ``folder``."""
    programs = _change_excel(machine, lambda version: untrust_in_excel(machine.registry, version, folder))
    if machine.is_file(str(settings_file(machine))):
        _change_libreoffice(machine, lambda xml: without_folder(xml, folder.as_uri()))
        programs.append("LibreOffice")
    return programs


def _change_excel(machine: Machine, change: Callable[[str], None]) -> list[str]:
    """Change the settings of each version and return their names. Raise ``FileProblem`` when that is forbidden."""
    versions = excel_versions(machine.registry)
    try:
        for version in versions:
            change(version)
    except OSError as error:
        raise FileProblem("这台电脑不让改 Excel 的受信任位置，请信息技术人员在组策略里添加这个文件夹。") from error
    return [f"Microsoft Excel {version}" for version in versions]


def _change_libreoffice(machine: Machine, change: Callable[[bytes], bytes]) -> None:
    """Change LibreOffice's settings after a backup. Raise ``FileProblem`` while it runs, or if they are damaged."""
    path, lock = Path(settings_file(machine)), lock_file(machine)
    if machine.is_file(str(lock)):
        raise FileProblem(
            f"LibreOffice 正开着，现在改它的设置会丢：请全部关闭，再运行一次。（如果确定没有打开，请删除 {lock}。）"
        )
    old = machine.read(str(path))
    try:
        new = change(EMPTY if old is None else old)
    except UnreadableWorkbook as error:
        raise FileProblem(f"LibreOffice 的设置文件 {path} 看不懂，没有改动。请在 LibreOffice 里手工设置。") from error
    if new == old:
        return
    if old is not None:
        backup(path)
    make_folder(path.parent)
    replace_file(path, new)


def _tell_trust(programs: list[str], sentence: str) -> None:
    if programs:
        print(f"{sentence}（{'、'.join(programs)}）。")
    else:
        print("没有找到可以设置的 Excel 或 LibreOffice。用 WPS 的，不按按钮，在 xxgk 的窗口里校验、生成报告。")
