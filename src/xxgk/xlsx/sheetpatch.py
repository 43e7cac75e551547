"""One sheet's XML with some cells replaced, byte for byte the same elsewhere."""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xxgk.errors import UnreadableWorkbook
from xxgk.records import Record
from xxgk.report import Number
from xxgk.xlsx.a1 import Position, parse_reference
from xxgk.xlsx.cells import reference
from xxgk.xlsx.package import DAMAGED
from xxgk.xlsx.spans import Edit, Span, escape, find_spans, splice, with_attribute

TRUE = ("1", "true")


class CellChange(Record):
    """What a cell is to hold: a number, a text, nothing (None), or a formula with its value.

    ``formula`` begins with ``=``; "" means a constant. A text is never taken for a formula.
    ``row_height`` is how many points high the row must be to show it; 0 leaves the row as it is. A
    height that somebody has set by hand stays.
    """

    value: Number | str | None = None
    formula: str = ""
    row_height: float = 0.0

    @property
    def blank(self) -> bool:
        """Whether the cell is to hold nothing."""
        return self.value is None and not self.formula


class PatchedSheet(Record):
    """A sheet part after its change, and whether a formula gave way to a constant."""

    xml: bytes
    formula_lost: bool


class _Row(Record):
    number: int
    span: Span
    cells: Mapping[int, Span]


class _Formula(Record):
    at: Position
    span: Span


class _Sheet(Record):
    """The parts of a sheet that matter here, in document order."""

    xml: bytes
    data: Span
    dimension: Span | None
    columns: Sequence[Span]
    rows: Sequence[_Row]
    formulas: Sequence[_Formula]

    def style(self, row: _Row | None, column: int) -> str:
        """Return the style that a cell without an entry of its own takes from its row or column."""
        if row is not None and row.span.attributes.get("customFormat") in TRUE:
            return row.span.attributes.get("s", "")
        for span in self.columns:
            if _whole(span.attributes.get("min"), 1) <= column <= _whole(span.attributes.get("max"), 0):
                return span.attributes.get("style", "")
        return ""


def patch_sheet(xml: bytes, changes: Mapping[Position, CellChange]) -> PatchedSheet:
    """Return the worksheet part ``xml`` with ``changes`` made, keyed by (row, column).

    Raise ``UnreadableWorkbook`` when the part is damaged.
    """
    sheet = _scan(xml)
    by_row: dict[int, dict[int, CellChange]] = {}
    for (row, column), change in sorted(changes.items()):
        by_row.setdefault(row, {})[column] = change
    edits = [edit for row, cells in by_row.items() for edit in _row_edits(sheet, row, cells)]
    edits += _orphans(sheet, changes)
    edits += _wider_dimension(sheet, [at for at, change in changes.items() if not change.blank])
    lost = any(formula.at in changes and not changes[formula.at].formula for formula in sheet.formulas)
    return PatchedSheet(splice(xml, _in_empty_data(sheet, edits)), lost)


def _scan(xml: bytes) -> _Sheet:
    spans = find_spans(xml, ("dimension", "col", "sheetData", "row", "c", "f"))
    data = next((span for span in spans if span.name == "sheetData"), None)
    if data is None:
        raise UnreadableWorkbook(DAMAGED)
    rows: list[_Row] = []
    formulas: list[_Formula] = []
    cells: dict[int, Span] = {}
    number = column = 0
    for span in spans:
        if not data.inner_start <= span.start < data.inner_end:
            continue
        if span.name == "row":
            number = _whole(span.attributes.get("r"), number + 1)
            column, cells = 0, {}
            rows.append(_Row(number, span, cells))
        elif span.name == "c":
            at = parse_reference(span.attributes["r"]) if "r" in span.attributes else (number, column + 1)
            column = at[1]
            cells[column] = span
        elif span.name == "f":
            formulas.append(_Formula((number, column), span))
    return _Sheet(
        xml,
        data,
        next((span for span in spans if span.name == "dimension"), None),
        [span for span in spans if span.name == "col" and span.start < data.start],
        rows,
        formulas,
    )


def _whole(text: str | None, otherwise: int) -> int:
    """Return the number of an attribute. Raise ``UnreadableWorkbook`` when it is none."""
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit()):
        raise UnreadableWorkbook(DAMAGED)
    return int(text)


# ------------------------------------------------------------------ rows and cells


def _row_edits(sheet: _Sheet, number: int, changes: Mapping[int, CellChange]) -> Iterator[Edit]:
    index = bisect_left(sheet.rows, number, key=lambda row: row.number)
    row = sheet.rows[index] if index < len(sheet.rows) and sheet.rows[index].number == number else None
    prefix = sheet.data.prefix
    height = max(change.row_height for change in changes.values())
    if row is not None and height and row.span.attributes.get("customHeight") not in TRUE:
        yield with_attribute(sheet.xml, row.span, "ht", f"{height:g}")
    if row is None or row.span.empty:
        new = "".join(
            _cell(prefix, number, column, sheet.style(row, column), change)
            for column, change in changes.items()
            if not change.blank
        )
        if new and row is None:
            at = sheet.rows[index].span.start if index < len(sheet.rows) else sheet.data.inner_end
            yield at, at, f'<{prefix}row r="{number}">{new}</{prefix}row>'.encode()
        elif new and row is not None:
            slash = sheet.xml.rindex(b"/", row.span.start, row.span.end)
            yield slash, row.span.end, f">{new}</{prefix}row>".encode()
        return
    for column, change in changes.items():
        span = row.cells.get(column)
        if span is not None:
            new = _cell(span.prefix, number, column, span.attributes.get("s", ""), change)
            yield span.start, span.end, new.encode()
        elif not change.blank:
            later = [other.start for place, other in row.cells.items() if place > column]
            at = min(later, default=row.span.inner_end)
            yield at, at, _cell(prefix, number, column, sheet.style(row, column), change).encode()


def _cell(prefix: str, row: int, column: int, style: str, change: CellChange) -> str:
    head = f'<{prefix}c r="{reference(row, column)}"' + (f' s="{style}"' if style else "")
    value = change.value
    if change.formula:
        formula = f"<{prefix}f>{escape(change.formula[1:])}</{prefix}f>"
        if isinstance(value, str):
            return f'{head} t="str">{formula}<{prefix}v>{escape(value)}</{prefix}v></{prefix}c>'
        stored = "" if value is None else f"<{prefix}v>{_number(value)}</{prefix}v>"
        return f"{head}>{formula}{stored}</{prefix}c>"
    if value is None:
        return f"{head}/>"
    if isinstance(value, str):
        text = f'<{prefix}t xml:space="preserve">{escape(value)}</{prefix}t>'
        return f'{head} t="inlineStr"><{prefix}is>{text}</{prefix}is></{prefix}c>'
    return f"{head}><{prefix}v>{_number(value)}</{prefix}v></{prefix}c>"


def _number(value: Number) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _in_empty_data(sheet: _Sheet, edits: list[Edit]) -> list[Edit]:
    """Return ``edits`` for a sheet whose data element is a single tag: it is opened around the new rows."""
    if not sheet.data.empty:
        return edits
    outside = [edit for edit in edits if edit[0] != sheet.data.end]
    rows = b"".join(edit[2] for edit in sorted(edits, key=lambda edit: edit[0]) if edit[0] == sheet.data.end)
    slash = sheet.xml.rindex(b"/", sheet.data.start, sheet.data.end)
    return [*outside, (slash, sheet.data.end, b">" + rows + f"</{sheet.data.prefix}sheetData>".encode())]


# ------------------------------------------------------------------ shared formulas, dimension


def _orphans(sheet: _Sheet, changes: Mapping[Position, CellChange]) -> Iterator[Edit]:
    """Give cells a formula of their own whose shared formula stood in a cell that is being replaced."""
    masters: dict[str, _Formula] = {}
    for formula in sheet.formulas:
        attributes = formula.span.attributes
        if attributes.get("t") != "shared":
            continue
        group = attributes.get("si", "")
        if "ref" in attributes:
            masters[group] = formula
        elif group in masters and masters[group].at in changes and formula.at not in changes:
            master = masters[group]
            text = html.unescape(sheet.xml[master.span.inner_start : master.span.inner_end].decode())
            moved = escape(_translated(text, master.at, formula.at))
            prefix = formula.span.prefix
            yield formula.span.start, formula.span.end, f"<{prefix}f>{moved}</{prefix}f>".encode()


def _translated(formula: str, origin: Position, target: Position) -> str:
    """Return ``formula`` (without ``=``) as it reads when copied from one cell to another."""
    from openpyxl.formula.translate import Translator  # only here: it takes longer to load than to write

    moved: str = Translator(f"={formula}", origin=reference(*origin)).translate_formula(reference(*target))
    return moved[1:]


def _wider_dimension(sheet: _Sheet, cells: Sequence[Position]) -> Iterator[Edit]:
    """Let the stated extent cover all ``cells``: some programs read no further."""
    stated = sheet.dimension.attributes.get("ref", "") if sheet.dimension else ""
    if sheet.dimension is None or not cells or not stated:
        return
    first, _, last = stated.partition(":")
    top, left = parse_reference(first)
    bottom, right = parse_reference(last or first)
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    new = (min(top, *rows), min(left, *columns)), (max(bottom, *rows), max(right, *columns))
    if new == ((top, left), (bottom, right)):
        return
    text = f'<{sheet.dimension.prefix}dimension ref="{reference(*new[0])}:{reference(*new[1])}"/>'
    yield sheet.dimension.start, sheet.dimension.end, text.encode()
