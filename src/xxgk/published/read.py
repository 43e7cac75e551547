"""A published report read into a ``Report``: tables by their words, text by its headings; what is unsure is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xxgk.errors import UnreadableWorkbook
from xxgk.files import quoted
from xxgk.formats import Form
from xxgk.published.assembling import assemble
from xxgk.published.blocks import Block, Line
from xxgk.published.found import Found
from xxgk.published.kinds import read_file
from xxgk.published.recognising import Item, Piece, recognise
from xxgk.published.sections import headings, run_in_headings_split, split_reports, title_like
from xxgk.xlsx.package import load_file

ENOUGH_SECTIONS = 3  # headings that make a report where no table is there
EMPTY = "文件是空的，里面没有内容"
NO_TEXT = "里面没有文字，可能是扫描件或者图片；请用文字版的报告，或者照着它填写工作簿"
NO_REPORT = "里面没有政府信息公开工作年度报告：找不到官方格式的表格，也找不到各部分的标题"


class Several(UnreadableWorkbook):
    """A file with more than one report, and nothing said about which; ``titles`` has their titles in order."""

    def __init__(self, message: str, titles: tuple[str, ...]) -> None:
        super().__init__(message)
        self.titles = titles


def read_published(path: Path, which: int | None = None) -> Found:
    """Return what the published report at ``path`` says; ``which`` (from 1) chooses where there are several.

    Raise ``UnreadableWorkbook``, with one sentence for staff, when the file cannot be read, has no text, is no annual
    report, or has several and none was chosen (``Several``).
    """
    try:
        data = load_file(path)
        if not data:
            raise UnreadableWorkbook(EMPTY)
        return read_blocks(read_file(data, path), which)
    except Several as error:
        hint = f"请写明要哪一份，如 xxgk import {quoted(path)} --which {len(error.titles)}"
        raise Several(f"读不了 {path}：{error}。{hint}。", error.titles) from error
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"读不了 {path}：{error}。") from error


def read_blocks(blocks: Sequence[Block], which: int | None = None) -> Found:
    """Return what the report made of ``blocks`` says; see ``read_published``."""
    if not any(block.text if isinstance(block, Line) else block.cells for block in blocks):
        raise UnreadableWorkbook(NO_TEXT)
    form, items = recognise(blocks)
    items = run_in_headings_split(form, items)
    if not any(isinstance(item, Piece) for item in items) and len(headings(form, items)) < ENOUGH_SECTIONS:
        raise UnreadableWorkbook(NO_REPORT)
    return assemble(form, _chosen(form, split_reports(form, items), which))


def _chosen(form: Form, reports: Sequence[Sequence[Item]], which: int | None) -> Sequence[Item]:
    # Some pages hold the report again, for printers or telephones.
    same = len(set(map(_tables, reports))) == 1 and len({_title(items) for items in reports} - {""}) <= 1
    if same and which in (None, 1):
        return reports[0]
    titles = tuple(_title(items) or f"没有标题的第{number}份" for number, items in enumerate(reports, 1))
    named = "、".join(f"第{number}份《{title}》" for number, title in enumerate(titles, 1))
    if which is None:
        raise Several(f"里面有 {len(reports)} 份报告（{named}）", titles)
    if not 1 <= which <= len(reports):
        raise Several(f"里面只有 {len(reports)} 份报告（{named}），没有第 {which} 份", titles)
    return reports[which - 1]


def _tables(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(cell.text for item in items if isinstance(item, Piece) for cell in item.table.cells)


def _title(items: Sequence[Item]) -> str:
    return next((item.text for item in items if isinstance(item, Line) and title_like(item.text)), "")
