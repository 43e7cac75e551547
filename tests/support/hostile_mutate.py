"""A seeded mutator of workbooks: bytes of the file, and tokens of its XML packed again with right checksums."""

from __future__ import annotations

import re
from functools import cache
from random import Random
from zipfile import ZIP_STORED

from support.hostile_base import archived
from support.packages import parts_of

TOKEN = re.compile(rb"<[^<>]*>|[^<>]+")
ATTRIBUTE = re.compile(rb'="[^"]*"')
READ = re.compile(r"\[Content_Types|_rels|xl/workbook|xl/sharedStrings|xl/styles|xl/worksheets/sheet")
ODD = (
    b"", b"-1", b"0", b"1e400", b"NaN", b"9" * 400, b"9" * 5_000, b"#REF!", b"TRUE", b"XFD1048576", b"ZZZZ99999999",
    b"A0", b"a1", b"_xD800_", b"_xFFFF_", b"_x0000_", "１２".encode(), "٣".encode(), "²".encode(), b"&amp;",
    b"&#x10FFFF;", b"&#0;", b"&lol;",
    b"\xff\xfe", b"\0", b"<", b">", b"]]>", b"<!--", b"<![CDATA[", b"<?", b"<!DOCTYPE a>", b"str", b"inlineStr", b"s",
    b"b", b"e", b"d", b"n", b"1904", b"../../x", b"A1:XFD1048576", b" ", b"x" * 40_000, "\u3000".encode(),
)  # fmt: skip


def mutated_file(random: Random, data: bytes) -> bytes:
    """Return ``data`` with one to four places of the file itself damaged."""
    spoilt = bytearray(data)
    for _ in range(random.randint(1, 4)):
        at = _place(random, spoilt)
        how = random.randrange(6)
        if how == 0:
            spoilt[at] ^= 1 << random.randrange(8)
        elif how == 1:
            spoilt[at : at + random.randint(1, 4)] = random.randbytes(random.randint(1, 4))
        elif how == 2:
            spoilt[at : at + 4] = random.choice(
                (bytes(4), b"\xff" * 4, b"\xff\xff\xff\x7f", b"PK\1\2", b"PK\3\4", b"PK\5\6")
            )
        elif how == 3:
            del spoilt[at : at + random.choice((1, 2, 16, 500))]
        elif how == 4:
            start = random.randrange(len(spoilt))
            spoilt[at:at] = spoilt[start : start + random.choice((1, 30, 46, 1_000))]
        elif random.random() < 0.2:
            del spoilt[at:]
        if len(spoilt) < 100:
            break
    return bytes(spoilt)


def _place(random: Random, data: bytearray) -> int:
    """Return a place to damage: half of them where the directory stands, which says what is what."""
    if random.random() < 0.5:
        return random.randrange(max(0, len(data) - 1_500), len(data))
    return random.randrange(len(data))


def mutated_part(random: Random, data: bytes) -> bytes:
    """Return ``data`` with one or two of its parts changed, left out, doubled or exchanged, in a sound zip file."""
    parts = dict(_parts(data))
    names = [name for name in parts if READ.match(name)]
    for _ in range(random.randint(1, 2)):
        name, other = random.choice(names), random.choice(names)
        how = random.random()
        if how < 0.9:
            parts[name] = _mutated_xml(random, parts[name], parts[other])
        elif how < 0.95:
            parts[name], parts[other] = parts[other], parts[name]
        else:
            parts[name] = random.choice((b"", parts[name] * 2, random.randbytes(200)))
    if random.random() < 0.03:
        del parts[random.choice(names)]
    return archived(parts.items(), ZIP_STORED)


@cache
def _parts(data: bytes) -> dict[str, bytes]:
    return parts_of(data)


@cache
def _tokens(xml: bytes) -> tuple[bytes, ...]:
    return tuple(TOKEN.findall(xml))


def _mutated_xml(random: Random, xml: bytes, other: bytes) -> bytes:
    if random.random() < 0.2:
        return mutated_file(random, xml) if len(xml) > 100 else xml
    tokens = list(_tokens(xml))
    for _ in range(random.randint(1, 3)):
        if not tokens:
            break
        at = random.randrange(len(tokens))
        how = random.randrange(7)
        if how == 0:
            del tokens[at : at + random.choice((1, 1, 2, 30))]
        elif how == 1:
            tokens.insert(at, random.choice(tokens))
        elif how == 2:
            here = random.randrange(len(tokens))
            tokens[at], tokens[here] = tokens[here], tokens[at]
        elif how == 3:
            foreign = _tokens(other)
            start = random.randrange(len(foreign) or 1)
            tokens[at:at] = foreign[start : start + random.choice((1, 3, 12))]
        elif how == 4:
            tokens[at] = _mutated_token(random, tokens[at])
        elif how == 5:
            tokens[at] = random.choice(ODD)
        else:
            tokens[at] += random.choice(ODD)
    return b"".join(tokens)


def _mutated_token(random: Random, token: bytes) -> bytes:
    """Return a tag with the value of an attribute changed, or a text changed."""
    odd = random.choice(ODD)
    attributes = list(ATTRIBUTE.finditer(token))
    if not attributes:
        return token[: random.randrange(len(token) + 1)] + odd + token[random.randrange(len(token) + 1) :]
    start, end = random.choice(attributes).span()
    return token[: start + 2] + odd + token[end - 1 :]
