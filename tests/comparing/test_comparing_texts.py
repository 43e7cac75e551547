"""Texts compared: nothing lost, numbers whole, chance islands shown as changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xxgk.comparing.texts import Kind, Passage, Span, compare_paragraphs, compare_texts
from xxgk.report import Paragraph
from xxgk.texts import bare

SAME, REMOVED, ADDED = Kind.SAME, Kind.REMOVED, Kind.ADDED
WORDS = st.text(st.sampled_from("一二三公开信息，。 12a\n"), max_size=30)
PARAGRAPHS = st.lists(WORDS.filter(str.strip).map(Paragraph), max_size=6)


def side(spans: tuple[Span, ...], other: Kind) -> str:
    return "".join(span.text for span in spans if span.kind is not other)


@given(WORDS, WORDS)
def test_the_spans_give_back_both_texts(old: str, new: str) -> None:
    spans = compare_texts(old, new)
    assert side(spans, ADDED) == old
    assert side(spans, REMOVED) == new
    assert all(span.text for span in spans)


@given(WORDS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert all(span.kind is SAME for span in compare_texts(text, text))


def test_a_number_changes_as_a_whole() -> None:
    spans = compare_texts("2022年收到12件", "2023年收到112件")
    kinds = [(span.kind, span.text) for span in spans]
    assert kinds == [
        (REMOVED, "2022"),
        (ADDED, "2023"),
        (SAME, "年收到"),
        (REMOVED, "12"),
        (ADDED, "112"),
        (SAME, "件"),
    ]


def test_a_character_alike_by_chance_is_shown_as_changed() -> None:
    spans = compare_texts("加强业务培训的力度", "完善公开目录的内容")
    assert [span.kind for span in spans] == [REMOVED, ADDED]


def test_a_very_long_text_is_replaced_as_a_whole() -> None:
    old, new = "甲乙丙丁" * 1_000, "丁丙乙甲" * 1_000
    assert [(span.kind, span.text) for span in compare_texts(old, new)] == [(REMOVED, old), (ADDED, new)]


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_paragraph_stands_once_and_in_order(old: list[Paragraph], new: list[Paragraph]) -> None:
    passages = compare_paragraphs(old, new)
    assert _written(passages, ADDED) == [bare(p.text) for p in old]
    assert _written(passages, REMOVED) == [bare(p.text) for p in new]


def _written(passages: tuple[Passage, ...], other: Kind) -> list[str]:
    texts = (side(passage.spans, other) for passage in passages)
    return [bare(text) for text in texts if text]


def test_paragraphs_are_paired_by_what_they_say() -> None:
    old = [Paragraph("一是明确工作职责，落实到人。"), Paragraph("二是健全工作机制，加强培训。")]
    new = [
        Paragraph("总的情况很好。"),
        Paragraph("一是明确工作职责，落实到科室。"),
        Paragraph(" 二是健全工作机制，加强培训。"),
    ]
    added, changed, same = compare_paragraphs(old, new)
    assert [span.kind for span in added.spans] == [ADDED]
    assert [(span.kind, span.text) for span in changed.spans if span.kind is not SAME] == [
        (REMOVED, "人"),
        (ADDED, "科室"),
    ]
    assert same.same
