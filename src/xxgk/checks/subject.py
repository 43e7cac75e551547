"""The report under check: where its parts stand, and findings about them."""

from __future__ import annotations

from collections.abc import Mapping

from xxgk.checks.catalogue import catalogue
from xxgk.checks.entry import Entry
from xxgk.checks.finding import Finding, Value
from xxgk.checks.labels import NARRATIVE_PREFIX, PREVIOUS_PREFIX, labels_of
from xxgk.formats import Form, Level
from xxgk.narrative.words import Words, shipped_words
from xxgk.records import Record
from xxgk.report import UNKNOWN_LEVEL, Number, Place, Remark, Report
from xxgk.workbook.layout import Layout, layout_of
from xxgk.xlsx.a1 import Cell


class Spot(Record):
    """A place that a finding points at: the address, the labels a person knows, sheet and cell."""

    address: str
    labels: tuple[str, ...]
    place: Place


class Subject(Record):
    """A report with its form and the layout of its workbook.

    Where the reader noted no place (JSON, a blank cell), the standard workbook's place is given.
    ``sheets`` maps the standard name of each sheet to its name in the workbook that was read. ``moved`` says
    that things do not stand where the template has them.
    """

    report: Report
    form: Form
    layout: Layout
    entries: Mapping[str, Entry]
    sheets: Mapping[str, str]
    moved: bool
    own_words: Words | None = None

    @property
    def words(self) -> Words:
        """The word lists that the text is checked against: an office's where it has any, else ours."""
        return shipped_words() if self.own_words is None else self.own_words

    @property
    def level(self) -> Level | None:
        """The level of the unit, or None where nobody chose one."""
        return None if self.report.level == UNKNOWN_LEVEL else self.form.level(self.report.level)

    def figure(self, address: str) -> Spot:
        """Return where the figure at ``address`` of this year stands."""
        figure = self.report.figures.get(address)
        return self._spot(address, figure.place if figure else None, self.layout.figures[address])

    def previous_figure(self, address: str) -> Spot:
        """Return where last year's figure at ``address`` stands.

        There is no place where it came from another file (``check --previous``).
        """
        figure = self.report.previous.figures.get(address) if self.report.previous else None
        noted, key = figure.place if figure else None, PREVIOUS_PREFIX + address
        standard = self.layout.previous.get(address)
        own_sheet = self.report.places.get("previous_year")
        if standard is None or (noted and (own_sheet is None or noted.sheet != own_sheet.sheet)):
            return Spot(key, labels_of(self.form, key), Place("", ""))
        return self._spot(key, noted, standard)

    def lost(self, key: str) -> bool:
        """Tell whether a workbook in which things have moved has no place for ``key``; a finding (S103) says so."""
        return self.moved and key not in self.report.places

    def field(self, field_id: str) -> Spot:
        """Return where a single number outside the tables stands."""
        figure = self.report.fields.get(field_id)
        return self._spot(field_id, figure.place if figure else None, self.layout.fields[field_id])

    def cell(self, key: str) -> Spot:
        """Return where a single named cell of the workbook stands."""
        return self._spot(key, None, self.layout.slots[key].cell)

    def cover(self, key: str) -> Spot:
        """Return where a field of the 首页 stands."""
        return self._spot(key, None, self.layout.cover[key])

    def part(self, part_id: str) -> Spot:
        """Return where the text of a narrative part begins."""
        first = next(iter(self.report.narrative.get(part_id, ())), None)
        return self._spot(NARRATIVE_PREFIX + part_id, first.place if first else None, self._text(part_id, 0))

    def paragraph(self, part_id: str, index: int) -> Spot:
        """Return where a paragraph stands; ``index`` counts from 0."""
        place = self.report.narrative[part_id][index].place
        return self._spot(f"{NARRATIVE_PREFIX}{part_id}[{index}]", place, self._text(part_id, index))

    def waiver(self, index: int) -> Spot:
        """Return where a waiver stands; ``index`` counts from 0."""
        slot = self.layout.slots["waivers"]
        return self._spot(f"waivers[{index}]", None, Cell(slot.sheet, slot.row + index, slot.column))

    def remark(self, remark: Remark) -> Spot:
        """Return where a reader's remark belongs; sheet and cell are "" where it is about the whole file."""
        address, place = remark.address, remark.place or self.report.places.get(remark.address)
        standard = self.layout.figures.get(address) or self.layout.fields.get(address) or self.layout.cover.get(address)
        if place is None:
            place = self._standard(standard) if standard else Place("", "")
        return Spot(address, remark.labels or labels_of(self.form, address), place)

    def finding(
        self,
        code: str,
        spot: Spot,
        message: str,
        *,
        value: Value = None,
        expected: Value = None,
        difference: Number | None = None,
        severity: str = "",
    ) -> Finding:
        """Return a finding of ``code`` at ``spot``; the severity is the code's own unless given."""
        entry = self.entries[code]
        return Finding(
            code,
            severity or entry.severity,
            spot.address,
            spot.place.sheet,
            spot.place.cell,
            spot.labels,
            message,
            value,
            expected,
            difference,
            entry.hint,
        )

    def _spot(self, address: str, noted: Place | None, standard: Cell) -> Spot:
        place = noted or self.report.places.get(address) or self._standard(standard)
        return Spot(address, labels_of(self.form, address), place)

    def _standard(self, cell: Cell) -> Place:
        return Place(self.sheets.get(cell.sheet, cell.sheet), cell.ref)

    def _text(self, part_id: str, index: int) -> Cell:
        slot = self.layout.narrative[part_id]
        return Cell(slot.sheet, slot.row + index, slot.column + 1)


def subject_of(report: Report, form: Form, words: Words | None = None) -> Subject:
    """Return ``report`` made ready for the checks, with an office's word lists where it has any."""
    layout = layout_of(form)
    moved = any(key in layout.figures or key.startswith(NARRATIVE_PREFIX) for key in report.places)
    return Subject(report, form, layout, catalogue(form), _sheet_names(report, layout), moved, words)


def _sheet_names(report: Report, layout: Layout) -> dict[str, str]:
    """Return what the standard sheets are called in the workbook, as far as places tell."""
    names = {}
    for address, figure in report.figures.items():
        if figure.place:
            names[layout.figures[address].sheet] = figure.place.sheet
    for part_id, paragraphs in report.narrative.items():
        for paragraph in paragraphs:
            if paragraph.place:
                names[layout.narrative[part_id].sheet] = paragraph.place.sheet
    for key, place in report.places.items():
        if key in layout.cover:
            names[layout.cover[key].sheet] = place.sheet
    return names
