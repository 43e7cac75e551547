"""Typst, which sets PDF files and pictures. The only module that knows it."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from xxgk.errors import FileProblem, UsageProblem
from xxgk.machine.fonts import FONTS
from xxgk.records import Record
from xxgk.render.templating import FOLDER

if TYPE_CHECKING:
    from typst import Compiler

Kind = Literal["pdf", "svg", "png"]

MISSING = '生成 PDF 和图片要另外装一个部件，请先运行：pip install "xxgk[pdf]"。Word 文件和网页不需要它。'
NO_FONT = "这台电脑上没有中文字体，不能生成 PDF 和图片：请安装宋体、仿宋、黑体、楷体中的任何一种再试。"
REFUSED = "没有生成 PDF 或图片：排版时出错（{reason}）。请把工作簿发给维护人员。"
# A face that nothing looks like is better set in any Chinese one than in none.
LAST = "宋体"
# Where programs keep fonts that the system does not list. A folder that it does list would be searched twice.
FOLDERS = (
    "/opt/kingsoft/wps-office/office6/fonts",
    "/opt/apps/cn.wps.wps-office/files/kingsoft/wps-office/office6/fonts",
)


class Face(Record):
    """A font that the official layout asks for, and the family of this computer that it is set in."""

    wanted: str
    used: str

    @property
    def stands_in(self) -> bool:
        """Whether another family is used than the one asked for."""
        return self.used not in _own_names(self.wanted)


def faces(families: Sequence[str]) -> dict[str, Face]:
    """Return the face for each font of ``FONTS``, of what is among ``families``.

    Raise ``UsageProblem`` when no Chinese font is among them.
    """
    present = {family.lower(): family for family in families}
    found = {}
    for wanted, (_, others) in FONTS.items():
        rest = (name for font, (own, more) in FONTS.items() for name in (font, *own, *more))
        names = (*_own_names(wanted), *others, *_own_names(LAST), *FONTS[LAST][1], *rest)
        used = next((present[name.lower()] for name in names if name.lower() in present), "")
        if not used:
            raise UsageProblem(NO_FONT)
        found[wanted] = Face(wanted, used)
    return found


def installed_faces() -> dict[str, Face]:
    """Return the face for each font of ``FONTS`` on this computer. Raise ``UsageProblem`` as above."""
    return dict(_faces())


def compiled(template: str, data: Mapping[str, Any], output: Kind, **options: Any) -> bytes:
    """Return the file that ``template`` of our folder makes of ``data``.

    Raise ``UsageProblem`` when typst is not installed, ``TypstRefusal`` when it does not set this.
    """
    compiler = _compiler()
    from typst import TypstError

    source = (FOLDER / template).read_bytes()
    try:
        made = compiler.compile(source, format=output, sys_inputs={"data": json.dumps(data)}, **options)
    except TypstError as error:
        raise TypstRefusal(REFUSED.format(reason=error.message)) from error
    # Several pages come as a list, but all our pictures are one page long.
    assert isinstance(made, bytes)
    return made


class TypstRefusal(FileProblem):
    """Typst cannot set this, or not to the standard that was asked for."""


def _own_names(wanted: str) -> tuple[str, ...]:
    return (wanted, *FONTS[wanted][0])


@functools.cache
def _faces() -> Mapping[str, Face]:
    return faces(_fonts().families())


@functools.cache
def _fonts() -> Any:
    if find_spec("typst") is None:
        raise UsageProblem(MISSING)
    from typst import Fonts

    return Fonts(font_paths=list(_folders()))


@functools.cache
def _compiler() -> Compiler:
    fonts = _fonts()
    from typst import Compiler

    return Compiler(font_paths=fonts)


def _folders() -> Iterator[Path]:
    return (folder for folder in map(Path, FOLDERS) if folder.is_dir())
