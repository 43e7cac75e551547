"""Placeholders: what is taken, and that nothing else is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.narrative.placeholders import (
    MOST,
    MOST_SIGNS,
    Call,
    Name,
    PlaceholderError,
    find_braces,
    find_placeholders,
    parse,
)


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        (" 本年新收 ", Name("本年新收")),
        ("占比(予以公开, 办结总数)", Call("占比", (Name("予以公开"), Name("办结总数")))),
        ("占比（予以公开，办结总数）", Call("占比", (Name("予以公开"), Name("办结总数")))),
        ("中文(自然人(本年新收))", Call("中文", (Call("自然人", (Name("本年新收"),)),))),
        ("差(本年新收, 3)", Call("差", (Name("本年新收"), 3))),
    ],
)
def test_names_numbers_and_calls_are_taken(source: str, tree: object) -> None:
    assert parse(source) == tree


@pytest.mark.parametrize(
    "source",
    [
        "",
        "甲.__class__",
        "甲['a']",
        "甲[0]",
        "甲|upper",
        "甲 is defined",
        "'文字'",
        '"文字"',
        "1 + 2",
        "甲 ~ 乙",
        "-1",
        "not 甲",
        "甲 if 乙 else 丙",
        "甲 == 乙",
        "[甲]",
        "(甲, 乙)",
        "{'a': 1}",
        "true",
        "none",
        "1.5",
        "合计(甲, b=1)",
        "合计(*甲)",
        "合计(**甲)",
        "(甲.乙)(丙)",
        "甲()()",
        "甲 乙",
        "甲 %}{% for x in y",
        "10" * 20,
        "合计(" + "甲," * 20 + "甲)",
        "(" * 50 + "甲" + ")" * 50,
        "-" * 90,
        "甲" * (MOST_SIGNS + 1),
    ],
)
def test_everything_else_is_refused(source: str) -> None:
    with pytest.raises(PlaceholderError, match=r"."):
        parse(source)


@given(st.text(alphabet="甲乙占比(),.|[]{}'\"+-*/%~=<> \n0123456789abx_", max_size=MOST_SIGNS))
def test_whatever_is_typed_is_taken_or_refused(source: str) -> None:
    try:
        tree = parse(source)
    except PlaceholderError:
        return
    assert re.fullmatch(r"\w+|\w+\(.*\)|\(.*\)", source.strip(), re.DOTALL), tree


@given(st.text(alphabet="{}｛｝甲 ", max_size=60))
def test_placeholders_and_lone_braces_share_out_the_text(text: str) -> None:
    spans = sorted([*((one.start, one.end) for one in find_placeholders(text)), *find_braces(text)])
    left = "".join(
        text[end:start] for (_, end), (start, _) in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True)
    )
    assert all(start < end for start, end in spans)
    assert not re.search("[{｛]{2}[^{}｛｝]*[}｝]{2}", left)


def test_full_width_braces_count_too() -> None:
    (found,) = find_placeholders("收到｛｛ 本年新收 ｝｝件")
    assert (found.start, found.end, found.source) == (2, 12, " 本年新收 ")


def test_of_very_many_placeholders_the_rest_is_left() -> None:
    text = "{{甲}}" * (MOST + 1)
    assert len(list(find_placeholders(text))) == MOST
    assert next(find_braces(text)) == (5 * MOST, 5 * MOST + 2)
