"""A sentence as clauses, each with one number at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.narrative.claim_tokens import BREAK, COUNT, ITEM, PERCENT, UNKNOWN, Token
from xxgk.narrative.claim_words import COLUMN, PLAIN, ROW, Term
from xxgk.records import Record

NOUN, STAGE, GROUP, SINGLE = 0, 1, 2, 3  # levels of rows, see claims.toml
NUMBERS = (COUNT, PERCENT)
# After a number these begin another clause, also where no comma stands between.
_BEGINNINGS = frozenset((*NUMBERS, "up", "down", "share", "all", "none", "same", "settled", "compare"))
_STRANGE = frozenset((UNKNOWN, "foreign", "roughly"))


class Clause(Record, eq=False):
    """A clause: its tokens and their kinds, its number, the rows and columns that it names (each once), its words.

    ``level`` is the highest level of the rows, -1 where there are none; ``main`` are those of it.
    """

    tokens: tuple[Token, ...]
    kinds: frozenset[str]
    number: Token | None
    rows: tuple[Term, ...]
    columns: tuple[Term, ...]
    level: int
    said: str
    until: str

    @property
    def main(self) -> tuple[Term, ...]:
        """The rows that are counted: the others say what is done with them, or what they are part of."""
        return tuple(term for term in self.rows if term.level == self.level)

    @property
    def named(self) -> bool:
        """Whether the clause names a row or a column."""
        return bool(self.rows or self.columns)

    @property
    def understood(self) -> bool:
        """Whether all words are known; 等 may follow what is said to be none, and no number."""
        if self.kinds.isdisjoint(_STRANGE):
            return "more" not in self.kinds or (self.number is None and "none" in self.kinds)
        return False


def clauses_of(line: str, tokens: Sequence[Token]) -> Iterator[Clause]:
    """Yield the clauses of a sentence, which is a part of ``line``, but for those that say nothing by themselves."""
    found: list[Token] = []
    number = False
    for token in tokens:
        ends = token.kind in (BREAK, "among") or (token.kind == ITEM and number)
        if number and not ends:
            ends = token.kind in _BEGINNINGS or (token.term is not None and _begins(token, found))
        if ends:
            if any(one.kind != PLAIN for one in found):
                yield clause_of(line, found)
            found, number = [], False
            if token.kind in (BREAK, ITEM, "among"):
                continue
        found.append(token)
        number = number or token.kind in NUMBERS
    if any(one.kind != PLAIN for one in found):
        yield clause_of(line, found)


def clause_of(line: str, tokens: Sequence[Token]) -> Clause:
    """Return ``tokens`` of ``line`` as one clause."""
    terms = dict.fromkeys((token.kind, token.term) for token in tokens if token.term is not None)
    rows = tuple(term for kind, term in terms if kind == ROW and term is not None)
    columns = tuple(term for kind, term in terms if kind == COLUMN and term is not None)
    until = line[: tokens[-1].end]
    return Clause(
        tuple(tokens),
        frozenset(token.kind for token in tokens),
        next((token for token in tokens if token.kind in NUMBERS), None),
        rows,
        columns,
        max((term.level for term in rows), default=-1),
        until[tokens[0].start :].lstrip("、"),
        until,
    )


def _begins(token: Token, before: Sequence[Token]) -> bool:
    """Tell whether a word after a number is about the next number: not so in 制发3份规范性文件."""
    levels = [one.term.level for one in before if one.term is not None]
    if not levels or token.term is None or (token.kind == ROW and token.term.level == NOUN):
        return False
    adjacent = before[-1].kind == COUNT and token.kind == ROW
    return not adjacent or max(levels) >= GROUP
