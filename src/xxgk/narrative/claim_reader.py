"""The claims of a narrative about the tables. Pure; knows no figure.

A clause counts only when all of it is understood: one unknown word may turn the figure into that of something else
(网上申请88件, 涉企行政处罚12件). In doubt nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.narrative.claim_clauses import Clause, clause_of, clauses_of
from xxgk.narrative.claim_state import ANOTHER, CAUSES, LAST, THIS, SentenceState
from xxgk.narrative.claim_subjects import Seen, joined, named_in, unit_fits
from xxgk.narrative.claim_tokens import (
    COUNT,
    PERCENT,
    SENTENCE_ENDS,
    Scanner,
    Token,
    lines_of,
)
from xxgk.narrative.claim_words import APPLICATIONS, DISPUTES, GROUP, NOUN, ROW
from xxgk.narrative.claims import Change, Claim, Count, Nothing, Share, Subject, Trend, Uniform
from xxgk.narrative.sentences import sentences
from xxgk.records import replace

_DIRECTIONS = {"up": 1, "down": -1, "same": 0, "nearly": 0}
_IS = frozenset(("为", "达", "达到", "是", "的", "达到了"))
_NARROWING = ("的", "中", "里", "方面", "渠道", "领域", "方式", "期间", "以来", "来看", "看")
_WHOLES = 4  # that the shares of a sentence may be of
_CONTINUING = ("其中", "这些", "上述", "以上")
_SINCE = "截"  # 截至2023年底，累计……: of many years, perhaps
# Words after 未 that tell what has not been done yet, not that there is none: 未办结的申请 (ids of rows).
_UNDONE = frozenset(
    ("processed", "handled", "accepted", "disclosed", "partial", "withheld", "unavailable", "declined", "other")
)


def claims_in(paragraph: str, scanner: Scanner) -> Iterator[Claim]:
    """Yield what ``paragraph`` claims about the tables, in order."""
    words = scanner.words
    parts = [
        (line, start, start + len(sentence), words.may_claim(sentence))
        for line in lines_of(paragraph)
        for start, sentence in sentences(line, SENTENCE_ENDS)
    ]
    while parts and not parts[-1][3]:
        parts.pop()
    about: bool | None = None
    some_until = None  # where the sentence ended that spoke of only some applications: the next one may go on with them
    for line, start, end, may_claim in parts:
        # What claims nothing is read only for what the paragraph is about, which is settled once it is applications.
        if may_claim or about is None or (not about and words.names_applications(line[start:end])):
            some = some_until is not None and some_until == (line, start - 1)
            reader = _Sentence(line, end, words, Seen(about, some=some, reviews=scanner.reviews))
            yield from reader.claims(scanner.tokens(line, start, end))
            about = reader.seen.about
            some_until = (line, end) if reader.left_some else None


class _Sentence(SentenceState):
    """One sentence, read clause by clause: each continues what the clauses before it spoke of."""

    def claims(self, tokens: Sequence[Token]) -> Iterator[Claim]:
        """Yield the claims of the sentence."""
        clauses = list(clauses_of(self.line, tokens))
        text = self.line[tokens[0].start : tokens[-1].end]
        since = _SINCE in text
        self.continues = text.startswith(_CONTINUING)
        self.of_documents = any(word in text for word in self.words.documents)
        for index, clause in enumerate(clauses):
            self.previous = clauses[index - 1] if index else None
            self.see(clause)
            if "respectively" in clause.kinds:
                yield from self._respectively(clause, clauses[index + 1 :])
                return
            if clause.understood and not (since and "running" in clause.kinds):
                yield from self._read(clause)
            elif clause.number is not None and clause.number.kind == COUNT and clause.number.unit:
                self.forget(clause)
            elif clause.said.endswith(_NARROWING):
                return  # 在住建领域，收到……
            else:
                self.last = None  # 收到126件，访问量稳步上升，增长20%

    def _read(self, clause: Clause) -> Iterator[Claim]:
        number, kinds = clause.number, clause.kinds
        if number is None:
            yield from self._without_number(clause)
        elif "rise" in kinds or "fall" in kinds:
            yield from self._reached(clause, number)
        elif "up" in kinds or "down" in kinds:
            if "share" not in kinds:
                yield from self._change(clause, number)
        elif number.kind == PERCENT:
            if "share" in kinds:
                yield from self._share(clause, number)
            elif "rate" in kinds:
                yield from self._rate(clause, number)
        elif "none" not in kinds:
            yield from self._count(clause, number)

    # ------------------------------------------------------------ numbers

    def _count(self, clause: Clause, number: Token) -> Iterator[Claim]:
        if not clause.named:
            yield from self._count_of_the_same(clause, number)
            return
        subjects = self.subjects(clause) if unit_fits(clause, self.words) else ()
        if "compare" in clause.kinds and subjects and not self._is_of_last_year(clause, number):
            subjects = ()
        if not subjects:
            self.forget(clause)
            return
        together = joined(subjects)
        each = subjects if "all" in clause.kinds else (together,) if together is not None else ()
        for subject in each:
            yield from self.counted(clause, number, subject)

    def _count_of_the_same(self, clause: Clause, number: Token) -> Iterator[Claim]:
        """Yield what a number without a word of its own says: last year's of the same, or a sum."""
        if self.last is not None and ("compare" in clause.kinds or self.year == LAST):
            yield self.made(clause, number, self.last.subject, True)
            return
        received = self.words.rows["received"].readings
        counted = {count.subject.rows for count in self.counts}
        new = {received, self.words.rows["new"].readings}
        if "sum" in clause.kinds and self.words.rows["carried_in"].readings in counted and counted & new:
            both = tuple(reading for reading in received if len(reading) > 1)
            yield from self.counted(clause, number, Subject(APPLICATIONS, both, (self.words.standing[APPLICATIONS],)))
        else:
            self.last = None

    def _is_of_last_year(self, clause: Clause, number: Token) -> bool:
        """Tell whether the number follows the comparison at once: 较上年的90件."""
        compare = next(token for token in clause.tokens if token.kind == "compare")
        return self.line[compare.end : number.start] in ("", "的")

    def _respectively(self, clause: Clause, after: Sequence[Clause]) -> Iterator[Claim]:
        """Yield one count for each of the things named, where as many numbers follow."""
        numbers = [clause.number] if clause.number is not None else []
        for following in after:
            if following.named or following.number is None or following.number.kind != COUNT:
                break
            numbers.append(following.number)
        without = clause_of(self.line, [token for token in clause.tokens if token is not clause.number])
        subjects = self.subjects(without) if clause.understood else ()
        if len(subjects) == len(numbers) and len(subjects) > 1:
            for subject, number in zip(subjects, numbers, strict=True):
                yield from self.counted(clause, number, subject)

    # ------------------------------------------------------------ without a number

    def _without_number(self, clause: Clause) -> Iterator[Claim]:
        kinds, subjects = clause.kinds, self.subjects(clause)
        if "settled" in kinds:
            topic = self.seen.topic
            if topic is not None and topic.table == DISPUTES and self.year == THIS:
                yield Nothing(clause.said, (replace(topic, columns=self.words.columns["pending"].readings),), True)
        elif "none" in kinds:
            if kinds.isdisjoint(_DIRECTIONS) and subjects and self.year == THIS and self._says_none(clause):
                yield Nothing(clause.said, subjects, any(term.table == DISPUTES for term in clause.columns))
        elif "all" in kinds or (self.last is not None and self.last.value == 1):
            yield from self._uniform(clause)
        elif self.compared and not kinds.isdisjoint(_DIRECTIONS):
            yield from self._trend(clause, subjects)
        elif subjects and clause.level >= GROUP:
            self.seen = replace(self.seen, topic=joined(subjects))

    def _says_none(self, clause: Clause) -> bool:
        """Tell whether a clause says that there is nothing, rather than what has not been done: 对未办结的申请."""
        at = next(index for index, token in enumerate(clause.tokens) if token.kind == "none")
        if at + 1 == len(clause.tokens) or any(self.text(token) in CAUSES[1:] for token in clause.tokens[:at]):
            return False
        following = clause.tokens[at + 1]
        undone = following.kind == ROW and following.term is not None and following.term.id in _UNDONE
        return not (undone and self.text(clause.tokens[at]).endswith("未"))

    def _uniform(self, clause: Clause) -> Iterator[Claim]:
        topic = self.seen.topic
        if topic is None or len(clause.columns) != 1 or clause.level > 0 or self.year != THIS:
            return
        if topic.table == clause.columns[0].table:
            yield Uniform(clause.said, topic, clause.columns[0].readings)

    # ------------------------------------------------------------ shares and changes

    def _share(self, clause: Clause, number: Token) -> Iterator[Claim]:
        """Yield what a share says: of the number before it (占45.3%), or of what it names itself (自然人占80.2%)."""
        at = next(index for index, token in enumerate(clause.tokens) if token.kind == "share")
        part: Count | Subject | None = self.last
        if any(token.term is not None for token in clause.tokens[:at]):
            part = joined(self.subjects(clause_of(self.line, clause.tokens[:at])))
        if part is None or self.year != THIS:
            return
        whole = clause_of(self.line, clause.tokens[at:])
        if whole.level > NOUN:
            wholes = named_in(whole, self.words, self.seen)
            self.wholes = (*self.wholes, *wholes)[:_WHOLES]
        else:
            wholes = (*self._customary_wholes(part), *self.wholes)
        if wholes:
            yield Share(clause.said, part, wholes, number.value, number.decimals)

    def _customary_wholes(self, part: Count | Subject) -> tuple[Subject, ...]:
        """Return what a share of ``part`` may be of where the text does not say it."""
        subject = part.subject if isinstance(part, Count) else part
        table, rows = subject.table, subject.rows
        if table not in self.words.whole:
            return ()
        standing = (self.words.standing[table],)
        groups = tuple((row.partition(".")[0],) for added in rows for row in added if "." in row)
        own = rows if subject.columns != standing else ()
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
            subject = joined(self.subjects(clause))
        elif self.last is not None and self.year != ANOTHER:
            subject, now = self.last.subject, self.last.value
        if subject is not None:
            value = number.value if direction.kind == "up" else -number.value
            yield Change(clause.said, subject, value, number.kind == PERCENT, number.decimals, now)

    def _reached(self, clause: Clause, number: Token) -> Iterator[Claim]:
        """Yield what 由上年的190件降至229件 says of this year, and of the way there."""
        subject = joined(self.subjects(clause)) if clause.named else self.before
        if subject is None or number.kind != COUNT or self.year == ANOTHER:
            return
        self.year = THIS
        yield from self.counted(clause, number, subject)
        if self.compared or self.before is not None:
            yield Trend(clause.said, subject, 1 if "rise" in clause.kinds else -1, now=number.value)

    def _trend(self, clause: Clause, subjects: tuple[Subject, ...]) -> Iterator[Claim]:
        """Yield what a direction says that has no number: 较上年有所增加."""
        directions = [token for token in clause.tokens if token.kind in _DIRECTIONS]
        if len(directions) > 1 or self.year != THIS or "all" in clause.kinds:
            return
        kind = directions[0].kind
        if clause.named:
            of_cases = all(term.table == DISPUTES for term in clause.main) or self.seen.about
            if of_cases and len(subjects) == 1 and not clause.columns:
                yield Trend(clause.said, subjects[0], _DIRECTIONS[kind], kind == "nearly")
        elif self.last is not None:
            yield Trend(clause.said, self.last.subject, _DIRECTIONS[kind], kind == "nearly", self.last.value)

    def _rate(self, clause: Clause, number: Token) -> Iterator[Claim]:
        """Yield what 办结率 says of the applications counted before; 100% may be of those that were due."""
        part, words = self.last, self.words
        others = {self.text(token) for token in clause.tokens if token.kind not in ("rate", PERCENT, "this_year")}
        if part is None or self.year != THIS or number.value >= 100 or not others <= _IS:
            return
        if part.subject.table == APPLICATIONS and words.rows["processed"].readings[0] in part.subject.rows:
            whole = Subject(APPLICATIONS, words.rows["received"].readings, (words.standing[APPLICATIONS],))
            yield Share(clause.said, part, (whole,), number.value, number.decimals)
