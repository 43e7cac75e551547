"""The form of 2019 and 2020: what the circular asked for then, beside the form of today."""

from __future__ import annotations

import pytest

from xxgk.formats import form_for_year, last_year, load_form, oldest_form

from support.reports import FORM as NEW
from support.reports import OLD_FORM as OLD


def test_it_is_the_form_of_two_years() -> None:
    assert [form_for_year(year).id for year in (2019, 2020, 2021)] == [OLD.id, OLD.id, NEW.id]
    assert (oldest_form(), last_year(OLD)) == (OLD, 2020)


@pytest.mark.parametrize(
    ("table", "height", "width", "figures"),
    [("disclosure", 18, 5, 22), ("applications", 26, 10, 161), ("disputes", 4, 15, 15)],
)
def test_tables_have_the_official_size(table: str, height: int, width: int, figures: int) -> None:
    found = OLD.tables[table]
    assert (found.height, found.width, len(found.addresses)) == (height, width, figures)


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        ("disclosure.regulations.created", ("规章", "本年新制作数量")),
        ("disclosure.normative.published", ("规范性文件", "本年新公开数量")),
        ("disclosure.normative.published_total", ("规范性文件", "对外公开总数量")),
        ("disclosure.licences.previous", ("行政许可", "上一年项目数量")),
        ("disclosure.services.change", ("其他对外管理服务事项", "本年增/减")),
        ("disclosure.coercion.decisions", ("行政强制", "处理决定数量")),
        ("disclosure.fees.previous", ("行政事业性收费", "上一年项目数量")),
        ("disclosure.fees.change", ("行政事业性收费", "本年增/减")),
        ("disclosure.procurement.projects", ("政府集中采购", "采购项目数量")),
        ("disclosure.procurement.amount", ("政府集中采购", "采购总金额")),
        ("applications.other.rest.charity", ("三、本年度办理结果", "（六）其他处理", "社会公益组织")),
    ],
)
def test_labels_are_those_of_the_circular(address: str, labels: tuple[str, ...]) -> None:
    assert OLD.labels_of(address) == labels


def test_rules_are_those_that_need_nothing_newer() -> None:
    counts: dict[str, int] = {}
    for instance in OLD.instances:
        counts[instance.rule.source] = counts.get(instance.rule.source, 0) + 1
    assert counts == {"R1": 7, "R2": 7, "R3": 23, "R4": 3, "R6": 7}
    items = next(instance for instance in OLD.instances if instance.rule.source == "R2").right
    assert len(items) == 19


def test_only_an_increase_or_decrease_may_be_negative() -> None:
    signed = {a for table in OLD.tables.values() for a in table.addresses if OLD.kind_of(a).signed}
    assert signed == {f"disclosure.{row}.change" for row in ("licences", "services", "penalties", "coercion", "fees")}
    assert not any(kind.signed for kind in NEW.kinds.values())


def test_nothing_is_asked_that_came_later() -> None:
    assert OLD.fields == ()
    assert OLD.folds == ()
    assert not any(part.limit for part in OLD.parts)
    texts = [text for section in OLD.sections for text in section.prompts]
    texts += [text for part in OLD.parts for text in part.prompts]
    texts += [row.guidance + row.basis for table in OLD.tables.values() for row in table.rows]
    texts += [rule.clause + rule.hint for rule in OLD.rules]
    assert not [text for text in texts if "信息处理费" in text or "行政规范性文件" in text or "〔2021〕" in text]


def test_what_means_the_same_in_both_forms_can_be_compared() -> None:
    common = OLD.comparable(NEW)
    assert set(common) == set(NEW.comparable(OLD))
    in_disclosure = [address for address in common if address.startswith("disclosure.")]
    assert in_disclosure == [f"disclosure.{row}.decisions" for row in ("licences", "penalties", "coercion")]
    rows = {address.removeprefix("applications.").rpartition(".")[0] for address in common if "applications" in address}
    assert {row.id for row in OLD.tables["applications"].rows} - rows == {"other.rest"}
    assert set(OLD.tables["disputes"].addresses) <= set(common)
    assert OLD.comparable(load_form(OLD.id)) == tuple(a for t in OLD.tables.values() for a in t.addresses)
