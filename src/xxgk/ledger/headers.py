"""Which column of an office's own ledger is which of ours, by what stands above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from xxgk.ledger.plan import Plan
from xxgk.ledger.tables import Row, Sheet, text_of
from xxgk.records import Record
from xxgk.texts import bare

SEARCHED = 30  # rows from the top in which the captions may stand
FEWEST = 2  # captions that a row must have to be the one
MARKS = str.maketrans("", "", "*:")
REMARK = r"\([^()]*\)"

Names = Mapping[str, tuple[str, int]]  # a caption, bare, to the column's id and how likely it means that: 0 most


class Header(Record):
    """Where a sheet's captions stand, and which of our columns each is.

    ``columns`` maps our column ids to column numbers, ``captions`` column numbers to what the office calls them;
    ``doubtful`` are ids for which two columns have equally good names.
    """

    row: int
    columns: Mapping[str, int]
    captions: Mapping[int, str]
    doubtful: frozenset[str] = frozenset()

    def lacks(self, plan: Plan) -> list[str]:
        """Return the ids of the columns without which nothing can be counted."""
        return [column_id for column_id in plan.needed if column_id not in self.columns]


def names_of(plan: Plan, chosen: Mapping[str, str | None]) -> Names:
    """Return every caption that means one of our columns.

    ``chosen`` is what staff have answered: the caption by column id, None for "we have no such column". An answer
    stands instead of the names that we know.
    """
    names: dict[str, tuple[str, int]] = {}
    for column in plan.columns:
        if column.id not in chosen:
            for rank, name in enumerate((column.caption, *column.names)):
                names[plain(name)] = (column.id, rank)
    for column_id, caption in chosen.items():
        if caption is not None:
            names[plain(caption)] = (column_id, -1)
    return names


def find_header(sheet: Sheet, names: Names) -> Header | None:
    """Return the header of ``sheet``: the row, near the top, with the most captions that we know; None for none.

    Of two rows that make one header, captions over captions, it is the lower one.
    """
    best: Header | None = None
    for number in (number for number in sheet.rows if number <= SEARCHED):
        header = _header(sheet, number, names)
        known, most = len(header.columns), len(best.columns) if best else FEWEST - 1
        if known > most or (best and known == most and number == best.row + 1):
            best = header
    return best


def guess_header(sheet: Sheet) -> Header | None:
    """Return a header by its looks alone, for a ledger whose captions we do not know: the first row that is wide."""
    top = [number for number in sheet.rows if number <= SEARCHED]
    widest = max((len(sheet.rows[number]) for number in top), default=0)
    for number in top:
        if 2 * len(sheet.rows[number]) > widest > FEWEST:
            return _header(sheet, number, {})
    return None


def plain(caption: str) -> str:
    """Return a caption for comparing: without blanks, stars and colons."""
    return bare(caption).translate(MARKS)


def _header(sheet: Sheet, number: int, names: Names) -> Header:
    own, above = sheet.rows[number], sheet.rows.get(number - 1, {})
    texts = {column: _caption(own, above, column) for column in sorted(own.keys() | above.keys())}
    times = Counter(texts.values())
    captions = {n: text if times[text] == 1 else _group(above, n) + text for n, text in texts.items()}
    claims: dict[str, list[tuple[int, int]]] = {}
    for column, text in texts.items():
        ranks = [names[reading] for reading in _readings(text, _group(above, column)) if reading in names]
        if ranks:
            column_id, rank = min(ranks, key=lambda claim: claim[1])
            claims.setdefault(column_id, []).append((rank, column))
    columns, doubtful = {}, set()
    for column_id, claim in claims.items():
        best = sorted(claim)
        if len(best) > 1 and best[0][0] == best[1][0]:
            doubtful.add(column_id)
        else:
            columns[column_id] = best[0][1]
    return Header(number, columns, captions, frozenset(doubtful))


def _caption(own: Row, above: Row, column: int) -> str:
    """Return what stands over a column: its own cell, or the one above where that is merged down."""
    return " ".join(text_of(own.get(column) or above.get(column)).split())


def _group(above: Row, column: int) -> str:
    """Return the heading over a group of columns: of the cell above, or the nearest one to its left."""
    left = [at for at in above if at <= column]
    return "".join(text_of(above[max(left)]).split()) if left else ""


def _readings(caption: str, group: str) -> Iterator[str]:
    """Yield the ways to read a caption: as it is, without a remark, and with the heading of its group before it."""
    text = plain(caption)
    yield text
    yield re.sub(REMARK, "", text)
    yield plain(group) + text
