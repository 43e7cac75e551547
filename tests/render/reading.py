"""What the renderers' tests share: random reports, what must stand in a report, and readers of each format."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import docx
from docx.oxml.ns import qn
from hypothesis import strategies as st
from lxml import html

from xxgk import wording
from xxgk.figures import known_values
from xxgk.formats import NarrativePart, Table
from xxgk.report import Figure, Number, Paragraph, Report

from support.reports import FORM

# Row, column, height, width, text.
Printed = tuple[int, int, int, int, str]

LINES = st.text(
    st.one_of(
        st.characters(exclude_categories=("C", "Z")),
        st.sampled_from("一二三政府公开，。、；“”（）〔〕％ #*_-+.1<>&\"'`[]()!|~$\\😀"),
    ),
    min_size=1,
    max_size=40,
).map(str.strip)
COUNTS = st.one_of(st.integers(0, 30), st.integers(0, 10**12))
AMOUNTS = st.one_of(COUNTS, st.decimals(0, 10**9, places=6))
UNMARKED = LINES.filter(lambda text: text[:1] not in "注备")
NOTES = st.one_of(st.just(""), st.just(""), st.just(""), st.just("其中修订16件"), st.just("a<b & “c”"))


ADDRESSES = [address for table in FORM.tables.values() for address in table.addresses]
INPUTS = [address for address in ADDRESSES if address not in FORM.totals]


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Return a report with blanks, remarks and stated totals among its figures, and any text."""
    figures = {address: Figure(0) for address in INPUTS} if draw(st.booleans()) else {}
    for address in draw(st.sets(st.sampled_from(ADDRESSES), max_size=12)):
        numbers = AMOUNTS if FORM.kind_of(address).id == "amount" else COUNTS
        figures[address] = Figure(draw(numbers), draw(NOTES))
    for address in draw(st.sets(st.sampled_from(INPUTS), max_size=4)):
        figures.pop(address, None)
    paragraphs = st.builds(Paragraph, LINES, st.sampled_from([0, 0, *(k.heading for k in FORM.paragraph_kinds)]))
    return Report(
        form=FORM.id,
        unit=draw(st.sampled_from(["和平镇人民政府", "某市财政局", "A&B<厅>", ""])),
        year=draw(st.one_of(st.none(), st.integers(2021, 2030))),
        figures=figures,
        table_notes=draw(st.dictionaries(st.sampled_from(list(FORM.tables)), UNMARKED)),
        narrative={part.id: tuple(draw(st.lists(paragraphs, max_size=3))) for part in FORM.parts},
        date=draw(st.one_of(st.none(), st.dates(date(2022, 1, 1), date(2031, 12, 31)))),
    )


def printed_text(report: Report, address: str, values: dict[str, Number]) -> str:
    """Return what must stand in the cell of ``address``."""
    value = values.get(address)
    note = report.figures[address].note if address in report.figures else ""
    number = "" if value is None else format(Decimal(value), "f")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return number + (f"（{note}）" if note else "")


def printed_cells(report: Report, table: Table) -> list[Printed]:
    """Return the cells that a table must have, in reading order."""
    values = known_values(FORM, report.figures)
    return [
        (c.row, c.column, c.height, c.width, printed_text(report, c.address, values) if c.address else c.text)
        for c in sorted(table.grid, key=lambda c: (c.row, c.column))
    ]


def expected_texts(report: Report) -> list[str]:
    """Return every text of a report in reading order; blank cells are left out."""
    texts = [wording.title(FORM, report)]
    for section in FORM.sections:
        texts += _typed(report, section.preface)
        texts.append(section.heading)
        texts += _typed(report, section.part)
        if section.table:
            texts += [text for *_, text in printed_cells(report, FORM.tables[section.table])]
            note = report.table_notes.get(section.table, "").strip()
            texts.append(f"注：{note}" if note else "")
    texts += [wording.signature(report), wording.printed_date(report.date) if report.date else ""]
    return [text for text in texts if text]


def _typed(report: Report, part: NarrativePart | None) -> list[str]:
    return [paragraph.text.strip() for paragraph in report.narrative.get(part.id, ())] if part else []


def open_docx(data: bytes) -> Any:
    """Return the document as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def docx_cells(table: Any) -> list[Printed]:
    """Return the cells of a python-docx table with their merges, read from the XML itself."""
    cells: dict[tuple[int, int], list[Any]] = {}
    above: dict[int, tuple[int, int]] = {}
    for row, line in enumerate(table._tbl.tr_lst):
        column = 0
        for cell in line.tc_lst:
            if cell.vMerge == "continue":
                cells[above[column]][2] = row - above[column][0] + 1
            else:
                above[column] = (row, column)
                text = "".join(node.text or "" for node in cell.iter(qn("w:t")))
                cells[row, column] = [row, column, 1, cell.grid_span, text]
            column += cell.grid_span
    return [tuple(cell) for cell in cells.values()]


def docx_texts(data: bytes) -> list[str]:
    """Return every text of a docx's body in order."""
    document = open_docx(data)
    return [text for block in document.iter_inner_content() for text in _block_texts(block) if text]


def _block_texts(block: Any) -> Iterator[str]:
    if hasattr(block, "rows"):
        yield from (text for *_, text in docx_cells(block))
    else:
        yield block.text.replace("\n", "")


def html_texts(source: str) -> list[str]:
    """Return every text of an HTML page's body in order, without what stands beside the report."""
    found = []
    page = html.document_fromstring(source)
    for beside in page.xpath("//aside"):
        beside.drop_tree()
    for node in page.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "th", "td"):
        if node.tag == "p" and node.get("align"):
            found += list(node.itertext())
        else:
            found.append(node.text_content())
    return [text for text in found if text]


def html_cells(table: Any) -> list[Printed]:
    """Return the cells of an HTML table with the places that the table model gives them."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iterchildren("th", "td"):
            while (row, column) in taken:
                column += 1
            height, width = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(row + y, column + x) for y in range(height) for x in range(width)}
            cells.append((row, column, height, width, cell.text_content()))
    return cells
