"""The docx on paper, measured: LibreOffice makes a PDF of it, and each length of GB/T 9704-2012 is read from that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from xxgk.jsonio import load_json
from xxgk.records import replace
from xxgk.render.document import Document, TableBlock, build_document, with_seal
from xxgk.render.docx import to_docx
from xxgk.render.title import title_lines
from xxgk.report import Figure, Paragraph, Report

from support.corpus import CORPUS
from support.documents import document_of, texts_of
from support.measure import ABOVE, Line, Page, measured, steps
from support.office import Office
from support.pictures import looks_like
from support.poppler import page_images
from support.reports import FORM, OLD_FORM, city, example, report_of, sound_values

pytestmark = [pytest.mark.office]

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
PITCH = 579 / 20 * 25.4 / 72
CHARACTER = 156 / 28
# Where an official face is not installed, the stand-in for its role alone (support/fonts.conf).
FACES = {
    "title": re.compile("FZXiaoBiaoSong|NotoSerifCJK.*Bold"),
    "heading": re.compile("SimHei|NotoSansCJK"),
    "second": re.compile("KaiTi_GB2312|LXGWWenKai-Regular"),
    "body": re.compile("FangSong_GB2312|LXGWWenKai-Light"),
    "cell": re.compile("SimSun|NotoSerifCJK.*Regular"),
}
Print = Callable[[Document], Path]
Draw = Callable[[Document], list[Page]]
# Pages of which a small image is kept: of the long report those that differ, from 0.
PICTURED = {"example": range(5), "city": (0, 1, 9, 10, 11), "old": range(3)}


def crowded() -> Report:
    """Return a report with a long unit name, numbers of 12 digits, remarks, notes and parts without text."""
    report = report_of(sound_values(Random(7)))
    figures = dict(report.figures)
    figures |= {f"applications.new.{c}": Figure(Random(c).randint(10**6, 10**7)) for c in ("person", "business")}
    figures |= {f"disputes.review.{c}": Figure(Random(c).randint(10**4, 10**5)) for c in ("upheld", "corrected")}
    figures["applications.other.rest.person"] = Figure(12, "含申请人主动撤回3件")
    figures["disclosure.licences.decisions"] = Figure(123456789012)
    return replace(
        report,
        unit="新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人民政府办公室",
        figures=figures,
        narrative={"overview": (Paragraph("本年度" + "公开" * 2_500 + "。"),)},
        table_notes=dict.fromkeys(FORM.tables, "含上年度结转数量；" * 9),
    )


def old() -> Report:
    return report_of(sound_values(Random(5), OLD_FORM), form=OLD_FORM)


REPORTS = {"example": example, "city": city, "crowded": crowded, "old": old}


@pytest.fixture(scope="module")
def printed(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Print:
    """Return what makes a PDF of a document, each document once."""
    folder = tmp_path_factory.mktemp("printed")
    made: dict[bytes, Path] = {}

    def pdf(document: Document) -> Path:
        data = to_docx(document)
        if data not in made:
            source = folder / f"{len(made)}.docx"
            source.write_bytes(data)
            opened = office.open(source)
            try:
                office.save_as(opened, source.with_suffix(".pdf"), "writer_pdf_Export")
            finally:
                opened.close(True)
            made[data] = source.with_suffix(".pdf")
        return made[data]

    return pdf


@pytest.fixture(scope="module")
def draw(printed: Print) -> Draw:
    """Return what measures the pages of a document, each document once."""
    known: dict[Path, list[Page]] = {}

    def pages(document: Document) -> list[Page]:
        pdf = printed(document)
        return known.setdefault(pdf, known.get(pdf) or measured(pdf))

    return pages


def near(value: float, within: float = 0.5) -> object:
    return pytest.approx(value, abs=within)


def lines_of(pages: list[Page]) -> list[Line]:
    """Return the lines of all pages without the page numbers, which stand below the text."""
    return [line for page in pages for line in page.lines if line.base < BOTTOM]


def page_of(pages: list[Page], heading: str) -> Page:
    (found,) = (page for page in pages if any(line.text == heading for line in page.lines))
    return found


def assert_looks(line: Line, role: str, size: float) -> None:
    assert all(FACES[role].search(font) and round(drawn) == round(size) for font, drawn in line.looks), line


def test_a_full_page_is_a4_with_22_lines_of_28_characters_between_the_margins(draw: Draw) -> None:
    report = replace(example(), narrative={"overview": (Paragraph("政" * 2_000),)})
    page = draw(build_document(report, FORM))[1]
    *text, _number = page.lines
    assert (page.width, page.height) == (near(210), near(297))
    assert [len(line.text) for line in text] == [28] * 22
    assert {round(line.left - LEFT, 1) for line in text} == {0.0}
    assert {round(line.right - RIGHT) for line in text} == {0}
    assert all(step == near(PITCH, 0.05) for step in steps([line.base for line in text]))
    assert text[0].base - ABOVE * PITCH == near(TOP)
    assert text[-1].base + (1 - ABOVE) * PITCH == near(BOTTOM)


def test_a_paragraph_of_726_characters_fills_26_lines(draw: Draw) -> None:
    # The first line has two characters less.
    report = replace(example(), narrative={"overview": (Paragraph("政" * 726),)})
    lines = [line for line in lines_of(draw(build_document(report, FORM))) if set(line.text) == {"政"}]
    assert [len(line.text) for line in lines] == [26] + [28] * 25


def test_every_role_has_its_face_and_size(draw: Draw) -> None:
    pages = draw(document_of(REPORTS["city"]()))
    first = pages[0].lines
    assert_looks(first[0], "title", 22)
    assert_looks(pages[0].line("一、"), "heading", 16)
    assert_looks(pages[0].line("（一）"), "second", 16)
    assert_looks(pages[0].line("2024年，"), "body", 16)
    assert_looks(pages[1].line("1."), "body", 16)
    assert_looks(next(line for line in lines_of(pages) if line.text.startswith("（1）")), "body", 16)
    assert_looks(first[-1], "cell", 14)
    assert_looks(page_of(pages, FORM.sections[3].heading).lines[1], "cell", 10.5)
    assert_looks(page_of(pages, FORM.sections[2].heading).lines[1], "cell", 9)


@pytest.mark.parametrize("name", REPORTS)
def test_the_title_is_centred_and_broken_by_sense(draw: Draw, name: str) -> None:
    document = document_of(REPORTS[name]())
    page = draw(document)[0]
    expected = title_lines(document.title_parts, 19)
    lines = page.lines[: len(expected)]
    assert [line.text for line in lines] == [*expected]
    for line in lines:
        assert line.middle == near((LEFT + RIGHT) / 2)
        assert line.left > LEFT - 0.1
        assert line.right < RIGHT + 0.1


@pytest.mark.parametrize("name", REPORTS)
def test_paragraphs_and_headings_begin_two_characters_in_and_lines_turn_at_the_margin(draw: Draw, name: str) -> None:
    document = document_of(REPORTS[name]())
    typed = {block.text.replace(" ", "")[:10] for block in document.blocks if hasattr(block, "text")}
    begun = [line for line in lines_of(draw(document)) if line.text[:10] in typed]
    assert len(begun) >= len(typed)
    assert {round(line.left - LEFT - 2 * CHARACTER, 0) for line in begun} == {0}


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_lost_and_nothing_leaves_the_margins(draw: Draw, name: str) -> None:
    document = document_of(REPORTS[name]())
    lines = lines_of(draw(document))
    printed = Counter("".join(line.text for line in lines))
    assert printed == Counter("".join("".join(texts_of(document)).split()))
    assert all(line.left > LEFT - 0.5 for line in lines)
    # The date alone may: LibreOffice sets digits apart from ideographs, whatever the document says.
    assert all(line.right < RIGHT + 1 for line in lines if not re.fullmatch(r"\d+年\d+月\d+日", line.text))
    assert all(line.right < RIGHT + 2 * CHARACTER for line in lines)


def test_page_numbers_stand_outside_one_character_in_seven_millimetres_below_the_text(draw: Draw) -> None:
    character = 14 * 25.4 / 72
    for number, page in enumerate(draw(document_of(REPORTS["city"]())), 1):
        line = page.lines[-1]
        assert line.text == f"—{number}—"
        edge = RIGHT - line.right if number % 2 else line.left - LEFT
        assert edge == near(character, 1)
        # The dash is drawn at a third of the letters' height.
        assert line.base - 14 * 25.4 / 72 / 3 == near(BOTTOM + 7, 1)


def test_unit_and_date_stand_right_without_a_seal(draw: Draw) -> None:
    unit, date = lines_of(draw(document_of(REPORTS["city"]())))[-2:]
    # The letters stand a little closer than their width is.
    assert unit.right == near(RIGHT - 2 * CHARACTER, 1.5)
    assert date.left - unit.left == near(2 * CHARACTER, 0.3)
    last = lines_of(draw(document_of(REPORTS["city"]())))[-3]
    assert unit.base - last.base == near(2 * PITCH)
    assert date.base - unit.base == near(PITCH)


def test_unit_and_date_stand_right_with_a_seal(draw: Draw) -> None:
    unit, date = lines_of(draw(with_seal(document_of(REPORTS["example"]()))))[-2:]
    assert date.right == near(RIGHT - 4 * CHARACTER, 1)
    # The stand-in's digits are wider than half an ideograph, and LibreOffice sets them apart from ideographs.
    assert unit.middle == near(date.middle, CHARACTER)


def test_a_long_unit_with_a_seal_ends_at_the_margin(draw: Draw) -> None:
    report = replace(example(), signature="新疆维吾尔自治区伊犁哈萨克自治州人民政府办公室")
    unit, date = lines_of(draw(with_seal(build_document(report, FORM))))[-2:]
    assert unit.right == near(RIGHT, 3)
    assert unit.left >= LEFT
    assert date.right == near(RIGHT - 4 * CHARACTER, 1)


def test_a_unit_longer_than_a_line_goes_on_in_the_next(draw: Draw) -> None:
    # Without a break of its own, which would make two texts of it for whoever reads the file back.
    first, second, date = lines_of(draw(document_of(REPORTS["crowded"]())))[-3:]
    assert first.text + second.text == crowded().unit
    assert (first.left, date.left - first.left) == (near(LEFT), near(2 * CHARACTER, 0.3))
    assert first.right < RIGHT + 1


@pytest.mark.parametrize("name", REPORTS)
def test_every_table_is_whole_on_one_page_with_its_heading_and_its_remarks(draw: Draw, name: str) -> None:
    document = document_of(REPORTS[name]())
    pages = draw(document)
    for heading, table in zip(document.blocks, document.blocks[1:], strict=False):
        if not isinstance(table, TableBlock):
            continue
        page = page_of(pages, heading.text)
        above = page.line(heading.text)
        assert all(cell.text.replace(" ", "") in in_columns(page) for cell in table.cells if cell.header and cell.text)
        top = min(rule.at for rule in page.across if rule.at > above.base)
        assert top - above.base < PITCH
        if table.notes:
            note = page.line(table.notes[0][:8])
            last = max(rule.at for rule in page.across if rule.at < note.base)
            assert note.base - last < PITCH


def in_columns(page: Page) -> str:
    """Return the text of a page's tables cell by cell, as far as a label goes: by column, from top to bottom."""
    inside = [char for line in page.lines for char in line.chars if between_rules(page, char.base, char.left)]
    cells: dict[tuple[float, float], list[tuple[float, float, str]]] = {}
    for char in inside:
        cells.setdefault(page.cell(char), []).append((round(char.base, 1), char.left, char.text))
    return "|".join("".join(text for *_, text in sorted(cell)) for cell in cells.values())


def between_rules(page: Page, base: float, left: float) -> bool:
    return any(r.at < left and r.start < base < r.end for r in page.down) and any(
        r.at > left and r.start < base < r.end for r in page.down
    )


@pytest.mark.parametrize("name", ["city", "crowded"])
def test_the_columns_of_the_third_table_are_wide_enough_to_read_and_its_numbers_aligned(draw: Draw, name: str) -> None:
    document = document_of(REPORTS[name]())
    heading = FORM.sections[3].heading
    page = page_of(draw(document), heading)
    top = page.line(heading).base
    numbers = next(line for line in page.lines if line.base > top and line.text.isdecimal())
    cells = {page.cell(char) for char in numbers.chars}
    assert len(cells) == 15
    assert all(right - left > 10 for left, right in cells)
    for left, right in cells:
        inside = [char for char in numbers.chars if page.cell(char) == (left, right)]
        assert (inside[0].left + inside[-1].right) / 2 == near((left + right) / 2)
        assert left < inside[0].left
        assert inside[-1].right < right
    assert min(char.size for char in numbers.chars) >= 8
    assert max(char.size for char in numbers.chars) == 10.5


def test_large_numbers_stay_in_one_piece_inside_their_cell(draw: Draw) -> None:
    pages = draw(document_of(REPORTS["crowded"]()))
    report = crowded()
    wanted = [str(report.figures[a].value) for a in ("disclosure.licences.decisions", "applications.new.person")]
    for number in wanted:
        (page, line) = next((page, line) for page in pages for line in page.lines if number in line.text)
        start = line.text.index(number)
        chars = line.chars[start : start + len(number)]
        assert len({page.cell(char) for char in chars}) == 1


def test_a_table_that_no_page_holds_breaks_between_rows_and_repeats_its_head(draw: Draw) -> None:
    report = report_of(sound_values(Random(1)))
    figures = {a: Figure(f.value, "其中转办三件") if a.startswith("app") else f for a, f in report.figures.items()}
    report = replace(report, figures=figures)
    pages = draw(build_document(report, FORM))
    with_table = [page for page in pages if "申请人情况" in page.text]
    assert len(with_table) > 1
    heading = page_of(pages, FORM.sections[2].heading)
    assert heading is with_table[0]
    assert max(rule.at for rule in heading.across) > heading.height / 2
    labels = "".join(map(in_columns, with_table))
    assert all(labels.count(label) >= 1 for label in ("（四）无法提供", "四、结转下年度继续办理"))
    # No row is cut: every piece of the table is closed by a rule that is as wide as the table.
    for page in with_table:
        assert max(rule.end for rule in page.down) == near(max(rule.at for rule in page.across), 1)


@pytest.mark.parametrize("name", REPORTS)
def test_no_heading_stands_alone_at_the_end_of_a_page(draw: Draw, name: str) -> None:
    headings = {block.text for block in document_of(REPORTS[name]()).blocks if hasattr(block, "level")}
    for page in draw(document_of(REPORTS[name]()))[:-1]:
        *_, last, _number = page.lines
        assert last.text not in headings


def test_an_empty_part_has_its_heading(draw: Draw) -> None:
    document = build_document(replace(example(), narrative={}), FORM)
    texts = [line.text for line in lines_of(draw(document))]
    assert [text for text in texts if text in {s.heading for s in FORM.sections}] == [s.heading for s in FORM.sections]


@pytest.mark.poppler
@pytest.mark.parametrize("name", PICTURED)
def test_pages_look_as_they_did_when_they_were_looked_at(printed: Print, name: str) -> None:
    images = page_images(printed(document_of(REPORTS[name]())))
    changed = [page for page in PICTURED[name] if not looks_like(f"docx-{name}-{page + 1}", images[page])]
    assert changed == []


@pytest.mark.corpus
def test_a_published_report_is_set_right(draw: Draw) -> None:
    report = load_json((CORPUS / "pingtan-2022.json").read_text(encoding="utf-8"))[0]
    pages = draw(build_document(report, FORM))
    assert len(pages) == 3
    for section in FORM.sections:
        page_of(pages, section.heading)
