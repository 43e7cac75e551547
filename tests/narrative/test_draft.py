"""Sentences proposed for parts that nobody has written."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.checks import check
from xxgk.cli import main
from xxgk.formats import Form, FormError
from xxgk.narrative import PROPOSED
from xxgk.narrative.draft import propose, read_plans
from xxgk.narrative.names import quantities
from xxgk.narrative.resolve import resolve
from xxgk.records import replace
from xxgk.report import Figure, Paragraph, Report
from xxgk.workbook.reading.read import read_workbook
from xxgk.workbook.template import new_workbook

from support.reports import FORM, OLD_FORM, zero_report

PLANS = read_plans()
FORMS = pytest.mark.parametrize("form", [FORM, OLD_FORM], ids=lambda form: form.id)


def unwritten(form: Form = FORM, level: str = "township") -> Report:
    return replace(zero_report(form), narrative={}, level=level, unit="和平镇人民政府", year=2023)


def received(count: int, report: Report) -> Report:
    total = quantities(FORM)["本年新收"].addresses[0]
    person = FORM.totals[total].parts[0]
    return replace(report, figures={**report.figures, person: Figure(count)})


def text_of(report: Report, form: Form = FORM) -> str:
    """Return all that is proposed for ``report``, with its numbers."""
    wanted = replace(report, narrative={**report.narrative, **propose(report, form, PLANS)})
    return "".join(one.text for part in resolve(wanted, form).narrative.values() for one in part)


@FORMS
@pytest.mark.parametrize("level", ["township", "county_department", "province", "unknown"])
def test_proposals_have_the_customary_structure_and_no_number_of_their_own(form: Form, level: str) -> None:
    found = propose(unwritten(form, level), form, PLANS)
    assert set(found) == {section.part.id for section in form.sections if section.part}
    assert [one.text for one in found["overview"] if one.heading] == [
        "（一）主动公开",
        "（二）依申请公开",
        "（三）政府信息管理",
        "（四）政府信息公开平台建设",
        "（五）监督保障",
    ]
    for part in found.values():
        for paragraph in part:
            assert paragraph.heading or paragraph.text.startswith(PROPOSED)
            assert not any(digit.isdecimal() for digit in paragraph.text)


@FORMS
def test_every_placeholder_of_a_proposal_is_resolved(form: Form) -> None:
    full = unwritten(form)
    figures = {address: Figure(2) for address in full.figures if address not in form.totals}
    full = replace(full, figures=figures, fields={field.id: Figure(10) for field in form.fields})
    for report in (unwritten(form), full, replace(full, previous=full), replace(unwritten(form), previous=full)):
        assert "{{" not in text_of(report, form)


def test_a_unit_without_applications_gets_the_sentences_for_none() -> None:
    text = text_of(unwritten())
    assert "没有收到政府信息公开申请" in text
    assert "没有收取信息处理费" in text
    assert "没有因政府信息公开引发的行政复议和行政诉讼" in text
    assert "本年新收政府信息公开申请" not in text


def test_a_unit_with_applications_gets_its_figures() -> None:
    text = text_of(received(126, unwritten()))
    assert "本年新收政府信息公开申请126件" in text
    assert "没有收到政府信息公开申请" not in text
    assert "与上年相比" not in text


def test_a_change_is_proposed_only_where_last_year_had_any() -> None:
    report = received(126, unwritten())
    assert "与上年相比增长40%" in text_of(replace(report, previous=received(90, zero_report())))
    assert "与上年相比" not in text_of(replace(report, previous=zero_report()))


def test_governments_report_on_assessment_too() -> None:
    assert "责任追究" in text_of(unwritten(level="county"))
    assert "责任追究" not in text_of(unwritten(level="county_department"))


def test_what_is_written_is_never_touched() -> None:
    report = replace(unwritten(), narrative={"overview": (Paragraph("已经写好。"),)})
    assert set(propose(report, FORM, PLANS)) == {"problems", "matters"}


def test_a_check_asks_for_approval_of_each_proposal() -> None:
    report = unwritten()
    found = propose(report, FORM, PLANS)
    asked = {one.address for one in check(replace(report, narrative=found), FORM) if one.code == "W108"}
    assert asked == {
        f"narrative.{part}[{index}]"
        for part, paragraphs in found.items()
        for index, paragraph in enumerate(paragraphs)
        if not paragraph.heading
    }


@pytest.mark.parametrize("line", ['zero = ["@nobody"]', 'sum = ["本年新收"]'])
def test_a_malformed_file_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "draft.toml"
    text = f'[groups]\n[[paragraphs]]\npart = "overview"\nsentences = [{{ text = "有。", {line} }}]\n'
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FormError, match=r"draft\.toml"):
        read_plans(file)


def test_the_command_shows_writes_and_keeps_a_backup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(new_workbook(FORM, received(3, unwritten())).data)
    before = path.read_bytes()
    assert main(["draft", str(path), "--dry-run"]) == 0
    assert "申请3件" in capsys.readouterr().out
    assert path.read_bytes() == before
    assert main(["draft", str(path)]) == 0
    (kept,) = (tmp_path / "备份").iterdir()
    assert kept.read_bytes() == before
    written = read_workbook(path)
    assert "{{ 本年新收 }}" in "".join(one.text for one in written.narrative["overview"])
    after = path.read_bytes()
    assert main(["draft", str(path)]) == 0
    assert path.read_bytes() == after
    assert "没有可以拟的" in capsys.readouterr().out


def test_the_command_wants_a_workbook(tmp_path: Path) -> None:
    assert main(["draft", str(tmp_path / "年报.json")]) == 2
