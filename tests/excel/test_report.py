"""生成报告 from the open workbook: beside its file, from its unsaved figures, a draft only when asked for."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from xxgk.appearance import Appearance, remember
from xxgk.checks import check
from xxgk.errors import FileProblem
from xxgk.excel import actions as do
from xxgk.excel.actions import YES
from xxgk.excel.job import home_of
from xxgk.excel.opened import NEVER_SAVED, NOT_LOCAL, Home
from xxgk.excel.report import report_actions
from xxgk.render.document import with_seal
from xxgk.render.docx import reference_docx, to_docx
from xxgk.reporting import DRAFT, checked_document

from support.reports import FORM, example, with_figure
from support.steps import opened
from support.workbooks import filled

SOUND = filled(example())
WRONG = filled(with_figure(example(), "disputes.review.total", 9))


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".docx", ".html"))


def test_it_is_written_beside_the_workbook(tmp_path: Path) -> None:
    folder = tmp_path / "和平 镇=1"
    folder.mkdir()
    heard: list[str] = []
    actions = report_actions(opened(SOUND, tmp_path, Home(folder / "年报.xlsx")), "", heard.append)
    names = written(folder)
    assert [Path(name).suffix for name in names] == [".docx", ".html"]
    (path,) = (action.text for action in actions if action.op == do.OPEN)
    assert Path(path) == folder / names[0]
    assert heard[0] == "正在校验…"
    assert heard[-1].endswith("共 2 个…")


def test_it_looks_as_is_remembered_beside_the_workbook(tmp_path: Path) -> None:
    book = tmp_path / "年报.xlsx"
    style = tmp_path / "样式.docx"
    style.write_bytes(reference_docx())
    remember(book, Appearance(sealed=True, style=style))
    report_actions(opened(SOUND, tmp_path, Home(book)), "", lambda _: None)
    (report,) = tmp_path.glob("*报告.docx")
    sealed = with_seal(checked_document(example(), FORM, check(example(), FORM)))
    assert main_text(report.read_bytes()) == main_text(to_docx(sealed, style.read_bytes()))
    style.unlink()
    with pytest.raises(FileProblem, match="打不开样式文件"):
        report_actions(opened(SOUND, tmp_path, Home(book)), "", lambda _: None)


def main_text(docx: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml")


def test_errors_are_asked_about_first(tmp_path: Path) -> None:
    state = opened(WRONG, tmp_path, Home(tmp_path / "年报.xlsx"))
    ask, again, _ = report_actions(state, "", lambda _: None)
    assert "错误 1 处" in ask.text
    assert (again.op, again.text) == (do.AGAIN, "report")
    assert written(tmp_path) == []
    report_actions(state, YES, lambda _: None)
    assert len(written(tmp_path)) == 2
    assert all(DRAFT in name for name in written(tmp_path))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", NEVER_SAVED),
        ("https://d.docs.live.net/0a1b/%E5%B9%B4%E6%8A%A5.xlsx", NOT_LOCAL),
        ("file:///no/such/folder/a.xlsx", NOT_LOCAL),
        ("file://server/share/a.xlsx", NOT_LOCAL),
    ],
)
def test_without_a_folder_it_says_why(tmp_path: Path, url: str, why: str) -> None:
    with pytest.raises(FileProblem) as caught:
        report_actions(opened(SOUND, tmp_path, home_of(url)), "", lambda _: None)
    assert str(caught.value) == why


def test_a_file_url_with_any_name_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "和平镇 100%=#?.xlsx"
    assert home_of(path.as_uri()) == Home(path)
    assert home_of(path.as_uri().replace("file:///", "file://localhost/")) == Home(path)
