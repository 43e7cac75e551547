from __future__ import annotations

from collections import Counter

import pytest

from xxgk.formats import form_ids, load_form
from xxgk.ledger.headers import plain
from xxgk.ledger.plan import APPLICANTS, CASE_OUTCOMES, CHOICE, NEEDED, OUTCOMES, SUITS, choices_of, key, load_plan

from support.ledgers import FORM, PLAN

LISTS = (APPLICANTS, OUTCOMES, CASE_OUTCOMES, SUITS)


@pytest.mark.parametrize("form_id", form_ids())
@pytest.mark.parametrize("name", LISTS)
def test_every_label_means_itself(form_id: str, name: str) -> None:
    choices = choices_of(load_form(form_id), name)
    for choice, label in choices.labels.items():
        assert choices.names[key(label)] == choice


def test_choices_are_the_rows_and_columns_of_the_form() -> None:
    applications, disputes = FORM.tables["applications"], FORM.tables["disputes"]
    assert tuple(choices_of(FORM, APPLICANTS).labels) == applications.sets["applicants"]
    assert tuple(choices_of(FORM, OUTCOMES).labels) == applications.sets["items"]
    assert tuple(choices_of(FORM, CASE_OUTCOMES).labels) == disputes.sets["outcomes"]
    assert {"review", *choices_of(FORM, SUITS).labels} == {row.id for row in disputes.rows}


@pytest.mark.parametrize("item", FORM.tables["applications"].sets["items"])
def test_the_last_label_alone_is_enough(item: str) -> None:
    last = FORM.tables["applications"].labels[f"applications.{item}.person"][-2]
    assert choices_of(FORM, OUTCOMES).names[key(last)] == item


@pytest.mark.parametrize("group", ["不予公开", "无法提供", "不予处理", "其他处理", "法人或其他组织"])
def test_the_name_of_a_group_means_none_of_its_members(group: str) -> None:
    for name in (APPLICANTS, OUTCOMES):
        assert key(group) not in choices_of(FORM, name).names


def test_synonyms_are_of_the_form() -> None:
    for name, group in PLAN.synonyms.items():
        known = {choice for form_id in form_ids() for choice in choices_of(load_form(form_id), name).labels}
        assert set(group) - {""} <= known
        assert max(Counter(key(text) for texts in group.values() for text in texts).values()) == 1


def test_a_caption_belongs_to_one_column() -> None:
    names = Counter(plain(name) for column in PLAN.columns for name in (column.caption, *column.names))
    assert [name for name, count in names.items() if count > 1] == []


def test_columns_are_whole() -> None:
    assert len({column.id for column in load_plan().columns}) == len(PLAN.columns)
    for column in PLAN.columns:
        assert (column.kind == CHOICE) <= bool(column.choices)
        assert column.guidance.endswith("。")
        # What a spreadsheet program shows when a cell is selected.
        assert len(column.caption) <= 32
        assert len(column.guidance) <= 255
    assert [column.id for column in PLAN.columns if column.use == NEEDED] == list(PLAN.needed)
