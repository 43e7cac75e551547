"""A form's table found in the tables of a published report, and its numbers by the words beside and above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from xxgk.labels import fold
from xxgk.money import is_money, units_named
from xxgk.published.blocks import Cell, Table
from xxgk.published.columns import NUMBER, Heading, Heads, PlacedRow, assign
from xxgk.published.found import Difference, Doubt, Spot, Trace
from xxgk.published.heads import once, pairs_of
from xxgk.published.labels import best, likeness
from xxgk.published.pattern import Band, RowPattern, TablePattern
from xxgk.records import Record, replace
from xxgk.report import Figure, Reading
from xxgk.texts import BLANKS, bare
from xxgk.workbook.reading.numbers import read_change, read_number

SURE = 0.75  # likeness of words that are counted when tables are told apart
NUMBER_WITH_UNIT = r"[+-]?[0-9][0-9.,]*(?:[件个项条次宗]|万?元)?"
SHOWN = 40  # characters of a text that are quoted


# A row's place among the rows of the file, the cell of its label, and how well that fits.
Claim = tuple[int, Cell | None, float]


class TableFound(Record):
    """What was read of one table of the form."""

    traces: tuple[Trace, ...]
    doubts: tuple[Doubt, ...]
    differences: tuple[Difference, ...]


def rows_of(table: Table, number: int) -> list[PlacedRow]:
    """Return the rows of ``table``, the ``number``-th of its file."""
    covering: dict[int, list[Cell]] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            covering.setdefault(row, []).append(cell)
    ends = {row: max(cell.column + cell.columns for cell in cells) for row, cells in covering.items()}
    width = max(ends.values(), default=0)
    counts = list(ends.values())
    usual = max(set(counts), key=lambda end: (counts.count(end), end), default=0)
    rows = []
    for row in sorted(covering):
        cells = tuple(sorted(covering[row], key=lambda cell: cell.column))
        beginning = tuple(cell for cell in cells if cell.row == row)
        rows.append(PlacedRow(cells, beginning, Spot(table.page, number, row + 1), width, ends[row] > usual))
    return rows


def words_known(pattern: TablePattern, table: Table) -> tuple[float, int]:
    """Return how many different words of the form's table stand in ``table``, and how many texts it has in all."""
    known: dict[str, float] = {}
    texts = 0
    for cell in table.cells:
        text = fold(cell.text)
        if not text or is_value(cell.text):
            continue
        texts += 1
        word, score = max(((word, likeness(text, word)) for word in pattern.words), key=lambda one: one[1])
        if score >= SURE:
            known[word] = max(known.get(word, 0.0), score)
    return sum(known.values()), texts


def is_value(text: str) -> bool:
    """Tell whether a cell can be a number of a table: one, also with a remark or unit, a sign for none, or blank."""
    figure = read_number(text)
    return (
        figure is None
        or figure.reading is not Reading.UNREADABLE
        or re.fullmatch(NUMBER_WITH_UNIT, bare(text)) is not None
    )


def read_table(pattern: TablePattern, rows: Sequence[PlacedRow]) -> TableFound:
    """Return the numbers of the form's table in ``rows``, which may come from several tables of the file."""
    return _Reader(pattern, rows).found()


class _Reader:
    def __init__(self, pattern: TablePattern, rows: Sequence[PlacedRow]) -> None:
        self.pattern, self.rows = pattern, rows
        self.traces: dict[str, Trace] = {}
        self.doubts: list[Doubt] = []
        self.differences: list[Difference] = []

    def found(self) -> TableFound:
        placed = self._placed_rows()
        heads = self._heads(placed)
        for pattern, (index, label, score) in placed.items():
            self._read_row(pattern, self.rows[index], label, score, heads[pattern.band])
        self._missing(placed)
        return TableFound(tuple(self.traces.values()), tuple(self.doubts), tuple(self.differences))

    # -------------------------------------------------------------- rows

    def _placed_rows(self) -> dict[RowPattern, Claim]:
        """Return for each row of the form its row in the file, the cell of its label, and how well that fits."""
        if self.pattern.across:
            index = self._row_of_numbers()
            if index is None:
                return {}
            # Some put 件数 or the like before the numbers.
            labels_here = [cell for cell in self.rows[index].beginning[:1] if not is_value(cell.text)]
            return {self.pattern.rows[0]: (index, labels_here[0] if labels_here else None, 1.0)}
        labels = [row.folded for row in self.pattern.rows]
        # 不予公开, the head of several rows, is no slip of 予以公开.
        others = [word for word in self.pattern.words if word not in labels]
        claims: dict[int, list[tuple[float, int, Cell]]] = {}
        for index, row in enumerate(self.rows):
            for cell in reversed(() if self._is_heading(row) else row.beginning):
                match = None if is_value(cell.text) else best(cell.text, (*labels, *others))
                if match is not None and match.index < len(labels):
                    claims.setdefault(match.index, []).append((match.score, index, cell))
                    break
        placed: dict[RowPattern, Claim] = {}
        for number, pattern in enumerate(self.pattern.rows):
            claimants = sorted(claims.get(number, ()), key=lambda claim: -claim[0])
            if not claimants:
                continue
            if len(claimants) > 1 and claimants[0][0] == claimants[1][0]:
                where = "、".join(self.rows[index].spot.words for _, index, _ in claimants)
                self.doubts.append(Doubt(f"“{pattern.label}”这一行出现了两次（{where}），没有读。", pattern.addresses))
                continue
            score, index, cell = claimants[0]
            placed[pattern] = (index, cell, score)
            self._compare(cell.text, pattern.label, self.rows[index].spot)
        return self._without_needless_folds(placed)

    def _is_heading(self, row: PlacedRow) -> bool:
        """Tell whether headings of columns stand in a row: 其他 and 总计 are there too."""
        labels = {one.folded for one in self.pattern.rows}
        heads = {band.folded[leaf] for band in self.pattern.bands for leaf in band.leaves} - labels
        words = (*sorted(heads), *sorted(labels))
        texts = (cell.text for cell in row.beginning if not is_value(cell.text))
        return any((match := best(text, words)) is not None and match.index < len(heads) for text in texts)

    def _without_needless_folds(self, placed: dict[RowPattern, Claim]) -> dict[RowPattern, Claim]:
        """Leave out a row that stands for several where these are there themselves."""
        kept = dict(placed)
        for row in placed:
            if row.fold and any(not other.fold and other.addresses == row.addresses for other in placed):
                del kept[row]
        return kept

    def _row_of_numbers(self) -> int | None:
        """Return the row under the headings of a table whose rows stand side by side."""
        words = self.pattern.words
        headed = [
            index
            for index, row in enumerate(self.rows)
            if any(cell.text and not is_value(cell.text) and best(cell.text, words) for cell in row.beginning)
        ]
        last = max(headed, default=-1)
        after = [index for index in range(last + 1, len(self.rows)) if self.rows[index].beginning]
        numbers = [index for index in after if sum(_is_number(cell) for cell in self.rows[index].beginning) > 1]
        if headed and len(numbers) > 1:
            where = "、".join(self.rows[index].spot.words for index in numbers)
            sentence = f"{self.pattern.table.name}的表头下面有几行数（{where}），不知道是哪一行，没有读。"
            self.doubts.append(Doubt(sentence, self.pattern.table.addresses))
            return None
        written = [index for index in after if any(cell.text.strip(BLANKS) for cell in self.rows[index].beginning)]
        return next(iter((*written, *after)), None) if headed else None

    # -------------------------------------------------------------- headings

    def _heads(self, placed: Mapping[RowPattern, Claim]) -> dict[int, Heads]:
        """Return for each band of which a row is there the cells that head it."""
        found = {}
        taken = sorted((index, row.band) for row, (index, _, _) in placed.items())
        for number, band in enumerate(self.pattern.bands):
            own = [index for index, other in taken if other == number]
            if not own:
                continue
            before = max((index for index, other in taken if other != number and index < own[0]), default=-1)
            cells = [
                (cell, row)
                for row in self.rows[before + 1 : own[0]]
                for cell in row.beginning
                if cell.text.strip(BLANKS)
            ]
            found[number] = self._aligned(band, once(cells))
        return found

    def _aligned(self, band: Band, cells: list[Heading]) -> Heads:
        pairs = pairs_of(band, [cell for cell, _ in cells])
        used = {x for x, _ in pairs.values()}
        for y, (x, _) in pairs.items():
            self._compare(cells[x][0].text, band.heads[y], cells[x][1].spot)
        leaves = [cells[pairs[leaf][0]] if leaf in pairs else None for leaf in band.leaves]
        lost = [band.heads[leaf] for leaf in band.leaves if leaf not in pairs]
        if lost:
            self.doubts.append(Doubt(f"{self.pattern.table.name}里找不到这些列的表头：{'、'.join(lost)}。"))
        if self.pattern.across and self._a_row_is_unheaded(leaves):
            leaves = [None] * len(leaves)
        return leaves, [cell for index, cell in enumerate(cells) if index not in used]

    def _a_row_is_unheaded(self, leaves: Sequence[Heading | None]) -> bool:
        """Tell whether one of the rows side by side has no heading at all: the rows' headings are the same words."""
        rows = [address.rpartition(".")[0] for address in self.pattern.rows[0].addresses]
        return set(rows) != {row for row, leaf in zip(rows, leaves, strict=True) if leaf is not None}

    # -------------------------------------------------------------- numbers

    def _read_row(self, pattern: RowPattern, row: PlacedRow, label: Cell | None, score: float, heads: Heads) -> None:
        start = label.column + label.columns if label else 0
        # A label that reaches down too far, over a row that was deleted, is no number of this one.
        values = [
            cell for cell in row.covering if cell.column >= start and (cell in row.beginning or is_value(cell.text))
        ]
        lost = max(0, pattern.label_width - (label.columns if label else 0))
        assigned = assign(values, heads, row, lost)
        blank = []
        for n, (address, cell) in enumerate(zip(pattern.addresses, assigned.cells, strict=True)):
            if cell is not None and cell.text.strip(BLANKS):
                unit, head = self.pattern.table.column(address).unit, heads[0][n]
                if any(_is_other_unit(one.text, unit) for one in (label, head and head[0]) if one):
                    cell = replace(cell, doubt=f"表头写的单位不是{unit}")
                self._read_cell(address, cell, _is_beside(label, cell), row, score, assigned.by_order)
            elif n not in assigned.unclear:
                blank.append(address)
        self._unclear(pattern, tuple(pattern.addresses[n] for n in assigned.unclear), values, row)
        if blank:
            self.doubts.append(
                Doubt(f"{self._name(pattern)}：{self._columns(blank)}空着。", tuple(blank), row.spot, "")
            )
        if pattern.fold and pattern.addresses[0] in self.traces:
            first = self.traces[pattern.addresses[0]]
            self.traces[first.address] = replace(first, figure=Figure(first.figure.value, pattern.fold))

    def _unclear(self, pattern: RowPattern, addresses: tuple[str, ...], values: Sequence[Cell], row: PlacedRow) -> None:
        if addresses:
            seen = " | ".join(" ".join(cell.text.split()) or "空" for cell in values) or "没有数"
            what = self._columns(addresses) if len(addresses) < len(pattern.addresses) else "整行"
            why = f"应有 {len(pattern.addresses)} 个数，格子对不上各列，{what}没有读"
            self.doubts.append(Doubt(f"{self._name(pattern)}：{why}。看到的是：{seen}", addresses, row.spot))

    def _read_cell(self, address: str, cell: Cell, beside: bool, row: PlacedRow, score: float, by_order: bool) -> None:
        unit = self.pattern.table.column(address).unit
        figure = (read_change if address in self.pattern.signed else read_number)(cell.text, unit)
        name = " › ".join(self.pattern.table.labels[address])
        seen = " ".join(cell.text.split())[:SHOWN]
        certain = None if cell.rows > 1 or cell.doubt else " ".join(cell.text.split())
        if not beside:
            why = "这一格跨了几行，不知道是哪一行的"
        elif cell.doubt:
            why = cell.doubt
        elif figure is None or figure.value is None:
            sign = figure is not None and figure.reading is Reading.PLACEHOLDER
            why = "这里是符号，没有当作 0" if sign else "读不出一个数"
        else:
            self.traces[address] = Trace(address, Figure(figure.value, figure.note), row.spot, seen, score, by_order)
            return
        self.doubts.append(Doubt(f"{name}：{why}，没有填。看到的是“{seen}”。", (address,), row.spot, certain))

    # -------------------------------------------------------------- what is told

    def _missing(self, placed: Iterable[RowPattern]) -> None:
        there = {address for row in placed for address in row.addresses}
        absent = {name for row in placed if row.fold for name in row.absent}
        said = {address for doubt in self.doubts for address in doubt.addresses}
        for row in self.pattern.rows:
            own = row.addresses[0].removeprefix(f"{self.pattern.table.id}.").rpartition(".")[0]
            if row.fold or own in absent or there.intersection(row.addresses) or said.issuperset(row.addresses):
                continue
            what = f"“{row.label}”这一行" if row.label else "填数的一行"
            self.doubts.append(Doubt(f"{self.pattern.table.name}里找不到{what}，没有读。", row.addresses))

    def _name(self, row: RowPattern) -> str:
        return " › ".join((self.pattern.table.name, row.label)) if row.label else self.pattern.table.name

    def _columns(self, addresses: Sequence[str]) -> str:
        return "、".join(self.pattern.table.labels[address][-1] for address in addresses)

    def _compare(self, seen: str, expected: str, spot: Spot) -> None:
        if bare(seen) != bare(expected):
            self.differences.append(Difference(" ".join(seen.split())[:SHOWN], expected, spot))


def _is_other_unit(heading: str, unit: str) -> bool:
    """Tell whether a heading counts money in another unit than the form: 元 for 万元, or the other way round."""
    named = units_named(heading)
    return is_money(unit) and bool(named) and unit not in named


def _is_number(cell: Cell) -> bool:
    return bool(NUMBER.search(cell.text)) and is_value(cell.text)


def _is_beside(label: Cell | None, cell: Cell) -> bool:
    """Tell whether ``cell`` is of the row of ``label`` alone: not taller, unless the label is as tall."""
    return cell.rows == 1 or (label is not None and (label.row, label.rows) == (cell.row, cell.rows))
