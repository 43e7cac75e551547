"""Sound narratives of several kinds of unit: nothing is found in them. One fault planted anywhere: that is found."""

from __future__ import annotations

from random import Random
from time import process_time

import pytest
from planting import FAULTS, Fault, planted

from xxgk.checks import Finding, check
from xxgk.records import replace
from xxgk.report import Paragraph, Report

from support.narratives import sound_reports, sound_texts
from support.reports import FORM, SOUND_TEXT
from support.sentences import FILES, sentences
from support.sentences import report as tables
from support.sizes import FULL

SOUND = sound_texts()
RUNS = 1_000 if FULL else 30
SPEED_LIMIT = 0.1  # seconds; docs/performance.md has the figure, this only notices a blow-up


def found(report: Report) -> set[tuple[str, str]]:
    """Return code and address of what is found about the text; the tables are all zero here, whatever the text says."""
    return {(one.code, one.address) for one in text_findings(report)}


@pytest.mark.parametrize("report", sound_reports(), ids=lambda report: report.unit)
def test_nothing_is_found_in_a_sound_report(report: Report) -> None:
    codes = {finding.code: finding.message for finding in check(report, FORM)}
    assert {code: message for code, message in codes.items() if code[0] in "ANPSW" and code != "P101"} == {}


def text_findings(report: Report) -> list[Finding]:
    return [finding for finding in check(report, FORM) if finding.code[0] in "PW"]


@pytest.mark.parametrize("report", SOUND, ids=lambda report: report.unit)
def test_nothing_is_found_in_a_sound_text(report: Report) -> None:
    assert text_findings(report) == []


@pytest.mark.parametrize("report", SOUND, ids=lambda report: report.unit)
def test_a_sound_text_beside_another_units_of_last_year(report: Report) -> None:
    assert report.year is not None
    for other in SOUND:
        if other.unit != report.unit:
            last = replace(other, unit=report.unit, year=report.year - 1)
            assert text_findings(replace(report, previous=last)) == []


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_found_in_sentences_that_others_wrote(file: str) -> None:
    # Some say 我局, others 我镇: no unit could write them all.
    for one in sentences(file):
        base = replace(SOUND[0], unit="", year=tables(one.tables).year)
        texts = (Paragraph(SOUND_TEXT["overview"]), Paragraph(one.text))
        report = replace(base, narrative={**base.narrative, "overview": texts})
        assert [finding for finding in text_findings(report) if finding.address == "narrative.overview[1]"] == [], (
            one.text
        )


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_planted_fault_is_found_and_nothing_elsewhere(seed: int) -> None:
    random = Random(seed)
    fault: Fault = FAULTS[seed % len(FAULTS)]
    spots = [(report, spot) for report in SOUND for spot in fault.places(report)]
    report, (part, index) = random.choice(spots)
    address = f"narrative.{part}[{index}]"
    more = found(planted(report, part, index, fault, random)) - found(report)
    assert fault.code in {code for code, _ in more}, (fault, report.unit, address)
    # What a paragraph lacks may also be missing in its part as a whole.
    assert {where for _, where in more} <= {address, f"narrative.{part}"}, (fault, report.unit, more)


def test_a_long_text_takes_no_time() -> None:
    texts = [paragraph for report in SOUND for paragraph in report.narrative["overview"]]
    report = replace(SOUND[0], narrative={**SOUND[0].narrative, "overview": tuple(texts)})
    assert sum(len(paragraph.text) for paragraph in texts) > 3_000
    report = replace(report, previous=replace(report, year=2022))
    check(report, FORM)
    start = process_time()
    check(report, FORM)
    assert process_time() - start < SPEED_LIMIT


@pytest.mark.parametrize(
    "text", ["《" * 5_000, "（" * 5_000, "一是" * 5_000, "2022年" * 5_000, "我局" * 5_000, "XX" * 5_000]
)
def test_absurd_text_beside_last_year_takes_no_time(text: str) -> None:
    report = replace(SOUND[0], narrative={**SOUND[0].narrative, "overview": (Paragraph(text),) * 4})
    start = process_time()
    check(replace(report, previous=replace(report, year=2022)), FORM)
    assert process_time() - start < 5
