"""``Document`` → PDF by GB/T 9704-2012, without an office program: tagged, and for keeping (PDF/A-2a, PDF/UA-1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xxgk.records import Record
from xxgk.render.document import DRAFT_MARK, Block, Cell, Document, Heading, Paragraph, Signature, TableBlock
from xxgk.render.setting import signature_starts
from xxgk.render.stamp import stamp_keywords
from xxgk.render.title import title_lines
from xxgk.render.typst_run import Face, TypstRefusal, compiled, installed_faces

TEMPLATE = "report.typ"
# What archives and screen readers want, then less of it: a character of no standard forbids the first.
STANDARDS = (["a-2a", "ua-1"], ["a-2b"])
NOT_DATED = "报告没有落款日期，这份 PDF 不是归档用的 PDF/A；填上日期再生成一次就是。"
NOT_KEPT = "文字里有生僻字或符号是这台电脑的字体没有的，这份 PDF 不是归档用的 PDF/A；请看一看有没有显示成方框的字。"
TEXT_WIDTH = 156 / 25.4 * 72  # points; GB/T 9704-2012, 5.2.1
CHARACTER, TITLE_CHARACTER = 15.75, 22  # points; the same, 5.2.3 and 7.3.1
# Digits and letters of stand-in fonts are wider than half a character: so many are kept free in a title's line.
SPARE = 1
# In points. A table with more rows is set small, so that it fits one page.
CELL_SIZE, SMALL_SIZE, TALL = 10.5, 9, 20
CELL_INSET = 2.5
# What the template calls the fonts of the official layout.
ROLES = {"title": "方正小标宋简体", "body": "仿宋_GB2312", "kai": "楷体_GB2312", "hei": "黑体", "song": "宋体"}


class Pdf(Record):
    """A PDF file; ``notes`` tell staff which fonts it is set in, and why it is not for keeping where it is not."""

    data: bytes
    notes: tuple[str, ...]


def to_pdf(document: Document) -> Pdf:
    """Return ``document`` as a PDF; on one computer equal documents give equal bytes.

    Raise ``UsageProblem`` when typst or every Chinese font is missing.
    """
    faces = installed_faces()
    data = _data(document, faces)
    notes = (told_fonts(tuple(faces.values())),)
    if document.metadata.date is None:
        # PDF/A must have a date, and any but the report's own would change from run to run.
        return Pdf(compiled(TEMPLATE, data, "pdf"), (*notes, NOT_DATED))
    for standard in STANDARDS:
        try:
            return Pdf(compiled(TEMPLATE, data, "pdf", pdf_standards=standard), notes)
        except TypstRefusal:
            continue
    return Pdf(compiled(TEMPLATE, data, "pdf"), (*notes, NOT_KEPT))


def told_fonts(faces: Sequence[Face]) -> str:
    """Return which fonts a PDF is set in, and what to do where one of the official ones is missing."""
    own = "、".join(face.wanted for face in faces if not face.stands_in)
    if all(not face.stands_in for face in faces):
        return f"PDF 用的字体：{own}，都嵌在文件里。"
    others = "、".join(f"{face.wanted}（用 {face.used} 代替）" for face in faces if face.stands_in)
    start = f"PDF 用的字体：{own}；" if own else "PDF 里的字体："
    return f"{start}这台电脑上没有{others}。要与国家标准一致，请装上这些字体再生成。"


def _data(document: Document, faces: dict[str, Face]) -> dict[str, Any]:
    meta = document.metadata
    fallback = faces[ROLES["song"]].used
    names = {role: list(dict.fromkeys((faces[font].used, fallback))) for role, font in ROLES.items()}
    return {
        "fonts": names,
        # 小标宋 is heavy; what stands in for it must be told to be.
        "title-weight": "bold" if faces[ROLES["title"]].stands_in else "regular",
        "title": document.title or meta.form,
        "heading": title_lines(document.title_parts, TEXT_WIDTH / TITLE_CHARACTER - SPARE),
        "author": meta.unit,
        "description": meta.form,
        "keywords": stamp_keywords(document.stamp) if document.stamp else [],
        "date": {"year": meta.date.year, "month": meta.date.month, "day": meta.date.day} if meta.date else None,
        "draft": DRAFT_MARK if document.draft else "",
        "blocks": list(_blocks(document.blocks)),
    }


def _blocks(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    rank = 0
    for block in blocks:
        match block:
            case Heading():
                # The look is that of the level; in the outline no rank may be left out.
                rank = min(block.level, rank + 1)
                yield {"kind": "heading", "level": block.level, "rank": rank, "text": block.text}
            case Paragraph():
                yield {"kind": "paragraph", "text": block.text}
            case TableBlock():
                yield _table(block)
            case Signature():
                yield {"kind": "signature", "lines": list(_signature(block))}


def _signature(block: Signature) -> Iterator[dict[str, Any]]:
    starts = signature_starts(block.unit, block.date, block.sealed, TEXT_WIDTH / CHARACTER)
    for text, start in zip((block.unit, block.date), starts, strict=True):
        if text:
            yield {"text": text, "start": start}


def _table(block: TableBlock) -> dict[str, Any]:
    whole = sum(block.widths)
    columns = [TEXT_WIDTH * width / whole for width in block.widths]
    size = SMALL_SIZE if block.height > TALL else CELL_SIZE
    return {
        "kind": "table",
        "size": size,
        "columns": columns,
        "inset": CELL_INSET,
        "height": block.height,
        "groups": list(_groups(block)),
        "cells": [
            {
                "x": cell.column,
                "y": cell.row,
                "colspan": cell.width,
                "rowspan": cell.height,
                "text": cell.text,
                "tight": _may_not_fit(cell, columns, size),
                "left": block.reads_left(cell),
            }
            for cell in block.cells
        ],
        "notes": block.notes,
    }


def _may_not_fit(cell: Cell, columns: Sequence[float], size: float) -> bool:
    """Tell whether a number, with its remark, must be measured: no letter is wider than the size of its font."""
    room = sum(columns[cell.column : cell.column + cell.width]) - 2 * CELL_INSET
    return not cell.header and len(cell.text) * size > room


def _groups(block: TableBlock) -> Iterator[dict[str, Any]]:
    """Yield the rows in runs: those that head what follows, and those that do not."""
    start = 0
    for row in range(1, block.height + 1):
        header = start in block.header_rows
        if row == block.height or (row in block.header_rows) != header:
            yield {"header": header, "repeat": start < block.head, "rows": list(range(start, row))}
            start = row
