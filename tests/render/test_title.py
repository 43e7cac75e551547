from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.render.setting import characters
from xxgk.render.title import title_lines

ENDING = "政府信息公开工作年度报告"
ROOM = 19.0


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("2023年和平镇", ["2023年和平镇政府信息公开工作年度报告"]),
        ("2024年镇江市丹徒区住房和城乡建设局", ["2024年镇江市丹徒区住房和城乡建设局", ENDING]),
        (
            "2024年新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县",
            ["2024年新疆维吾尔自治区", "伊犁哈萨克自治州察布查尔锡伯自治县", ENDING],
        ),
        (
            "2024年内蒙古自治区锡林郭勒盟东乌珠穆沁旗市场监督管理局",
            ["2024年内蒙古自治区锡林郭勒盟", "东乌珠穆沁旗市场监督管理局", ENDING],
        ),
        (
            "2024年湖北省恩施土家族苗族自治州宣恩县椿木营乡",
            ["2024年湖北省恩施土家族苗族自治州", f"宣恩县椿木营乡{ENDING}"],
        ),
    ],
)
def test_a_long_title_breaks_after_a_name(name: str, lines: list[str]) -> None:
    assert list(title_lines((name, ENDING), ROOM)) == lines


def test_lines_that_were_typed_are_the_first_choice() -> None:
    assert title_lines(("云岭州市场监督管理局", "2024年政府信息公开工作年度报告"), ROOM)[0] == "云岭州市场监督管理局"


WORDS = ("市场", "市政", "镇江", "城镇", "乡村", "城乡", "社区", "区域", "县级", "自治州", "自治县", "行省")


@pytest.mark.parametrize("word", WORDS)
def test_no_word_is_broken_that_a_division_seems_to_end_in(word: str) -> None:
    for before in range(6, 18):
        title = "甲" * before + "县" + word + "管理局" + ENDING
        assert all(word not in f"{a[-1]}{b[0]}" for a, b in pairs(title_lines((title,), ROOM)))


def pairs(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(pairwise(lines))


@given(st.lists(st.text(st.sampled_from("甲乙省市县区政府信息公开工作年度报告2024年（）a"), min_size=1), max_size=4))
def test_every_line_fits_and_nothing_is_lost(parts: list[str]) -> None:
    lines = title_lines(parts, ROOM)
    assert "".join(lines) == "".join(parts)
    assert all(0 < characters(line) <= ROOM for line in lines)


def test_a_title_without_any_break_is_filled_line_by_line() -> None:
    assert [len(line) for line in title_lines(("甲" * 50,), ROOM)] == [19, 19, 12]
    assert title_lines((), ROOM) == ()
