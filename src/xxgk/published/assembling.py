"""One report put together from its lines and tables, in the order of the form's sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from xxgk.figures import State, judge, without_computed_totals
from xxgk.formats import Form, Section
from xxgk.labels import fold
from xxgk.published.blocks import Line
from xxgk.published.closing import Closing, closing
from xxgk.published.found import Difference, Doubt, Found, Spot, Trace
from xxgk.published.inferring import infer
from xxgk.published.loose import loose_table
from xxgk.published.naming import Name, read_name
from xxgk.published.narrative import is_furniture, is_sentence, paragraphs
from xxgk.published.pattern import patterns_of
from xxgk.published.recognising import Item, Piece
from xxgk.published.sections import headings
from xxgk.published.tables import TableFound
from xxgk.published.turning import read_any_way
from xxgk.records import Record
from xxgk.render.document import NOTE_MARKS
from xxgk.report import Figure, Paragraph, Report
from xxgk.texts import bare

MENU = 8  # characters of a word that a site prints between title and text
NO_CLOSING = Closing((), "", None, ())


class Texts(Record):
    """The parts of a report that are text."""

    narrative: Mapping[str, tuple[Paragraph, ...]]
    table_notes: Mapping[str, str]
    folds: tuple[str, ...]
    closing: Closing
    dropped: tuple[str, ...]


def assemble(form: Form, items: Sequence[Item]) -> Found:
    """Return the report that ``items`` make, with what is unsure about it."""
    starts = headings(form, items)
    pieces = (at for at, item in enumerate(items) if isinstance(item, Piece))
    first = min((*starts.values(), *pieces), default=0)
    name = read_name([item for item in items[:first] if isinstance(item, Line)])
    items = _with_loose_tables(form, items, starts)
    tables = _tables(form, items)
    texts = _texts(form, items, starts, name)
    traces = {trace.address: trace for table in tables for trace in table.traces}
    figures = {address: trace.figure for address, trace in traces.items()}
    for one in form.folds:
        if one.remark in texts.folds and one.marker in figures:
            figures[one.marker] = Figure(figures[one.marker].value, one.remark)
    inferred = infer(form, name, texts.closing.signature, texts.narrative, figures)
    report = Report(
        form=form.id,
        unit=inferred.unit,
        year=name.year,
        level=inferred.level,
        short_name=name.short_name,
        title=name.title,
        figures=without_computed_totals(form, figures),
        table_notes=texts.table_notes,
        narrative=texts.narrative,
        fields=inferred.fields,
        signature=texts.closing.signature,
        date=texts.closing.date,
    )
    excused = {address for one in form.folds if one.remark in texts.folds for address in one.absent_addresses}
    doubts = [
        doubt
        for table in tables
        for doubt in table.doubts
        if not doubt.addresses or excused.isdisjoint(doubt.addresses)
    ]
    doubts += _missing(form, report, starts)
    return Found(
        report,
        tuple(traces.values()),
        tuple(doubts),
        (*_headings_compared(form, items, starts), *(one for table in tables for one in table.differences)),
        inferred.sentences,
        texts.dropped,
        tuple(_lines(items)),
        tuple(item.table for item in items if isinstance(item, Piece)),
    )


def failing(form: Form, found: Found) -> tuple[str, ...]:
    """Return a sentence for each rule of arithmetic that the figures as read do not keep, with where they stood."""
    traces = {trace.address: trace for trace in found.traces}
    sentences = []
    for verdict in judge(form, found.report):
        if verdict.state is State.FAIL:
            where = _where(traces, [term.address for term in verdict.instance.terms])
            sentences.append(f"{verdict.instance.sentence}：左边 {verdict.left}，右边 {verdict.right}{where}")
    return tuple(sentences)


def _where(traces: Mapping[str, Trace], addresses: Sequence[str]) -> str:
    places = [traces[address].spot.words for address in addresses if address in traces]
    return f"（{places[0]}）" if places else ""


def _with_loose_tables(form: Form, items: Sequence[Item], starts: Mapping[int, int]) -> tuple[Item, ...]:
    """Return ``items`` with the texts of each table that is no longer one as a piece, in the place of the first."""
    there = {owner for item in items if isinstance(item, Piece) for owner in item.owners}
    result = list(items)
    for pattern in reversed(patterns_of(form)):
        number = next(number for number, section in enumerate(form.sections) if section.table == pattern.table.id)
        if number not in starts or pattern.table.id in there:
            continue
        start = starts[number] + 1
        end = min((at for at in starts.values() if at >= start), default=len(items))
        first, last, table = loose_table(pattern, _lines(items[start:end]))
        if table is not None:
            # The lines stay as many as they are, so that the headings stand where they stood.
            blank = [Line("")] * (last - first - 1)
            result[start + first : start + last] = [Piece(table, 0, (pattern.table.id,)), *blank]
    return tuple(result)


def _tables(form: Form, items: Sequence[Item]) -> list[TableFound]:
    found = []
    for pattern in patterns_of(form):
        pieces = [item for item in items if isinstance(item, Piece) and pattern.table.id in item.owners]
        own = read_any_way(form, pattern, [(piece.table, piece.number) for piece in pieces])
        if own is None:
            sentence = f"找不到{pattern.table.name}，没有读。"
            own = TableFound((), (Doubt(sentence, pattern.table.addresses),), ())
        found.append(own)
    return found


# ------------------------------------------------------------------ text


def _texts(form: Form, items: Sequence[Item], starts: Mapping[int, int], name: Name) -> Texts:
    narrative: dict[str, tuple[Paragraph, ...]] = {}
    notes: dict[str, str] = {}
    folds: list[str] = []
    dropped: list[str] = list(name.dropped)
    ends = sorted((*starts.values(), len(items)))
    last = closing(_lines(items[max(starts.values()) + 1 :])) if starts else NO_CLOSING
    base = _declared_rank(items, starts)
    preface, furniture = _preface(name.after, base)
    dropped += furniture
    for number, section in enumerate(form.sections):
        if section.preface is not None and preface:
            narrative[section.preface.id] = paragraphs(preface, base)
        if number not in starts:
            continue
        start = starts[number] + 1
        end = next(end for end in ends if end >= start)
        own = items[start:end]
        lines = last.text if end == len(items) else _lines(own)
        kept, furniture = _without_furniture(lines)
        dropped += furniture
        if section.part is not None and kept:
            narrative[section.part.id] = paragraphs(kept, base)
        elif section.table and kept:
            before, after = _around_table(own, _without_printed_words(form, section, kept))
            dropped += [line.text for line in before]
            table_notes, said = _notes(form, section, after)
            folds += said
            if table_notes:
                notes[section.table] = "\n".join(table_notes)
    return Texts(
        narrative,
        notes,
        tuple(folds),
        last,
        tuple(text for text in (*dropped, *(line.text for line in last.rest)) if text != name.title),
    )


def _lines(items: Sequence[Item]) -> list[Line]:
    return [item for item in items if isinstance(item, Line) and item.text]


def _preface(lines: Sequence[Line], base: int) -> tuple[list[Line], list[str]]:
    """Return the text between title and first section, and what a site prints there.

    Only sentences are text; where headings are declared (``base``), what comes behind a sentence or is long is, too.
    """
    kept, dropped = _without_furniture(lines)
    first = next((at for at, line in enumerate(kept) if is_sentence(line.text)), 0)
    declared = [line for at, line in enumerate(kept) if base and (at > first or len(line.text) > MENU or line.level)]
    text = [line for line in kept if is_sentence(line.text) or line in declared]
    return text, [*dropped, *(line.text for line in kept if line not in text)]


def _without_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    kept = [line for line in lines if not is_furniture(line.text)]
    return kept, [line.text for line in lines if is_furniture(line.text)]


def _declared_rank(items: Sequence[Item], starts: Mapping[int, int]) -> int:
    """Return the rank that most of the sections' headings are declared to have, 0 for none."""
    ranks = [item.level for at in starts.values() if isinstance(item := items[at], Line)]
    return max(set(ranks), key=ranks.count, default=0)


def _around_table(items: Sequence[Item], kept: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return which of the lines ``kept`` stand before the first table, and which after it."""
    first = next((at for at, item in enumerate(items) if isinstance(item, Piece)), len(items))
    above = {id(item) for item in items[:first]}
    return [line for line in kept if id(line) in above], [line for line in kept if id(line) not in above]


def _without_printed_words(form: Form, section: Section, lines: Sequence[Line]) -> list[Line]:
    """Return the lines that are no row of the section's table that was left out of it, as one with a single cell is."""
    words = {word for pattern in patterns_of(form) if pattern.table.id == section.table for word in pattern.words}
    return [line for line in lines if fold(line.text) not in words]


def _notes(form: Form, section: Section, lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """Return the remarks under a table, and those among them that say how its rows were merged."""
    remarks = {fold.remark for fold in form.tables[section.table].folds}
    texts = [line.text for line in lines]
    if texts:
        mark = next((mark for mark in NOTE_MARKS if texts[0].startswith(mark)), "")
        texts[0] = texts[0].removeprefix(mark).strip()
    return [text for text in texts if text and text not in remarks], [text for text in texts if text in remarks]


# ------------------------------------------------------------------ what is told


def _missing(form: Form, report: Report, starts: Mapping[int, int]) -> Iterator[Doubt]:
    for number, section in enumerate(form.sections):
        if number not in starts:
            yield Doubt(f"找不到标题“{section.heading}”。")
        elif section.part is not None and section.part.id not in report.narrative:
            yield Doubt(f"“{section.heading}”下面没有文字。")
    blanks = ((report.unit, "单位"), (report.year, "年度"), (report.date, "落款日期"))
    missing = [word for value, word in blanks if not value]
    if missing:
        yield Doubt(f"报告里找不到{'、'.join(missing)}，请在工作簿首页填写。")


def _headings_compared(form: Form, items: Sequence[Item], starts: Mapping[int, int]) -> Iterator[Difference]:
    for number, at in starts.items():
        item, expected = items[at], form.sections[number].heading
        if isinstance(item, Line) and re.sub(r"[.．]", "、", bare(item.text)) != bare(expected):
            yield Difference(item.text, expected, Spot(item.page))
