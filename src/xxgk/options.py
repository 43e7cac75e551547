"""What each command takes, and its help: the words of the command line, for staff."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from xxgk import __version__
from xxgk.output.terminal import terminal_width
from xxgk.report import UNKNOWN_LEVEL

JOBS_LIMIT = 32  # processes; Windows waits for 63 at most

# argparse speaks through gettext; these are its own sentences, for staff.
WORDS = {
    "usage: ": "用法：",
    "positional arguments": "要写的内容",
    "options": "选项",
    "optional arguments": "选项",
    "show this help message and exit": "显示这段帮助",
    "the following arguments are required: %s": "还要写上：%s",
    "unrecognized arguments: %s": "不认识：%s",
    "expected one argument": "后面要写一项内容",
    "expected at least one argument": "后面至少要写一项内容",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这个选择，可用的有：%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 不对，这里应是数字",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
    "ignored explicit argument %r": "后面不要写 %r",
    "one of the arguments %s is required": "还要写上其中一项：%s",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "%(prog)s: error: %(message)s\n": "写法不对：%(message)s\n",
}


class _Help(argparse.HelpFormatter):
    """Each explanation on its own line: argparse aligns columns by characters, Chinese ones are twice as wide."""

    def __init__(self, prog: str) -> None:
        # Without a width argparse imports shutil to find one.
        super().__init__(prog, max_help_position=6, width=terminal_width() - 2)


Configure = Callable[[argparse.ArgumentParser], None]


def build_parser(command: str = "") -> argparse.ArgumentParser:
    """Return the parser, with Chinese help and messages.

    It knows only ``command`` where that is one of ours: declaring the others takes longer than a check.
    """
    argparse._ = lambda text: WORDS.get(text, text)  # type: ignore[attr-defined]
    parser = argparse.ArgumentParser(
        prog="xxgk",
        formatter_class=_Help,
        description="政府信息公开工作年度报告：填报、校验、生成报告。",
        epilog="常用：xxgk new 2023 --unit 和平镇人民政府，填好后 xxgk check 文件，最后 xxgk report 文件。",
    )
    parser.add_argument("--version", action="version", help="显示版本号", version=f"xxgk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True, prog="xxgk")
    for name in (command,) if command in COMMANDS else COMMANDS:
        text, configure = COMMANDS[name]
        configure(commands.add_parser(name, help=text, description=text, formatter_class=_Help))
    return parser


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="文件夹", nargs="?", default="和平镇示例", help="放在哪里（默认：和平镇示例）"
    )


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", metavar="年度", type=int, help="报告年度，如 2023")
    parser.add_argument("--unit", metavar="单位", help="单位全称，如 和平镇人民政府；有 --from 的可不写")
    parser.add_argument("--from", dest="source", metavar="上年文件", help="上一年的工作簿、JSON 或者已公布的报告")
    parser.add_argument(
        "--level", metavar="级别", default=UNKNOWN_LEVEL, help="如 township 或 乡镇街道（默认：未选择）"
    )
    parser.add_argument("-o", dest="output", metavar="文件", help="存成哪个文件：.xlsm 带按钮（默认），.xlsx 不带")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar="文件", nargs="+", help="一个或多个工作簿（.xlsx、.xlsm），或者放工作簿的文件夹"
    )
    parser.add_argument(
        "--previous",
        metavar="上年文件",
        action="append",
        help="上一年的工作簿、JSON 或者报告，用来核对跨年数字；可以写几次，也可以是文件夹：按单位和年度找上一年的",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif", "html"),
        default="text",
        help="结果的样子：text 文字，html 可打印的问题清单，json 和 sarif 供程序读取",
    )
    parser.add_argument(
        "-o", dest="output", metavar="结果文件", help="html、json、sarif 存成哪个文件（默认：显示出来）"
    )
    parser.add_argument(
        "--fail-on", choices=("error", "warning"), default="error", help="有错误（error）或有警告（warning）时返回 1"
    )
    marks = parser.add_mutually_exclusive_group()
    marks.add_argument("--mark", action="store_true", help="把结果写进工作簿：一页清单、颜色和批注；改前备份")
    marks.add_argument("--unmark", action="store_true", help="去掉 --mark 写进工作簿的全部内容，不校验；改前备份")
    parser.add_argument("--jobs", metavar="个数", type=_jobs, help="文件多时同时校验几个（默认：按处理器，最多 4 个）")


def _jobs(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= JOBS_LIMIT:
        return int(text)
    raise argparse.ArgumentTypeError(f"这里应是 1 到 {JOBS_LIMIT} 的数字，不是 {text!r}")


def _fill(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="要填的工作簿")
    sources = parser.add_mutually_exclusive_group(required=True)
    sources.add_argument(
        "--from",
        dest="source",
        metavar="来源",
        help="上年的工作簿或报告（填上年数据、结转）；或者本年的 JSON、CSV、另一个工作簿",
    )
    sources.add_argument("--ledger", metavar="台账", help="依申请公开台账（.xlsx、.csv）：数出表三、表四的各数")
    parser.add_argument("--overwrite", action="store_true", help="已经填过的，也改成上年报告、台账里的")
    parser.add_argument("--dry-run", action="store_true", help="只看会改哪些格，不写入")


def _draft(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="工作簿", help="工作簿")
    parser.add_argument("--dry-run", action="store_true", help="只列出会写的段落，不改文件")


def _fix(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="要改的工作簿")
    parser.add_argument("--dry-run", action="store_true", help="只看会改哪些格，不写入")


def _repair(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="结构弄坏了的工作簿；它本身不会改动")
    parser.add_argument("-o", dest="output", metavar="文件", help="存成哪个文件（默认：原名后面加“（修复）”）")


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="文件", nargs="+", help="填好的工作簿；写文件夹就生成其中全部的报告")
    parser.add_argument("-o", dest="folder", metavar="文件夹", help="放在哪里（默认：与工作簿同一文件夹）")
    parser.add_argument(
        "--to",
        dest="formats",
        metavar="格式",
        default="docx,html",
        help="docx、html、pdf、picture（一图读懂）、html-fragment（粘进网站编辑器）、json、md、txt，用逗号隔开（默认：docx,html）",
    )
    parser.add_argument(
        "--pdf-from", choices=("docx",), default="", help="PDF 由 LibreOffice 或 Word 从 Word 文件转成，每页与它一样"
    )
    parser.add_argument(
        "--site",
        metavar="网站",
        help="网页上写明的网站名称、域名、标识码，如 和平镇人民政府网,www.heping.gov.cn,4416240001",
    )
    parser.add_argument("--force", action="store_true", help="还有错误也生成，每页标“草稿”")
    parser.add_argument("--style", metavar="样式文件", help="在 Word 里改过样式的 docx，见 docs/restyle.md")
    parser.add_argument("--seal", dest="sealed", action="store_true", help="落款要盖章：单位和日期按盖章的位置排")
    parser.add_argument("--jobs", metavar="个数", type=_jobs, help="文件多时同时生成几个（默认：按处理器，最多 4 个）")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="工作簿")
    parser.add_argument("-o", dest="output", metavar="文件", help="存成哪个文件（默认：显示出来）")
    parser.add_argument("--resolved", action="store_true", help="占位符换成数，标题、落款等自动内容也写出来")


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="报告", help="已公布的年报：.docx、.html、.pdf（有文字的）、.txt、.md，或旧工作簿"
    )
    parser.add_argument("-o", dest="output", metavar="文件", help="存成哪个工作簿：.xlsx（默认）或 .xlsm（带按钮）")
    parser.add_argument("--which", metavar="第几份", type=int, help="文件里有几份报告时，要第几份")


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", metavar="报告", help="要核对的报告：.docx、.html、.pdf（有文字的）、.txt、.md")
    parser.add_argument("workbook", metavar="工作簿", help="它应当与哪个工作簿一致")
    parser.add_argument("--which", metavar="第几份", type=int, help="文件里有几份报告时，核对第几份")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text 文字，json 供程序读取")


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="原来的", help="工作簿、JSON 或者已公布的报告，如上年的")
    parser.add_argument("new", metavar="现在的", help="与它对照的另一份，如本年的")
    parser.add_argument("--format", choices=("text", "html"), default="text", help="text 文字，html 可打印的网页")
    parser.add_argument("-o", dest="output", metavar="结果文件", help="html 存成哪个文件（默认：显示出来）")


def _trace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="工作簿、JSON 或者已公布的报告")
    parser.add_argument("address", metavar="地址", help="如 applications.new.person，或者 三 依申请公开!E8")
    parser.add_argument("--ledger", metavar="台账", help="再列出台账里计入这个数的每一件（.xlsx、.csv）")


def _ledger(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", choices=("new", "map"), metavar="new|map", help="new 新建台账；map 写出对照表，选定自己的台账的各列"
    )
    parser.add_argument("file", metavar="台账", nargs="?", help="map 用：自己的台账（.xlsx、.csv）")
    parser.add_argument("-o", dest="output", metavar="文件", help="new 用：存成哪个文件（默认：依申请公开台账.xlsx）")


def _consolidate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="文件夹", help="各单位交来的工作簿和报告，可以有子文件夹和 zip 压缩包；sftp:// 等地址也行"
    )
    parser.add_argument("-o", dest="output", metavar="文件", required=True, help="汇总存成哪个工作簿：.xlsx 或 .xlsm")
    parser.add_argument("--roster", metavar="名单", help="单位名单（.xlsx、.csv），用 xxgk roster new 新建")
    parser.add_argument("--unit", metavar="单位", help="汇总单位的名称，名单里有的不用写")
    parser.add_argument("--year", metavar="年度", type=int, help="汇总哪一年（默认：多数报告的年度）")
    parser.add_argument("--own", metavar="文件", help="汇总单位自己的报告，与下级相加的数核对")
    parser.add_argument("--adjust", metavar="调整", help="调整表（.csv、.xlsx）；不写时用上次汇总结果里的“汇总调整”")
    parser.add_argument("--jobs", metavar="个数", type=_jobs, help="同时读几个文件（默认：按处理器，最多 4 个）")
    parser.add_argument("--cluster", metavar="地址", help="在 Dask 集群的多台计算机上读，如 tcp://10.0.0.1:8786")
    parser.add_argument(
        "--page",
        metavar="网页",
        nargs="?",
        const="",
        help="再写一个网页：谁交了、谁迟了、常见问题、各单位的数（默认：与汇总同名）",
    )
    parser.add_argument(
        "--returns",
        metavar="文件夹",
        nargs="?",
        const="",
        help="再写退改单、催报名单、审核表（默认：汇总旁边的“退改单”）",
    )
    parser.add_argument(
        "--table",
        dest="tables",
        metavar="数据表",
        action="append",
        default=[],
        help="再存成 .csv、.sqlite 或 .parquet；可以写几次",
    )


def _roster(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("new",), metavar="new", help="新建单位名单")
    parser.add_argument("--from", dest="folder", metavar="文件夹", help="先填上这个文件夹里的报告写明的单位")
    parser.add_argument(
        "-o", dest="output", metavar="文件", default="单位名单.xlsx", help="存成哪个文件（默认：单位名单.xlsx）"
    )


def _submit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="填好的工作簿；它本身不会改动")
    parser.add_argument("-o", dest="output", metavar="文件", help="存成哪个文件（默认：原名后面加“（上报）”）")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="编号", nargs="?", help="如 A102；不写时列出全部编号")


def _window(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", nargs="?", help="要校验的工作簿（默认：打开窗口以后再选）")


def _setup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trust", metavar="文件夹", help="让 Excel、LibreOffice 运行这个文件夹里的工作簿的宏")
    parser.add_argument("--remove", action="store_true", help="去掉设置；与 --trust 同用时也不再信任那个文件夹")


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text 文字，json 供远程协助")


def _pack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        choices=("wheels", "program"),
        metavar="wheels|program",
        help="wheels：不联网的安装文件夹；program：免安装、不需要 Python 的程序（只能在本机这种系统上用）",
    )
    parser.add_argument("folder", metavar="文件夹", help="放在哪个新文件夹里")
    parser.add_argument("--source", metavar="源程序", default=".", help="xxgk 的源程序文件夹（默认：当前文件夹）")
    parser.add_argument(
        "--for",
        dest="systems",
        metavar="系统",
        help="wheels 给哪些系统用：windows、linux-x86_64、linux-aarch64，用逗号隔开（默认：全部）",
    )


def _template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("build", "verify"), metavar="build|verify", help="生成，或核对是否最新")
    parser.add_argument("folder", metavar="文件夹", nargs="?", help="模板所在文件夹（默认：workbook_templates）")


COMMANDS: Mapping[str, tuple[str, Configure]] = {
    "demo": ("用和平镇的真实年报走一遍：工作簿、校验结果、报告", _demo),
    "new": ("新建一个空白工作簿", _new),
    "check": ("校验工作簿，列出问题", _check),
    "fix": ("把意思明确的小毛病改好：文字数字、多余的空格", _fix),
    "repair": ("把填的内容搬到一个新的工作簿里，修复弄坏的结构", _repair),
    "fill": ("把数据填进工作簿", _fill),
    "draft": ("给还没有写的部分拟几段文字，数字用占位符", _draft),
    "report": ("生成报告", _report),
    "export": ("把工作簿导出为 JSON", _export),
    "import": ("把已公布的年报读回工作簿", _import),
    "ledger": ("依申请公开台账：新建，或者认一认自己的台账", _ledger),
    "verify": ("核对报告（Word、网页、PDF、文字）与工作簿是否一字不差", _verify),
    "diff": ("两份报告对照：数字的增减，文字的增删", _diff),
    "trace": ("一个数是从哪里来的", _trace),
    "consolidate": ("把许多单位的工作簿和报告汇总成一个", _consolidate),
    "roster": ("单位名单：新建", _roster),
    "submit": ("做一份上报用的：去掉标记、上年文字和个人信息", _submit),
    "explain": ("解释一条规则", _explain),
    "window": ("打开窗口：不用命令，用鼠标和按键校验、生成报告", _window),
    "setup": ("让工作簿里的按钮找到这个程序", _setup),
    "doctor": ("检查这台电脑上缺什么，怎么办", _doctor),
    "template": ("生成或核对空白模板（维护人员用）", _template),
    "pack": ("做成不联网也能安装的文件夹（维护人员用）", _pack),
}
