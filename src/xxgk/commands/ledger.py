"""``xxgk ledger``: a new 台账, or the questions about an office's own one."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from xxgk.errors import UsageProblem
from xxgk.files import publish, quoted, refuse_open, replace_file
from xxgk.formats import newest_form
from xxgk.ledger.answers import answers_path
from xxgk.ledger.plan import load_plan
from xxgk.suffixes import XLSX


def run(arguments: Namespace) -> int:
    """Make a ledger, or write the questions about one; return 0."""
    if arguments.action == "new":
        if arguments.file:
            raise UsageProblem("新建台账存成哪个文件，请写在 -o 后面，如：xxgk ledger new -o 台账.xlsx。")
        return _new(Path(arguments.output or f"{load_plan().name}{XLSX}"))
    if not arguments.file:
        raise UsageProblem("请写明是哪个台账，如：xxgk ledger map 台账.xlsx。")
    return _map(Path(arguments.file))


def _new(path: Path) -> int:
    from xxgk.ledger.build import build_ledger

    if path.suffix.lower() != XLSX:
        raise UsageProblem(f"-o 后面的文件名请以 {XLSX} 结尾。")
    if path.exists():
        raise UsageProblem(f"已经有 {path} 这个文件，没有覆盖。请换一个名字，或先把它移走。")
    replace_file(path, build_ledger(newest_form()))
    print(f"已新建：{path}\n台账里有申请人的姓名，不要随年报上报、公布。填年报时运行：")
    print(f"xxgk fill 年报文件 --ledger {quoted(path)}")
    return 0


def _map(path: Path) -> int:
    from xxgk.ledger.ask import questions_on
    from xxgk.ledger.askbuild import build_questions
    from xxgk.ledger.opening import open_ledger

    form, target = newest_form(), answers_path(path)
    questions = questions_on(open_ledger(path, form), form, load_plan(), date.today())
    if questions is None:
        raise UsageProblem(f"{path.name} 里没有找到台账：前 30 行里没有像列名的一行。")
    refuse_open(target)
    kept = publish(target, build_questions(questions, form))
    print(f"已写好：{target}")
    if kept:
        print(f"原来的对照表备份在：{kept}")
    if questions.open:
        print(f"有 {questions.open} 处要您选定。请打开它，在黄色的格子里选好，存盘、关闭，再填年报。")
    else:
        print("列和写法都认出来了；请打开它看一眼，不对的改过来，存盘、关闭。")
    return 0
