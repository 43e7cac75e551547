"""What the makers of bad files share: sound workbooks to spoil, and what must come of a spoilt one."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlsxwriter

from xxgk.records import Record
from xxgk.xlsx.book import open_book
from xxgk.xlsx.package import DAMAGED, TOO_BIG, UNSAFE

from support.packages import parts_of
from support.reports import report_of, sound_previous, sound_values
from support.workbooks import LAYOUT, filled

VALUES = sound_values(Random(7))
SOUND = filled(report_of(VALUES, sound_previous(VALUES)))
PARTS: Mapping[str, bytes] = parts_of(SOUND)
BOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
STRINGS = "xl/sharedStrings.xml"
# The input cell that is spoilt where any will do.
ADDRESS = "applications.new.person"
CELL = LAYOUT.figures[ADDRESS]
PART = open_book(SOUND).sheets[CELL.sheet]
SHEET = PARTS[PART].decode()


class Refused(Record):
    """The file must be refused, in under a second, with a sentence that says ``reason``."""

    reason: str


class Read(Record):
    """The file must be read like the sound one.

    ``codes`` are the findings that the sound one does not have; ``changed`` are the facts (see
    ``hostile_worker.facts_of``) that differ, None for one that is absent; all that begin with
    ``lost`` are absent.
    """

    codes: tuple[str, ...] = ()
    changed: Mapping[str, str | None] = {}
    lost: str = ""


AS_DAMAGED, AS_UNSAFE, AS_TOO_BIG, SAME = Refused(DAMAGED), Refused(UNSAFE), Refused(TOO_BIG), Read()


class Kind(Record):
    """A kind of bad file: its name with suffix, how its bytes are made, and what must come of it."""

    name: str
    make: Callable[[], bytes]
    expected: Refused | Read


def altered(part: str, *changes: tuple[str, str], parts: Mapping[str, bytes] = PARTS) -> bytes:
    """Return the sound workbook with texts of ``part`` replaced once; each must be there."""
    text = parts[part].decode()
    for old, new in changes:
        assert old in text, (part, old)
        text = text.replace(old, new, 1)
    return archived({**parts, part: text.encode()}.items())


def with_cell(cell: str, parts: Mapping[str, bytes] = PARTS) -> bytes:
    """Return the sound workbook with the input cell written as ``cell``; ``@`` stands for its reference."""
    pattern = rf'<c r="{CELL.ref}"[^<>]*?(?:/>|>.*?</c>)'
    text, count = re.subn(pattern, lambda _: cell.replace("@", CELL.ref), parts[PART].decode(), flags=re.DOTALL)
    assert count == 1
    return archived({**parts, PART: text.encode()}.items())


def with_rows(rows: str) -> bytes:
    """Return the sound workbook with more rows at the end of a sheet's data."""
    return altered(PART, ("</sheetData>", f"{rows}</sheetData>"))


def after_data(xml: str) -> bytes:
    """Return the sound workbook with an element after a sheet's data."""
    return altered(PART, ("</sheetData>", f"</sheetData>{xml}"))


def with_sheet_xml(xml: bytes) -> bytes:
    """Return the sound workbook with a sheet of this XML."""
    return archived({**PARTS, PART: xml}.items())


def with_data(rows: str) -> bytes:
    """Return the sound workbook with other rows in a sheet."""
    start, end = SHEET.index("<sheetData>"), SHEET.index("</sheetData>")
    return with_sheet_xml(f"{SHEET[:start]}<sheetData>{rows}{SHEET[end:]}".encode())


def noise(length: int) -> str:
    """Return text that does not pack well, so that no ratio gives it away."""
    return Random(3).randbytes(length // 2).hex()


def padding(mebibytes: int) -> str:
    """Return text of this size that packs so well that it fits, and badly enough to pass for honest XML."""
    words = noise(16 * 1_024 * mebibytes)
    return "".join(f"{' ' * 1_008}{words[at : at + 16]}" for at in range(0, len(words), 16))


def archived(members: Iterable[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    """Return a zip file of ``members``, names that come twice included, packed fast rather than well."""
    out = io.BytesIO()
    with warnings.catch_warnings(), ZipFile(out, "w", method, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of a name that comes twice
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


@cache
def by_openpyxl() -> bytes:
    """Return the sound workbook as openpyxl saves it: formulas without values."""
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(SOUND)).save(out)
    return out.getvalue()


@cache
def by_xlsxwriter() -> bytes:
    """Return the cells and names of the sound workbook as XlsxWriter writes them: with shared strings."""
    out = io.BytesIO()
    source = openpyxl.load_workbook(io.BytesIO(SOUND))
    target = xlsxwriter.Workbook(out, {"strings_to_formulas": True})
    for sheet in source:
        written = target.add_worksheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "d":
                    written.write_datetime(cell.row - 1, cell.column - 1, cell.value)
                elif cell.value is not None:
                    write = written.write_string if cell.data_type == "s" else written.write
                    write(cell.row - 1, cell.column - 1, cell.value)
    for name, defined in source.defined_names.items():
        target.define_name(name, f"={defined.value}")
    target.close()
    return out.getvalue()
