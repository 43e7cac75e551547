"""Words that mean the same label, and words that do not."""

from __future__ import annotations

import pytest

from xxgk.formats import form_ids, load_form
from xxgk.labels import fold
from xxgk.published.labels import align, best
from xxgk.published.pattern import patterns_of

from support.reports import FORM

ROWS = [row.folded for row in patterns_of(FORM)[1].rows]


@pytest.mark.parametrize(
    ("seen", "label"),
    [
        ("2.其他法律行政止公开", "2.其他法律行政法规禁止公开"),
        ("１．属于国家秘密", "1.属于国家秘密"),
        ("属于 国家\n秘密", "1.属于国家秘密"),
        ("(七)总计", "（七）总计"),
        ("危及三安全一稳定", "3.危及“三安全一稳定”"),
        ("一本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量"),
    ],
)
def test_a_label_is_known_however_it_is_typed(seen: str, label: str) -> None:
    match = best(seen, ROWS)
    assert match is not None
    assert ROWS[match.index] == fold(label)


@pytest.mark.parametrize("seen", ["", "12", "备注", "申请人情况", "见附件"])
def test_what_is_no_label_is_none(seen: str) -> None:
    assert best(seen, ROWS) is None


@pytest.mark.parametrize("form_id", form_ids())
def test_no_label_of_a_form_is_taken_for_another(form_id: str) -> None:
    for pattern in patterns_of(load_form(form_id)):
        labels = [row.folded for row in pattern.rows if row.label]
        for row in pattern.rows:
            match = best(row.label, labels) if row.label else None
            assert match is None or labels[match.index] == row.folded


def test_headings_in_another_order_are_not_paired_by_likeness() -> None:
    labels = [fold(text) for text in ("本年制发件数", "本年废止件数", "现行有效件数")]
    pairs = align(labels, ["本年废止件数", "本年制发件数", "现行有效件数"])
    assert len(pairs) == 2
    assert all(score == 1 for _, score in pairs.values())


def test_repeated_headings_are_paired_in_their_order() -> None:
    labels = ["结果维持", "总计", "结果维持", "总计"]
    assert {y: x for y, (x, _) in align(labels, ["结果维持", "总汁", "备注", "结果维持", "总计"]).items()} == {
        0: 0,
        2: 3,
        3: 4,
    }
