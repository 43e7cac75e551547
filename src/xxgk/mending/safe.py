"""Which cells can be mended without a change of meaning, and with what (docs/decisions/0009-safe-mendings.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from xxgk.checks import Finding, check
from xxgk.checks.finding import INFO
from xxgk.checks.spaces import inner_spaces
from xxgk.checks.subject import Spot, Subject, subject_of
from xxgk.formats import load_form
from xxgk.narrative.punctuation import (
    Slip,
    doubled_marks,
    half_width,
    mended,
    number_brackets,
    outside_placeholders,
)
from xxgk.narrative.words import Words
from xxgk.records import Record, field, replace
from xxgk.report import Figure, Number, Paragraph, Reading, Report
from xxgk.texts import BLANKS, is_han
from xxgk.workbook.writing.changes import COVER_TEXTS

TEXT_DIGITS, SIGN, SPACES = "V104", "V105", "W104"


class Mending(Record):
    """A cell to be mended: the code of the finding, the place, what stands there, and what is to stand there.

    A text may be mended for several findings at once: then ``code`` names all of them, as in W104、W133.

    ``applied`` gives the report as it reads with this mending.
    """

    code: str
    spot: Spot
    before: str
    after: Number | str
    applied: Callable[[Report], Report] = field(compare=False)


def safe_mendings(report: Report, words: Words | None = None) -> Iterator[Mending]:
    """Yield a mending for each thing in ``report`` that can only mean one thing, in the order of the findings.

    A number stays the number that was read. A sign becomes 0 only where the form says that nothing else
    is possible. A text loses only spaces that separate nothing, and only its punctuation changes. What staff have
    waived is left alone, and what the office's ``words`` let stand.
    """
    form = load_form(report.form)
    subject = subject_of(report, form, words)
    findings = [finding for finding in check(report, form, words) if not _is_waived(subject, finding)]
    damaged = {finding.sheet for finding in findings if finding.code.startswith("S") and finding.severity != INFO}
    possible = {(one.code, one.spot.address): one for one in (*_numbers(subject), *_signs(subject, damaged))}
    texts = {mending.spot.address: mending for mending in _paragraphs(subject, findings)}
    yield from _cover(subject)
    for finding in findings:
        if (finding.code, finding.address) in possible:
            yield possible[finding.code, finding.address]
        elif finding.address in texts:
            yield texts.pop(finding.address)


def harmless(report: Report, mendings: Sequence[Mending]) -> tuple[tuple[Mending, ...], Report]:
    """Return those of ``mendings`` that bring up no new finding, and the report as it reads with them.

    A space may have kept two words apart that are now a repetition; then a person must look.
    """
    known = _faults(report)
    whole = _applied(report, mendings)
    if _faults(whole) <= known:
        return tuple(mendings), whole
    kept: list[Mending] = []
    for mending in mendings:
        more = mending.applied(report)
        if _faults(more) <= known:
            kept.append(mending)
            report = more
    return tuple(kept), report


def closed_up(text: str) -> str:
    """Return ``text`` without the spaces beside punctuation or after numbering that a check finds.

    A space between two Chinese characters stays: it may separate two names, which only a person can tell.
    """
    return "".join(_closed_line(line) for line in text.splitlines(keepends=True))


def _closed_line(line: str) -> str:
    core = line.strip()
    indent = len(line) - len(line.lstrip())
    before, after = line[:indent], line[indent + len(core) :]
    while gaps := [gap for gap in inner_spaces(core) if not _parts_words(core, *gap)]:
        for start, end in reversed(gaps):
            core = core[:start] + core[end:]
    return before + core + after


def _parts_words(line: str, start: int, end: int) -> bool:
    return is_han(line[start - 1]) and is_han(line[end])


def _is_waived(subject: Subject, finding: Finding) -> bool:
    return finding.severity == INFO != subject.entries[finding.code].severity


def _faults(report: Report) -> frozenset[tuple[str, str]]:
    return frozenset((finding.code, finding.address) for finding in check(report, load_form(report.form)))


def _applied(report: Report, mendings: Iterable[Mending]) -> Report:
    for mending in mendings:
        report = mending.applied(report)
    return report


# ------------------------------------------------------------------ numbers


def _numbers(subject: Subject) -> Iterator[Mending]:
    """Yield digits stored as text: the number is the one that the reader understood."""
    report = subject.report
    groups: list[tuple[Mapping[str, Figure], Callable[[str], Spot], Callable[[str, Figure], _Change]]] = [
        (report.figures, subject.figure, _with_figure),
        (report.fields, subject.field, _with_field),
    ]
    if report.previous is not None:
        groups.append((report.previous.figures, subject.previous_figure, _with_previous))
    for figures, locate, changed in groups:
        for address, figure in figures.items():
            if figure.reading is Reading.TEXT_NUMBER and figure.value is not None:
                number = Figure(figure.value, figure.note, place=figure.place)
                yield Mending(TEXT_DIGITS, locate(address), figure.seen, figure.value, changed(address, number))


def _signs(subject: Subject, damaged: set[str]) -> Iterator[Mending]:
    """Yield "/" and the like in rows whose numbers can only be 0, unless it is in doubt which row it is."""
    report = subject.report
    zero = {
        f"{table.id}.{row.id}"
        for table in subject.form.tables.values()
        for row in table.rows
        if report.level in row.sign_is_zero
    }
    for address, figure in report.figures.items():
        spot = subject.figure(address)
        is_sign = figure.reading is Reading.PLACEHOLDER
        if is_sign and address.rpartition(".")[0] in zero and spot.place.sheet not in damaged:
            number = Figure(0, figure.note, place=figure.place)
            yield Mending(SIGN, spot, figure.seen, 0, _with_figure(address, number))


_Change = Callable[[Report], Report]


def _with_figure(address: str, figure: Figure) -> _Change:
    return lambda report: replace(report, figures={**report.figures, address: figure})


def _with_field(address: str, figure: Figure) -> _Change:
    return lambda report: replace(report, fields={**report.fields, address: figure})


def _with_previous(address: str, figure: Figure) -> _Change:
    def changed(report: Report) -> Report:
        assert report.previous is not None
        figures = {**report.previous.figures, address: figure}
        return replace(report, previous=replace(report.previous, figures=figures))

    return changed


# ------------------------------------------------------------------ texts


def _paragraphs(subject: Subject, findings: Sequence[Finding]) -> Iterator[Mending]:
    """Yield each paragraph whose findings can be mended, all of them at once."""
    found: dict[str, set[str]] = {}
    for finding in findings:
        found.setdefault(finding.address, set()).add(finding.code)
    for part in subject.form.parts:
        for index, paragraph in enumerate(subject.report.narrative.get(part.id, ())):
            spot = subject.paragraph(part.id, index)
            text, codes = paragraph.text, []
            if any(word in text for word in subject.words.allowed):
                continue  # what stands there is meant, marks and all
            for code, mend in _TEXT_MENDINGS.items():
                better = mend(text) if code in found.get(spot.address, ()) else text
                if better != text:
                    text = better
                    codes.append(code)
            if codes:
                yield Mending("、".join(codes), spot, paragraph.text, text, _with_paragraph(part.id, index, text))


def _punctuated(slips: Callable[[str], Iterator[Slip]]) -> Callable[[str], str]:
    return lambda text: mended(text, outside_placeholders(text, slips(text)))


# What a text may lose or change without another meaning, in the order in which it is done.
_TEXT_MENDINGS: Mapping[str, Callable[[str], str]] = {
    SPACES: closed_up,
    "W133": _punctuated(half_width),
    "W134": _punctuated(doubled_marks),
    "W147": _punctuated(number_brackets),
}


def _cover(subject: Subject) -> Iterator[Mending]:
    """Yield the names that blanks stand around: every comparison passes over them, but the title shows them."""
    for key in COVER_TEXTS:
        text: str = getattr(subject.report, key)
        if text != text.strip(BLANKS):
            yield Mending(SPACES, subject.cover(key), text, text.strip(BLANKS), _with_text(key, text.strip(BLANKS)))


def _with_paragraph(part_id: str, index: int, text: str) -> _Change:
    def changed(report: Report) -> Report:
        paragraphs = report.narrative[part_id]
        mended: Paragraph = replace(paragraphs[index], text=text)
        narrative = {**report.narrative, part_id: (*paragraphs[:index], mended, *paragraphs[index + 1 :])}
        return replace(report, narrative=narrative)

    return changed


def _with_text(key: str, text: str) -> _Change:
    return lambda report: replace(report, **{key: text})
