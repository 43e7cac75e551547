"""Printed labels compared: without what stands around their words."""

from __future__ import annotations

import functools
import re

from xxgk.texts import bare

# Numbering before a label, also where the mark behind the digit is lost; 第二十条 and 三安全 are words.
NUMBERING = re.compile(r"(?:\(?[一二三四五六七八九十0-9]{1,3}[)、.:,]+)+|[0-9]{1,2}(?=\D)")
# What a label of a form itself has around its words, so that it can be said in a sentence.
_PRINTED_NUMBERING = r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|[0-9]+[.．、])"
_REMARK = r"（.*）$"
PUNCTUATION = re.compile(r"[^\w]|_")


def plain(label: str) -> str:
    """Return a printed label without its numbering, its remark and its signs: （二）部分公开（区分…） is 部分公开."""
    return re.sub(r"\W", "", re.sub(_REMARK, "", re.sub(_PRINTED_NUMBERING, "", label)))


@functools.lru_cache(maxsize=10_000)  # the same labels are compared with every line
def fold(text: str) -> str:
    """Return what of ``text`` counts when labels are compared, however they were typed."""
    narrow = bare(text)
    numbered = NUMBERING.match(narrow)
    words = narrow[numbered.end() :] if numbered else narrow
    return (PUNCTUATION.sub("", words) or narrow).lower()
