"""The PDF that typst sets: every text and number, the lengths of GB/T 9704-2012 measured, and what archives want."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from render.reading import reports
from xxgk.errors import UsageProblem
from xxgk.records import replace
from xxgk.render import typst_run
from xxgk.render.document import Document, TableBlock, build_document, with_seal
from xxgk.render.pdf import NOT_DATED, NOT_KEPT, to_pdf, told_fonts
from xxgk.render.stamp import read_stamp
from xxgk.render.title import title_lines
from xxgk.render.typst_run import Face, faces, installed_faces
from xxgk.report import Figure, Paragraph, Report
from xxgk.reporting import checked_document

from support.documents import document_of, texts_of
from support.measure import Page, measured, steps
from support.pictures import looks_like
from support.poppler import facts, fonts_of, page_images, pages_as_read
from support.reports import FORM, OLD_FORM, city, example, report_of, sound_values, zero_report
from support.sizes import FULL

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
PITCH, CHARACTER = 28.95 * 25.4 / 72, 15.75 * 25.4 / 72
EXAMPLES = 20 if FULL else 2
Drawn = Callable[[str], list[Page]]


def crowded() -> Report:
    """Return a report with a long name, numbers of 12 digits, remarks, notes, a web address and an empty part."""
    report = report_of(sound_values(Random(7)))
    figures = dict(report.figures)
    figures |= {f"applications.new.{c}": Figure(Random(c).randint(10**11, 10**12)) for c in ("person", "business")}
    figures |= {f"disputes.review.{c}": Figure(Random(c).randint(10**11, 10**12)) for c in ("upheld", "corrected")}
    figures["applications.other.rest.person"] = Figure(12, "含申请人主动撤回3件")
    address = "http://www.example.gov.cn/zwgk/" + "xxgk" * 30 + "/index.html"
    return replace(
        report,
        unit="新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人民政府办公室",
        figures=figures,
        narrative={"overview": (Paragraph(f"电子版见 {address} 。"), Paragraph("政" * 5_000))},
        table_notes=dict.fromkeys(FORM.tables, "含上年度结转数量；" * 9),
    )


REPORTS = {
    "example": example,
    "city": city,
    "crowded": crowded,
    "old": lambda: report_of(sound_values(Random(5), OLD_FORM), form=OLD_FORM),
    "empty": lambda: Report(FORM.id),
}


def pages_of(folder: Path, document: Document) -> list[Page]:
    path = folder / "report.pdf"
    path.write_bytes(to_pdf(document).data)
    return measured(path)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """Return what gives the pages of one of ``REPORTS``, each made once."""
    folder = tmp_path_factory.mktemp("drawn")
    return cache(lambda name: pages_of(folder, document_of(REPORTS[name]())))


def near(value: float, within: float = 0.4) -> object:
    return pytest.approx(value, abs=within)


@pytest.mark.parametrize("name", REPORTS)
def test_every_character_is_printed_inside_the_margins(drawn: Drawn, name: str) -> None:
    document = document_of(REPORTS[name]())
    lines = [line for page in drawn(name) for line in page.lines if line.base < BOTTOM]
    printed = Counter("".join(line.text for line in lines))
    assert printed == Counter("".join("".join(texts_of(document)).split()))
    # An opening mark at a line's beginning, or a closing one at its end, has its empty half outside.
    assert all(line.left > LEFT - CHARACTER / 2 - 0.1 and line.right < RIGHT + CHARACTER / 2 + 0.1 for line in lines)


@settings(max_examples=EXAMPLES)
@given(reports())
def test_any_report_is_set_with_every_number(report: Report) -> None:
    document = build_document(report, FORM)
    text = re.sub(
        r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(document).data)).pages)
    )
    for block in document.blocks:
        if isinstance(block, TableBlock):
            assert all(number in text for cell in block.cells for number in re.findall(r"[\d.]+", cell.text))


def test_a_full_page_is_a4_with_22_lines_of_28_characters(drawn: Drawn) -> None:
    page = drawn("crowded")[1]
    *text, _number = page.lines
    assert (page.width, page.height) == (near(210), near(297))
    assert [len(line.text) for line in text] == [28] * 22
    assert all(line.left == near(LEFT) and line.right == near(RIGHT) for line in text)
    assert all(step == near(PITCH, 0.02) for step in steps([line.base for line in text]))
    # A character fills its line: its base line lies a fifth of it above the edge.
    assert text[0].base - 0.8 * 16 * 25.4 / 72 == near(TOP)
    assert text[-1].base < BOTTOM


@pytest.mark.parametrize("name", ["example", "city"])
def test_the_title_is_centred_and_paragraphs_begin_two_characters_in(drawn: Drawn, name: str) -> None:
    document = document_of(REPORTS[name]())
    pages = drawn(name)
    expected = title_lines(document.title_parts, 19)
    lines = pages[0].lines[: len(expected)]
    assert [line.text for line in lines] == [*expected]
    assert all(line.middle == near((LEFT + RIGHT) / 2) for line in lines)
    typed = {block.text.replace(" ", "")[:10] for block in document.blocks if hasattr(block, "text")}
    begun = [line for page in pages for line in page.lines if line.text[:10] in typed]
    assert {text for text in typed if text in {line.text[:10] for line in begun}} == typed
    assert all(line.left - LEFT == near(2 * CHARACTER, 1.5) for line in begun)


def test_page_numbers_stand_outside_seven_millimetres_below_the_text(drawn: Drawn) -> None:
    character = 14 * 25.4 / 72
    for number, page in enumerate(drawn("city"), 1):
        line = page.lines[-1]
        assert line.text == f"—{number}—"
        assert (RIGHT - line.right if number % 2 else line.left - LEFT) == near(character, 1)
        # The dash lies about a third of the size above the base line.
        assert line.base - 0.35 * character - BOTTOM == near(7, 0.7)


@pytest.mark.parametrize("sealed", [False, True])
def test_the_signature_stands_where_the_standard_wants_it(tmp_path: Path, sealed: bool) -> None:
    document = document_of(REPORTS["example"]())
    *_, unit, day, _number = pages_of(tmp_path, with_seal(document) if sealed else document)[-1].lines
    if sealed:
        assert unit.middle == near(day.middle, 2)
        assert RIGHT - day.right == near(4 * CHARACTER, 3)
    else:
        assert RIGHT - unit.right == near(2 * CHARACTER, 1)
        assert day.left - unit.left == near(2 * CHARACTER, 0.5)


@pytest.mark.parametrize("name", ["example", "city", "old"])
def test_each_table_stands_on_one_page_below_its_heading(drawn: Drawn, name: str) -> None:
    document = document_of(REPORTS[name]())
    pages = ["".join(line.text for line in page.lines) for page in drawn(name)]
    for heading, table in zip(document.blocks, document.blocks[1:], strict=False):
        if isinstance(table, TableBlock):
            (page,) = (page for page in pages if heading.text in page)  # type: ignore[union-attr]
            for cell in table.cells:
                assert not set(cell.text.replace(" ", "")) - set(page)


def test_a_long_number_stays_in_one_line_of_its_cell(drawn: Drawn) -> None:
    document = document_of(REPORTS["crowded"]())
    numbers = {cell.text for block in document.blocks if isinstance(block, TableBlock) for cell in block.cells}
    long = {number for number in numbers if re.fullmatch(r"\d{12,}", number)}
    assert long
    text = " ".join(line.text for page in drawn("crowded") for line in page.lines)
    assert all(number in text for number in long)


@pytest.mark.poppler
@pytest.mark.parametrize("draft", [False, True])
def test_the_file_is_tagged_for_keeping_and_carries_its_fonts(tmp_path: Path, draft: bool) -> None:
    path = tmp_path / "report.pdf"
    made = to_pdf(replace(document_of(REPORTS["example"]()), draft=draft))
    path.write_bytes(made.data)
    told = facts(path)
    assert re.search(r"Tagged: +yes", told)
    assert re.search(r"Page size: .*A4", told)
    assert made.notes == (told_fonts(tuple(installed_faces().values())),)
    reader = PdfReader(path)
    metadata = reader.xmp_metadata
    assert metadata is not None
    described = metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in described
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert reader.trailer["/Root"]["/Lang"].lower().startswith("zh")
    for font in fonts_of(path):
        assert (font.embedded, font.subset, font.unicode) == (True, True, True)
    assert all(("草稿" in "".join(page.split())) == draft for page in pages_as_read(path))


@pytest.mark.poppler
def test_the_pages_look_as_they_did(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(to_pdf(document_of(REPORTS["example"]())).data)
    images = page_images(path)
    assert [looks_like(f"pdf-example-{number}", image) for number, image in enumerate(images, 1)] == [True] * 5
    path.write_bytes(to_pdf(document_of(REPORTS["city"]())).data)
    # The first page, and those of the tables.
    images = page_images(path)
    kept = {1: images[0], **{number: images[number - 1] for number in range(10, 13)}}
    assert {number: looks_like(f"pdf-city-{number}", image) for number, image in kept.items()} == dict.fromkeys(
        kept, True
    )


def test_properties_outline_and_stamp() -> None:
    document = checked_document(example(), FORM, ())
    reader = PdfReader(io.BytesIO(to_pdf(document).data))
    properties = reader.metadata
    assert properties is not None
    assert (properties.title, properties.author, properties.subject) == (document.title, example().unit, FORM.document)
    assert properties.creation_date is not None
    assert properties.creation_date.date() == example().date
    entries = dict(entry.split("=", 1) for entry in (properties.keywords or "").split(", "))
    assert read_stamp(entries) == document.stamp
    outline = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert outline == [section.heading for section in FORM.sections]


def test_nothing_in_a_workbook_is_read_as_typst() -> None:
    odd = '#panic("no") #{1+1} $x$ *b* _i_ `c` <l> @r // n /* n */ \\ = h - l #sys.inputs "q" \' ~ -- [x]'
    report = replace(
        zero_report(), unit=odd, title=odd, narrative={"overview": (Paragraph(odd), Paragraph(odd, 2))},
        table_notes={"disputes": odd}, figures={"disclosure.normative.made": Figure(1, odd)},
    )  # fmt: skip
    reader = PdfReader(io.BytesIO(to_pdf(build_document(report, FORM)).data))
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    assert text.count(re.sub(r"\s", "", odd)) == 6


def test_equal_reports_give_equal_files() -> None:
    assert to_pdf(document_of(REPORTS["city"]())).data == to_pdf(document_of(REPORTS["city"]())).data


def test_without_a_date_it_is_not_for_keeping_and_says_so() -> None:
    assert to_pdf(build_document(replace(example(), date=None), FORM)).notes[1:] == (NOT_DATED,)


def test_a_sign_that_no_font_has_is_said() -> None:
    rare = replace(example(), narrative={"overview": (Paragraph("某\U000f0000村。"),)})
    made = to_pdf(build_document(rare, FORM))
    assert made.notes[1:] == (NOT_KEPT,)
    assert "某" in PdfReader(io.BytesIO(made.data)).pages[0].extract_text()


def test_sub_headings_of_any_rank_are_set() -> None:
    text = tuple(Paragraph(f"小标题{level}", level) for level in (4, 2, 4, 3))
    made = to_pdf(build_document(replace(example(), narrative={"overview": text}), FORM))
    assert len(made.notes) == 1  # it is for keeping: no rank is left out in the outline


# ------------------------------------------------------------------ fonts


def test_each_face_is_the_official_one_where_it_is_there_else_the_likest() -> None:
    families = ("FZXiaoBiaoSong-B05S", "FangSong", "KaiTi", "SimHei", "SimSun", "Arial")
    found = faces(families)
    assert {face.wanted: face.used for face in found.values()} == {
        "方正小标宋简体": "FZXiaoBiaoSong-B05S",
        "仿宋_GB2312": "FangSong",
        "楷体_GB2312": "KaiTi",
        "黑体": "SimHei",
        "宋体": "SimSun",
    }
    assert [face.wanted for face in found.values() if face.stands_in] == ["仿宋_GB2312", "楷体_GB2312"]


def test_one_chinese_font_is_enough_and_none_is_said() -> None:
    assert {face.used for face in faces(["Noto Sans CJK SC", "Arial"]).values()} == {"Noto Sans CJK SC"}
    with pytest.raises(UsageProblem, match="没有中文字体"):
        faces(["Arial"])


def test_staff_hear_which_fonts_were_used() -> None:
    own, other = Face("黑体", "SimHei"), Face("仿宋_GB2312", "FangSong")
    assert told_fonts((own,)) == "PDF 用的字体：黑体，都嵌在文件里。"
    assert "没有仿宋_GB2312（用 FangSong 代替）" in told_fonts((own, other))


def test_a_missing_part_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst_run, "find_spec", lambda _: None)
    for cached in (typst_run._fonts, typst_run._faces, typst_run._compiler):
        cached.cache_clear()
    with pytest.raises(UsageProblem, match=r'pip install "xxgk\[pdf\]"'):
        to_pdf(document_of(REPORTS["example"]()))
