"""Report files opened in other programs and changed there; and ``xxgk verify`` as staff run it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument

from xxgk.checks import check
from xxgk.cli import main
from xxgk.formats import load_form
from xxgk.records import replace
from xxgk.render.docx import to_docx
from xxgk.render.html import to_html
from xxgk.render.markdown import to_markdown
from xxgk.render.pdf import to_pdf
from xxgk.render.stamp import stamp, stamp_keywords
from xxgk.render.text import to_text
from xxgk.report import Report
from xxgk.reporting import checked_document
from xxgk.verifying.stamps import stamp_of
from xxgk.workbook.template import new_workbook

from support.reports import example, with_figure

FORM = load_form("2021")
NEW = "applications.new.person"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the workbook and its report in every format."""
    report = example()
    (tmp_path / "a.xlsx").write_bytes(new_workbook(FORM, report, ".xlsx").data)
    document = checked_document(report, FORM, check(report, FORM))
    (tmp_path / "r.docx").write_bytes(to_docx(document))
    (tmp_path / "r.html").write_text(to_html(document), encoding="utf-8")
    (tmp_path / "r.md").write_text(to_markdown(document), encoding="utf-8")
    (tmp_path / "r.txt").write_text(to_text(document), encoding="utf-8-sig")
    return tmp_path


def verified(folder: Path, name: str, capsys: Capture, code: int) -> dict[str, object]:
    """Return what ``xxgk verify --format json`` says of a file, and expect an exit code."""
    capsys.readouterr()
    assert main(["verify", str(folder / name), str(folder / "a.xlsx"), "--format", "json"]) == code
    said: dict[str, object] = json.loads(capsys.readouterr().out)
    assert said["equal"] == (code == 0)
    return said


def only(said: dict[str, object], key: str) -> dict[str, object]:
    """Return the one thing said, which is of the kind ``key``."""
    kinds = ("figures", "labels", "misplaced_rows", "texts", "glance", "data", "unsure")
    assert {kind: said[kind] for kind in kinds if said[kind]}.keys() == {key}
    (one,) = said[key]  # type: ignore[misc]
    assert isinstance(one, dict)
    return one


@pytest.mark.parametrize("name", ["r.docx", "r.html", "r.md", "r.txt"])
def test_a_file_as_it_was_made_is_equal(folder: Path, name: str, capsys: Capture) -> None:
    said = verified(folder, name, capsys, 0)
    assert said["same"] == {"figures": 200, "texts": 21}
    assert said["stamp"] == (None if name == "r.txt" else said["workbook_stamp"])


# ------------------------------------------------------------------ Word


def in_word(folder: Path, edit: Callable[[WordDocument], object]) -> None:
    """Change the Word file as a person would."""
    word = docx.Document(str(folder / "r.docx"))
    edit(word)
    word.save(str(folder / "r.docx"))


def test_one_number_in_word(folder: Path, capsys: Capture) -> None:
    in_word(folder, lambda word: setattr(word.tables[1].cell(3, 3).paragraphs[0].runs[0], "text", "7"))
    one = only(verified(folder, "r.docx", capsys, 1), "figures")
    assert (one["address"], one["workbook"], one["report"]) == (NEW, "0", "7")
    assert (one["table"], one["row"]) == (2, 4)


def test_one_character_in_word(folder: Path, capsys: Capture) -> None:
    def edit(word: WordDocument) -> None:
        run = next(p for p in word.paragraphs if p.text.startswith("二是")).runs[0]
        run.text = run.text.replace("，", ",", 1)

    in_word(folder, edit)
    one = only(verified(folder, "r.docx", capsys, 1), "texts")
    assert one["change"] == "changed"
    assert str(one["workbook"]).replace("，", ",", 1) == one["report"]


def test_a_paragraph_taken_out_in_word(folder: Path, capsys: Capture) -> None:
    def edit(word: WordDocument) -> None:
        gone = next(p for p in word.paragraphs if p.text.startswith("三是"))._p
        gone.getparent().remove(gone)

    in_word(folder, edit)
    one = only(verified(folder, "r.docx", capsys, 1), "texts")
    assert one["change"] == "missing"
    assert str(one["workbook"]).startswith("三是")


def test_a_row_taken_out_and_rows_that_changed_places_in_word(folder: Path, capsys: Capture) -> None:
    in_word(folder, lambda word: word.tables[1].rows[9]._tr.addprevious(word.tables[1].rows[10]._tr))
    said = verified(folder, "r.docx", capsys, 1)
    assert len(said["misplaced_rows"]) == 1  # type: ignore[arg-type]
    assert not any(said[kind] for kind in ("figures", "labels", "texts", "unsure"))
    in_word(folder, lambda word: word.tables[1]._tbl.remove(word.tables[1].rows[9]._tr))
    said = verified(folder, "r.docx", capsys, 1)
    assert len(said["unsure"]) == 1  # type: ignore[arg-type]
    assert not any(said[kind] for kind in ("figures", "labels", "texts"))


# ------------------------------------------------------------------ text and web page


@pytest.mark.parametrize("name", ["r.html", "r.md", "r.txt"])
def test_one_character_in_a_text(folder: Path, name: str, capsys: Capture) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    heading = FORM.sections[4].heading
    assert text.count(heading) == 1
    path.write_text(text.replace(heading, heading[:-1]), encoding="utf-8")
    one = only(verified(folder, name, capsys, 1), "texts")
    assert (one["change"], one["workbook"], one["report"]) == ("changed", heading, heading[:-1])


@pytest.mark.parametrize("name", ["r.html", "r.md"])
def test_a_label_that_was_typed_anew(folder: Path, name: str, capsys: Capture) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    group = "（三）不予公开"
    assert text.count(group) == 1
    path.write_text(text.replace(group, "（三）不予公布"), encoding="utf-8")
    one = only(verified(folder, name, capsys, 1), "labels")
    assert (one["workbook"], one["report"]) == (group, "（三）不予公布")


def test_a_cell_that_is_no_number_is_shown_as_it_stands(folder: Path, capsys: Capture) -> None:
    path = folder / "r.html"
    text = path.read_text(encoding="utf-8")
    at = text.rindex(">0</td>")
    path.write_text(f"{text[:at]}>/{text[at + 2 :]}", encoding="utf-8")
    one = only(verified(folder, "r.html", capsys, 1), "figures")
    assert (one["workbook"], one["report"]) == ("0", "/")


def test_a_cell_over_two_rows_is_neither_equal_nor_different(folder: Path, capsys: Capture) -> None:
    path = folder / "r.html"
    text = path.read_text(encoding="utf-8")
    row = text.index("<tr", text.index("予以公开"))
    at = text.rindex("<td", 0, row)
    path.write_text(f'{text[:at]}<td rowspan="2"{text[at + 3 :]}', encoding="utf-8")
    said = verified(folder, "r.html", capsys, 1)
    assert said["unsure"]
    assert not said["figures"]


def test_what_stands_beside_the_report_is_compared_too(folder: Path, capsys: Capture) -> None:
    path = folder / "r.html"
    text = path.read_text(encoding="utf-8")
    start = text.index('data-xxgk="summary"')
    at = text.index("没有收到", start)
    path.write_text(f"{text[:at]}收到{text[at + 4 :]}", encoding="utf-8")
    one = only(verified(folder, "r.html", capsys, 1), "glance")
    assert "没有收到" in str(one["workbook"])
    data = text.index('id="xxgk-data"')
    old = text.index("0", text.index('"person"', data))
    path.write_text(f"{text[:old]}9{text[old + 1 :]}", encoding="utf-8")
    one = only(verified(folder, "r.html", capsys, 1), "data")
    assert (one["workbook"], one["report"]) == ("0", "9")


# ------------------------------------------------------------------ the stamp


def test_every_format_with_properties_carries_the_stamp() -> None:
    report = example()
    findings = check(report, FORM)
    document = checked_document(report, FORM, findings)
    made = stamp(report, FORM, findings)
    for data in (to_docx(document), to_html(document).encode(), to_markdown(document).encode(), to_pdf(document).data):
        assert stamp_of(data) == made
    # LibreOffice writes the keywords of a PDF so.
    digits = b"".join(f"{code:04x}".encode() for code in (0xFEFF, *map(ord, ", ".join(stamp_keywords(made)))))
    assert stamp_of(b"%PDF-1.7 /Keywords <" + digits[:90] + b"\r\n" + digits[90:] + b">") == made
    assert stamp_of(to_text(document).encode()) is None
    assert stamp_of(b"PK\x03\x04 is no package") is None


def test_the_stamp_tells_that_the_workbook_was_changed(folder: Path, capsys: Capture) -> None:
    assert "工作簿没有改过" in text_of(folder, 0, capsys)
    write_workbook(folder, with_figure(example(), NEW, 5))
    said = text_of(folder, 1, capsys)
    assert "工作簿改过" in said
    assert "工作簿是 5，报告是 0" in said


def test_a_change_that_is_not_printed_leaves_the_report_equal(folder: Path, capsys: Capture) -> None:
    write_workbook(folder, replace(example(), level="county"))
    said = text_of(folder, 0, capsys)
    assert "工作簿改过" in said
    assert "一致" in said


def write_workbook(folder: Path, report: Report) -> None:
    """Write another workbook in place of the one that the report was made of."""
    (folder / "a.xlsx").write_bytes(new_workbook(FORM, report, ".xlsx").data)


def text_of(folder: Path, code: int, capsys: Capture) -> str:
    """Return what the command says of the Word file, and expect an exit code."""
    assert main(["verify", str(folder / "r.docx"), str(folder / "a.xlsx")]) == code
    return capsys.readouterr().out.replace("\n", "")


# ------------------------------------------------------------------ wrong use


def test_files_the_wrong_way_round(folder: Path, capsys: Capture) -> None:
    assert main(["verify", str(folder / "a.xlsx"), str(folder / "r.docx")]) == 2
    assert "先写报告，再写工作簿" in capsys.readouterr().err


def test_a_file_that_is_no_report(folder: Path, capsys: Capture) -> None:
    (folder / "r.txt").write_text("会议通知", encoding="utf-8")
    assert main(["verify", str(folder / "r.txt"), str(folder / "a.xlsx")]) == 3
    assert "没有政府信息公开工作年度报告" in capsys.readouterr().err
