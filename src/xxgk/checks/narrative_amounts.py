"""N: sums of money in the part about 信息处理费 whose parts are not their total (T6)."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.checks.finding import Finding
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Subject
from xxgk.narrative.amounts import unequal_sums

QUOTED = 40  # how much of a sentence is quoted


def check_narrative_amounts(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each total in the part that asks for single amounts that its own parts contradict."""
    form = subject.form
    for section in {field.section: form.section(field.section) for field in form.fields}.values():
        if section.part is None:
            continue
        for index, paragraph in enumerate(subject.report.narrative.get(section.part.id, ())):
            for found in dict.fromkeys(unequal_sums(paragraph.text)):
                message = (
                    f"正文说{quote(found.said, QUOTED)}，各项相加是 {found.parts} 元，与合计 {found.total} 元不相等。"
                )
                spot = subject.paragraph(section.part.id, index)
                difference = found.parts - found.total
                yield subject.finding(
                    "N111", spot, message, value=found.parts, expected=found.total, difference=difference
                )
