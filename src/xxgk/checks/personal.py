"""Personal data in a text that will be published."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from xxgk.texts import NARROW

# GB 11643-1999: the weights of the first seventeen digits, and the check digit by the remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_CONTACT = ("电话", "热线", "传真", "联系方式", "手机")
_PEOPLE = ("申请人", "群众", "村民", "居民", "当事人", "市民")
_NEARBY = 20  # characters before a number that say whose it is


@functools.cache
def _long_numbers() -> re.Pattern[str]:
    return re.compile(r"\d{11}")


@functools.cache
def _identities() -> re.Pattern[str]:
    return re.compile(r"(?<![0-9])[1-8][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx](?![0-9])")


@functools.cache
def _mobiles() -> re.Pattern[str]:
    return re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")


def identity_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers of identity cards: date of birth and check digit are right."""
    if not _long_numbers().search(text):
        return
    plain = text.translate(NARROW)
    for match in _identities().finditer(plain):
        number = match[0].upper()
        total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
        if 1 <= int(number[10:12]) <= 12 and 1 <= int(number[12:14]) <= 31 and _CHECK[total % 11] == number[17]:
            # What is found must not be spread further by the findings.
            yield match.start(), match.start() + 4, ""


def mobile_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield mobile numbers that are not said to be the office's own."""
    if not _long_numbers().search(text):
        return
    plain = text.translate(NARROW)
    for match in _mobiles().finditer(plain):
        before = plain[max(0, match.start() - _NEARBY) : match.start()]
        if not any(word in before for word in _CONTACT) or any(word in before for word in _PEOPLE):
            yield match.start(), match.start() + 3, ""
