import hashlib
import json
from random import Random

from hypothesis import given

from render.reading import reports
from xxgk import __version__
from xxgk.checks import check
from xxgk.records import replace
from xxgk.render.stamp import Stamp, canonical_json, read_stamp, stamp, stamp_properties
from xxgk.report import Figure, Paragraph, Report
from xxgk.reporting import checked_document

from support.reports import FORM, example, report_of, sound_values


def test_the_example_carries_its_hash_form_version_and_check_result() -> None:
    report = example()
    made = stamp(report, FORM, check(report, FORM))
    assert made.digest == hashlib.sha256(canonical_json(report, FORM)).hexdigest()
    assert (made.form, made.version, made.errors, made.draft) == (FORM.id, __version__, 0, False)
    assert checked_document(report, FORM, check(report, FORM)).stamp == made


@given(reports())
def test_a_stamp_reads_back_from_its_properties(report: Report) -> None:
    made = stamp(report, FORM, check(report, FORM))
    properties = stamp_properties(made)
    assert read_stamp({"other": "x", **properties}) == made
    assert all(read_stamp({k: v for k, v in properties.items() if k != left}) is None for left in properties)


def test_damaged_properties_are_no_stamp() -> None:
    made = stamp_properties(Stamp("0" * 64, "2021", "1", 0, 2, draft=False))
    assert read_stamp(made | {"xxgk-errors": "keine"}) is None


def test_a_report_with_errors_is_stamped_a_draft() -> None:
    report = replace(example(), figures={**example().figures, "applications.processed.total": Figure(999)})
    findings = check(report, FORM)
    made = stamp(report, FORM, findings)
    assert made.errors == sum(finding.severity == "error" for finding in findings) > 0
    assert made.draft
    assert checked_document(report, FORM, findings).draft


def test_any_change_changes_the_hash_and_the_order_of_entries_does_not() -> None:
    report = report_of(sound_values(Random(3)))
    report = replace(report, table_notes={"disputes": "甲", "applications": "乙"})
    digest = stamp(report, FORM, ()).digest
    turned = replace(
        report,
        table_notes=dict(reversed(report.table_notes.items())),
        figures=dict(reversed(report.figures.items())),
    )
    assert stamp(turned, FORM, ()).digest == digest
    address, figure = next((a, f) for a, f in report.figures.items() if isinstance(f.value, int))
    changed = {
        "figure": replace(report, figures={**report.figures, address: Figure((figure.value or 0) + 1)}),
        "remark": replace(report, figures={**report.figures, address: Figure(figure.value, "其中1件")}),
        "text": replace(report, narrative={"overview": (Paragraph("改。"),)}),
        "note": replace(report, table_notes={"disputes": "甲"}),
        "last year": replace(report, previous=report),
    }
    digests = {stamp(one, FORM, ()).digest for one in changed.values()}
    assert len(digests | {digest}) == len(changed) + 1


def test_canonical_json_is_plain_json() -> None:
    assert json.loads(canonical_json(example(), FORM))["unit"] == example().unit
