"""Workbooks to be marked: as several programs write them, with notes, rules and buttons of their own."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

import openpyxl
import xlsxwriter
from hypothesis import strategies as st
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from xxgk.checks.finding import SEVERITIES, Finding

from support.packages import packed, parts_of

SHEETS = ("表 一", "表'二")
MERGED = "C2:D3"  # in a workbook of openpyxl's
COVERED = ("D2", "C3", "D3")
CELLS = [f"{column}{row}" for column in "ABCD" for row in range(1, 7)]
SHOWN = [cell for cell in CELLS if cell not in COVERED]
PREFIXED = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/comments1.xml"
TEXTS = st.text(st.sampled_from("中a1=+-@'\"<>&;\n 〔校验完〕_x000D_😀　"), max_size=20)


def finding(sheet: str = SHEETS[0], cell: str = "B2", message: str = "不对。", **more: object) -> Finding:
    given = {"code": "A101", "severity": "error", "address": "", "labels": ("行", "列"), "hint": "请改。", **more}
    return Finding(sheet=sheet, cell=cell, message=message, **given)  # type: ignore[arg-type]


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    """Return findings in cells, in sheets that are not there, and about the whole file."""
    return [
        finding(
            sheet=draw(st.sampled_from((*SHEETS, "没有的表", ""))),
            cell=draw(st.sampled_from([*CELLS, "", "XFE1", "A1048577"])),
            message=draw(TEXTS),
            severity=draw(st.sampled_from(SEVERITIES)),
            hint=draw(TEXTS),
            value=draw(st.none() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | TEXTS),
        )
        for _ in range(draw(st.integers(1, 8)))
    ]


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """Return a workbook with random notes, conditional formats and hidden columns, by one program or the other."""
    notes = {
        sheet: draw(st.dictionaries(st.sampled_from(SHOWN), TEXTS.filter(str.strip), max_size=3)) for sheet in SHEETS
    }
    limits = {sheet: draw(st.lists(st.integers(0, 9), max_size=3)) for sheet in SHEETS}
    made = draw(st.sampled_from((by_xlsxwriter, by_openpyxl)))
    return made(notes, limits)


def by_xlsxwriter(notes: Mapping[str, Mapping[str, str]], limits: Mapping[str, list[int]]) -> bytes:
    """Return a workbook close to Excel's own, with a form button in the drawing that holds the notes."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out)
    bold = workbook.add_format({"bold": True})
    for name in SHEETS:
        sheet = workbook.add_worksheet(name)
        sheet.write("B2", 5, bold)
        sheet.write_formula("B3", "=B2*2", None, 10)
        sheet.set_column("C:C", 20, None, {"hidden": name == SHEETS[1]})
        sheet.data_validation("B2", {"validate": "whole", "criteria": ">=", "value": 0})
        sheet.insert_button("F2", {"caption": "校验"})
        sheet.write_url("D5", f"internal:'{SHEETS[0]}'!A1")
        for cell, text in notes[name].items():
            sheet.write_comment(cell, text, {"author": "张三"})
        for limit in limits[name]:
            sheet.conditional_format("B2:C4", {"type": "cell", "criteria": ">", "value": limit, "format": bold})
        sheet.repeat_rows(0)
    workbook.define_name("总数", f"='{SHEETS[0]}'!$B$3")
    workbook.close()
    return out.getvalue()


def by_openpyxl(notes: Mapping[str, Mapping[str, str]], limits: Mapping[str, list[int]]) -> bytes:
    """Return a workbook as openpyxl writes it: drawings with namespaces of its own in each shape."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name in SHEETS:
        sheet = workbook.create_sheet(name)
        sheet["B2"], sheet["B3"] = 5, "=B2*2"
        sheet.merge_cells(MERGED)
        for cell, text in notes[name].items():
            sheet[cell].comment = Comment(text, "张三")
        for limit in limits[name]:
            fill = PatternFill("solid", start_color="FF00FF00", end_color="FF00FF00")
            sheet.conditional_formatting.add(
                "B2:C4", CellIsRule(operator="greaterThan", formula=[str(limit)], fill=fill)
            )
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_prefixes(data: bytes) -> bytes:
    """Return a workbook of xlsxwriter's with ``x:`` on the tags of some parts, as some programs write them."""
    parts = parts_of(data)
    for name in PREFIXED:
        text = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", parts[name])
        parts[name] = text.replace(b'xmlns="', b'xmlns:x="', 1)
    return packed(parts)


def children_of(xml: bytes) -> list[str]:
    """Return the names of the children of a part's root, in order."""
    return [etree.QName(child).localname for child in etree.fromstring(xml)]
