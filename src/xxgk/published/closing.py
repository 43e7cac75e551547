"""How a report ends: text of its last section, signature and date, and what a site prints below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from xxgk.published.blocks import Line
from xxgk.published.narrative import DIGITS, NUMBERS, is_furniture
from xxgk.records import Record
from xxgk.texts import BLANKS, bare

DATE = re.compile(
    r"(?P<unit>.*?)[:：]?(?P<year>[0-9]{4}|[〇○零O一二三四五六七八九]{4})(?:年|[-./])"
    r"(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:月|[-./])(?:(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})日?)?"
)
SENTENCE = re.compile(r"[。；;！？!?，,：:]")
SIGNATURE_LENGTH = 40
# The end of a body's name, and what a line says that is none though it is as short.
BODY = re.compile(r"[^。，；：:]{1,30}(?:政府|局|委|会|室|厅|院|处|所|站|中心|镇|乡|街道|部|署|队|公司|学校|大学|医院)")
SEAL = re.compile(r"[（(](?:盖章|公章|印章|章)[)）]$")
NO_NAME = re.compile(r"事项|情况|没有|问题|措施|报告|年报")
# Lines with which the part of a page below an article begins, and the list of files that comes with it.
BELOW = re.compile(
    r"[\[【(]?(?:扫一扫|分享|打印|关闭|收藏|返回|上一[篇条页]|下一[篇条页]|相关|友情链接|Copyright|版权|主办).*"
)
FILES = re.compile(r"(?:相关)?附件(?:下载)?[0-9]?(?:[:：].*)?|.*\.(?:docx?|pdf|wps|xlsx?|ofd|zip|rar)", re.IGNORECASE)


class Closing(Record):
    """What stands at the end of a report: text that belongs to it, signature, date, and what comes after."""

    text: tuple[Line, ...]
    signature: str
    date: date | None
    rest: tuple[Line, ...]


def closing(lines: Sequence[Line]) -> Closing:
    """Return the last section's ``lines``, told apart."""
    own = _before(lines, BELOW)
    # Below an article other ones are named, with their dates.
    above, below = range(own - 1, -1, -1), range(len(lines) - 1, own - 1, -1)
    dated = _dated_end(lines, above) or _dated_end(lines, below, below=True)
    if dated is not None:
        return dated
    end = _before(lines[:own], FILES)
    last = max((at for at in range(end) if not is_furniture(lines[at].text)), default=-1)
    if last > 0 and _is_body(lines[last].text):
        return Closing(tuple(lines[:last]), SEAL.sub("", lines[last].text), None, tuple(lines[last + 1 :]))
    return Closing(tuple(lines[:end]), "", None, tuple(lines[end:]))


def _before(lines: Sequence[Line], pattern: re.Pattern[str]) -> int:
    """Return how many of ``lines`` stand before the first that ``pattern`` fits."""
    return next((at for at, line in enumerate(lines) if pattern.fullmatch(bare(line.text))), len(lines))


def _dated_end(lines: Sequence[Line], places: range, below: bool = False) -> Closing | None:
    """Return the end of the report at the first of ``places`` that has a date; ``below`` asks for a body beside it."""
    for at in places:
        found = _dated(lines[at].text)
        if found is None:
            continue
        unit, day = found
        first, end = at, at + 1
        if not unit and at and _is_name(lines[at - 1].text):
            unit, first = lines[at - 1].text, at - 1
        elif not unit and end < len(lines) and _is_body(lines[end].text):
            unit, end = lines[end].text, end + 1
        if not below or _is_body(unit):
            return Closing(tuple(lines[:first]), SEAL.sub("", unit.strip(BLANKS)), day, tuple(lines[end:]))
    return None


def _dated(text: str) -> tuple[str, date | None] | None:
    """Return the name and the date on a line that has nothing else, or None; no date where the day is not told."""
    found = DATE.fullmatch(bare(text))
    if not found or (found["unit"] and not _is_name(found["unit"])) or is_furniture(text):
        return None
    if not found["day"] and "月" not in text:
        return None
    try:
        year = int("".join(DIGITS.get(sign, sign) for sign in found["year"]))
        day = date(year, _small(found["month"]), _small(found["day"] or "1"))
        return found["unit"], day if found["day"] else None
    except ValueError:
        return None


def _small(text: str) -> int:
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    value = (int(DIGITS[tens]) if tens else 1) * 10 if ten else 0
    return value + (int(DIGITS[ones]) if ones else 0)


def _is_name(text: str) -> bool:
    """Tell whether a line can be the name of a body: short, no sentence, and nothing that a report says."""
    narrow = bare(text)
    short = 1 < len(narrow) <= SIGNATURE_LENGTH and not SENTENCE.search(narrow)
    numbered = any(number.match(text) for number in NUMBERS)
    return short and not numbered and not NO_NAME.search(narrow) and not is_furniture(text)


def _is_body(text: str) -> bool:
    """Tell whether a line is certainly the name of a body."""
    return _is_name(text) and BODY.fullmatch(SEAL.sub("", bare(text))) is not None
