"""A verb on a copy of the open workbook: what to change comes back as a list, which the macro applies.

For programs that Python cannot reach into: LibreOffice, and WPS. The folder's files are described in
docs/decisions/0010-macros.md.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from xxgk.errors import UnreadableWorkbook
from xxgk.excel.changelist import change_list, escape, put, read_job
from xxgk.excel.opened import NEVER_SAVED, NOT_LOCAL, Home, Opened, Traces, read_opened
from xxgk.excel.run import run_verb
from xxgk.output.marks.looks import RULE
from xxgk.xlsx.book import Book, open_book
from xxgk.xlsx.conditional import cut_rules
from xxgk.xlsx.notes import read_conversations, read_notes
from xxgk.xlsx.package import load_file
from xxgk.xlsx.parts import Parts

JOB, COPY, CHANGES, PROGRESS = "job.txt", "in.xlsx", "changes.txt", "progress.txt"


def run_job(folder: Path) -> None:
    """Read the job in ``folder``, do its verb, and write the list of changes there.

    Raise ``XxgkError``, with one sentence for staff, when it cannot be done; then there is no list.
    """
    job = read_job((folder / JOB).read_text(encoding="ascii"))
    opened = open_copy(folder / COPY, home_of(job.get("url", "")))
    steps = run_verb(
        job["verb"], opened, job.get("answer", ""), lambda text: put(folder / PROGRESS, f"{escape(text)}\n")
    )
    put(folder / CHANGES, change_list(steps))


def open_copy(path: Path, home: Home) -> Opened:
    """Return the workbook whose copy is ``path``. Raise ``UnreadableWorkbook`` when it is none of ours."""
    try:
        book = open_book(load_file(path))
        return read_opened(book, _traces(book), home)
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"这本工作簿读不了：{error}。") from error


def home_of(url: str) -> Home:
    """Return where the workbook with this file URL is saved; "" is one that never was."""
    if not url:
        return Home(None, NEVER_SAVED)
    parts = urlsplit(url)
    name = unquote(parts.path)
    if parts.netloc not in ("", "localhost"):
        name = f"//{parts.netloc}{name}"  # a share
    elif re.match("/[A-Za-z]:", name):
        name = name[1:]  # a drive
    path = Path(name)
    if parts.scheme != "file" or not path.parent.is_dir():
        return Home(None, NOT_LOCAL)
    return Home(path)


def _traces(book: Book) -> Traces:
    parts = Parts(book.package)
    notes = {sheet: found for sheet, part in book.sheets.items() if (found := read_notes(parts, part))}
    coloured = tuple(sheet for sheet, part in book.sheets.items() if _coloured(parts.read(part)))
    conversations = ((sheet, cell) for sheet, part in book.sheets.items() for cell in read_conversations(parts, part))
    return Traces(notes, coloured, frozenset(conversations))


def _coloured(xml: bytes) -> bool:
    return cut_rules(xml, RULE) != xml
