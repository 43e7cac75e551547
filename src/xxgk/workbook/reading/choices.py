"""Cells with a drop-down list: which entry of the form a label means."""

from __future__ import annotations

from xxgk.formats import Form
from xxgk.texts import bare


def level_named(form: Form, label: str) -> str | None:
    """Return the id of the level with this label, spaces and widths aside, or None."""
    return next((level.id for level in form.levels if bare(level.label) == bare(label)), None)


def heading_named(form: Form, label: str) -> int | None:
    """Return the heading level of the paragraph kind with this label, or None when there is none."""
    return next((kind.heading for kind in form.paragraph_kinds if bare(kind.label) == bare(label)), None)
