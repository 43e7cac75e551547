"""A workbook read into a ``Report``: input cells and stated totals, each with its sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from xxgk.errors import UnreadableWorkbook
from xxgk.figures import without_computed_totals
from xxgk.report import UNKNOWN_LEVEL, Explanation, Figure, Paragraph, Place, Reading, Remark, Report, Waiver
from xxgk.texts import BLANKS, bare
from xxgk.workbook.layout import PREVIOUS, TOTAL_FORMULA
from xxgk.workbook.reading.choices import heading_named, level_named
from xxgk.workbook.reading.dates import read_date, read_year, shown
from xxgk.workbook.reading.known import known_places, place_of
from xxgk.workbook.reading.locate import Places, locate
from xxgk.workbook.reading.numbers import read_change, read_content, stored_number, unreadable
from xxgk.workbook.reading.totals import stale_totals
from xxgk.xlsx.a1 import Cell, Slot
from xxgk.xlsx.book import open_book
from xxgk.xlsx.cells import Content, Holds, reference
from xxgk.xlsx.package import load_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.workbook.reading.source import Source

NOTE_JOIN = "；"
YEAR_EXPECTED = "四位数字的年度，如 2023"
DATE_EXPECTED = "日期，如 2024-1-23"
NOT_STORED = "公式的结果"
FORM_EXPECTED = "上年报告所用格式的版本，四位数字"
FORM_DIGITS = 4
TEXT_EXPECTED = "文字；以“=”“-”开头的，表格程序会当成公式，请在前面加一个英文单引号"
PROSE_EXPECTED = "文字；日期、分数会被表格程序改成一个数，请在前面加一个英文单引号"
BODY_EXPECTED = "段落的类型，文字写在右边一格"


def read_workbook(path: Path) -> Report:
    """Return the report in the workbook at ``path``.

    Raise ``UnreadableWorkbook``, with one sentence for staff, when it cannot be read, is unsafe, or
    is no workbook of ours.
    """
    try:
        return read_report(load_file(path))
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"读不了 {path}：{error}。") from error


def read_report(data: bytes) -> Report:
    """Return the report in the workbook ``data``.

    Raise ``UnreadableWorkbook``, with the reason only, when there is none.
    """
    book = open_book(data)
    return report_in(locate(book), book)


def report_in(places: Places, book: Source) -> Report:
    """Return the report in an open workbook whose parts have been located."""
    return _Reader(places, book).report()


def cell_text(content: Content | None) -> str:
    """Return what a cell shows as text, as typed; "" when it is blank or holds only spaces."""
    if content is None or not content.text.strip(BLANKS):
        return ""
    if content.holds is Holds.NUMBER:
        value = stored_number(content.text)
        return content.text if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    return content.text


class _Reader:
    """Collects remarks while it reads."""

    def __init__(self, places: Places, book: Source) -> None:
        self.places, self.book, self.form = places, book, places.form
        self.formats = book.formats()
        self.remarks: list[Remark] = []

    def report(self) -> Report:
        unit, year, level = self.text("unit"), self.year("year"), self.level()
        figures = self.figures()
        self.remarks += stale_totals(self.places, figures)
        self.foreign()
        return Report(
            form=self.form.id,
            unit=unit,
            year=year,
            level=level,
            short_name=self.text("short_name"),
            title=self.text("title"),
            figures=without_computed_totals(self.form, figures),
            table_notes=self.texts({table_id: f"table_note.{table_id}" for table_id in self.form.tables}),
            narrative=self.narrative(),
            fields=self.fields(),
            signature=self.text("signature"),
            date=self.date(),
            previous=self.previous(unit, level),
            explanations=self.explanations(),
            waivers=self.waivers(),
            remarks=(*self.places.remarks, *self.remarks),
            places=dict(known_places(self.places)),
        )

    # -------------------------------------------------------------- single cells

    def content(self, key: str) -> Content | None:
        slot = self.places.slots.get(key)
        return None if slot is None else self.places.content(slot.cell)

    def text(self, key: str) -> str:
        slot = self.places.slots.get(key)
        return "" if slot is None else self.words(slot.cell, key if key in self.places.layout.cover else "")

    def words(self, cell: Cell, address: str = "") -> str:
        """Return the text of a cell. An error value is none; what a formula gives counts, with a remark."""
        content = self.places.content(cell)
        if content is None:
            return ""
        if content.holds is Holds.ERROR:
            self.remarks.append(Remark("V106", content.text, TEXT_EXPECTED, address, place=place_of(cell)))
            return ""
        if content.formula and content.text:
            self.remarks.append(Remark("S105", content.formula, "", address, place=place_of(cell)))
        return cell_text(content)

    def texts(self, keys: Mapping[str, str]) -> dict[str, str]:
        found = {name: self.text(key) for name, key in keys.items()}
        return {name: text for name, text in found.items() if text}

    def remark(self, code: str, key: str, seen: str, expected: str = "") -> None:
        self.remarks.append(Remark(code, seen, expected, key, place=place_of(self.places.slots[key].cell)))

    def year(self, key: str) -> int | None:
        content = self.content(key)
        if content is None or not content.text.strip(BLANKS):
            return None
        year = read_year(content)
        if year is None:
            self.remark("V106", key, self.seen(content), YEAR_EXPECTED)
        return year

    def seen(self, content: Content) -> str:
        """Return what staff see in a cell, as far as its number format matters."""
        shows = self.formats.get(content.style) if content.holds is Holds.NUMBER else None
        return content.text if shows is None else shown(content.text, shows, self.book.date1904)

    def date(self) -> date | None:
        content = self.content("date")
        if content is None or not content.text.strip(BLANKS):
            return None
        day = read_date(content, self.book.date1904)
        if day is None:
            self.remark("V106", "date", content.text, DATE_EXPECTED)
        return day

    def level(self) -> str:
        seen = self.text("level")
        if not seen:
            return UNKNOWN_LEVEL
        level = level_named(self.form, seen)
        if level is None:
            self.remark("S107", "level", seen)
        return level or UNKNOWN_LEVEL

    # -------------------------------------------------------------- numbers

    def figure(self, cell: Cell, address: str, note: str = "", previous: bool = False) -> Figure | None:
        """Return the figure of an input cell; what a formula there gives counts, with a remark."""
        content = self.places.content(cell)
        if content is None and not note:
            return None
        place = place_of(cell)
        if content is not None and content.formula.startswith(TOTAL_FORMULA):
            # Cells were deleted or inserted: what stands here belongs elsewhere.
            return Figure(None, note, Reading.UNREADABLE, "合计的公式", place)
        if content is not None and content.formula and content.holds is not Holds.ERROR:
            where = (PREVIOUS,) if previous else ()
            labels = (*where, *self.form.labels_of(address))
            known = "" if previous else address
            missing = "" if content.text else NOT_STORED
            self.remarks.append(Remark("S105", content.formula, missing, known, labels, place))
        return self.understood(content, address, note, place)

    def total(self, cell: Cell, address: str, note: str = "") -> Figure | None:
        """Return the stated total in a computed cell; a formula there is ours to compute."""
        content = self.places.content(cell)
        if content is None and not note:
            return None
        if content is not None and content.formula:
            content = None
        return self.understood(content, address, note, place_of(cell))

    def understood(self, content: Content | None, address: str, note: str, place: Place) -> Figure | None:
        """Return what a cell and the remark beside it say; None where both are blank."""
        figure: Figure | None = None
        if content is not None and content.holds is Holds.NUMBER:
            value = None if content.style in self.formats else stored_number(content.text)
            if value is not None:
                return Figure(value, note, Reading.NUMBER, "", place)
            figure = unreadable(self.seen(content)) if content.text else None
        elif content is not None and content.holds is Holds.TEXT and self.form.kind_of(address).signed:
            figure = read_change(content.text, self.unit(address))
        elif content is not None:
            figure = read_content(content, self.unit(address))
        if figure is None:
            return Figure(None, note, place=place) if note else None
        if figure.note and figure.note not in note:
            note = figure.note + NOTE_JOIN + note if note else figure.note
        return Figure(figure.value, note, figure.reading, figure.seen, place)

    def unit(self, address: str) -> str:
        table = self.form.table_of(address)
        if table is not None:
            return table.column(address).unit
        return next(field.unit for field in self.form.fields if field.id == address)

    def figures(self) -> dict[str, Figure]:
        figures = {}
        noted = self.places.filled(self.places.notes)
        for address, cell in self.places.figures.items():
            note = self.words(noted[address]) if address in noted else ""
            read = self.total if address in self.form.totals else self.figure
            figure = read(cell, address, note)
            if figure is not None:
                figures[address] = figure
        return figures

    def foreign(self) -> None:
        """Remark on what reaches outside the workbook or could run: nothing of it is followed."""
        found = self.book.foreign()
        if found:
            self.remarks.append(Remark("S112", "、".join(found)))

    def fields(self) -> dict[str, Figure]:
        figures = {}
        for field in self.form.fields:
            slot = self.places.slots.get(field.id)
            if slot is None:
                continue
            beside = slot.end
            figure = self.figure(slot.cell, field.id, self.words(beside))
            if figure is not None:
                figures[field.id] = figure
        return figures

    def previous(self, unit: str, level: str) -> Report | None:
        """Return last year's report as far as the workbook keeps it: year, form, figures and text."""
        year = self.year("previous_year")
        figures = {}
        for address, cell in self.places.filled(self.places.previous).items():
            if address in self.form.totals:
                figure = self.total(cell, address)
            else:
                figure = self.figure(cell, address, previous=True)
            if figure is not None:
                figures[address] = figure
        text = self.previous_text()
        if not figures and not text:
            return None
        kept = without_computed_totals(self.form, figures)
        return Report(self.previous_form(), unit, year, level, figures=kept, narrative=text)

    def previous_text(self) -> dict[str, tuple[Paragraph, ...]]:
        """Return last year's text by part; rows that name no part of ours are not ours."""
        slot = self.places.slots.get("previous_text")
        if slot is None or slot.width != self.places.layout.previous_text.width:
            return {}  # that a column is lost is said (S103)
        ids = {part.title: part.id for part in self.form.parts}
        cells = self.places.sheets[slot.sheet].stored
        found: dict[str, list[Paragraph]] = {}
        for row in range(slot.row, slot.row + slot.height):
            if reference(row, slot.end.column) not in cells:
                continue
            columns = (slot.column, slot.end.column - 1, slot.end.column)
            title, kind, text = (self.words(Cell(slot.sheet, row, column)) for column in columns)
            if title in ids and text:
                found.setdefault(ids[title], []).append(Paragraph(text, heading_named(self.form, kind) or 0))
        return {part: tuple(paragraphs) for part, paragraphs in found.items()}

    def previous_form(self) -> str:
        """Return the id of last year's form, a year; full-width digits will do, anything else is remarked on."""
        seen = bare(self.text("previous_form"))
        if seen and not (seen.isdecimal() and seen.isascii() and len(seen) == FORM_DIGITS):
            self.remark("V106", "previous_form", seen, FORM_EXPECTED)
            return ""
        return seen

    # -------------------------------------------------------------- lists

    def rows(self, slot: Slot) -> Iterator[tuple[str, str, Cell]]:
        """Yield the first and the last text of each row of ``slot`` that has any, with the last one's cell."""
        cells = self.places.sheets[slot.sheet].stored
        first, last = slot.column, slot.column + slot.width - 1
        for row in range(slot.row, slot.row + slot.height):
            if reference(row, first) in cells or reference(row, last) in cells:
                cell = Cell(slot.sheet, row, last)
                first_text, last_text = self.words(Cell(slot.sheet, row, first)), self.words(cell)
                if first_text or last_text:
                    yield first_text, last_text, cell

    def narrative(self) -> dict[str, tuple[Paragraph, ...]]:
        parts = {}
        for part in self.form.parts:
            slot = self.places.slots.get(part.id)
            if slot is None:
                continue
            rows = []
            for kind, text, cell in self.rows(slot):
                if text:
                    rows.append((kind, text, cell))
                    self.prose(cell, text)
                elif heading_named(self.form, kind) is None:
                    place = place_of(Cell(slot.sheet, cell.row, slot.column))
                    self.remarks.append(Remark("V106", kind, BODY_EXPECTED, place=place))
            if rows:
                parts[part.id] = tuple(
                    Paragraph(text, self.heading(kind, slot, cell), place_of(cell)) for kind, text, cell in rows
                )
        return parts

    def prose(self, cell: Cell, text: str) -> None:
        """Remark on a paragraph that the spreadsheet program took for a number, a date or a truth value."""
        content = self.places.content(cell)
        if content is not None and content.holds in (Holds.NUMBER, Holds.BOOLEAN):
            seen = self.seen(content) if content.style in self.formats else text
            self.remarks.append(Remark("V106", seen, PROSE_EXPECTED, place=place_of(cell)))

    def heading(self, seen: str, slot: Slot, cell: Cell) -> int:
        heading = heading_named(self.form, seen) if seen else 0
        if heading is None:
            place = place_of(Cell(cell.sheet, cell.row, slot.column))
            self.remarks.append(Remark("S106", seen, place=place))
        return heading or 0

    def explanations(self) -> tuple[Explanation, ...]:
        reasons = self.texts({address: f"explanation.{address}" for address in self.places.layout.explanations})
        return tuple(Explanation(address, reason) for address, reason in reasons.items())

    def waivers(self) -> tuple[Waiver, ...]:
        slot = self.places.slots.get("waivers")
        if slot is None:
            return ()
        return tuple(Waiver(code.strip(BLANKS), reason) for code, reason, _ in self.rows(slot))
