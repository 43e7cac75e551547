"""Last year into this year: what last year's report says already, put into this year's, never over what staff typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xxgk.errors import UsageProblem
from xxgk.figures import is_stated, same_as_last_year, values_of_last_year
from xxgk.formats import Form
from xxgk.records import Record, replace
from xxgk.report import UNKNOWN_LEVEL, Figure, Paragraph, Report
from xxgk.texts import bare
from xxgk.workbook.layout import COVER_FIELDS, PREVIOUS

TEXTS = ("unit", "short_name", "signature")
SPARE = 1  # blank rows beyond last year's under each heading


class Carried(Record):
    """This year's report with what last year's gave, and a sentence for each thing of staff's own that was kept."""

    report: Report
    kept: tuple[str, ...]


def carry(form: Form, base: Report, last: Report, overwrite: bool) -> Carried:
    """Return ``base``, a report of ``form``, with what follows from ``last``, the report of the year before it.

    That is: who reports; last year's figures and text as ``previous``; the figures that a rule makes equal to last
    year's (二、上年结转); and the headings of written parts that have no text yet. What ``base`` has otherwise stays,
    and is told, unless ``overwrite``; text that staff wrote stays in any case.
    """
    return _Carrier(form, base, last, overwrite).carried()


def report_of_year_before(year: int, last: Report, name: str) -> Report:
    """Return ``last``, read from ``name``, which must be of the year before ``year``; else raise ``UsageProblem``."""
    if last.year != year - 1:
        said = "没有写年度" if last.year is None else f"是 {last.year} 年度的"
        raise UsageProblem(f"{name} {said}，{year} 年度要用 {year - 1} 年度的报告，没有填。")
    return last


def outline(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Return the headings among ``paragraphs`` with blank ones where the text stood; nothing when there are none."""
    if not any(paragraph.heading for paragraph in paragraphs):
        return ()
    found: list[Paragraph] = []
    for paragraph, following in zip(paragraphs, (*paragraphs[1:], Paragraph("", 2)), strict=True):
        body = not paragraph.heading
        found.append(Paragraph("") if body else Paragraph(paragraph.text, paragraph.heading))
        if body and following.heading:
            found += [Paragraph("")] * SPARE
    return tuple(found)


class _Carrier:
    """Collects sentences on what was kept."""

    def __init__(self, form: Form, base: Report, last: Report, overwrite: bool) -> None:
        self.form, self.base, self.last, self.overwrite = form, base, last, overwrite
        self.kept: list[str] = []

    def carried(self) -> Carried:
        base, last = self.base, self.last
        texts = {key: self.text(key) for key in TEXTS}
        figures = self.over(base.figures, dict(self.same_figures()), "")
        report = replace(
            base,
            **texts,
            level=self.level(),
            figures=figures,
            narrative={**base.narrative, **dict(self.outlines())},
            previous=self.previous(replace(last, places={}, remarks=())),
        )
        return Carried(report, tuple(self.kept))

    def text(self, key: str) -> str:
        typed, new = str(getattr(self.base, key)), str(getattr(self.last, key))
        if not typed or not new or bare(typed) == bare(new):
            return typed or new
        return new if self.replaced(_label(key), typed, new) else typed

    def level(self) -> str:
        typed, new = self.base.level, self.last.level
        if UNKNOWN_LEVEL in (typed, new) or typed == new:
            return new if typed == UNKNOWN_LEVEL else typed
        labels = [level.label if level else text for text in (typed, new) for level in (self.form.level(text),)]
        return new if self.replaced(_label("level"), *labels) else typed

    def same_figures(self) -> Iterator[tuple[str, Figure]]:
        values = values_of_last_year(self.form, self.last)
        for here, before in same_as_last_year(self.form, self.last.form, self.base.year).items():
            if here not in self.form.totals and before in values:
                yield here, Figure(values[before])

    def outlines(self) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
        for section in self.form.sections:
            part = section.part
            if part is not None and not any(p.text.strip() for p in self.base.narrative.get(part.id, ())):
                found = outline(self.last.narrative.get(part.id, ()))
                if found:
                    yield part.id, found

    def previous(self, last: Report) -> Report:
        """Return last year's report, with the figures that staff had typed on 上年数据 where they differ."""
        typed = self.base.previous
        if typed is None:
            return last
        known = {address: Figure(value) for address, value in values_of_last_year(self.form, last).items()}
        own = {a: figure for a, figure in typed.figures.items() if is_stated(figure)}
        merged = self.over(own, {a: known[a] for a in own if a in known}, PREVIOUS)
        different = {a: figure for a, figure in merged.items() if figure.value != known.get(a, Figure(None)).value}
        return replace(last, figures={**last.figures, **different})

    def over(self, typed: Mapping[str, Figure], new: Mapping[str, Figure], where: str) -> dict[str, Figure]:
        """Return the figures of both; where both have one and they differ, the one that counts."""
        merged = dict(typed)
        for address, figure in new.items():
            old = typed.get(address)
            if old is None or not is_stated(old):
                merged[address] = replace(figure, note=old.note if old else "")
            elif old.value != figure.value:
                what = " › ".join(label for label in (where, *self.form.labels_of(address)) if label)
                if self.replaced(what, old.seen if old.value is None else str(old.value), str(figure.value)):
                    merged[address] = replace(figure, place=old.place)
        return merged

    def replaced(self, what: str, typed: str | None, new: str | None) -> bool:
        """Tell whether what was typed goes; otherwise say that it stayed."""
        if not self.overwrite:
            self.kept.append(f"{what}：已填“{typed}”，没有改（上年报告是“{new}”）。")
        return self.overwrite


def _label(key: str) -> str:
    return next(label for name, label, _ in COVER_FIELDS if name == key)
