"""The finished report written to files, for whoever asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from xxgk.files import file_stem, make_folder, publish
from xxgk.records import Record
from xxgk.render.document import Document
from xxgk.render.outputs import OUTPUTS

FORMATS = ("docx", "html")  # unless told otherwise
DRAFT = "（草稿）"


class Published(Record):
    """A file that was written, and the copy of one of that name which said something else, if there was any."""

    path: Path
    kept: Path | None


def publish_document(
    document: Document,
    folder: Path,
    otherwise: str,
    formats: Sequence[str],
    style: bytes | None,
    tell: Callable[[str], None],
) -> tuple[Published, ...]:
    """Write ``document`` into ``folder``, once in each of ``formats`` (see ``OUTPUTS``), under its title.

    ``otherwise`` is the name of the files where it has no title; a draft's name says that it is one. ``tell`` hears,
    in words for staff, how far the work is. Nothing is written before all formats are ready. Raise ``FileProblem``
    when a file cannot be written.
    """
    make_folder(folder)
    stem = (file_stem(document.title) or otherwise) + (DRAFT if document.draft else "")
    ready = []
    for number, name in enumerate(formats, 1):
        tell(f"正在生成报告：第 {number} 个文件，共 {len(formats)} 个…")
        ready.append((folder / f"{stem}.{name}", OUTPUTS[name](document, style)))
    return tuple(Published(path, publish(path, data)) for path, data in ready)
