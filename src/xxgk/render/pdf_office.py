"""A docx made into a PDF, page for page, by the LibreOffice or the Word of this computer."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from xxgk.errors import FileProblem, UsageProblem
from xxgk.machine.machine import this_machine
from xxgk.machine.programs import find_libreoffice, find_word
from xxgk.records import Record

TIMEOUT = 180  # seconds; a first start makes a profile
NO_OFFICE = (
    "这台电脑上没有 LibreOffice，也没有 Word，不能从 Word 文件转成 PDF。请去掉 --pdf-from，由 xxgk 自己排版；"
    "或者用 WPS 打开生成的 .docx，另存为 PDF。"
)
FAILED = "LibreOffice 没有转成 PDF。请用 Word、WPS 打开生成的 .docx，另存为 PDF，或者去掉 --pdf-from 再试。"
_FONTS = "字体用的是这台电脑上有的，缺少哪些请运行 xxgk doctor 查看。"
FROM_LIBREOFFICE = f"PDF 由 LibreOffice 从 Word 文件转成；{_FONTS}"
FROM_WORD = f"PDF 由 Word 从 Word 文件转成；{_FONTS}"


class OfficePdf(Record):
    """A PDF, and a sentence on which program made it."""

    data: bytes
    note: str


def office_pdf(docx: bytes) -> OfficePdf:
    """Return the PDF that LibreOffice makes of ``docx``, or Word where that is not installed.

    Raise ``UsageProblem`` when there is neither, ``FileProblem`` when it gives none.
    """
    machine = this_machine()
    libreoffice = find_libreoffice(machine)
    if libreoffice is None and find_word(machine) is None:
        raise UsageProblem(NO_OFFICE)
    with tempfile.TemporaryDirectory(prefix="xxgk-", ignore_cleanup_errors=True) as name:
        source = Path(name) / "report.docx"
        source.write_bytes(docx)
        if libreoffice is not None:
            return OfficePdf(_libreoffice_pdf(libreoffice.path, source), FROM_LIBREOFFICE)
        from xxgk.render.pdf_word import word_pdf

        return OfficePdf(word_pdf(source), FROM_WORD)


def _libreoffice_pdf(program: str, source: Path) -> bytes:
    # A profile of its own: an open LibreOffice would take the file over and this one would end at once.
    profile = (source.parent / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(source.parent), str(source)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
        return source.with_suffix(".pdf").read_bytes()
    except (OSError, subprocess.SubprocessError) as error:
        raise FileProblem(FAILED) from error
