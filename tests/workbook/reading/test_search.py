"""Lines of a table told by their labels: certain, or not taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from xxgk.labels import fold
from xxgk.workbook.printed import Line
from xxgk.workbook.reading.index import index_texts
from xxgk.workbook.reading.lines import Seen, match_lines
from xxgk.workbook.reading.read import read_report
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.cells import SheetCells

from support.workbooks import LAYOUT, edited, filled, full_report

HEADS = ("本年新收", "上年结转", "予以公开", "部分公开", "属于国家秘密", "重复申请")


def lines(*heads: str) -> list[Line]:
    return [Line(at, head, (), True) for at, head in enumerate(heads, 1)]


def seen(*texts: str, start: int = 1) -> dict[int, Seen]:
    return {at: Seen(frozenset({fold(text)} if text else ())) for at, text in enumerate(texts, start)}


@given(st.lists(st.sampled_from((*HEADS, "", "小计")), max_size=12), st.integers(1, 40))
def test_a_line_is_taken_only_where_its_own_label_or_its_neighbours_put_it(texts: list[str], start: int) -> None:
    found = match_lines(lines(*HEADS), seen(*texts, start=start), None).found
    assert len(set(found.values())) == len(found)
    for line, at in found.items():
        text = texts[at - start]
        if text in HEADS:
            assert text == HEADS[line - 1]
        else:
            assert found.get(line - 1, at - 1) == at - 1
            assert any(other < line for other in found)
            assert any(other > line for other in found)


@given(st.permutations(HEADS))
def test_any_order_is_read_by_labels(order: list[str]) -> None:
    found = match_lines(lines(*HEADS), seen(*order), None).found
    assert {HEADS[line - 1]: order[at - 1] for line, at in found.items()} == {head: head for head in HEADS}


@given(st.integers(0, 8))
def test_of_labels_that_recur_the_missing_one_is_told_by_order(gone: int) -> None:
    heads = ("维持", "纠正", "总计") * 3
    here = [head for at, head in enumerate(heads) if at != gone]
    found = match_lines(lines(*heads), seen(*here), None).found
    assert gone + 1 not in found
    assert all(found[at] == (at if at <= gone else at - 1) for at in found)
    assert len(found) == len(heads) - 1


def test_a_doubled_label_is_neither() -> None:
    result = match_lines(lines("甲项目", "乙项目", "丙项目"), seen("甲项目", "乙项目", "乙项目", "丙项目"), None)
    assert result.found == {1: 1, 3: 4}
    assert result.doubled == {2}


def test_a_slip_is_forgiven_where_only_one_label_is_like_it() -> None:
    form = lines("2.其他法律行政法规禁止公开", "3.危及安全")
    assert match_lines(form, seen("其他法律行政止公开", "危及安全"), None).found == {1: 1, 2: 2}
    assert match_lines(form, seen("其他法律行政止公开", "其他法律行政法止公开", "危及安全"), None).found == {2: 3}


def test_names_decide_for_a_damaged_label_only_while_all_agree() -> None:
    form = lines(*HEADS)
    assert match_lines(form, seen(*HEADS[:-1], "别的"), 0).found[6] == 6
    assert 6 not in match_lines(form, seen(*HEADS[:-1], "别的"), None).found
    assert 6 not in match_lines(form, seen("新插入", *HEADS[:-1], "别的"), 0).found


def test_labels_are_folded_but_numbers_are_not_labels() -> None:
    assert fold("（三） 不予　公开") == fold("三、不予公开") == fold("不予公开")
    assert fold("三类内部事务信息") == "三类内部事务信息"
    assert fold("１.") == "1."
    cells = SheetCells(
        {"B2": ("inlineStr", "3.其他", "", ""), "C2": ("n", "5", "", ""), "ZZZ9": ("n", "1", "", "")}, ()
    )
    assert index_texts(cells).places == {"其他": ((2, 2),)}


def test_headings_of_the_next_part_are_not_taken_for_damaged_ones() -> None:
    """Two texts on one sheet have the same headings; one damaged heading must not lead to the other text."""
    data = filled(full_report())
    slot = LAYOUT.narrative["preface"]
    at = Cell(slot.sheet, slot.row - 1, slot.column).ref

    def damage(workbook: Workbook) -> None:
        workbook[slot.sheet][at] = "改过的"
        workbook[slot.sheet][slot.end.ref] = "引言的一段。"

    report = read_report(edited(data, damage))
    assert [paragraph.text for paragraph in report.narrative["preface"]][-1] == "引言的一段。"
    assert report.narrative["overview"] == full_report().narrative["overview"]
    assert [(remark.code, remark.seen) for remark in report.remarks] == [("S101", "改过的")]
