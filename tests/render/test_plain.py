"""The report as plain text: what stands on which line."""

from __future__ import annotations

from xxgk.records import replace
from xxgk.render.document import DRAFT_MARK, TableBlock, build_document
from xxgk.render.outputs import OUTPUTS
from xxgk.render.text import to_text

from support.reports import FORM, example

DOCUMENT = build_document(example(), FORM)


def lines_of_table(index: int) -> list[str]:
    text = to_text(DOCUMENT).split("\n")
    starts = [at for at, line in enumerate(text) if line.startswith("\t") and not text[at - 1].startswith("\t")]
    blocks = [block for block in DOCUMENT.blocks if isinstance(block, TableBlock)]
    before = sum(block.height for block in blocks[:index])
    return text[starts[before] : starts[before + blocks[index].height - 1]]


def test_each_cell_has_its_line_and_each_row_ends_with_a_blank_one() -> None:
    lines = lines_of_table(2)
    assert lines[:3] == ["\t行政复议", "\t行政诉讼", ""]
    assert lines.count("") == 3
    # What is merged with the cell above is there, blank.
    assert lines[-16:-11] == ["\t"] * 5


def test_title_headings_and_signature_stand_on_lines_of_their_own() -> None:
    lines = to_text(DOCUMENT).split("\n")
    assert lines[0] == DOCUMENT.title
    assert [line for line in lines if line in {section.heading for section in FORM.sections}] == [
        section.heading for section in FORM.sections
    ]
    assert lines[-4:] == ["", "和平镇人民政府", "2024年1月23日", ""]


def test_a_draft_says_so() -> None:
    assert to_text(replace(DOCUMENT, draft=True)).startswith(f"{DRAFT_MARK}\n")


def test_the_file_is_as_old_notepads_want_it() -> None:
    data = OUTPUTS["txt"][0].render(DOCUMENT, None).data
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
