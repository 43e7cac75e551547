"""A docx made into a PDF, page for page, by the LibreOffice of this computer."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from xxgk.errors import FileProblem, UsageProblem
from xxgk.machine.machine import this_machine
from xxgk.machine.programs import find_libreoffice

TIMEOUT = 180  # seconds; a first start makes a profile
NO_OFFICE = (
    "这台电脑上没有 LibreOffice，不能从 Word 文件转成 PDF。请去掉 --pdf-from，由 xxgk 自己排版；"
    "或者用 Word、WPS 打开生成的 .docx，另存为 PDF。"
)
FAILED = "LibreOffice 没有转成 PDF。请用 Word、WPS 打开生成的 .docx，另存为 PDF，或者去掉 --pdf-from 再试。"
FROM_OFFICE = "PDF 由 LibreOffice 从 Word 文件转成；字体用的是这台电脑上有的，缺少哪些请运行 xxgk doctor 查看。"


def office_pdf(docx: bytes) -> bytes:
    """Return the PDF that LibreOffice makes of ``docx``.

    Raise ``UsageProblem`` when it is not installed, ``FileProblem`` when it gives none.
    """
    program = find_libreoffice(this_machine())
    if program is None:
        raise UsageProblem(NO_OFFICE)
    with tempfile.TemporaryDirectory(prefix="xxgk-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "report.docx"
        source.write_bytes(docx)
        # A profile of its own: an open LibreOffice would take the file over and this one would end at once.
        profile = (folder / "profile").as_uri()
        command = [program.path, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        try:
            subprocess.run([*command, "--outdir", name, str(source)], check=True, capture_output=True, timeout=TIMEOUT)
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise FileProblem(FAILED) from error
