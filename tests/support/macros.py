"""The VBA source of this checkout, and what a compiled workbook says that it holds."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from pathlib import Path

from xxgk.resources import resource
from xxgk.workbook.building.macros import read_sources

FOLDER: Path = resource("macros", "")
SOURCES = read_sources(FOLDER)
PUBLIC_SUB = re.compile(r"^Public Sub (\w+)\((.*)\)$", re.MULTILINE)


def extracted(workbook: bytes) -> Mapping[str, str]:
    """Return the modules in ``workbook``, as olevba takes them out, by their names."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of olevba's own libraries
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser("book.xlsm", data=workbook)
        try:
            found = [(name.rpartition(".")[0], code) for _, _, name, code in parser.extract_macros()]
        finally:
            parser.close()
    return {name: code.replace("\r\n", "\n") for name, code in found}


def unescaped(text: str) -> str:
    """Return what the VBA function ``Txt`` makes of escapes."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
