"""Published reports of both forms: exactly their known errors, from JSON and from a workbook filled with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xxgk.checks import check
from xxgk.checks.finding import ERROR
from xxgk.formats import form_for_year, load_form
from xxgk.jsonio import load_json
from xxgk.report import Report
from xxgk.workbook.reading.read import read_workbook
from xxgk.workbook.template import new_workbook

from support.corpus import CORPUS

pytestmark = pytest.mark.corpus

FAMILIES = "AVYS"
KNOWN = {
    "hongze-2023": [("A104", "disputes.review.total", 0, 11), ("A104", "disputes.suit_after_review.total", 0, 5)],
    "jinhu-2023": [],
    "pingtan-2019": [("V101", "disclosure.procurement.projects", None, None)],
    "pingtan-2020": [
        ("V101", "disclosure.licences.previous", None, None),
        ("A102", "applications.processed.person", 20, 26),
        ("A102", "applications.processed.total", 21, 27),
    ],
    "pingtan-2021": [],
    "pingtan-2022": [],
    "shanghai-kewei-2024": [],
    "shanghai-office-2019": [
        ("V101", "disclosure.procurement.projects", None, None),
        ("V101", "applications.new.research", None, None),
        ("V101", "disputes.review.corrected", None, None),
    ],
}
# What nobody could read for certain; it stands in the transcription beside the figures.
UNREAD = "tables.disclosure.procurement.as_published：没有这一格"


def published(name: str) -> Report:
    """Return the report as its JSON states it."""
    report, problems = load_json((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    assert set(problems) <= {UNREAD}
    return report


def errors(report: Report) -> list[tuple[str, str, object, object]]:
    """Return code, address, value and expected value of each error in the figures or the workbook's build."""
    found = check(report, load_form(report.form))
    return [(f.code, f.address, f.value, f.expected) for f in found if f.severity == ERROR and f.code[0] in FAMILIES]


def test_every_report_is_known_and_has_the_form_of_its_year() -> None:
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in CORPUS.glob("*.json")}
    assert set(found) == set(KNOWN)
    assert all(form_for_year(data["year"]).id == data["format"] for data in found.values())


@pytest.mark.parametrize("name", KNOWN)
def test_a_published_report_has_its_known_errors(name: str) -> None:
    report = published(name)
    assert errors(report) == KNOWN[name]
    assert not [f for f in check(report, load_form(report.form)) if f.code[0] in "AY" and f.severity != ERROR]


@pytest.mark.parametrize("name", KNOWN)
def test_a_workbook_filled_with_it_has_the_same_errors(name: str, tmp_path: Path) -> None:
    report = published(name)
    filled = new_workbook(load_form(report.form), report)
    assert filled.problems == ()
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(filled.data)
    read = read_workbook(path)
    assert read.remarks == ()
    assert read.form == report.form
    assert {address: figure.value for address, figure in read.figures.items()} == {
        address: figure.value for address, figure in report.figures.items()
    }
    assert errors(read) == KNOWN[name]
