"""How the reports of a workbook are to look: what a small text file beside it remembers."""

from __future__ import annotations

from pathlib import Path

from xxgk.errors import FileProblem, UsageProblem
from xxgk.files import replace_file
from xxgk.records import Record

FILE = "报告设置.txt"
SEAL, STYLE = "盖章", "样式文件"
YES, NO = "是", "否"
MAX_BYTES = 10_000


class Appearance(Record):
    """``sealed`` leaves room for a seal; ``style`` is an office's own reference docx, None for ours."""

    sealed: bool = False
    style: Path | None = None

    def style_bytes(self) -> bytes | None:
        """Return the reference docx. Raise ``FileProblem`` when it cannot be read."""
        if self.style is None:
            return None
        try:
            return self.style.read_bytes()
        except OSError as error:
            raise FileProblem(f"打不开样式文件 {self.style}：请核对文件名，并确认有权限读取。") from error


def appearance_beside(workbook: Path) -> Appearance:
    """Return what is remembered for all workbooks in the folder of ``workbook``; without the file, the usual look.

    Raise ``UsageProblem`` where the file says what nobody understands, ``FileProblem`` where it cannot be read.
    """
    file = workbook.absolute().parent / FILE
    try:
        if not file.is_file():
            return Appearance()
        data = file.read_bytes()[:MAX_BYTES]
    except OSError as error:
        raise FileProblem(f"打不开 {file}：请确认有权限读取，或者删掉它。") from error
    found = Appearance()
    for line in _decoded(data).splitlines():
        name, _, value = (part.strip() for part in line.replace("：", "=").partition("="))
        if name == SEAL and value in (YES, NO):
            found = Appearance(value == YES, found.style)
        elif name == STYLE and value:
            found = Appearance(found.sealed, file.parent / value)
        elif line.strip():
            raise UsageProblem(
                f"{file} 里看不懂“{line.strip()}”。可以写：{SEAL}={YES}，{STYLE}=文件名.docx；也可以删掉它。"
            )
    return found


def remember(workbook: Path, appearance: Appearance) -> None:
    """Write ``appearance`` beside ``workbook``. Raise ``FileProblem`` when it cannot be written."""
    folder = workbook.absolute().parent
    lines = [f"{SEAL}={YES if appearance.sealed else NO}"]
    if appearance.style is not None:
        style = appearance.style.absolute()
        # By its name alone, a folder can be moved with all that is in it.
        lines.append(f"{STYLE}={style.relative_to(folder) if style.is_relative_to(folder) else style}")
    replace_file(folder / FILE, "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig"))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # As old editors on Windows save it.
        return data.decode("gb18030", "replace")
