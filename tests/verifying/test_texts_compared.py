"""Texts held against those expected: breaks and blanks are no difference, everything else is named where it stands."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from xxgk.published.blocks import Line
from xxgk.verifying.printed import Passage
from xxgk.verifying.texts import Change, TextsCompared, compare_passages, shown

TEXTS = (
    "青石镇政府信息公开工作年度报告",
    "一、总体情况",
    "全年主动公开政府信息120条，其中规范性文件3件。",
    "（一）主动公开。重点公开财政预决算、行政许可、行政处罚等信息。",
    "全年收到申请13件，均在法定期限内答复，没有引起行政复议和行政诉讼。",
    "青石镇人民政府",
    "2024年1月20日",
)
WORDS = st.text(st.sampled_from("政府信息公开申请办理答复年度报告一二三0123456789，。、 "), min_size=1, max_size=40)
TEXT = WORDS.filter(lambda text: bool(shown(text)))


def passages(texts: tuple[str, ...] | list[str]) -> list[Passage]:
    """Return ``texts``, called by their numbers."""
    return [Passage(f"第{n}段", text) for n, text in enumerate(texts, 1)]


def compared(*lines: str, texts: tuple[str, ...] = TEXTS) -> TextsCompared:
    """Return what is said of a report with ``lines``."""
    return compare_passages(passages(texts), [Line(line) for line in lines])


@given(st.lists(TEXT, min_size=1, max_size=12), st.data())
def test_breaks_and_blanks_are_no_difference(texts: list[str], data: st.DataObject) -> None:
    whole = "".join(texts)
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(whole) - 1)))))
    lines = [whole[start:end] for start, end in pairwise((0, *cuts, len(whole)))]
    spaced = [Line(f" {line[:1]} \u3000{line[1:]}") for line in lines if shown(line)]
    found = compare_passages(passages(texts), spaced)
    assert found == TextsCompared(len(texts), (), ())


@given(st.lists(TEXT, max_size=8), st.lists(TEXT, max_size=8))
def test_a_difference_is_said_exactly_where_there_is_one(texts: list[str], lines: list[str]) -> None:
    found = compare_passages(passages(texts), [Line(line) for line in lines])
    same = [shown(text) for text in texts] == [shown(line) for line in lines]
    whole = shown("".join(texts)) == shown("".join(lines))
    assert bool(found.differences or found.aside) != whole
    assert found.same == len(texts) or not same
    for one in found.differences:
        assert one.expected != one.seen or one.change is Change.MOVED


def test_a_paragraph_in_two_parts_can_have_a_change_in_one() -> None:
    one, two = TEXTS[4][:12], TEXTS[4][12:].replace("没有", "也没有")
    (found,) = compared(*TEXTS[:4], one, two, *TEXTS[5:]).differences
    assert (found.change, found.where) == (Change.CHANGED, "第5段")
    assert [span.text for span in found.spans if span.kind.value == "added"] == ["也"]


def test_a_text_removed_beside_one_changed() -> None:
    changed = TEXTS[4].replace("13", "31")
    found = compared(*TEXTS[:3], changed, *TEXTS[5:])
    assert [(one.change, one.where) for one in found.differences] == [
        (Change.MISSING, "第4段"),
        (Change.CHANGED, "第5段"),
    ]
    assert found.same == len(TEXTS) - 2


def test_a_heading_with_quite_other_words_is_one_change() -> None:
    (found,) = compared(TEXTS[0], "甲乙丙丁", *TEXTS[2:]).differences
    assert (found.change, found.expected, found.seen) == (Change.CHANGED, TEXTS[1], "甲乙丙丁")


def test_texts_that_changed_places_are_one_move() -> None:
    found = compared(*TEXTS[:2], TEXTS[3], TEXTS[2], *TEXTS[4:])
    assert [one.change for one in found.differences] == [Change.MOVED]


def test_what_a_site_has_around_a_report_is_no_part_of_it() -> None:
    found = compared(
        "首页", "政务公开", TEXTS[0], "来源：青石镇  浏览次数：12", *TEXTS[1:], "打印本页", "主办单位：青石镇"
    )
    assert not found.differences
    assert found.aside == ("首页", "政务公开", "来源：青石镇浏览次数：12", "打印本页", "主办单位：青石镇")


def test_a_sentence_put_in_is_said_wherever_it_stands() -> None:
    for at in range(len(TEXTS) + 1):
        found = compared(*TEXTS[:at], "这一段是后来加的。", *TEXTS[at:])
        assert [(one.change, one.seen) for one in found.differences] == [(Change.ADDED, "这一段是后来加的。")]
        assert found.differences[0].where == (f"第{at}段" if at else "")


def test_titles_for_browsers_are_not_the_report_s_own() -> None:
    lines = [Line(f"{TEXTS[0]} - 青石镇政府信息公开年报"), Line(TEXTS[0][1:], level=1), *map(Line, TEXTS[1:])]
    (found,) = compare_passages(passages(TEXTS), lines).differences
    assert (found.change, found.seen) == (Change.CHANGED, TEXTS[0][1:])


def test_a_change_in_a_very_long_paragraph_is_shown_in_its_place() -> None:
    long = "".join(f"第{n}项工作已经完成；" for n in range(500))
    (found,) = compared(long.replace("第250项", "第999项"), texts=(long,)).differences
    assert [span.text for span in found.spans if span.kind.value != "same"] == ["250", "999"]


def test_absurdly_long_lines_do_not_take_for_ever() -> None:
    found = compared(*TEXTS[:2], "一二三" * 40_000, *TEXTS[3:])
    assert [one.change for one in found.differences] == [Change.CHANGED]
