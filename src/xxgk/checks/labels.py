"""The words by which a person knows the place that an address names.

Addresses beyond the tables' follow the shape of the JSON: ``unit``, ``processing_fee.notices``,
``previous.applications.carried_out.person``, ``narrative.overview[0]``, ``waivers[0]``.
"""

from __future__ import annotations

import re

from xxgk.formats import Form
from xxgk.workbook.layout import COVER_FIELDS, PREVIOUS, PREVIOUS_FIELDS

PREVIOUS_PREFIX = "previous."
NARRATIVE_PREFIX = "narrative."
_SINGLE_LABELS: dict[str, tuple[str, ...]] = {
    **{key: (label,) for key, label, _ in COVER_FIELDS},
    **{key: (PREVIOUS, label) for key, label, _ in PREVIOUS_FIELDS},
}
_PARAGRAPH = re.compile(r"narrative\.(\w+)(?:\[([0-9]+)\])?")


def labels_of(form: Form, address: str) -> tuple[str, ...]:
    """Return the labels of ``address``, outermost first; empty where it has none."""
    if address in _SINGLE_LABELS:
        return _SINGLE_LABELS[address]
    paragraph = _PARAGRAPH.fullmatch(address)
    if paragraph:
        part_id, index = paragraph.groups()
        heading = part_heading(form, part_id)
        return (heading,) if index is None else (heading, f"第{int(index) + 1}段")
    if address.startswith(PREVIOUS_PREFIX):
        return (PREVIOUS, *labels_of(form, address.removeprefix(PREVIOUS_PREFIX)))
    return form.labels_of(address)


def part_heading(form: Form, part_id: str) -> str:
    """Return the heading of a narrative part; what has none of its own, such as 引言, goes by its title."""
    for section in form.sections:
        if section.part is not None and section.part.id == part_id:
            return section.heading
    return next(part.title for part in form.parts if part.id == part_id)
