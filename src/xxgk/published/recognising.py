"""Which form a published report follows, and which of its tables are which of the form's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.formats import Form, form_ids, load_form
from xxgk.labels import fold
from xxgk.published.blocks import Block, Line, Table
from xxgk.published.parting import lines_of, parted
from xxgk.published.pattern import TablePattern, patterns_of
from xxgk.published.tables import words_known
from xxgk.records import Record

ENOUGH = 5.0  # different words of a form's table, by which a table of the file is one
LONGEST = 80  # characters of a line that can be a printed label
SHARE = 0.3  # of the texts in a table of the file, for the rest of a table that goes on


class Piece(Record, eq=False):
    """A table of the file, or a part of one, that belongs to tables of the form; ``number`` counts these from 1."""

    table: Table
    number: int
    owners: tuple[str, ...]


Item = Line | Piece


def recognise(blocks: Sequence[Block]) -> tuple[Form, tuple[Item, ...]]:
    """Return the form whose printed words fit best (the newest of equals), and the blocks told apart by it.

    Tables that are none of the form's become the lines that they hold.
    """
    forms = sorted((load_form(form_id) for form_id in form_ids()), key=lambda form: -form.since)
    tables = [block for block in blocks if isinstance(block, Table)]
    loose = {fold(block.text) for block in blocks if isinstance(block, Line) and len(block.text) <= LONGEST}
    form = max(forms, key=lambda form: sum(_fit(form, table) for table in tables) + _words_among(form, loose))
    return form, tuple(_items(form, blocks))


def _fit(form: Form, table: Table) -> float:
    scores = [words_known(pattern, table)[0] for pattern in patterns_of(form)]
    return sum(score for score in scores if score >= ENOUGH) or max(scores, default=0.0)


def _words_among(form: Form, texts: set[str]) -> int:
    """Return how many words of the form's tables are lines of their own, as where only the texts of tables are left."""
    return sum(len(texts.intersection(pattern.words)) for pattern in patterns_of(form))


def _items(form: Form, blocks: Sequence[Block]) -> Iterator[Item]:
    number = 1
    last: tuple[str, ...] = ()
    for block in blocks:
        if isinstance(block, Line):
            yield block
            continue
        found = False
        for part in parted(form, block):
            if isinstance(part, Line):
                yield part
                continue
            owners = _owners(patterns_of(form), part, last)
            if owners:
                yield Piece(part, number, owners)
                found, last = True, owners
            else:
                yield from lines_of(part)
        number += found


def _owners(patterns: Sequence[TablePattern], table: Table, last: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of the form's tables that ``table`` has rows of; ``last`` are those of the table before it."""
    known = {pattern.table.id: words_known(pattern, table) for pattern in patterns}
    whole = tuple(name for name, (score, _) in known.items() if score >= ENOUGH)
    if whole:
        return whole
    name, (score, texts) = max(known.items(), key=lambda one: one[1][0])
    if score and score >= SHARE * texts:
        return (name,)
    # Nothing but numbers: the rest of the table before it.
    return last if not texts and any(cell.text for cell in table.cells) else ()
