"""A sentence as clauses, each with one number at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.narrative.claim_tokens import BREAK, COUNT, ITEM, PERCENT, UNKNOWN, Token
from xxgk.narrative.claim_words import COLUMN, GROUP, NOUN, PLAIN, ROW, Term
from xxgk.records import Record

NUMBERS = (COUNT, PERCENT)
# After a number these begin another clause, also where no comma stands between.
_BEGINNINGS = frozenset((*NUMBERS, "up", "down", "share", "all", "none", "same", "settled", "compare", "rise", "fall"))
_STRANGE = frozenset((UNKNOWN, "foreign", "roughly"))


class Clause(Record, eq=False):
    """A clause: its tokens and their kinds, its number, the rows and columns that it names (each once), its words.

    ``level`` is the highest level of the rows, -1 where there are none. ``main`` are those of it, which are counted:
    the others say what is done with them, or what they are part of.
    """

    tokens: tuple[Token, ...]
    kinds: frozenset[str]
    number: Token | None
    rows: tuple[Term, ...]
    columns: tuple[Term, ...]
    level: int
    main: tuple[Term, ...]
    said: str
    until: str

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
    number = said = False  # whether there is a number yet, and anything else than plain words
    for token in tokens:
        ends = token.kind in (BREAK, "among") or (token.kind == ITEM and number)
        if number and not ends:
            ends = token.kind in _BEGINNINGS or (token.term is not None and _begins(token, found))
        if ends:
            if said:
                yield clause_of(line, found)
            found, number, said = [], False, False
            if token.kind in (BREAK, ITEM, "among"):
                continue
        found.append(token)
        number = number or token.kind in NUMBERS
        said = said or token.kind != PLAIN
    if said:
        yield clause_of(line, found)


def clause_of(line: str, tokens: Sequence[Token]) -> Clause:
    """Return ``tokens`` of ``line`` as one clause."""
    rows = _terms(tokens, ROW)
    columns = _terms(tokens, COLUMN)
    level = max([term.level for term in rows], default=-1)
    until = line[: tokens[-1].end]
    return Clause(
        tuple(tokens),
        frozenset([token.kind for token in tokens]),
        next((token for token in tokens if token.kind in NUMBERS), None),
        rows,
        columns,
        level,
        tuple([term for term in rows if term.level == level]),
        until[tokens[0].start :].lstrip("、"),
        until,
    )


def _terms(tokens: Sequence[Token], kind: str) -> tuple[Term, ...]:
    return tuple(dict.fromkeys([token.term for token in tokens if token.kind == kind and token.term is not None]))


def _begins(token: Token, before: Sequence[Token]) -> bool:
    """Tell whether a word after a number is about the next number: not so in 制发3份规范性文件."""
    levels = [one.term.level for one in before if one.term is not None]
    if not levels or token.term is None or (token.kind == ROW and token.term.level == NOUN):
        return False
    adjacent = before[-1].kind == COUNT and token.kind == ROW
    return not adjacent or max(levels) >= GROUP
