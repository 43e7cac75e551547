"""The questions about a ledger as a small workbook, which staff answer by choosing from lists."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from xxgk.formats import Form
from xxgk.ledger.answers import COLUMNS_SHEET, MEANING, NO_COLUMN, OURS, THEIRS, WORD, WORDS_SHEET, meanings
from xxgk.ledger.ask import Questions
from xxgk.ledger.plan import LISTS_SHEET
from xxgk.workbook.building.archive import save_workbook
from xxgk.workbook.building.book import set_up
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.pieces import TAB_HELP, TAB_INPUT
from xxgk.workbook.building.styles import CHOICE, HEAD, ITEM, SUBTITLE, TEXT, TITLE
from xxgk.xlsx.a1 import column_letter

TITLE_TEXT = "台账对照表"
HEADS_ROW = 3
COLUMN_HEADS = ("要用的列", "填的是什么", "您的台账里的列名", "情况")
WORD_HEADS = ("列", "台账里的写法", "件数", "应当是", "可能是")
COLUMN_HINT = (
    "请看黄色的格子：对的不用动；不对的、空着而台账里有的，点右边的小箭头选您台账里的列名。"
    "看完存盘、关闭。只要选一次：这个文件留在台账旁边，同一文件夹里明年的台账也用它。"
)
WORD_HINT = "台账里这些写法，表三、表四的选项里没有。请在黄色的格子里选它应当是哪一项；不选的，要到台账里改。"


def build_questions(questions: Questions, form: Form) -> bytes:
    """Return the workbook with the questions, what was recognised already chosen."""
    workbook = Workbook()
    set_up(workbook, TITLE_TEXT, form.document)
    columns, words, lists = (Canvas(workbook.create_sheet(name)) for name in (COLUMNS_SHEET, WORDS_SHEET, LISTS_SHEET))
    lists.sheet.sheet_state = "hidden"
    _build_columns(columns, lists, questions)
    _build_words(words, lists, questions, form)
    lists.finish(TAB_HELP)
    return save_workbook(workbook)


def _build_columns(canvas: Canvas, lists: Canvas, questions: Questions) -> None:
    canvas.widths({OURS: 20.0, 2: 60.0, THEIRS: 30.0, 4: 28.0})
    _head(canvas, COLUMN_HINT, COLUMN_HEADS)
    offered = _offer(lists, 1, (NO_COLUMN, *questions.captions))
    for row, question in enumerate(questions.columns, HEADS_ROW + 1):
        canvas.put(row, OURS, question.column.caption, ITEM)
        canvas.put(row, 2, question.column.guidance, TEXT)
        canvas.put(row, THEIRS, question.caption or None, CHOICE)
        canvas.put(row, 4, question.state, TEXT)
        _choose(canvas, row, THEIRS, offered)
    _finish(canvas, HEADS_ROW + len(questions.columns), len(COLUMN_HEADS))


def _build_words(canvas: Canvas, lists: Canvas, questions: Questions, form: Form) -> None:
    canvas.widths({OURS: 20.0, WORD: 40.0, 3: 10.0, MEANING: 46.0, 5: 46.0})
    _head(canvas, WORD_HINT, WORD_HEADS)
    offered: dict[str, str] = {}
    for row, question in enumerate(questions.words, HEADS_ROW + 1):
        column = question.column
        if column.id not in offered:
            offered[column.id] = _offer(lists, len(offered) + 2, tuple(meanings(form, column).values()))
        canvas.put(row, OURS, column.caption, ITEM)
        canvas.put(row, WORD, question.word, TEXT)
        canvas.put(row, 3, question.count or None, TEXT)
        canvas.put(row, MEANING, question.meaning or None, CHOICE)
        canvas.put(row, 5, question.guess or None, TEXT)
        _choose(canvas, row, MEANING, offered[column.id])
    _finish(canvas, HEADS_ROW + len(questions.words), len(WORD_HEADS))


def _head(canvas: Canvas, hint: str, heads: Sequence[str]) -> None:
    canvas.put(1, 1, TITLE_TEXT, TITLE, width=len(heads))
    canvas.at_least([1], 34)
    canvas.put(2, 1, hint, SUBTITLE, width=len(heads))
    canvas.at_least([2], 34)
    for column, head in enumerate(heads, 1):
        canvas.put(HEADS_ROW, column, head, HEAD)


def _offer(lists: Canvas, column: int, texts: Sequence[str]) -> str:
    """Write a list for a drop-down and return its area."""
    lists.widths({column: 30.0})
    for row, text in enumerate(texts, 1):
        lists.put(row, column, text, TEXT)
    letter = column_letter(column)
    return f"'{LISTS_SHEET}'!${letter}$1:${letter}${len(texts)}"


def _choose(canvas: Canvas, row: int, column: int, offered: str) -> None:
    rule = DataValidation(type="list", formula1=offered, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "请从列表中选择", "请点格子右边的小箭头，从列表中选一项。"
    rule.add(f"{column_letter(column)}{row}")
    canvas.sheet.add_data_validation(rule)


def _finish(canvas: Canvas, last: int, width: int) -> None:
    canvas.freeze(HEADS_ROW + 1, 1)
    canvas.printing(f"A1:{column_letter(width)}{last}", "landscape")
    canvas.finish(TAB_INPUT)
