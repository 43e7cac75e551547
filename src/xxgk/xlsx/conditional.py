"""Conditional formats of a sheet, put in and taken out again by their formula."""

from __future__ import annotations

import html
from collections.abc import Sequence

from xxgk.xlsx.cells import whole
from xxgk.xlsx.elements import WORKSHEET, children, place_of, prefixed, within
from xxgk.xlsx.spans import Edit, Span, escape, find_spans, splice

FORMATTING = "conditionalFormatting"


def add_rules(xml: bytes, formula: str, rules: Sequence[tuple[str, int]]) -> bytes:
    """Return the sheet ``xml`` with a conditional format for each of ``rules``: cells, and the look's number.

    All have ``formula`` (without ``=``) and come after those that the sheet has.
    """
    at, prefix = place_of(xml, WORKSHEET, FORMATTING)
    taken = [span.attributes.get("priority", "") for span in find_spans(xml, ("cfRule",))]
    last = max((int(text) for text in taken if whole(text)), default=0)
    return splice(xml, [(at, at, prefixed(formats(formula, rules, last + 1), prefix))])


def formats(formula: str, rules: Sequence[tuple[str, int]], priority: int) -> str:
    """Return the elements for ``rules``, without prefixes; the first of them has ``priority``, 1 being the highest."""
    return "".join(
        f'<{FORMATTING} sqref="{cells.replace(",", " ")}"><cfRule type="expression" dxfId="{look}" '
        f'priority="{priority + number}"><formula>{escape(formula)}</formula></cfRule></{FORMATTING}>'
        for number, (cells, look) in enumerate(rules)
    )


def cut_rules(xml: bytes, formula: str) -> bytes:
    """Return the sheet ``xml`` without the conditional formats that have ``formula``, however it is spaced."""
    wanted = "".join(formula.split())
    spans = find_spans(xml, ("cfRule", "formula"))
    edits: list[Edit] = []
    for block in (span for span in children(xml, WORKSHEET) if span.name == FORMATTING):
        rules = [span for span in within(spans, block) if span.name == "cfRule"]
        cut = [rule for rule in rules if any(_text(xml, own) == wanted for own in within(spans, rule))]
        if cut:
            edits += [(span.start, span.end, b"") for span in ([block] if len(cut) == len(rules) else cut)]
    return splice(xml, edits)


def _text(xml: bytes, formula: Span) -> str:
    return "".join(html.unescape(xml[formula.inner_start : formula.inner_end].decode()).split())
