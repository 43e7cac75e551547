"""Whether Excel and LibreOffice would run the workbook's macros, as far as their settings tell."""

from __future__ import annotations

from xxgk.errors import UnreadableWorkbook
from xxgk.machine.answers import GOOD, MISSING, NEUTRAL, Answer
from xxgk.machine.machine import Machine
from xxgk.machine.trust_excel import ALL_RUN, ASKS, ExcelMacros, excel_macros, excel_versions
from xxgk.machine.trust_libreoffice import EMPTY, LOW, MEDIUM, libreoffice_macros, settings_file

PURPOSE = "工作簿里的按钮能按"
TRUST = "运行 xxgk setup --trust 文件夹（放年报的文件夹）"


def excel_macro_answer(machine: Machine) -> Answer:
    """Return what the newest Excel of this user does with macros."""
    id_, title = "excel-macros", "Excel 的宏"
    versions = excel_versions(machine.registry)
    if not versions:
        return Answer(id_, title, NEUTRAL, "这个用户还没有打开过 Excel，查不到设置", PURPOSE)
    macros = excel_macros(machine.registry, versions[0])
    if _excel_runs(macros):
        return Answer(id_, title, GOOD, _excel_found(macros), PURPOSE)
    if macros.locked:
        advice = (
            "Excel 的宏被本单位的策略禁用。年报工作簿的按钮要用宏：请在组策略里允许受信任位置，或把年报文件夹加进去。"
        )
    else:
        advice = f"Excel 不运行宏，也不询问。请{TRUST}，或者在 Excel 的信任中心里添加受信任位置。"
    return Answer(id_, title, MISSING, "禁用了宏", PURPOSE, advice)


def libreoffice_macro_answer(machine: Machine) -> Answer:
    """Return what this user's LibreOffice does with macros."""
    id_, title = "libreoffice-macros", "LibreOffice 的宏"
    try:
        macros = libreoffice_macros(machine.read(str(settings_file(machine))) or EMPTY)
    except UnreadableWorkbook:
        return Answer(id_, title, NEUTRAL, f"看不懂它的设置文件（{settings_file(machine)}）", PURPOSE)
    if macros.folders:
        from urllib.parse import unquote

        folders = "、".join(unquote(folder).removeprefix("file://") for folder in macros.folders)
        return Answer(id_, title, GOOD, f"信任的文件夹：{folders}", PURPOSE)
    if macros.level <= MEDIUM:
        found = "直接运行所有的宏（不安全）" if macros.level == LOW else "打开工作簿时会询问，请选“启用宏”"
        return Answer(id_, title, GOOD, found, PURPOSE)
    advice = f"LibreOffice 不运行宏，按钮按了没有反应。请{TRUST}。"
    return Answer(id_, title, MISSING, "没有信任任何文件夹", PURPOSE, advice)


def _excel_runs(macros: ExcelMacros) -> bool:
    return macros.level in (ALL_RUN, ASKS) or bool(macros.folders and not macros.locked)


def _excel_found(macros: ExcelMacros) -> str:
    if macros.folders and not macros.locked:
        return f"受信任位置：{'、'.join(macros.folders)}"
    return "直接运行所有的宏（不安全）" if macros.level == ALL_RUN else "打开工作簿时会询问，请点“启用内容”"
