"""Characters that people do not see or tell apart: blanks, and full-width forms."""

from __future__ import annotations

from collections.abc import Mapping

# What may wrap a number or stand in a name without being seen: every kind of space, and marks of width zero.
BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x2010))
)
# Full-width forms, one for one. (NFKC would also turn "²" and "①" into digits.)
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: 0x2D}
INVISIBLE = {ord(blank): None for blank in BLANKS}


def bare(text: str) -> str:
    """Return ``text`` for comparing labels and names: without any kind of space, full-width forms made narrow."""
    return _mapped(text, _BARE)


def without_blanks(text: str) -> str:
    """Return ``text`` without any kind of space."""
    return _mapped(text, _SEEN)


# By character: ``str.translate`` looks up every character of a text, and nearly all of Chinese are not in the table.
_SEEN = dict.fromkeys(BLANKS, "")
_BARE = {**_SEEN, **{chr(wide): chr(narrow) for wide, narrow in NARROW.items()}}


def _mapped(text: str, table: Mapping[str, str]) -> str:
    for char in table.keys() & set(text):
        text = text.replace(char, table[char])
    return text


def is_han(char: str) -> bool:
    """Tell whether ``char`` is a Chinese character; nothing ("") is none."""
    return "\u4e00" <= char <= "\u9fff"
