"""Numbers put into the placeholders of the narrative, as ``design.md`` has it: ``resolve(Report) -> Report``.

The narrative's only arithmetic: shares, changes against last year and sums, of figures that are known. What cannot be
computed stays as it was typed, and a check says why (W106, W107).
"""

from __future__ import annotations

from xxgk.formats import Form
from xxgk.narrative.placeholders import find_placeholders, has_placeholder
from xxgk.records import replace
from xxgk.report import Paragraph, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.narrative.values import Values


def resolve(report: Report, form: Form) -> Report:
    """Return ``report`` with its numbers in place of the placeholders of its narrative.

    A placeholder that gives no number stays as it stands. Without any placeholder the same report is returned.
    """
    if not any(has_placeholder(one.text) for part in report.narrative.values() for one in part):
        return report
    from xxgk.narrative.values import values_of

    values = values_of(report, form)
    narrative = {part: tuple(_resolved(one, values) for one in text) for part, text in report.narrative.items()}
    return replace(report, narrative=narrative)


def _resolved(paragraph: Paragraph, values: Values) -> Paragraph:
    from xxgk.narrative.values import Unresolved, written

    if not has_placeholder(paragraph.text):
        return paragraph
    pieces, end = [], 0
    for found in find_placeholders(paragraph.text):
        try:
            text = written(found.source, values)
        except Unresolved:
            continue
        pieces += [paragraph.text[end : found.start], text]
        end = found.end
    changed: Paragraph = replace(paragraph, text="".join((*pieces, paragraph.text[end:])))
    return changed
