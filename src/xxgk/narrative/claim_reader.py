"""The claims of a narrative about the tables. Pure; knows no figure.

A clause counts only when all of it is understood: one unknown word may turn the figure into that of something else
(网上申请88件, 涉企行政处罚12件). In doubt nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.narrative.claim_clauses import GROUP, Clause, clause_of, clauses_of
from xxgk.narrative.claim_subjects import Seen, joined, named_in, subjects_of, unit_fits
from xxgk.narrative.claim_tokens import COUNT, OTHER_YEAR, PERCENT, UNKNOWN, Token, lines_of, sentences_of
from xxgk.narrative.claim_words import ROW, ClaimWords
from xxgk.narrative.claims import APPLICATIONS, DISPUTES, Change, Claim, Count, Nothing, Share, Subject, Uniform
from xxgk.records import replace

_THIS, _LAST, _ANOTHER = 0, -1, -9  # the year that is spoken of; of another nothing is claimed
_YEARS = {"this_year": _THIS, "last_year": _LAST, OTHER_YEAR: _ANOTHER}
_CAUSES = ("因", "对", "由", "就")
_NARROWING = ("的", "中", "里", "方面", "渠道", "领域", "方式", "期间", "以来", "来看", "看")
_SINCE = "截"  # 截至2023年底，累计……: of many years, perhaps
# Words after 未 that tell what has not been done yet, not that there is none: 未办结的申请 (ids of rows).
_UNDONE = frozenset(
    ("processed", "handled", "accepted", "disclosed", "partial", "withheld", "unavailable", "declined", "other")
)


def claims_in(paragraph: str, words: ClaimWords, names: Sequence[str]) -> Iterator[Claim]:
    """Yield what ``paragraph`` claims about the tables, in order; ``names`` are what the unit calls itself."""
    about: bool | None = None
    names = _with_short_forms(names, words.endings)
    for line in lines_of(paragraph):
        for tokens in sentences_of(line, words, names):
            reader = _Sentence(line, words, about)
            yield from reader.claims(tokens)
            about = reader.seen.about


def _with_short_forms(names: Sequence[str], endings: Sequence[str]) -> tuple[str, ...]:
    """Return ``names``, and what is left of each without an ending, the longest first."""
    short = (name.removesuffix(ending) for name in names for ending in endings)
    return tuple(sorted({name for name in (*names, *short) if name}, key=len, reverse=True))


class _Sentence:
    """One sentence, read clause by clause: each continues what the clauses before it spoke of."""

    def __init__(self, line: str, words: ClaimWords, about: bool | None) -> None:
        self.line, self.words = line, words
        self.seen = Seen(about)
        self.year = _THIS
        self.last: Count | None = None  # the last number of this year
        self.counts: list[Count] = []

    def claims(self, tokens: Sequence[Token]) -> Iterator[Claim]:
        """Yield the claims of the sentence."""
        clauses = list(clauses_of(self.line, tokens))
        since = _SINCE in self.line[tokens[0].start : tokens[-1].end]
        for index, clause in enumerate(clauses):
            self._see(clause)
            if "respectively" in clause.kinds:
                yield from self._respectively(clause, clauses[index + 1 :])
                return
            if clause.understood and not (since and "running" in clause.kinds):
                yield from self._read(clause)
            elif clause.number is not None and clause.number.kind == COUNT and clause.number.unit:
                self._forget()
            elif clause.said.endswith(_NARROWING):
                return  # 在住建领域，收到……
            else:
                self.last = None  # 收到126件，访问量稳步上升，增长20%

    def _see(self, clause: Clause) -> None:
        """Note what the clause is about, and of which year."""
        about, group = self.seen.about, self.seen.group
        of_applications = [term for term in clause.rows if term.table == APPLICATIONS]
        if any(term.level == 0 or term.alone for term in of_applications):
            about = True
        elif about is None and UNKNOWN in clause.kinds:
            about = False
        group = next((term for term in of_applications if term.level == GROUP), group)
        if (about, group) != (self.seen.about, self.seen.group):
            self.seen = replace(self.seen, about=about, group=group)
        if "compare" not in clause.kinds and not clause.kinds.isdisjoint(_YEARS):
            self._see_year(clause)

    def _see_year(self, clause: Clause) -> None:
        within = False  # 因2022年度的申请引发行政复议1件: the year is not that of the case
        for token in clause.tokens:
            if token.kind in _YEARS:
                self.year = _ANOTHER if within and token.kind == "last_year" else _YEARS[token.kind]
            within = within or token.term is not None or self._text(token) in _CAUSES

    def _forget(self) -> None:
        """Leave what was spoken of: a number of something else has come between."""
        self.seen = replace(self.seen, about=bool(self.seen.about), topic=None)
        self.last = None

    def _read(self, clause: Clause) -> Iterator[Claim]:
        number, kinds = clause.number, clause.kinds
        if number is None:
            yield from self._without_number(clause)
        elif "up" in kinds or "down" in kinds:
            if "share" not in kinds:
                yield from self._change(clause, number)
        elif number.kind == PERCENT:
            if "share" in kinds:
                yield from self._share(clause, number)
        elif "none" not in kinds:
            yield from self._count(clause, number)

    # ------------------------------------------------------------ numbers

    def _count(self, clause: Clause, number: Token) -> Iterator[Claim]:
        if not clause.named:
            yield from self._count_of_the_same(clause, number)
            return
        subjects = self._subjects(clause) if unit_fits(clause, self.words) else ()
        if not subjects:
            self._forget()
            return
        together = joined(subjects)
        each = subjects if "all" in clause.kinds else (together,) if together is not None else ()
        for subject in each:
            yield from self._counted(clause, number, subject)

    def _count_of_the_same(self, clause: Clause, number: Token) -> Iterator[Claim]:
        """Yield what a number without a word of its own says: last year's of the same, or a sum."""
        if self.last is not None and ("compare" in clause.kinds or self.year == _LAST):
            yield self._made(clause, number, self.last.subject, True)
            return
        received = self.words.rows["received"].readings
        counted = {count.subject.rows for count in self.counts}
        new = {received, self.words.rows["new"].readings}
        if "sum" in clause.kinds and self.words.rows["carried_in"].readings in counted and counted & new:
            both = tuple(reading for reading in received if len(reading) > 1)
            yield from self._counted(clause, number, Subject(APPLICATIONS, both, (self.words.standing[APPLICATIONS],)))
        else:
            self.last = None

    def _counted(self, clause: Clause, number: Token, subject: Subject) -> Iterator[Claim]:
        # 办结的128件中，本年新收122件: only those of them.
        processed, new = (self.words.rows[row].readings for row in ("processed", "new"))
        among = subject.rows == new and any(processed[0] in count.subject.rows for count in self.counts)
        if self.year == _ANOTHER or among:
            return
        made = self._made(clause, number, subject, self.year == _LAST)
        if not made.last_year:
            self.seen, self.last = replace(self.seen, topic=subject), made
            self.counts.append(made)
        yield made

    def _made(self, clause: Clause, number: Token, subject: Subject, last_year: bool) -> Count:
        # A sum of money is as exact as it is written: 12.5万元 to the thousand.
        scale = 10_000 if "万" in self._text(number) else 1
        return Count(clause.said, subject, number.value, number.unit, scale // 10**number.decimals, last_year)

    def _respectively(self, clause: Clause, after: Sequence[Clause]) -> Iterator[Claim]:
        """Yield one count for each of the things named, where as many numbers follow."""
        numbers = [clause.number] if clause.number is not None else []
        for following in after:
            if following.named or following.number is None or following.number.kind != COUNT:
                break
            numbers.append(following.number)
        without = clause_of(self.line, [token for token in clause.tokens if token is not clause.number])
        subjects = self._subjects(without) if clause.understood else ()
        if len(subjects) == len(numbers) and len(subjects) > 1:
            for subject, number in zip(subjects, numbers, strict=True):
                yield from self._counted(clause, number, subject)

    # ------------------------------------------------------------ without a number

    def _without_number(self, clause: Clause) -> Iterator[Claim]:
        kinds, subjects = clause.kinds, self._subjects(clause)
        if "settled" in kinds:
            topic = self.seen.topic
            if topic is not None and topic.table == DISPUTES and self.year == _THIS:
                yield Nothing(clause.said, (replace(topic, columns=self.words.columns["pending"].readings),), True)
        elif "none" in kinds:
            if subjects and self.year == _THIS and self._says_none(clause):
                yield Nothing(clause.said, subjects, any(term.table == DISPUTES for term in clause.columns))
        elif "all" in kinds or (self.last is not None and self.last.value == 1):
            yield from self._uniform(clause)
        elif "same" in kinds and "compare" in kinds:
            if self.last is not None and not subjects:
                yield Change(clause.said, self.last.subject, 0, False, 0, self.last.value)
        elif subjects and clause.level >= GROUP:
            self.seen = replace(self.seen, topic=joined(subjects))

    def _says_none(self, clause: Clause) -> bool:
        """Tell whether a clause says that there is nothing, rather than what has not been done: 对未办结的申请."""
        at = next(index for index, token in enumerate(clause.tokens) if token.kind == "none")
        if at + 1 == len(clause.tokens) or any(self._text(token) in _CAUSES[1:] for token in clause.tokens[:at]):
            return False
        following = clause.tokens[at + 1]
        undone = following.kind == ROW and following.term is not None and following.term.id in _UNDONE
        return not (undone and self._text(clause.tokens[at]).endswith("未"))

    def _uniform(self, clause: Clause) -> Iterator[Claim]:
        topic = self.seen.topic
        if topic is None or len(clause.columns) != 1 or clause.level > 0 or self.year != _THIS:
            return
        if topic.table == clause.columns[0].table:
            yield Uniform(clause.said, topic, clause.columns[0].readings)

    # ------------------------------------------------------------ shares and changes

    def _share(self, clause: Clause, number: Token) -> Iterator[Claim]:
        part = self.last
        if part is None or self.year != _THIS:
            return
        wholes = named_in(clause, self.words, self.seen) if clause.level > 0 else self._customary_wholes(part)
        if wholes:
            yield Share(clause.said, part, wholes, number.value, number.decimals)

    def _customary_wholes(self, part: Count) -> tuple[Subject, ...]:
        """Return what a share of ``part`` may be of where the text does not say it."""
        table, rows = part.subject.table, part.subject.rows
        if table not in self.words.whole:
            return ()
        standing = (self.words.standing[table],)
        groups = tuple((row.partition(".")[0],) for added in rows for row in added if "." in row)
        own = rows if part.subject.columns != standing else ()
        wholes = Subject(table, tuple(dict.fromkeys((*self.words.whole[table], *groups, *own))), standing)
        before = (count.subject for count in self.counts if count is not part and count.subject.table == table)
        return (wholes, *before)

    def _change(self, clause: Clause, number: Token) -> Iterator[Claim]:
        direction = next(token for token in clause.tokens if token.kind in ("up", "down"))
        between = self.line[direction.end : number.start]
        if direction.start > number.start or between.endswith(("到", "至")):
            return
        subject, now = None, None
        if clause.named:
            subject = joined(self._subjects(clause))
        elif self.last is not None and self.year != _ANOTHER:
            subject, now = self.last.subject, self.last.value
        if subject is not None:
            value = number.value if direction.kind == "up" else -number.value
            yield Change(clause.said, subject, value, number.kind == PERCENT, number.decimals, now)

    def _subjects(self, clause: Clause) -> tuple[Subject, ...]:
        return subjects_of(clause, self.words, self.seen)

    def _text(self, token: Token) -> str:
        return self.line[token.start : token.end]
