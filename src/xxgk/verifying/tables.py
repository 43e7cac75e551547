"""The tables of a report held against those that it should print: numbers, labels, order of rows. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xxgk.formats import Form
from xxgk.labels import fold
from xxgk.published.blocks import Cell, Table
from xxgk.published.found import Found, Spot, Trace
from xxgk.published.labels import NEAR, likeness
from xxgk.published.tables import is_value
from xxgk.records import Record
from xxgk.render.document import Document, TableBlock
from xxgk.verifying.texts import shown
from xxgk.workbook.reading.numbers import read_number


class FigureDifference(Record):
    """A cell that does not say what it should. ``seen`` is "" where it is blank."""

    address: str
    labels: tuple[str, ...]
    expected: str
    seen: str
    spot: Spot


class LabelDifference(Record):
    """A label that the report has otherwise; ``seen`` is "" where nothing like it is there."""

    expected: str
    seen: str
    spot: Spot = Spot()


class TablesCompared(Record):
    """``same`` counts the cells that say what they should; ``misplaced`` are rows, by labels, that changed places.

    ``unsure`` tells, a sentence each, which cells could not be compared.
    """

    same: int
    figures: tuple[FigureDifference, ...]
    labels: tuple[LabelDifference, ...]
    misplaced: tuple[tuple[str, ...], ...]
    unsure: tuple[str, ...]


def compare_tables(document: Document, form: Form, found: Found) -> TablesCompared:
    """Return how the tables of a report file, as ``found``, differ from those of ``document``, which is of ``form``."""
    traces = {trace.address: trace for trace in found.traces}
    doubts = {address: doubt for doubt in found.doubts for address in doubt.addresses}
    literal = _literal(document, form, found)
    figures, unsure = [], []
    for address, expected in _printed(document, form).items():
        trace, doubt = traces.get(address), doubts.get(address)
        if address in literal:
            continue
        if trace is not None:
            if not _says(trace, expected, form):
                figures.append(_differing(form, address, expected, trace.seen, trace.spot))
        elif doubt is not None and doubt.seen is not None:
            if shown(doubt.seen) != shown(expected):
                figures.append(_differing(form, address, expected, doubt.seen, doubt.spot))
        elif doubt is not None:
            unsure.append((address, doubt.sentence))
        elif expected:
            unsure.append((address, f"{' › '.join(form.labels_of(address))}：没有读到。"))
    uncompared = [address for address, _ in unsure]
    return TablesCompared(
        sum(len(table.addresses) for table in form.tables.values()) - len(figures) - len(unsure),
        tuple(figures),
        tuple(_labels(document, form, found, uncompared)),
        tuple(_misplaced(form, traces)),
        tuple(dict.fromkeys(sentence for _, sentence in unsure)),
    )


def _tables(document: Document) -> Iterator[TableBlock]:
    return (block for block in document.blocks if isinstance(block, TableBlock))


def _printed(document: Document, form: Form) -> dict[str, str]:
    """Return what ``document`` prints for each address of ``form``."""
    owners = (section.table for section in form.sections if section.table)
    return {
        place.address: cell.text
        for owner, block in zip(owners, _tables(document), strict=True)
        for place, cell in zip(form.tables[owner].grid, block.cells, strict=True)
        if place.address
    }


def _literal(document: Document, form: Form, found: Found) -> frozenset[str]:
    """Return the addresses in rows that stand in the file word for word; what a reader makes of them is no matter."""
    rows = {row for table in found.tables for row in _rows(table)}
    owners = (section.table for section in form.sections if section.table)
    there: list[str] = []
    for owner, block in zip(owners, _tables(document), strict=True):
        addresses = {(place.row, place.column): place.address for place in form.tables[owner].grid}
        for row in block.rows():
            numbers = [cell for cell in row if not cell.header]
            if all(cell.text for cell in numbers) and tuple(shown(cell.text) for cell in row if cell.text) in rows:
                there += [addresses[cell.row, cell.column] for cell in numbers]
    return frozenset(there)


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the texts of each row that holds no number of several rows, and nothing that could not be made out."""
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(table.cells, key=lambda cell: cell.column):
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    for cells in rows.values():
        if not any(cell.doubt or (cell.rows > 1 and is_value(cell.text)) for cell in cells):
            yield tuple(shown(cell.text) for cell in cells)


def _differing(form: Form, address: str, expected: str, seen: str, spot: Spot) -> FigureDifference:
    return FigureDifference(address, form.labels_of(address), expected, seen, spot)


def _says(trace: Trace, expected: str, form: Form) -> bool:
    """Tell whether a cell that was read says what is expected: the same number, however it is written, and remark."""
    if shown(trace.seen) == shown(expected):
        return True
    table = form.tables[trace.address.partition(".")[0]]
    figure = read_number(expected, table.column(trace.address).unit)
    return (
        figure is not None
        and figure.value == trace.figure.value
        and figure.value is not None
        and shown(figure.note) == shown(trace.figure.note)
    )


def _labels(document: Document, form: Form, found: Found, uncompared: Sequence[str]) -> Iterator[LabelDifference]:
    """Yield the labels that are not there word for word, save those of rows that are told of as ``uncompared``."""
    told = {label for address in uncompared for label in form.labels_of(address)}
    for one in found.differences:
        if one.spot.table and one.expected not in told:
            told.add(one.expected)
            yield LabelDifference(one.expected, one.seen, one.spot)
    expected = {shown(cell.text): cell.text for block in _tables(document) for cell in block.cells if cell.header}
    used = {shown(one.seen) for one in found.differences}
    there = {shown(cell.text): cell.text for table in found.tables for cell in table.cells if not is_value(cell.text)}
    others = [text for key, text in there.items() if key not in expected and key not in used]
    for key, label in expected.items():
        if key not in there and label not in told:
            score, seen = max(((likeness(fold(text), fold(label)), text) for text in others), default=(0.0, ""))
            yield LabelDifference(label, " ".join(seen.split()) if score >= NEAR else "")


def _misplaced(form: Form, traces: Mapping[str, Trace]) -> Iterator[tuple[str, ...]]:
    """Yield the labels of the rows that must be put elsewhere for all to stand in the form's order: the fewest."""
    for table in form.tables.values():
        rows: dict[str, tuple[int, int]] = {}
        for address in table.addresses:
            if address in traces:
                spot = traces[address].spot
                rows.setdefault(address.rpartition(".")[0], (spot.table, spot.row))
        kept = _longest_rising(list(rows.values()))
        for n, row in enumerate(rows):
            if n not in kept:
                address = next(a for a in table.addresses if a.rpartition(".")[0] == row)
                yield table.labels[address][:-1]


def _longest_rising(places: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return the indices of the longest part of ``places`` that never falls."""
    chains: list[list[int]] = [[]]
    for n, place in enumerate(places):
        longest = max((chain for chain in chains if not chain or places[chain[-1]] <= place), key=len)
        chains.append([*longest, n])
    best = max(chains, key=len)
    return frozenset(best)
