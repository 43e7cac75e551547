"""W: how a part is divided: the sequence and the levels of its numbering, its headings (T10; GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.checks.finding import Finding
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Subject
from xxgk.narrative.markers import (
    CHAPTER,
    ITEM,
    SECTION,
    SHAPES,
    SUBITEM,
    WORD,
    Marker,
    marker_of,
    words_of,
    written_like,
)
from xxgk.records import Record
from xxgk.report import Paragraph
from xxgk.texts import bare
from xxgk.wording import printed_date, signature

_PRINTED = "由程序印在报告里，正文里再写就重复了。"
LONGEST_HEADING = 60  # characters, with blanks; what is longer is no heading, signature or date
HEAD = 10  # characters of a paragraph that are enough to know it by


class Numbered(Record):
    """A line with its numbering and the paragraph that it stands in."""

    index: int
    marker: Marker
    line: str


def check_outline(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about the numbering and the headings of each part; one of a kind for each paragraph."""
    own = _own_texts(subject)
    for part in subject.form.parts:
        paragraphs = subject.report.narrative.get(part.id, ())
        lines = list(_numbered(paragraphs))
        typed = {index for index, paragraph in enumerate(paragraphs) if _is_own(paragraph.text, own)}
        found = [
            *(("W113", index, f"{quote(paragraphs[index].text.strip())}{_PRINTED}") for index in sorted(typed)),
            *(("W111", index, message) for index, message in _sequence([n for n in lines if n.index not in typed])),
            *(("W111", index, message) for index, message in _words(paragraphs)),
            *(("W112", index, message) for index, message in _levels(paragraphs, lines, typed)),
            *(("W102", index, message) for index, message in _marks(lines)),
            *(("W114", index, message) for index, message in _heading_ends(paragraphs)),
        ]  # fmt: skip
        told: set[tuple[str, int]] = set()
        for code, index, message in found:
            if (code, index) not in told:
                told.add((code, index))
                yield subject.finding(code, subject.paragraph(part.id, index), message)


_Found = Iterator[tuple[int, str]]


def _is_own(text: str, own: frozenset[str]) -> bool:
    return len(text) <= LONGEST_HEADING and bare(text) in own


def _own_texts(subject: Subject) -> frozenset[str]:
    """Return what the report prints of itself: the form's headings, the signature, the date."""
    report, form = subject.report, subject.form
    own = {bare(section.heading) for section in form.sections} | {bare(section.title) for section in form.sections}
    # 6、其他需要报告的事项: the heading numbered in another way.
    own |= {bare(f"{n}{mark}{section.title}") for n, section in enumerate(form.sections, 1) for mark in "、."}
    if report.unit:
        own.add(bare(signature(report)))
    if report.date:
        own.add(bare(printed_date(report.date)))
    return frozenset(own)


def _numbered(paragraphs: Sequence[Paragraph]) -> Iterator[Numbered]:
    for index, paragraph in enumerate(paragraphs):
        for line in paragraph.text.splitlines():
            marker = marker_of(line)
            if marker is not None and marker.level != WORD:
                yield Numbered(index, marker, line.strip())


# ------------------------------------------------------------------ sequences


class _Run:
    """One list that is being counted: its last number, how many there were, and whether a slip was found in it."""

    def __init__(self, number: int) -> None:
        self.last = self.count = number
        self.slipped = False

    def fault(self, number: int) -> int:
        """Take the next ``number``; return the one that should stand there, 0 where it is right.

        After a slip either way of going on is right: 1, 3, 3 and 1, 3, 4.
        """
        expected = self.last + 1
        right = number == expected or (self.slipped and number == self.count + 1)
        self.count += 1
        self.last = number
        if right:
            return 0
        self.slipped = True
        return expected


def _sequence(lines: Sequence[Numbered]) -> _Found:
    """Yield the lines whose number does not follow the one before it on its level; 1 begins a new list anywhere."""
    runs: dict[int, _Run] = {}
    for line in lines:
        marker = line.marker
        if marker.level == CHAPTER:
            continue  # W112
        for level in [level for level in runs if level > marker.level]:
            del runs[level]
        run = runs.get(marker.level)
        if marker.number == 1:
            if run is not None and run.last == 1:
                yield (
                    line.index,
                    f"有两个“{marker.written}”，这里（{quote(line.line[:HEAD])}）应为“{written_like(marker, 2)}”。",
                )
            runs[marker.level] = _Run(1)
        elif run is None:
            first = written_like(marker, 1)
            yield line.index, f"编号从“{marker.written}”开始（{quote(line.line[:HEAD])}），前面没有“{first}”。"
            runs[marker.level] = _Run(marker.number)
        else:
            last = run.last
            expected = run.fault(marker.number)
            if expected:
                message = (
                    f"“{written_like(marker, last)}”后面是“{marker.written}”，应为“{written_like(marker, expected)}”。"
                )
                yield line.index, message


def _words(paragraphs: Sequence[Paragraph]) -> _Found:
    """Yield the paragraphs in which 一是, 二是, … does not follow the one before it; 一是 begins a new list."""
    run: _Run | None = None
    for index, paragraph in enumerate(paragraphs):
        marker = marker_of(paragraph.text)
        if paragraph.heading and marker is not None and marker.level != WORD:
            run = None
        for _, number in words_of(paragraph.text):
            word = Marker(WORD, number, "")
            if number == 1:
                run = _Run(1)
            elif run is None:
                yield index, f"从“{written_like(word, number)}”开始，前面没有“一是”。"
                run = _Run(number)
            else:
                last = run.last
                expected = run.fault(number)
                if expected:
                    yield (
                        index,
                        f"“{written_like(word, last)}”后面是“{written_like(word, number)}”，"
                        f"应为“{written_like(word, expected)}”。",
                    )


# ------------------------------------------------------------------ levels and marks


def _levels(paragraphs: Sequence[Paragraph], lines: Sequence[Numbered], typed: set[int]) -> _Found:
    """Yield 一、 inside a part, a heading numbered for another level than its own, and a level left out; each once."""
    above = CHAPTER
    told: set[tuple[int, int]] = set()
    for line in lines:
        level, heading = line.marker.level, paragraphs[line.index].heading
        if line.index in typed:
            continue
        shown = quote(line.line[:HEAD])
        message = ""
        if level == CHAPTER:
            message = f"“{SHAPES[CHAPTER]}”是六个部分用的编号，这里（{shown}）应为“{SHAPES[SECTION]}”。"
        elif heading and level != heading:
            message = f"第{_ordinal(heading)}级小标题的编号应为“{SHAPES[heading]}”，这里是{shown}。"
        elif level == SUBITEM and above < ITEM:
            message = f"“{SHAPES[SUBITEM]}”的上一级“{SHAPES[ITEM]}”没有用到（{shown}）。"
        if message and (heading, level) not in told:
            told.add((heading, level))
            yield line.index, message
        above = level


def _ordinal(heading: int) -> str:
    return "一二三"[heading - SECTION]


def _marks(lines: Sequence[Numbered]) -> _Found:
    """Yield the first 2、 that stands in one list with 1. or the other way round."""
    before: Numbered | None = None
    for line in lines:
        if line.marker.level < ITEM:
            before = None
        elif line.marker.level == ITEM:
            if before is not None and line.marker.number > 1 and line.marker.mark != before.marker.mark:
                yield (
                    line.index,
                    f"前面用“{before.marker.written}”，这里用“{line.marker.written}”（{quote(line.line[:HEAD])}）。",
                )
                return
            before = line


def _heading_ends(paragraphs: Sequence[Paragraph]) -> _Found:
    """Yield the headings that end with a full stop where others of the same level do not."""
    for level in sorted({paragraph.heading for paragraph in paragraphs if paragraph.heading}):
        own = [(i, p.text.strip()) for i, p in enumerate(paragraphs) if p.heading == level and p.text.strip()]
        stopped = [(i, text) for i, text in own if text.endswith("。")]
        if 0 < len(stopped) < len(own):
            for index, text in stopped:
                yield index, f"小标题{quote(text)}末尾有句号，同一级的别的小标题没有。"
