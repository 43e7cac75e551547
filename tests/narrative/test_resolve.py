"""Numbers in place of placeholders."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.checks import check
from xxgk.figures import known_values
from xxgk.formats import Form
from xxgk.narrative.names import columns, in_columns, quantities
from xxgk.narrative.placeholders import MOST
from xxgk.narrative.resolve import resolve
from xxgk.narrative.values import FUNCTIONS, Unresolved, values_of, written
from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.report import Figure, Number, Paragraph, Report

from support.reports import FORM, OLD_FORM, report_of, zero_report

FORMS = pytest.mark.parametrize("form", [FORM, OLD_FORM], ids=lambda form: form.id)


def with_numbers(now: dict[str, Number], last: dict[str, Number] | None = None, form: Form = FORM) -> Report:
    """Return a report in which the quantities have these values, all other numbers are 0."""
    return replace(
        _filled(now, form), previous=None if last is None else _filled(last, form), unit="和平镇人民政府", year=2023
    )


def _filled(numbers: dict[str, Number], form: Form) -> Report:
    report = zero_report(form)
    figures, fields = dict(report.figures), dict(report.fields)
    for name, number in numbers.items():
        for address in quantities(form)[name].addresses[:1]:
            if address in fields:
                fields[address] = Figure(number)
            else:
                parts = form.totals[address].parts if address in form.totals else (address,)
                figures[min(parts, key=lambda part: part in form.totals)] = Figure(number)
    return replace(report, figures=figures, fields=fields)


def text_of(source: str, report: Report, form: Form = FORM) -> str:
    return written(source, values_of(report, form))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("本年新收", "126"),
        ("自然人(本年新收)", "126"),
        ("法人或其他组织(本年新收)", "0"),
        ("不予公开", "18"),
        ("占比(予以公开, 合计(予以公开, 不予公开))", "76.3%"),
        ("占比(予以公开, 予以公开)", "100%"),
        ("占比(1, 16)", "6.3%"),
        ("占比(1, 2000)", "0.1%"),
        ("同比(本年新收)", "增长40%"),
        ("同比(予以公开)", "下降3.3%"),
        ("同比(不予公开)", "持平"),
        ("上年(本年新收)", "90"),
        ("差(本年新收, 上年(本年新收))", "36"),
        ("中文(本年新收)", "一百二十六"),
        ("行政事业性收费", "12.5"),
        ("信息处理费", "380"),
        ("年度", "2023"),
        ("上年度", "2022"),
        ("单位", "和平镇人民政府"),
    ],
)
def test_what_a_placeholder_comes_to(source: str, text: str) -> None:
    now = {"本年新收": 126, "予以公开": 58, "不予公开": 18, "行政事业性收费": Decimal("12.50"), "信息处理费": 380}
    last = {"本年新收": 90, "予以公开": 60, "不予公开": 18}
    assert text_of(source, with_numbers(now, last)) == text


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        ("今年新收", "W106", "是不是“本年新收”"),
        ("完全没有的东西", "W106", "没有“完全没有的东西”这个名称"),
        ("占比(本年新收)", "W106", "占比(名称, 总数的名称)"),
        ("占比", "W106", "后面要有括号"),
        ("本年新收(予以公开)", "W106", "不用写括号"),
        ("自然人(行政复议总数)", "W106", "没有“自然人”这一栏"),
        ("自然人(占比(1, 2))", "W106", "不能写“占比(…)”"),
        ("中文(占比(1, 2))", "W106", "文字"),
        ("占比(年度, 2)", "W106", "“年度”不是件数"),
        ("占比(本年新收, 0)", "W107", "0"),
        ("同比(本年新收)", "W107", "上年是 0"),
        ("同比(规章制发)", "W107", "上年“表二 › 规章 › "),
        ("合计(不予公开, 本年新收)", "W107", "“表三 › "),
        ("单位", "W107", "首页"),
    ],
)
def test_why_a_placeholder_comes_to_nothing(source: str, code: str, words: str) -> None:
    report = with_numbers({"本年新收": 3}, {})
    blank = quantities(FORM)["不予公开"].addresses[1].replace(".total", ".charity")
    last = {a: f for a, f in zero_report().figures.items() if a != quantities(FORM)["规章制发"].addresses[0]}
    figures = {address: figure for address, figure in report.figures.items() if address != blank}
    report = replace(report, figures=figures, unit="{{单位}}", previous=Report(FORM.id, figures=last))
    with pytest.raises(Unresolved) as caught:
        text_of(source, report)
    assert caught.value.code == code
    assert words in str(caught.value)


@pytest.mark.parametrize("source", ["上年(本年新收)", "同比(本年新收)", "差(本年新收, 上年(本年新收))"])
def test_without_last_year_nothing_is_compared(source: str) -> None:
    with pytest.raises(Unresolved, match="没有上年数据"):
        text_of(source, with_numbers({"本年新收": 3}))


def test_numbers_that_mean_something_else_in_last_years_form_are_not_compared() -> None:
    report = replace(zero_report(), previous=zero_report(OLD_FORM))
    assert text_of("同比(本年新收)", report) == "持平"
    with pytest.raises(Unresolved, match="上年"):
        text_of("同比(规范性文件制发)", report)


@FORMS
def test_every_number_has_one_name_that_can_be_written(form: Form) -> None:
    every = list(quantities(form).values())
    parts = [part for one in every for of in columns(form).values() if (part := in_columns(form, one, of))]
    single = {one.addresses[0] for one in (*every, *parts) if len(one.addresses) == 1}
    assert {address for table in form.tables.values() for address in table.addresses} <= single
    assert {field.id for field in form.fields} <= single
    assert not {*quantities(form), *columns(form)} & FUNCTIONS.keys()
    report = with_numbers({}, {}, form)
    for name in quantities(form):
        assert text_of(name, report, form) == "0"


@FORMS
@given(st.data())
def test_named_numbers_are_those_of_the_tables(form: Form, data: st.DataObject) -> None:
    inputs = [a for table in form.tables.values() for a in table.addresses if a not in form.totals]
    drawn = data.draw(st.lists(st.integers(0, 9999), min_size=len(inputs), max_size=len(inputs)))
    report = report_of(dict(zip(inputs, drawn, strict=True)), form=form)
    known = known_values(form, report.figures)
    for one in quantities(form).values():
        if one.addresses[0] in known:
            assert text_of(one.name, report, form) == str(sum(known[address] for address in one.addresses))


def narrative(*texts: str) -> Report:
    paragraphs = tuple(Paragraph(text) for text in texts)
    return replace(with_numbers({"本年新收": 126}), narrative={**zero_report().narrative, "overview": paragraphs})


def test_resolving_leaves_what_was_typed_and_is_done_once_for_all() -> None:
    typed = narrative("收到{{ 本年新收 }}件，{{没有}}，办结{{办结总数}}件。", "没有占位符。")
    resolved = resolve(typed, FORM)
    assert [one.text for one in resolved.narrative["overview"]] == ["收到126件，{{没有}}，办结0件。", "没有占位符。"]
    assert resolved.narrative["overview"][1] is typed.narrative["overview"][1]
    assert resolve(resolved, FORM) == resolved
    assert typed.narrative["overview"][0].text.startswith("收到{{")


def test_without_placeholders_nothing_is_made_anew() -> None:
    report = narrative("收到126件。")
    assert resolve(report, FORM) is report


def test_checks_and_renderers_see_the_resolved_text() -> None:
    report = narrative("全年收到政府信息公开申请{{ 本年新收 }}件。")
    assert not [one for one in check(report, FORM) if one.code in ("W106", "W107")]
    document = build_document(report, FORM)
    assert "申请126件" in str(document.blocks)


def test_a_paragraph_is_reported_once_for_each_kind_of_fault() -> None:
    found = check(narrative("{{今年新收}}{{本年新收" + "{{占比(本年新收, 办结总数)}}" + "{{甲}}" * 9), FORM)
    own = {one.code: one for one in found if one.code in ("W106", "W107")}
    assert len(own) == len([one for one in found if one.code in own]) == 2
    assert "是不是“本年新收”" in own["W106"].message
    assert own["W106"].address == "narrative.overview[0]"


@pytest.mark.parametrize("text", ["{" * 33_000, "{{" * 9_000 + "}}" * 9_000, "{{甲}}" * 6_000, "{{本年新收}}" * 4_000])
def test_a_hostile_paragraph_is_done_soon_and_does_not_grow(text: str) -> None:
    report = narrative(text)
    assert len(resolve(report, FORM).narrative["overview"][0].text) <= len(text)
    assert any(one.code == "W106" for one in check(report, FORM))


def test_jinja_is_not_imported_for_texts_without_placeholders(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from xxgk.narrative.resolve import resolve\n"
        "from xxgk.report import Paragraph, Report\n"
        "from xxgk.formats import load_form\n"
        "resolve(Report('2021', narrative={'overview': (Paragraph('甲'),)}), load_form('2021'))\n"
        "assert not {'jinja2', 'difflib', 'xxgk.narrative.values'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path)


def test_at_most_so_many_placeholders_of_a_paragraph_are_resolved() -> None:
    text = resolve(narrative("{{本年新收}}" * (MOST + 1)), FORM).narrative["overview"][0].text
    assert text == "126" * MOST + "{{本年新收}}"
