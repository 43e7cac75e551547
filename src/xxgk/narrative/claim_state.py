"""What a sentence has spoken of so far: its year, its figures, what the next clause continues."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xxgk.narrative.claim_clauses import Clause
from xxgk.narrative.claim_subjects import ABOUT, Seen, subjects_of
from xxgk.narrative.claim_tokens import OTHER_YEAR, UNKNOWN, Token
from xxgk.narrative.claim_words import APPLICATIONS, DISCLOSURE, DISPUTES, GROUP, NOUN, STAGE, ClaimWords
from xxgk.narrative.claims import Claim, Count, Subject
from xxgk.records import replace
from xxgk.report import Number

THIS, LAST, ANOTHER = 0, -1, -9  # the year that is spoken of; of another nothing is claimed
_YEARS = {"this_year": THIS, "last_year": LAST, OTHER_YEAR: ANOTHER}
_RANGES = tuple(f"年{sign}" for sign in "至到和、-—–～~－")  # 2021年至2023年，共收到……
CAUSES = ("因", "对", "由", "就")
_KEPT = 8  # figures of a sentence that a column may be of
_SCALES = (("千", 1000), ("万", 10**4), ("亿", 10**8))  # the smallest counts


class SentenceState:
    """What has been read of the sentence that ends in ``line`` at ``end``."""

    def __init__(self, line: str, end: int, words: ClaimWords, seen: Seen) -> None:
        self.line, self.end, self.words = line, end, words
        self.seen = seen
        self.year = THIS
        self.last: Count | None = None  # the last number of this year
        self.counts: list[Count] = []
        self.previous: Clause | None = None
        self.wholes: tuple[Subject, ...] = ()  # what shares were said to be of
        self.continues = False  # whether the sentence goes on with what the one before it spoke of
        self.left_some = False  # whether this sentence itself spoke of only some applications
        self.of_documents = False  # whether the sentence may speak of documents rather than of applications
        self.compared = False  # with last year
        self.before: Subject | None = None  # what the last number of last year counted

    def see(self, clause: Clause) -> None:
        """Note what the clause is about, and of which year."""
        about, group = self.seen.about, self.seen.group
        of_applications = [term for term in clause.rows if term.table == APPLICATIONS]
        if self.seen.some and not (self.left_some or self.continues) and any(t.level <= STAGE for t in of_applications):
            self.seen = replace(self.seen, some=False)
        if any(term.level == NOUN or term.alone for term in of_applications):
            about = True
        elif about is None and (UNKNOWN in clause.kinds or any(term.table == DISCLOSURE for term in clause.main)):
            about = False
        groups = [term for term in of_applications if term.level == GROUP]
        group = groups[0] if groups else group
        if (about, group) != (self.seen.about, self.seen.group):
            self.seen = replace(self.seen, about=about, group=group)
        if "compare" in clause.kinds:
            self.compared = True
        elif not clause.kinds.isdisjoint(_YEARS):
            self._see_year(clause)

    def _see_year(self, clause: Clause) -> None:
        within = False  # 因2022年度的申请引发行政复议1件: the year is not that of the case
        for token in clause.tokens:
            if token.kind in _YEARS:
                is_other = within and token.kind == "last_year" and not self._begins_change(clause, token)
                is_range = self.line[: token.start].endswith(_RANGES)
                self.year = ANOTHER if is_other or is_range else _YEARS[token.kind]
            within = within or token.term is not None or self.text(token) in CAUSES

    def _begins_change(self, clause: Clause, year: Token) -> bool:
        """Tell whether the number is the one that a change began from: 由上年的190件."""
        number = clause.number
        after = self.line[year.end : number.start] if number is not None else ""
        return number is not None and self.line[year.start - 1 : year.start] in ("由", "从") and after in ("", "的")

    def forget(self, clause: Clause) -> None:
        """Leave what was spoken of: a number of something else has come between, perhaps of only some applications."""
        self.left_some = self.left_some or any(term.table == APPLICATIONS for term in clause.rows)
        some = self.seen.some or self.left_some
        self.seen = replace(self.seen, about=bool(self.seen.about), topic=None, some=some)
        self.last = None

    def counted(self, clause: Clause, number: Token, subject: Subject) -> Iterator[Claim]:
        """Yield that ``subject`` is ``number``, if the year is one of ours, and keep it for what follows."""
        if self.year == ANOTHER or self._is_among_processed(subject):
            return
        last_year = self.year == LAST or "compare" in clause.kinds
        made = self.made(clause, number, subject, last_year)
        if not last_year:
            before = (self.seen.topic,) if self.seen.topic is not None else ()
            earlier = (*before, *self.seen.earlier)[:_KEPT]
            self.seen, self.last = replace(self.seen, topic=subject, earlier=earlier), made
            self.counts.append(made)
        else:
            self.before = subject
        yield made

    def _is_among_processed(self, subject: Subject) -> bool:
        """Tell whether only those of the processed are meant: 办结的128件中，本年新收122件."""
        if subject.rows != self.words.rows["new"].readings:
            return False
        processed = self.words.rows["processed"].readings[0]
        return any(processed in count.subject.rows for count in self.counts)

    def made(self, clause: Clause, number: Token, subject: Subject, last_year: bool) -> Count:
        """Return the claim that ``subject`` is ``number``."""
        return Count(clause.said, subject, number.value, number.unit, self._step(number), last_year)

    def _step(self, number: Token) -> Number:
        """Return how exact a number is, as it is written: 12.5万元 to the thousand. 126件 and 十二万件 are exact."""
        text = self.text(number)
        scale = next((value for sign, value in _SCALES if sign in text and text[0].isdigit()), 1)
        return 0 if scale == 1 and not number.unit.endswith("元") else Decimal(scale) / 10**number.decimals

    def subjects(self, clause: Clause) -> tuple[Subject, ...]:
        """Return what ``clause`` names, as far as that is sure."""
        found = subjects_of(clause, self.words, self.seen)
        return () if found and self._is_unsure(clause, {one.table for one in found}) else found

    def _is_unsure(self, clause: Clause, tables: set[str]) -> bool:
        """Tell whether the rest of the sentence may make something else of what ``clause`` names."""
        if DISPUTES in tables and ABOUT not in clause.until and ABOUT in self.line[len(clause.until) : self.end]:
            return True  # 行政复议12件，其中涉及政府信息公开7件: the unit may have other cases, too
        if APPLICATIONS in tables and self.of_documents and not self._is_applied_for(clause):
            return True
        return self._continues_column(clause)

    def _is_applied_for(self, clause: Clause) -> bool:
        if any(term.alone or term.level == STAGE for term in clause.rows):
            return True
        return any(word in clause.said for word in self.words.applied)

    def _continues_column(self, clause: Clause) -> bool:
        """Tell whether a column said before may be meant here, too: 尚未审结行政复议1件、行政诉讼3件."""
        before = self.previous
        if before is None or clause.columns or not before.columns or before.level < STAGE:
            return False
        tables = {term.table for term in clause.main}
        if tables != {term.table for term in before.main} or not tables <= {APPLICATIONS, DISPUTES}:
            return False
        first = next(token for token in before.tokens if token.term is not None)
        return first.term in before.columns and self.line[clause.tokens[0].start - 1] in "、，"

    def text(self, token: Token) -> str:
        """Return the words of ``token``."""
        return self.line[token.start : token.end]
