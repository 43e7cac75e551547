"""A report published in any format and read back is the same report."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import pytest

from xxgk.formats import form_ids, load_form
from xxgk.published.read import read_published
from xxgk.records import replace
from xxgk.render.outputs import OUTPUTS
from xxgk.report import Figure, Paragraph, Report
from xxgk.sources import read_report
from xxgk.suffixes import PUBLISHED
from xxgk.workbook.reading.read import read_report as read_workbook
from xxgk.workbook.template import new_workbook

from support.published import as_printed, values_of, values_read, written
from support.reports import example, report_of, sound_values
from support.sizes import FULL, spread

KINDS = tuple(name for name, (output, *_) in OUTPUTS.items() if output.ending in PUBLISHED)
STYLED = tuple(kind for kind in KINDS if kind != "txt")  # a plain text has no ranks of headings


def published(folder: Path, report: Report, kind: str) -> Path:
    path = folder / f"report.{kind}"
    path.write_bytes(written(report, kind))
    return path


def eventful(form_id: str, seed: int) -> Report:
    """Return a report with a remark, a stated total, notes under tables and headings of every rank."""
    form = load_form(form_id)
    report = report_of(sound_values(Random(seed), form), form=form)
    first = next(iter(form.tables["disclosure"].addresses))
    figures = {
        **report.figures,
        first: Figure(22, "其中修订16件"),
        "disputes.review.total": Figure(0),
        "disputes.review.upheld": Figure(10),
    }
    text = (
        Paragraph("（一）主动公开情况", 2),
        Paragraph("1.重点领域", 3),
        Paragraph("（1）财政预算", 4),
        Paragraph("全年公开1204条，比上年增长3.5%。"),
    )
    return replace(
        report,
        figures=figures,
        short_name="青石镇",
        table_notes={"disputes": "含上年度结转数量"},
        narrative={**report.narrative, "overview": text},
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_comes_back_whole(tmp_path: Path, kind: str) -> None:
    found = read_published(published(tmp_path, example(), kind))
    assert found.report == as_printed(example())
    assert found.doubts == ()
    assert found.differences == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_comes_back_into_a_workbook(tmp_path: Path, kind: str) -> None:
    report = read_report(published(tmp_path, example(), kind))
    filled = new_workbook(load_form(report.form), report)
    assert filled.problems == ()
    assert read_workbook(filled.data) == as_printed(example())


@pytest.mark.parametrize(("form_id", "kind"), spread(product(form_ids(), STYLED), 3))
def test_remarks_stated_totals_notes_and_headings_come_back(tmp_path: Path, form_id: str, kind: str) -> None:
    report = eventful(form_id, 3)
    found = read_published(published(tmp_path, report, kind))
    assert found.report == as_printed(report)
    assert found.doubts == ()


@pytest.mark.parametrize(("form_id", "kind"), spread(product(form_ids(), KINDS), 5))
def test_random_numbers_come_back(tmp_path: Path, form_id: str, kind: str) -> None:
    form = load_form(form_id)
    for seed in range(3 if FULL else 1):
        report = report_of(sound_values(Random(seed), form), form=form)
        found = read_published(published(tmp_path, report, kind))
        assert found.report.form == form_id
        assert values_read(found) == values_of(form, report)
        assert found.doubts == ()


def test_rows_merged_into_one_come_back_as_they_were(tmp_path: Path) -> None:
    form = load_form("2021")
    report = report_of(sound_values(Random(5)))
    for fold in form.folds:
        figures = {address: f for address, f in report.figures.items() if address not in fold.absent_addresses}
        figures[fold.marker] = replace(figures[fold.marker], note=fold.remark)
        folded = replace(report, figures=figures, fields={}, short_name="青石镇")
        found = read_published(published(tmp_path, folded, "docx"))
        assert found.report.figures == folded.figures
        assert found.report.table_notes == {}
        assert found.doubts == ()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_blank_stays_blank_and_is_said(tmp_path: Path, kind: str) -> None:
    report = report_of(sound_values(Random(6)))
    gone = "applications.new.business"
    found = read_published(
        published(tmp_path, replace(report, figures={a: f for a, f in report.figures.items() if a != gone}), kind)
    )
    assert gone not in found.report.figures
    assert any(gone in doubt.addresses for doubt in found.doubts)
