"""Title, year and short name of a report, from the lines before its first section; the rest of them is 引言."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xxgk.published.blocks import Line
from xxgk.published.closing import BODY
from xxgk.published.narrative import DIGITS, is_furniture
from xxgk.published.sections import title_like
from xxgk.records import Record
from xxgk.texts import BLANKS, bare

SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]+$")  # what the title of a page has behind that of the report
YEAR = re.compile(r"(20[0-9]{2}|二[〇○零O][〇○零O一二三四五六七八九]{2})\s*年?度?")
BRACKETED_YEAR = re.compile(rf"\(?{YEAR.pattern}\)?")
LONGEST = 120  # characters of a line that can be a title
SENTENCE_ENDS = ("。", "：", "；", "！")
SUBJECT = re.compile(r"(?:年度?)?(?:政府|政务)?信息公开.*")


class Name(Record):
    """What a report calls itself. ``after`` are the lines between title and first section; ``dropped`` those before."""

    title: str
    year: int | None
    short_name: str
    after: tuple[Line, ...]
    dropped: tuple[str, ...]


def read_name(lines: Sequence[Line]) -> Name:
    """Return the name of the report whose ``lines`` stand before its first section."""
    title, start, end = _title(lines)
    year, short_name = title_parts(title)
    if not title:
        # Nothing else tells a site's own words from the report's.
        text = tuple(line for line in lines if line.text[-1:] in SENTENCE_ENDS)
        return Name("", None, "", text, tuple(line.text for line in lines if line not in text))
    return Name(title, year, short_name, tuple(lines[end:]), tuple(line.text for line in lines[:start]))


def title_parts(title: str) -> tuple[int | None, str]:
    """Return the year and the short name of the unit that a title names; None and "" where it does not."""
    narrow = bare(title)
    found = YEAR.search(narrow)
    year = int("".join(DIGITS.get(sign, sign) for sign in found[1])) if found else None
    before = SUBJECT.sub("", narrow)
    short = YEAR.sub("", before).removeprefix("关于").strip(BLANKS + "《》的")
    return year, short


def _title(lines: Sequence[Line]) -> tuple[str, int, int]:
    """Return the title, and the lines from which and before which it stands: the last that can be one.

    A site's menu may have 政府信息公开年报 as an entry, but no year.
    """
    found = [candidate for at in range(len(lines) - 1, -1, -1) for candidate in _titles_ending(lines, at)]
    dated = [candidate for candidate in found if title_parts(candidate[0])[0] is not None]
    return next(iter((*dated, *found)), ("", 0, 0))


def _titles_ending(lines: Sequence[Line], at: int) -> Iterator[tuple[str, int, int]]:
    """Yield the titles that end with line ``at``, the shortest first."""
    for count in (1, 2, 3):
        first = at - count + 1
        if (
            first < 0
            or len(lines[at].text) > LONGEST
            or (count > 1 and any(len(line.text) > 40 for line in lines[first : at + 1]))
        ):
            continue
        text = "".join(line.text for line in lines[first : at + 1])
        for candidate in (text, SITE.sub("", text)):
            if title_like(candidate) and (count == 1 or title_parts(candidate)[0]):
                yield _with_lines_above(lines, *_with_year_below(lines, candidate, first, at + 1))


def _with_year_below(lines: Sequence[Line], title: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the title with the year that stands below it in brackets, if it has none itself."""
    at = next((at for at in range(end, len(lines)) if not is_furniture(lines[at].text)), end)
    below = lines[at].text if at < len(lines) else ""
    if title_parts(title)[0] is None and BRACKETED_YEAR.fullmatch(bare(below)):
        return title + below, start, at + 1
    return title, start, end


def _with_lines_above(lines: Sequence[Line], title: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the title with the lines above it where year or unit stand there."""
    for count in (1, 2):
        year, short_name = title_parts(title)
        above = lines[max(0, start - count) : start]
        if (year is not None and short_name) or len(above) < count:
            break
        text = "".join(line.text for line in above) + title
        more_year, more_name = title_parts(text)
        if title_like(text) and more_year is not None and (not more_name or short_name or BODY.fullmatch(more_name)):
            return text, start - count, end
    return title, start, end
