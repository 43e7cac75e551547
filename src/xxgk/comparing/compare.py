"""Everything that differs between two reports, for whoever prints it."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk import wording
from xxgk.comparing.numbers import TableChanges, compare_numbers
from xxgk.comparing.texts import Passage, Span, compare_paragraphs, compare_texts
from xxgk.formats import Form
from xxgk.records import Record
from xxgk.report import Report
from xxgk.workbook.layout import COVER_FIELDS

NOTES = "表下注"


class TextChange(Record):
    """A single text that is not the same in both reports."""

    label: str
    spans: tuple[Span, ...]


class PartChanges(Record):
    """A written part: all of its paragraphs in order, changed or not."""

    heading: str
    passages: tuple[Passage, ...]

    @property
    def same(self) -> bool:
        """Whether nothing has changed."""
        return all(passage.same for passage in self.passages)


class Comparison(Record):
    """Two reports side by side; ``old`` and ``new`` are what to call them. ``tables`` come with those unchanged."""

    old: str
    new: str
    forms_differ: bool
    singles: tuple[TextChange, ...]
    tables: tuple[TableChanges, ...]
    parts: tuple[PartChanges, ...]

    @property
    def numbers_changed(self) -> int:
        """How many numbers differ."""
        return sum(len(table.changes) for table in self.tables)

    @property
    def paragraphs_changed(self) -> int:
        """How many paragraphs differ."""
        return sum(not passage.same for part in self.parts for passage in part.passages)


def compare_reports(old: Report, old_form: Form, new: Report, new_form: Form) -> Comparison:
    """Return what changed from ``old`` to ``new``; headings and labels are those of ``new_form``."""
    parts = []
    headings = {section.part.id: section.heading for section in new_form.sections if section.part is not None}
    for part in new_form.parts:
        passages = compare_paragraphs(old.narrative.get(part.id, ()), new.narrative.get(part.id, ()))
        parts.append(PartChanges(headings.get(part.id, part.title), passages))
    return Comparison(
        _called(old),
        _called(new),
        old_form is not new_form,
        tuple(_singles(old, old_form, new, new_form)),
        compare_numbers(old, old_form, new, new_form),
        tuple(parts),
    )


def _called(report: Report) -> str:
    return f"{report.unit} {report.year} 年度" if report.year is not None else report.unit or "（没有写单位和年度）"


def _singles(old: Report, old_form: Form, new: Report, new_form: Form) -> Iterator[TextChange]:
    texts = (_texts(old, old_form), _texts(new, new_form))
    for label in dict.fromkeys((*texts[1], *texts[0])):
        before, after = (found.get(label, "") for found in texts)
        if before != after:
            yield TextChange(label, compare_texts(before, after))


def _texts(report: Report, form: Form) -> dict[str, str]:
    labels = {key: label for key, label, _ in COVER_FIELDS}
    level = form.level(report.level)
    found = {
        labels["unit"]: report.unit,
        labels["level"]: level.label if level is not None else "",
        labels["title"]: wording.title(form, report),
        labels["signature"]: wording.signature(report),
        labels["date"]: wording.printed_date(report.date) if report.date is not None else "",
    }
    for table in form.tables.values():
        found[f"{table.name} {NOTES}"] = report.table_notes.get(table.id, "")
    for address, figure in report.figures.items():
        if figure.note:
            found[f"{' › '.join(form.labels_of(address))} 备注"] = figure.note
    return found
