"""The stamp that a report file carries in its properties, read back."""

from __future__ import annotations

import re

from xxgk.errors import UnreadableWorkbook
from xxgk.render.stamp import Stamp, read_stamp
from xxgk.xlsx.package import LOCAL_MAGIC, open_package
from xxgk.xlsx.xmlstream import SEPARATOR, new_parser, parse

CUSTOM = "docProps/custom.xml"
PROPERTY = "property"
# A meta element of a web page, or name=value as a PDF's keywords and a comment have it.
PAIR = re.compile(rb'(xxgk-[a-z0-9]+)(?:=|:\s*|"\s+content=")([\w.+-]+)')
# A PDF's keywords in hexadecimal digits, as LibreOffice writes them.
KEYWORDS = re.compile(rb"/Keywords\s*<(FEFF[0-9A-Fa-f\s]*)>", re.IGNORECASE)


def stamp_of(data: bytes) -> Stamp | None:
    """Return the stamp that the report file in ``data`` carries, None where it has none that is whole."""
    if not data.startswith(LOCAL_MAGIC):
        return read_stamp(_of_text(data))
    try:
        return read_stamp(_of_package(data))
    except UnreadableWorkbook:
        return None


def _of_text(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in PAIR.findall(KEYWORDS.sub(_as_text, data)):
        # What comes again stands in the report's own text.
        found.setdefault(name.decode(), value.decode("ascii", "replace"))
    return found


def _as_text(keywords: re.Match[bytes]) -> bytes:
    digits = b"".join(keywords[1].split())
    # An odd number of digits ends in a 0 that is left out (ISO 32000-1, 7.3.4.3).
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()).decode("utf-16", "replace").encode()


def _of_package(data: bytes) -> dict[str, str]:
    package = open_package(data)
    names: list[str] = []
    values: list[str] = []
    if CUSTOM not in package:
        return {}

    def started(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(SEPARATOR)[2] == PROPERTY:
            names.append(attributes.get("name", ""))
            values.append("")

    def text(data: str) -> None:
        if values:
            values[-1] += data

    parser = new_parser()
    parser.StartElementHandler, parser.CharacterDataHandler = started, text
    parse(parser, package.stream(CUSTOM), values)
    return {name: value.strip() for name, value in zip(names, values, strict=True)}
