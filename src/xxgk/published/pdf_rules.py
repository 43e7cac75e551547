"""From drawn rules to grids: where the tables of a page are, and the boxes of their cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from xxgk.published.pdf_page import Rule
from xxgk.records import Record

NEAR = 3.0  # points: rules closer than this are one (double lines, borders of neighbouring cells)
MOST = 3_000  # lines on a page: more are a picture, not tables
SHORTEST = 7.0  # points: no side of a cell is shorter


class Box(Record):
    """A cell: its place in the grid and on the page."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


class Grid(Record):
    """A drawn table: the places of its column and row borders, and its cells."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    boxes: tuple[Box, ...]


def find_grids(rules: Iterable[Rule]) -> tuple[Grid, ...]:
    """Return the tables that ``rules`` draw, from the top of the page, of two columns at least."""
    joined = _joined(rules)
    if len(joined) > MOST:
        return ()
    grids = [grid for group in _touching(joined) if (grid := _grid(group)) is not None]
    return tuple(sorted(grids, key=lambda grid: (grid.rows[0], grid.columns[0])))


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Put together what lies on one line: dashes, sides of neighbouring cells, double lines."""
    lines: dict[bool, list[list[Rule]]] = {True: [], False: []}
    for rule in sorted(rules, key=lambda rule: rule.at):
        same = lines[rule.across]
        if same and rule.at - same[-1][0].at <= NEAR:
            same[-1].append(rule)
        else:
            same.append([rule])
    joined = []
    for across, groups in lines.items():
        for group in groups:
            at = sum(rule.at for rule in group) / len(group)
            parts: list[list[float]] = []
            for rule in sorted(group, key=lambda rule: rule.start):
                if parts and rule.start <= parts[-1][1] + NEAR:
                    parts[-1][1] = max(parts[-1][1], rule.end)
                else:
                    parts.append([rule.start, rule.end])
            joined += [Rule(across, at, start, end) for start, end in parts if end - start >= SHORTEST]
    return joined


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules in groups that hang together."""
    across = [rule for rule in rules if rule.across]
    upright = [rule for rule in rules if not rule.across]
    leader = _Union(len(rules))
    for i, flat in enumerate(across):
        for j, tall in enumerate(upright, len(across)):
            if _within(tall.at, flat.start, flat.end) and _within(flat.at, tall.start, tall.end):
                leader.join(i, j)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(across + upright):
        groups[leader.of(index)].append(rule)
    return list(groups.values())


def _within(value: float, start: float, end: float) -> bool:
    return start - NEAR <= value <= end + NEAR


class _Union:
    """Which of n things belong together."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def of(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._parent[second] = first


def _grid(rules: Sequence[Rule]) -> Grid | None:
    across = [rule for rule in rules if rule.across]
    upright = [rule for rule in rules if not rule.across]
    if not across or not upright:
        return None
    # Where the outer border is not drawn, or cut off at the end of the page, the other rules show how far it goes.
    xs = _places([*(rule.at for rule in upright), min(r.start for r in across), max(r.end for r in across)])
    ys = _places([*(rule.at for rule in across), min(r.start for r in upright), max(r.end for r in upright)])
    # A frame around text, or rules between rows only, do not tell what stands in which column.
    if len(xs) < 3 or len(ys) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), _boxes(xs, ys, across, upright))


def _places(values: Iterable[float]) -> list[float]:
    places: list[list[float]] = []
    for value in sorted(values):
        if places and value - places[-1][0] <= NEAR:
            places[-1].append(value)
        else:
            places.append([value])
    return [sum(place) / len(place) for place in places]


def _boxes(xs: list[float], ys: list[float], across: list[Rule], upright: list[Rule]) -> tuple[Box, ...]:
    """Return the cells: places of the grid with no rule between them belong together."""
    width, height = len(xs) - 1, len(ys) - 1
    leader = _Union(width * height)
    for row in range(height):
        for column in range(width):
            here = row * width + column
            if column + 1 < width and not _drawn(upright, xs[column + 1], ys[row], ys[row + 1]):
                leader.join(here, here + 1)
            if row + 1 < height and not _drawn(across, ys[row + 1], xs[column], xs[column + 1]):
                leader.join(here, here + width)
    cells: dict[int, list[int]] = defaultdict(list)
    for here in range(width * height):
        cells[leader.of(here)].append(here)
    return tuple(
        Box(top, left, bottom - top, right - left, xs[left], ys[top], xs[right], ys[bottom])
        for places in cells.values()
        for top, left, bottom, right in _rectangles(places, width)
    )


def _rectangles(places: Iterable[int], width: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield top, left, bottom and right of the rectangles that ``places`` make up.

    Nearly always it is one. Where the end of a page cuts a row, what is left of it hangs together with its neighbours.
    """
    runs: dict[int, list[list[int]]] = defaultdict(list)
    for here in places:
        row, column = divmod(here, width)
        if runs[row] and runs[row][-1][1] == column:
            runs[row][-1][1] += 1
        else:
            runs[row].append([column, column + 1])
    open_since: dict[tuple[int, int], int] = {}
    for row in range(min(runs), max(runs) + 2):
        here_now = {(left, right) for left, right in runs.get(row, ())}
        for run in sorted(open_since.keys() - here_now):
            yield open_since.pop(run), run[0], row, run[1]
        open_since |= dict.fromkeys(here_now - open_since.keys(), row)


def _drawn(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Tell whether most of the way from ``start`` to ``end`` is drawn."""
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= NEAR)
    return covered > (end - start) / 2
