"""The checks: a report in, findings out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from xxgk.checks.arithmetic import check_arithmetic
from xxgk.checks.contents import check_contents
from xxgk.checks.finding import SEVERITIES, Finding
from xxgk.checks.last_year import check_last_year
from xxgk.checks.narrative import check_narrative
from xxgk.checks.narrative_amounts import check_narrative_amounts
from xxgk.checks.narrative_tables import check_narrative_tables
from xxgk.checks.outline import check_outline
from xxgk.checks.placeholders import check_placeholders
from xxgk.checks.publication import check_publication
from xxgk.checks.structure import check_structure
from xxgk.checks.subject import Subject, subject_of
from xxgk.checks.values import check_values
from xxgk.checks.waivers import apply_waivers
from xxgk.checks.wording import check_wording
from xxgk.checks.years import check_years
from xxgk.formats import Form
from xxgk.narrative.resolve import resolve
from xxgk.narrative.words import Words
from xxgk.report import Report

__all__ = ["Finding", "check"]

FAMILIES = (
    check_structure,
    check_values,
    check_arithmetic,
    check_years,
    check_narrative,
    check_narrative_tables,
    check_narrative_amounts,
    check_publication,
    check_contents,
    check_wording,
    check_outline,
    check_last_year,
    check_placeholders,
)


def check(report: Report, form: Form, words: Words | None = None) -> tuple[Finding, ...]:
    """Return everything found in ``report``, by sheet, then row and column, then severity.

    The text is read with its numbers in place of the placeholders. Nothing stops at the first finding; a rule
    whose figures are not all known gives none. ``words`` are the word lists of an office that has its own.
    """
    subject = subject_of(resolve(report, form), form, words)
    made = chain.from_iterable(family(subject) for family in FAMILIES)
    found = (finding for finding in made if subject.entries[finding.code].applies(report.year))
    return tuple(sorted(apply_waivers(subject, found), key=_sort_key(subject)))


def _sort_key(subject: Subject) -> Callable[[Finding], tuple[int, int, int, str, int, str]]:
    order = {subject.sheets.get(sheet, sheet): rank for rank, sheet in enumerate(subject.layout.sheets)}

    def key(finding: Finding) -> tuple[int, int, int, str, int, str]:
        column = finding.cell.rstrip("0123456789")
        row = int(finding.cell[len(column) :] or 0)
        rank = order.get(finding.sheet, len(order)) if finding.sheet else -1
        return rank, row, len(column), column, SEVERITIES.index(finding.severity), finding.code

    return key
