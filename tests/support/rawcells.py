"""Cells of a workbook set to whatever its XML can hold, error values and broken formulas too."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape
from zipfile import ZipFile

from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.book import open_book

from support.packages import parts_of


@dataclass(frozen=True)
class Raw:
    """What a cell holds: a value of a kind as the file names it ("" is nothing), and the formula that gave it."""

    kind: str = "n"
    value: str = ""
    formula: str = ""


def number(text: str) -> Raw:
    return Raw("n", text)


def text(value: str) -> Raw:
    return Raw("inlineStr", value)


def error(value: str) -> Raw:
    return Raw("e", value)


class RawBook:
    """A workbook taken apart, to be put together again with some cells replaced."""

    def __init__(self, data: bytes) -> None:
        self.parts = parts_of(data)
        self.sheets = open_book(data).sheets

    def with_cells(self, cells: Mapping[Cell, Raw]) -> bytes:
        """Return the workbook with ``cells``, each of which the sheet must have already, replaced."""
        parts = dict(self.parts)
        for cell, raw in cells.items():
            part = self.sheets[cell.sheet]
            parts[part] = _replaced(parts[part], cell, raw)
        out = io.BytesIO()
        with ZipFile(out, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return out.getvalue()


def _replaced(xml: bytes, cell: Cell, raw: Raw) -> bytes:
    pattern = rf'<c r="{cell.ref}"((?: [a-z]+="[^"]*")*)(?:/>|>.*?</c>)'.encode()
    found = re.search(pattern, xml, re.DOTALL)
    assert found is not None, f"{cell} is not in the sheet"
    style = re.search(rb' s="[^"]*"', found[1])
    formula = f"<f>{escape(raw.formula)}</f>" if raw.formula else ""
    value = f"<v>{escape(raw.value)}</v>" if raw.value else ""
    if raw.kind == "inlineStr":
        value = f'<is><t xml:space="preserve">{escape(raw.value)}</t></is>'
    head = f'<c r="{cell.ref}"{style[0].decode() if style else ""} t="{raw.kind}">'
    return xml[: found.start()] + f"{head}{formula}{value}</c>".encode() + xml[found.end() :]
