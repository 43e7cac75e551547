"""XML parts of a workbook, parsed in a stream: namespaces by name, never by prefix; no DOCTYPE."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from xml.parsers import expat

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.package import DAMAGED, MEBIBYTE, TOO_BIG, UNSAFE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
SEPARATOR = " "
MAX_TOKEN = MEBIBYTE  # bytes of one tag or comment
MAX_TEXT = MEBIBYTE  # characters without a tag that ends them


def new_parser() -> expat.XMLParserType:
    """Return a parser that names elements ``namespace name`` and refuses a DOCTYPE (entities, bombs)."""
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def parse(parser: expat.XMLParserType, pieces: Iterable[bytes], texts: Sequence[str] = ()) -> None:
    """Feed ``pieces`` to ``parser``. Raise ``UnreadableWorkbook`` when they are no whole XML document.

    ``texts`` is where the parser's handlers collect the text of one element; it must not grow absurdly.
    """
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > MAX_TOKEN:
                # Expat looks through an unfinished token from its start again with every piece.
                raise UnreadableWorkbook(TOO_BIG)
            if sum(map(len, texts)) > MAX_TEXT:
                raise UnreadableWorkbook(TOO_BIG)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # An encoding that does not exist is a LookupError; a number that is none, a ValueError.
        raise UnreadableWorkbook(DAMAGED) from error


@functools.lru_cache(maxsize=1024)  # a part has few names, many times
def local_name(name: str) -> str:
    """Return the name of a spreadsheet element without its namespace, or "" for one of another namespace."""
    namespace, _, local = name.rpartition(SEPARATOR)
    return local if namespace in (TRANSITIONAL, STRICT) else ""


def _refuse_doctype(*_: object) -> NoReturn:
    raise UnreadableWorkbook(UNSAFE)
