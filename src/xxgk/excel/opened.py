"""The workbook that staff have open, as a verb sees it: read once, whichever way it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xxgk.records import Record
from xxgk.report import Report
from xxgk.workbook.reading.locate import Places, locate
from xxgk.workbook.reading.read import report_in
from xxgk.xlsx.cells import SheetCells

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.workbook.reading.source import Source

NEVER_SAVED = "这本工作簿还没有存过盘，不知道放在哪个文件夹。请先存盘，再试一次。"
NOT_LOCAL = "这本工作簿在网上（如 OneDrive），找不到它在这台电脑上的文件夹。请另存到本机的文件夹，再试一次。"


class Home(Record):
    """Where the workbook is saved; ``path`` is None where it has no file here, and ``why`` says so."""

    path: Path | None
    why: str = ""


class Traces(Record):
    """What an earlier check may have left: all notes, by sheet and cell, and the sheets with colours of ours.

    ``conversations`` are cells that can have no note, as far as the program tells.
    """

    notes: Mapping[str, Mapping[str, str]]
    coloured: tuple[str, ...]
    conversations: frozenset[tuple[str, str]] = frozenset()


class Opened(Record):
    """An open workbook: its cells and names (``source``), where all stands, what it says, and where it is saved."""

    source: Source
    places: Places
    report: Report
    traces: Traces
    home: Home

    def cells(self, sheet: str) -> SheetCells:
        """Return the cells of any sheet."""
        return self.places.sheets.get(sheet) or self.source.cells(sheet)


def read_opened(source: Source, traces: Traces, home: Home) -> Opened:
    """Return the open workbook. Raise ``UnreadableWorkbook`` when it is none of ours."""
    places = locate(source)
    return Opened(source, places, report_in(places, source), traces, home)
