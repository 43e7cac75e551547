"""The finished report written to files, for whoever asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from xxgk.checks.finding import Finding
from xxgk.files import file_stem, make_folder, publish_together
from xxgk.formats import Form
from xxgk.records import Record, replace
from xxgk.render.document import Document, build_document
from xxgk.render.outputs import Output, outputs_named
from xxgk.render.stamp import stamp
from xxgk.report import Report

FORMATS = outputs_named("docx,html")  # unless told otherwise
DRAFT = "（草稿）"


class Published(Record):
    """A file that was written, and the copy of one of that name which said something else, if there was any.

    ``notes`` are sentences for staff on the file.
    """

    path: Path
    kept: Path | None
    notes: tuple[str, ...]


def checked_document(report: Report, form: Form, findings: Iterable[Finding]) -> Document:
    """Return the document of ``report`` with the stamp of its check; with errors among ``findings`` it is a draft."""
    made = stamp(report, form, findings)
    return replace(build_document(report, form), draft=made.draft, stamp=made)


def publish_document(
    document: Document,
    folder: Path,
    otherwise: str,
    formats: Sequence[Output],
    style: bytes | None,
    tell: Callable[[str], None],
) -> tuple[Published, ...]:
    """Write ``document`` into ``folder``, once in each of ``formats``, under its title.

    ``otherwise`` is the name of the files where it has no title; a draft's name says that it is one. ``tell`` hears,
    in words for staff, how far the work is. Nothing is written before all formats are ready. Raise ``FileProblem``
    when a file cannot be written.
    """
    make_folder(folder)
    stem = (file_stem(document.title) or otherwise) + (DRAFT if document.draft else "")
    ready = []
    for number, output in enumerate(formats, 1):
        tell(f"正在生成报告：第 {number} 个文件，共 {len(formats)} 个…")
        ready.append((folder / f"{stem}{output.ending}", output.render(document, style)))
    kept = publish_together([(path, (made.data,)) for path, made in ready])
    return tuple(Published(path, copy, made.notes) for (path, made), copy in zip(ready, kept, strict=True))
