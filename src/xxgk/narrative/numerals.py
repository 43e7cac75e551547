"""Numbers in Chinese text: found and read in every customary writing, and written in Chinese.

Read are 126, 1,234, １２６, 12.5, 1.2万, 1万2千, 3万5000, 40%, 一百二十六, 两千零五, 一百二 (120), 十五, 二〇二三,
三点五, 百分之四十.
Two digits side by side (三四件) mean "three or four" and are no number; nor is a bare 百, 千 or 万.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from xxgk.records import Record
from xxgk.report import Number

LARGEST = 10**16 - 1  # what 亿亿 would be is written by nobody
MOST_SIGNS = 40  # of a number; what is longer is none

_DIGITS = "〇一二三四五六七八九"
_VALUES = {sign: value for value, sign in enumerate(_DIGITS)} | {"零": 0, "○": 0, "两": 2}
_VALUES |= {sign: value for value, sign in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_ZEROS = "零〇○"
_HUNDREDTHS = "百分之"
SIGNS = (
    frozenset("0123456789０１２３４５６７８９") | _VALUES.keys() | _UNITS.keys() | _LARGE.keys()
)  # all that end a number
_WIDE = {**{ord("０") + n: str(n) for n in range(10)}, ord("．"): ".", ord("，"): ",", ord("％"): "%"}


class Numeral(Record):
    """A number in a text, from ``start`` to ``end``: its value, and whether that is a percentage (40 for 40%)."""

    start: int
    end: int
    value: Number
    percent: bool = False


def find_numerals(text: str, start: int = 0, end: int | None = None) -> Iterator[Numeral]:
    """Yield every number in ``text`` (from ``start`` to ``end``), in order.

    Chinese signs count wherever they stand (统一, 进一步): what follows tells whether a number was meant.
    """
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        numeral = _numeral(match)
        if numeral is not None:
            yield numeral


def write_number(value: Number) -> str:
    """Return ``value`` in Chinese: 一百二十六, 两千零五, 十五, 三点五. Raise ``ValueError`` beyond ``LARGEST``."""
    if not -LARGEST <= value <= LARGEST:
        raise ValueError(f"no Chinese numeral for {value}")
    whole, _, fraction = f"{Decimal(value):f}".lstrip("-").partition(".")
    fraction = fraction.rstrip("0")
    tail = "点" + write_digits(fraction) if fraction else ""
    return ("负" if value < 0 else "") + (_write_whole(int(whole)) or "零") + tail


def write_digits(digits: str) -> str:
    """Return ``digits`` sign by sign, as years are written: 二〇二三."""
    return "".join(_DIGITS[int(digit)] for digit in digits)


@cache
def _pattern() -> re.Pattern[str]:
    signs = "".join(_VALUES)
    units, large = "".join(_UNITS), "".join(_LARGE)
    digit = "[0-9０-９]"
    grouped = rf"[0-9]{{1,3}}(?:,[0-9]{{3}})+(?!{digit})|[０-９]{{1,3}}(?:，[０-９]{{3}})+(?!{digit})"
    arabic = rf"(?:{grouped}|{digit}+)(?:[.．]{digit}+)?"
    chinese = f"[{signs}{units}{large}]+(?:点[{signs}]+)?"
    return re.compile(
        rf"(?P<share>{_HUNDREDTHS})(?:(?P<share_arabic>{arabic})|(?P<share_chinese>{chinese}))"
        rf"|(?P<mixed>(?:{digit}+[{units}{large}]{{1,2}})+{digit}+[{units}{large}]{{0,2}})(?!{digit}|[.．]{digit})"
        rf"|(?P<arabic>{arabic})(?:(?P<percent>[%％])|(?P<scale>[{units}{large}]{{0,2}}))"
        rf"|(?P<chinese>{chinese})"
    )


def _numeral(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    if end - start > MOST_SIGNS:
        return None
    if match["mixed"]:
        mixed = _mixed(match["mixed"])
        return None if mixed is None else Numeral(start, end, mixed)
    arabic = match["arabic"] or match["share_arabic"]
    value = _arabic(arabic) if arabic else _chinese(match["chinese"] or match["share_chinese"])
    if value is None:
        return None
    for unit in match["scale"] or "":
        value *= _UNITS.get(unit) or _LARGE[unit]
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    return Numeral(start, end, value, bool(match["share"] or match["percent"]))


def _mixed(text: str) -> int | None:
    """Return the value of 1万2千 or 3万5000, or None where the parts do not fall; who knows what 1万2 is?"""
    total, last, digits, scale = 0, 0, "", 1
    for sign in f"{text}\n":
        if sign.isdigit() and scale == 1:
            digits += sign
        elif sign in _UNITS or sign in _LARGE:
            scale *= _UNITS.get(sign) or _LARGE[sign]
        else:
            value = int(digits) * scale
            if (last and value >= last) or (scale == 1 and len(digits) == 1):
                return None
            total, last, digits, scale = total + value, scale, sign, 1
    return total


def _arabic(text: str) -> Number:
    plain = text.translate(_WIDE).replace(",", "")
    return Decimal(plain) if "." in plain else int(plain)


def _chinese(text: str) -> Number | None:
    whole, _, fraction = text.partition("点")
    value = _whole(whole)
    if value is None or not fraction:
        return value
    return value + Decimal("0." + "".join(str(_VALUES[sign]) for sign in fraction))


def _whole(text: str) -> int | None:
    """Return the number that Chinese signs give together, or None where they give none."""
    if all(sign in _VALUES for sign in text):
        if len(text) == 1:
            return _VALUES[text]
        if len(text) == 2 or "两" in text:  # 三四件 are three or four
            return None
        return int("".join(str(_VALUES[sign]) for sign in text))
    return _sections(text)


def _sections(text: str) -> int | None:
    """Return the value of ``text`` cut at its largest 亿 or 万, or None where it is not well formed."""
    for sign, unit in (("亿", 10**8), ("億", 10**8), ("万", 10**4), ("萬", 10**4)):
        head, found, tail = text.partition(sign)
        if not found:
            continue
        above, below = _below(head, unit), _below(tail, unit) if tail else 0
        if len(tail) == 1 and below is not None:  # 一万二 is 12000
            below *= unit // 10
        return None if not above or below is None else above * unit + below
    return _thousands(text)


def _below(text: str, limit: int) -> int | None:
    """Return the value of a part that counts units of ``limit`` or follows them, or None."""
    text = text.lstrip(_ZEROS)
    value = _VALUES.get(text) if len(text) == 1 and text in _VALUES else _sections(text) if text else None
    return value if value is not None and value < limit else None


def _thousands(text: str) -> int | None:
    """Return the value of signs with 千, 百 and 十 in falling order (one digit each), or None."""
    total, digit, last, zero = 0, None, 10**4, False
    for position, sign in enumerate(text):
        if sign in _UNITS:
            unit = _UNITS[sign]
            if digit is None:
                digit = 1 if unit == 10 else None  # only 十 stands without a digit: 十五, 一百十五
            if digit is None or unit >= last:
                return None
            total, digit, last, zero = total + digit * unit, None, unit, False
        elif sign not in _VALUES or digit is not None:
            return None
        elif sign in _ZEROS:
            if zero or position == 0:
                return None
            zero = True
        else:
            digit = _VALUES[sign]
    if digit is None:
        return None if zero else total
    return total + (digit if zero or last == 10 else digit * last // 10)


def _write_whole(value: int) -> str:
    """Return a whole number in Chinese; nothing for 0."""
    for unit, sign in ((10**8, "亿"), (10**4, "万")):
        if value >= unit:
            count, rest = divmod(value, unit)
            head = "两" if count == 2 else _write_whole(count)
            return head + sign + _after(rest, unit)
    text = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十")):
        if value >= unit:
            count, rest = divmod(value, unit)
            if unit == 10 and count == 1:
                return sign + _write_whole(rest)
            digit = "两" if count == 2 and unit == 1000 else _DIGITS[count]
            return text + digit + sign + _after(rest, unit)
    return _DIGITS[value] if value else ""


def _after(rest: int, unit: int) -> str:
    """Return what follows a unit: with 零 where a place is skipped, and 一十 in full."""
    if not rest:
        return ""
    zero = "零" if rest * 10 < unit else ""
    text = _write_whole(rest)
    return zero + ("一" + text if text.startswith("十") else text)
