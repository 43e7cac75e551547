"""What the words of a clause count: rows and columns of a table, by their customary readings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from xxgk.narrative.claim_clauses import Clause
from xxgk.narrative.claim_tokens import Token
from xxgk.narrative.claim_words import (
    APPLICATIONS,
    DISCLOSURE,
    DISPUTES,
    GROUP,
    NOUN,
    SINGLE,
    STAGE,
    ClaimWords,
    Sum,
    Term,
)
from xxgk.narrative.claims import Subject
from xxgk.records import Record, replace

ABOUT = "信息公开"
_UNDERGONE = ("被", "经", "遭")
MOST_TOGETHER = 4  # figures that a column may be of together: 未经复议7件、复议后起诉4件，3件尚未审结


class Seen(Record):
    """What the text before a clause spoke of.

    ``about`` tells whether the paragraph is about applications, None as long as nothing else was said in it;
    ``topic`` is the last figure, ``earlier`` are those of the sentence before it (the last first), ``group`` is the
    last group of answers (不予公开). ``some`` says that the sentence spoke of only some applications, which no table
    knows; ``reviews`` that the unit decides on the reviews of others.
    """

    about: bool | None = None
    topic: Subject | None = None
    earlier: tuple[Subject, ...] = ()
    some: bool = False
    reviews: bool = False
    group: Term | None = None


def subjects_of(clause: Clause, words: ClaimWords, seen: Seen) -> tuple[Subject, ...]:
    """Return what ``clause`` names, one for each thing; nothing where that is not sure."""
    if not clause.named or not _of_one_table(clause) or not _fits(clause) or not _sure(clause, seen):
        return ()
    return named_in(clause, words, seen)


def named_in(clause: Clause, words: ClaimWords, seen: Seen) -> tuple[Subject, ...]:
    """Return what ``clause`` names, however sure that is."""
    main, columns = clause.main, clause.columns
    across = sums([term.readings for term in columns]) if columns else ()
    if columns and clause.level <= NOUN:
        rows = _rows_of(columns[0], words, seen)
        return (Subject(columns[0].table, rows, across),) if rows else ()
    if clause.level <= STAGE and main:
        main = (_either(main),)
    return tuple(Subject(term.table, term.readings, across or (words.standing[term.table],)) for term in main)


def joined(subjects: Sequence[Subject]) -> Subject | None:
    """Return what several things are together, or None where there are none or they cannot be added up."""
    if not subjects or len({(one.table, one.columns) for one in subjects}) > 1:
        return None
    if len(subjects) == 1:
        return subjects[0]
    return replace(subjects[0], rows=sums([subject.rows for subject in subjects]))


def sums(readings: Sequence[tuple[Sum, ...]]) -> tuple[Sum, ...]:
    """Return the customary sums of several things together, in which nothing counts twice."""
    if len(readings) == 1:
        return readings[0]
    every = (tuple(one for part in parts for one in part) for parts in product(*readings))
    return tuple(one for one in every if len(set(one)) == len(one))


def _of_one_table(clause: Clause) -> bool:
    """Tell whether all is of one table. Things of several may be named together where each is said to be none."""
    counted = (*clause.main, *clause.columns) if clause.level >= STAGE else clause.columns or clause.main
    several_none = "none" in clause.kinds and not clause.columns and clause.level >= GROUP
    return several_none or len({term.table for term in counted}) == 1


def _fits(clause: Clause) -> bool:
    """Tell whether the words that are not counted go with those that are: 受理行政处罚 is something else."""
    tables = {term.table for term in clause.main}
    for term in clause.rows:
        if term.level == clause.level:
            continue
        if term.level == STAGE:
            if any(one.table != APPLICATIONS and term.id not in one.after for one in clause.main):
                return False
        elif not tables <= ({APPLICATIONS, DISPUTES} if term.level == NOUN else {term.table}):
            return False
    return True


def _sure(clause: Clause, seen: Seen) -> bool:
    """Tell whether words that other things are also spoken of with (办结, 行政诉讼) mean what our tables count."""
    main, number = clause.main, clause.number
    if number is not None and _is_undergone(clause, number):
        return False
    if seen.some and (main or clause.columns)[0].table == APPLICATIONS and not any(term.alone for term in main):
        return False
    if clause.level == NOUN and not clause.columns and number is not None:
        # 对2件申请收取……: a noun behind the number says nothing of how many there were.
        return any(token.term in main for token in clause.tokens if token.end <= number.start)
    of_others = seen.about is False and not any(term.alone or term.level == NOUN for term in clause.rows)
    if of_others and (main or clause.columns)[0].table == APPLICATIONS:
        return False
    if main and main[0].table == DISPUTES:
        # The unit may deal with other people's cases, too.
        received = any(term.level == STAGE for term in clause.rows)
        if received and seen.reviews:
            return False
        return ABOUT in clause.until or (seen.about is not False and not received) or seen.about is True
    if clause.level == SINGLE and seen.group is not None and main[0].table == APPLICATIONS:
        group = seen.group.readings[0][0]
        return all(term.readings[0][0].startswith(f"{group}.") for term in main)
    return True


def _is_undergone(clause: Clause, number: Token) -> bool:
    """Tell whether what the number counts is something else, which had this done to it: 1件被复议纠正的案件."""
    terms = [token for token in clause.tokens if token.term is not None]
    if not terms or terms[0].start < number.start:
        return False
    return clause.until[number.end : terms[0].start].startswith(_UNDERGONE)


def unit_fits(clause: Clause, words: ClaimWords) -> bool:
    """Tell whether a unit of many things (条, 项) can be that of what is counted here."""
    if clause.number is None or clause.number.unit not in words.loose:
        return True
    of_disputes = any(term.table == DISPUTES for term in (*clause.rows, *clause.columns))
    with_noun = any(term.level == NOUN for term in clause.rows)
    return of_disputes or with_noun or any(term.table == DISCLOSURE for term in clause.columns)


def _rows_of(column: Term, words: ClaimWords, seen: Seen) -> tuple[Sum, ...]:
    """Return the rows that a column is given for: those spoken of before, or the customary ones."""
    default = words.rows[column.rows].readings if column.rows else ()
    spoken = [one for one in (seen.topic, *seen.earlier) if one is not None and one.table == column.table]
    if column.table == DISPUTES and spoken and seen.topic is None:
        return ()  # 行政诉讼5件，其中再审2件，维持1件: of those that nothing is known of
    rows = [reading for one in spoken for reading in one.rows]
    if 1 < len(set(spoken)) <= MOST_TOGETHER:
        rows += sums([one.rows for one in dict.fromkeys(spoken)])
    return tuple(dict.fromkeys((*rows, *default)))


def _either(terms: Sequence[Term]) -> Term:
    """Return what several words for what is done with applications mean together (办理答复): what all may mean."""
    if len(terms) == 1:
        return terms[0]
    common = [one for one in terms[0].readings if all(one in term.readings for term in terms)]
    every = dict.fromkeys(one for term in terms for one in term.readings)
    return replace(terms[0], readings=tuple(common or every))
