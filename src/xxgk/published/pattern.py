"""What is looked for in a published table: the printed words of the form, and which number each pair of them names."""

from __future__ import annotations

import functools

from xxgk.formats import Form, GridCell, Table
from xxgk.labels import fold
from xxgk.records import Record


class Band(Record, eq=False):
    """Rows of a table under the same headings.

    ``heads`` are the printed cells above them, in reading order; ``leaves`` are the positions in ``heads`` of
    those that stand directly over the numbers, one for each number of a row.
    """

    heads: tuple[str, ...]
    folded: tuple[str, ...]
    leaves: tuple[int, ...]


class RowPattern(Record, eq=False):
    """A row with its printed label ("" where it has none), the columns that the label takes, and its addresses.

    ``fold`` is the remark of a row that stands for several (see ``formats.Fold``), and ``absent`` the rows' ids.
    """

    label: str
    folded: str
    label_width: int
    addresses: tuple[str, ...]
    band: int
    fold: str = ""
    absent: tuple[str, ...] = ()


class TablePattern(Record, eq=False):
    """A table of a form: its bands and rows, and all folded words printed in it; ``signed`` may be less than 0.

    ``across`` says that its rows stand side by side, without a label before the numbers.
    """

    table: Table
    bands: tuple[Band, ...]
    rows: tuple[RowPattern, ...]
    words: tuple[str, ...]
    signed: frozenset[str]
    across: bool


@functools.cache
def patterns_of(form: Form) -> tuple[TablePattern, ...]:
    """Return what to look for in each table of ``form``."""
    return tuple(_pattern(form, table) for table in form.tables.values())


@functools.cache
def upright(pattern: TablePattern) -> TablePattern:
    """Return the pattern of a table across whose groups stand below each other, each in a row under common headings."""
    groups: dict[str, list[str]] = {}
    for address in pattern.table.addresses:
        groups.setdefault(address.rpartition(".")[0], []).append(address)
    rows = []
    for addresses in groups.values():
        *_, label, _ = pattern.table.labels[addresses[0]]
        rows.append(RowPattern(label, fold(label), 1, tuple(addresses), 0))
    heads = tuple(pattern.table.labels[address][-1] for address in rows[0].addresses)
    band = Band(heads, tuple(map(fold, heads)), tuple(range(len(heads))))
    return TablePattern(pattern.table, (band,), tuple(rows), pattern.words, pattern.signed, across=False)


def _pattern(form: Form, table: Table) -> TablePattern:
    at = {
        (y, x): cell for cell in table.grid for y in _down(cell) for x in range(cell.column, cell.column + cell.width)
    }
    data = sorted({cell.row for cell in table.grid if cell.address})
    bands: dict[tuple[int, ...], Band] = {}
    found: list[RowPattern] = []
    for row in data:
        cells = [cell for cell in table.grid if cell.row == row and cell.address]
        leaves = [_leaf(at, cell) for cell in cells]
        key = tuple(table.grid.index(leaf) for leaf in leaves)
        bands.setdefault(key, _band(table, leaves))
        label = at.get((row, cells[0].column - 1))
        addresses = tuple(cell.address for cell in cells)
        found.append(
            RowPattern(
                label.text if label else "",
                fold(label.text) if label else "",
                label.width if label else 0,
                addresses,
                list(bands).index(key),
            )
        )
    words = tuple(dict.fromkeys(fold(cell.text) for cell in table.grid if cell.text))
    signed = frozenset(address for address in table.addresses if form.kind_of(address).signed)
    return TablePattern(table, tuple(bands.values()), (*found, *_folds(table, found)), words, signed, table.across)


def _down(cell: GridCell) -> range:
    return range(cell.row, cell.row + cell.height)


def _leaf(at: dict[tuple[int, int], GridCell], cell: GridCell) -> GridCell:
    """Return the heading that stands directly over the numbers of a column."""
    row = cell.row - 1
    while at[row, cell.column].address:
        row -= 1
    return at[row, cell.column]


def _band(table: Table, leaves: list[GridCell]) -> Band:
    last = max(leaf.row for leaf in leaves)
    above = [cell.row for cell in table.grid if cell.address and cell.row < last]
    first = max(above, default=-1) + 1
    heads = [cell for cell in table.grid if cell.text and first <= cell.row <= last]
    texts = tuple(cell.text for cell in heads)
    return Band(texts, tuple(fold(text) for text in texts), tuple(heads.index(leaf) for leaf in leaves))


def _folds(table: Table, rows: list[RowPattern]) -> list[RowPattern]:
    found = []
    for one in table.folds:
        into = next(row for row in rows if row.addresses[0].startswith(f"{table.id}.{one.into}."))
        label = table.labels[into.addresses[0]][-3]
        found.append(
            RowPattern(label, fold(label), into.label_width + 1, into.addresses, into.band, one.remark, one.absent)
        )
    return found
