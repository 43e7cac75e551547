"""What ``xxgk doctor`` asks of a computer. Each probe is a pure function of a ``Machine``."""

from __future__ import annotations

from collections.abc import Sequence

from xxgk.machine.answers import GOOD, MISSING, NEUTRAL, Answer
from xxgk.machine.fonts import FONTS, font_in_use, installed_fonts
from xxgk.machine.machine import MAC, WINDOWS, Machine
from xxgk.machine.macro_probes import excel_macro_answer, libreoffice_macro_answer
from xxgk.machine.programs import Program, find_excel, find_libreoffice, find_wps
from xxgk.machine.starter import started_program, starter_file, starter_program

LIBRARIES = {"openpyxl": "新建工作簿", "jinja2": "生成草稿、问题清单、汇总网页"}
# What can be installed besides (pyproject.toml): the name of each extra, its library, and what it is for.
EXTRAS = {
    "pdf": ("typst", "生成 PDF 和一图读懂"),
    "import": ("playa", "读取已公布的 PDF，核对 PDF 报告"),
    "parquet": ("pyarrow", "汇总的数存成 Parquet"),
    "cluster": ("distributed", "几台电脑一起汇总"),
}
SAMPLE = "政府信息公开√×"


def examine(machine: Machine, missing_files: Sequence[str], version: str) -> tuple[Answer, ...]:
    """Return all answers in the order in which they are shown.

    ``missing_files`` are files of the installation that are not there; ``version`` is xxgk's.
    """
    programs = {"excel": find_excel(machine), "wps": find_wps(machine), "libreoffice": find_libreoffice(machine)}
    answers = [
        _python(machine),
        _installation(machine, missing_files, version),
        *(_library(machine, name) for name in LIBRARIES),
        *(_extra(machine, name) for name in EXTRAS),
        _home(machine),
        _console(machine),
        *_spreadsheets(machine, programs),
        _buttons(machine),
        *([_xlwings(machine)] if machine.system in (WINDOWS, MAC) else []),
        *([excel_macro_answer(machine)] if machine.system == WINDOWS and programs["excel"] else []),
        *([libreoffice_macro_answer(machine)] if programs["libreoffice"] else []),
        _window(machine),
        *_fonts(machine),
    ]
    return tuple(answers)


def _python(machine: Machine) -> Answer:
    found = f"{machine.python}，{machine.program}"
    if machine.frozen:
        return Answer("python", "Python", GOOD, f"程序自带（{machine.python}），不用安装", "运行 xxgk")
    return Answer("python", "Python", GOOD, found, "运行 xxgk")


def _installation(machine: Machine, missing: Sequence[str], version: str) -> Answer:
    purpose = "校验、生成报告要用的格式和模板"
    if missing:
        return Answer(
            "installation",
            "程序文件",
            MISSING,
            f"缺少：{'、'.join(missing)}",
            purpose,
            "xxgk 的安装不完整，请重新安装。",
            needed=True,
        )
    return Answer("installation", "程序文件", GOOD, f"xxgk {version}，齐全", purpose, needed=True)


def _library(machine: Machine, name: str) -> Answer:
    version = machine.module(name)
    purpose = LIBRARIES[name]
    if version is None:
        advice = f"xxgk 的安装不完整，缺少 Python 部件 {name}，请用安装文件夹重新安装。"
        return Answer(name, f"部件 {name}", MISSING, "没有", purpose, advice, needed=True)
    return Answer(name, f"部件 {name}", GOOD, version or "有", purpose, needed=True)


def _extra(machine: Machine, name: str) -> Answer:
    library, purpose = EXTRAS[name]
    version = machine.module(library)
    if version is not None:
        return Answer(f"extra:{name}", f"可选部件 {name}", GOOD, version or "有", purpose)
    how = "这份程序没有带" if machine.frozen else f'要用的话请运行 pip install "xxgk[{name}]"'
    return Answer(f"extra:{name}", f"可选部件 {name}", NEUTRAL, f"没有，{how}", purpose)


def _home(machine: Machine) -> Answer:
    purpose = "保存设置和工作簿"
    if machine.writable(machine.home):
        return Answer("home", "用户文件夹", GOOD, f"可以写入 {machine.home}", purpose, needed=True)
    advice = f"当前用户不能在 {machine.home} 里写文件：请检查权限和磁盘空间。"
    return Answer("home", "用户文件夹", MISSING, f"不能写入 {machine.home}", purpose, advice, needed=True)


def _console(machine: Machine) -> Answer:
    title, purpose = "命令窗口", "显示中文"
    try:
        SAMPLE.encode(machine.console or "ascii")
    except (UnicodeEncodeError, LookupError):
        advice = (
            "命令窗口不能显示中文：请在窗口的属性里选“936 (简体中文 GBK)”，或者改用 Windows 终端。"
            if machine.system == WINDOWS
            else "命令窗口不能显示中文：请把系统语言设为 zh_CN.UTF-8。"
        )
        return Answer("console", title, MISSING, f"编码是 {machine.console or '未知'}", purpose, advice)
    return Answer("console", title, GOOD, f"编码是 {machine.console}", purpose)


def _spreadsheets(machine: Machine, programs: dict[str, Program | None]) -> list[Answer]:
    """Return one answer for each program; none is missing as long as there is one."""
    titles = {"excel": "Microsoft Excel", "wps": "WPS 表格", "libreoffice": "LibreOffice"}
    purposes = {
        "excel": "填写工作簿，按按钮校验、生成报告",
        "wps": "填写工作簿；校验、生成报告用 xxgk 的窗口",
        "libreoffice": "填写工作簿，按按钮校验、生成报告",
    }
    shown = [id_ for id_ in titles if id_ != "excel" or machine.system in (WINDOWS, MAC)]
    answers = []
    for id_ in shown:
        program = programs[id_]
        if program is not None:
            found = f"{program.version}，{program.path}".lstrip("，")
            answers.append(Answer(id_, titles[id_], GOOD, found, purposes[id_]))
        elif any(programs.values()):
            answers.append(Answer(id_, titles[id_], NEUTRAL, "没有安装", purposes[id_]))
        else:
            advice = f"请安装一个表格程序：{'、'.join(titles[name] for name in shown)}，有一个就行。"
            answers.append(Answer(id_, titles[id_], MISSING, "没有安装", purposes[id_], advice))
    return answers


def _buttons(machine: Machine) -> Answer:
    title, purpose = "按钮的设置", "工作簿里的按钮知道启动哪个程序"
    program = started_program(machine)
    if program is None:
        advice = "请用平时填年报的用户登录，运行一次 xxgk setup。"
        return Answer("buttons", title, MISSING, f"还没有设置（{starter_file(machine)}）", purpose, advice)
    if not machine.is_file(program):
        advice = f"按钮要启动的程序 {program} 已经不在了，请重新运行一次 xxgk setup。"
        return Answer("buttons", title, MISSING, f"指向的程序不存在：{program}", purpose, advice)
    other = "" if program == starter_program(machine) else "（不是现在运行的这个程序）"
    return Answer("buttons", title, GOOD, f"{program}{other}", purpose)


def _xlwings(machine: Machine) -> Answer:
    title, purpose = "部件 xlwings", "Excel 里的按钮"
    version = machine.module("xlwings")
    if version is None:
        advice = "缺少 Python 部件 xlwings，Excel 里的按钮不能用，请用安装文件夹重新安装 xxgk。"
        return Answer("xlwings", title, MISSING, "没有", purpose, advice)
    return Answer("xlwings", title, GOOD, version or "有", purpose)


def _window(machine: Machine) -> Answer:
    title, purpose = "xxgk 的窗口", "不能用宏的电脑上，在窗口里校验、生成报告"
    # The package is there even where the library that it needs is not.
    if machine.module("tkinter") is None or machine.module("_tkinter") is None:
        advice = "缺少 Python 的 tkinter 部件，请安装（Debian、UOS、麒麟上的软件包名是 python3-tk）。"
        return Answer("window", title, MISSING, "打不开", purpose, advice)
    return Answer("window", title, GOOD, "可以打开", purpose)


def _fonts(machine: Machine) -> list[Answer]:
    installed = installed_fonts(machine)
    purpose = "报告的字体"
    if installed is None:
        return [Answer("fonts", "字体", NEUTRAL, "查不到装了哪些字体", purpose)]
    answers = []
    for name in FONTS:
        used = font_in_use(name, installed)
        if used == name:
            answers.append(Answer(f"font:{name}", f"字体 {name}", GOOD, "有", purpose))
        elif used:
            answers.append(Answer(f"font:{name}", f"字体 {name}", NEUTRAL, f"没有，可用“{used}”代替", purpose))
        else:
            advice = f"请安装字体 {name}（或相近的字体），否则打印出来的报告字体不对。"
            answers.append(Answer(f"font:{name}", f"字体 {name}", MISSING, "没有", purpose, advice))
    return answers
