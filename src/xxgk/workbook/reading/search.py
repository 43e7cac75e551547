"""A piece of the standard workbook found in a sheet by its labels, wherever it stands and whatever surrounds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from xxgk.labels import fold
from xxgk.records import Record
from xxgk.texts import bare
from xxgk.workbook.printed import Label, Line, Pattern
from xxgk.workbook.reading.index import TextIndex
from xxgk.workbook.reading.lines import Lines, Seen, match_lines
from xxgk.xlsx.cells import SheetCells, reference

# How far lines of one piece may have been moved apart. Repeated headings beside a table are farther off.
LEAST_SLACK, MOST_SLACK = 3, 20  # rows; as many as the piece has to fill in, or as a label stands above them
COLUMN_SLACK = 3
ANYWHERE, AT_HOME = 0.6, 0.3  # of the labels, for a piece to be recognised: on any sheet, on its own
MOST_COPIES = 3

_Spot = tuple[int, int]


class Sighting(Record, eq=False):
    """A place in a sheet with labels of a pattern: which of them are there, and where."""

    hits: Mapping[Label, _Spot]


class Match(Record, eq=False):
    """Where a pattern stands in a sheet: its lines, and those whose label is there more than once."""

    pattern: Pattern
    sheet: str
    rows: Lines
    columns: Lines

    def at(self, row: int, column: int) -> _Spot | None:
        """Return where the cell of the standard workbook stands here, or None when its place is not certain."""
        here = self.rows.found.get(row), self.columns.found.get(column)
        return None if here[0] is None or here[1] is None else (here[0], here[1])


def sightings(
    pattern: Pattern, index: TextIndex, share: float, proof: Collection[str] = (), taken: Collection[_Spot] = ()
) -> list[Sighting]:
    """Return the places where at least ``share`` of the labels of ``pattern`` stand, best first.

    Those of ``proof`` must be among them; ``taken`` are cells that are labels of something else.
    """
    free = {
        label: [spot for spot in index.places.get(fold(label.text), ()) if spot not in taken]
        for label in pattern.labels
    }
    found = []
    for _ in range(MOST_COPIES):
        hits = _nearest(free, _slack(pattern))
        spots = set(hits.values())
        if len(spots) < len(pattern.labels) * share:
            break
        if {label.text for label in hits}.issuperset(proof):
            found.append(Sighting(hits))
        free = {label: [spot for spot in left if spot not in spots] for label, left in free.items()}
    return found


def match(pattern: Pattern, sheet: str, index: TextIndex, sighting: Sighting, trusted: _Spot | None) -> Match:
    """Return the lines of ``pattern`` around ``sighting``; ``trusted`` is how names say that all of it has moved."""
    top, left, bottom, right = _box(pattern, sighting)
    height = range(top, bottom + 1)
    texts = {row: _between(index.rows.get(row, {}), left, right) for row in height}
    rows = match_lines(
        pattern.rows,
        {row: Seen(frozenset(line.values())) for row, line in texts.items()},
        trusted[0] if trusted else None,
    )
    first = min((rows.found[row] for row, _ in pattern.cells if row in rows.found), default=bottom + 1)
    heads, rest = ([texts[row] for row in height if (row < first) == above] for above in (True, False))
    columns = {
        column: Seen(_in_column(heads, column), frozenset(_reaching(heads, column)), _in_column(rest, column))
        for column in range(left, right + 1)
    }
    return Match(pattern, sheet, rows, match_lines(pattern.columns, columns, trusted[1] if trusted else None))


def labels_here(found: Match) -> Iterator[tuple[Label, _Spot]]:
    """Yield each label of a pattern with the cell in which it should stand, as far as its lines are known."""
    for label in found.pattern.labels:
        row = _first(found.rows.found, label.row, label.height)
        column = _first(found.columns.found, label.column, label.width)
        if row is not None and column is not None:
            yield label, (row, column)


def same_text(cells: SheetCells, spot: _Spot, text: str) -> bool:
    """Tell whether ``text`` stands at ``spot``, spaces and widths aside."""
    return bare(cells.text(reference(*spot))) == bare(text)


def _slack(pattern: Pattern) -> dict[Label, int]:
    """Return by how many rows each label may have been moved apart from the others."""
    typed = {row for row, _ in pattern.cells}
    least = max(LEAST_SLACK, len(typed))
    # Between a text and the heading of its sheet may be another text, which grows.
    return {label: min(MOST_SLACK, max(least, min(typed) - label.row)) for label in pattern.labels}


def _nearest(free: Mapping[Label, Sequence[_Spot]], slack: Mapping[Label, int]) -> dict[Label, _Spot]:
    """Return for each label its cell nearest to where most labels say that the piece stands."""
    votes = Counter((row - label.row, column - label.column) for label, spots in free.items() for row, column in spots)
    if not votes:
        return {}
    most = max(votes.values())
    down, right = min((shift for shift, count in votes.items() if count == most), key=lambda s: (abs(s[0]), abs(s[1])))
    hits = {}
    for label, spots in free.items():
        off = {spot: (abs(spot[0] - label.row - down), abs(spot[1] - label.column - right)) for spot in spots}
        near = [spot for spot, (rows, columns) in off.items() if rows <= slack[label] and columns <= COLUMN_SLACK]
        if near:
            hits[label] = min(near, key=lambda spot: sum(off[spot]))
    return hits


def _box(pattern: Pattern, sighting: Sighting) -> tuple[int, int, int, int]:
    """Return top, left, bottom and right of the area in which the pattern's lines are sought."""
    top, bottom = _extent(pattern.rows, [(label.row, spot[0]) for label, spot in sighting.hits.items()])
    left, right = _extent(pattern.columns, [(label.column, spot[1]) for label, spot in sighting.hits.items()])
    return top, left, bottom, right


def _extent(lines: Sequence[Line], hits: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the first and the last line of the sheet that can be one of ``lines``, judged by the outermost hits."""
    (first, start), (last, end) = (pick(hits, key=lambda hit: hit[1]) for pick in (min, max))
    return max(1, start - (first - lines[0].at)), end + (lines[-1].at - last)


def _between(line: Mapping[int, str], left: int, right: int) -> dict[int, str]:
    return {column: text for column, text in line.items() if left <= column <= right}


def _in_column(rows: Sequence[Mapping[int, str]], column: int) -> frozenset[str]:
    return frozenset(row[column] for row in rows if column in row)


def _reaching(heads: Sequence[Mapping[int, str]], column: int) -> Iterator[str]:
    """Yield the texts of heading rows that a merge may carry over ``column``: the nearest at or left of it."""
    for head in heads:
        at = max((at for at in head if at <= column), default=None)
        if at is not None:
            yield head[at]


def _first(found: Mapping[int, int], start: int, count: int) -> int | None:
    return min((found[line] for line in range(start, start + count) if line in found), default=None)
