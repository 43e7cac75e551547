"""Sentences proposed for the parts that nobody has written yet, from the unit's tables (``draft.toml``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from xxgk.formats import Form
from xxgk.formats.entries import Entry
from xxgk.narrative import PROPOSED
from xxgk.narrative.names import quantities
from xxgk.narrative.placeholders import find_placeholders
from xxgk.narrative.values import UnknownName, Unresolved, Values, Year, number_of, values_of, written
from xxgk.records import Record
from xxgk.report import Paragraph, Report

FILE = Path(__file__).with_name("draft.toml")
GROUP = "@"  # before the name of a group


class Sentence(Record):
    """A sentence with what it asks for: names of quantities, and of levels (none: any level)."""

    text: str
    zero: tuple[str, ...]
    some: tuple[str, ...]
    compared: tuple[str, ...]
    levels: tuple[str, ...]


class Plan(Record):
    """A paragraph that may be proposed for ``part``, see ``Paragraph`` for ``heading``."""

    part: str
    heading: int
    sentences: tuple[Sentence, ...]


def read_plans(path: Path = FILE) -> tuple[Plan, ...]:
    """Return the paragraphs that ``path`` declares. Raise ``FormError`` for a malformed file."""
    import tomllib

    top = Entry(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    named = top.one("groups")
    groups = {name: named.texts(name) for name in named.data}
    plans = []
    for entry in top.many("paragraphs"):
        sentences = tuple(_sentence(one, groups) for one in entry.many("sentences"))
        plans.append(Plan(entry.text("part"), entry.get("heading", int, 0), sentences))
        entry.done()
    top.done()
    return tuple(plans)


def propose(report: Report, form: Form, plans: Sequence[Plan]) -> dict[str, tuple[Paragraph, ...]]:
    """Return paragraphs for each part of ``report`` that holds no text yet, by part.

    Numbers stand in them as placeholders. Body text begins with ``PROPOSED``, until a person has approved it.
    """
    values = values_of(report, form)
    found: dict[str, list[Paragraph]] = {}
    for plan in plans:
        if any(paragraph.text.strip() for paragraph in report.narrative.get(plan.part, ())):
            continue
        text = "".join(one.text for one in plan.sentences if _holds(one, report.level, values))
        if text:
            proposed = Paragraph(text if plan.heading else PROPOSED + text, plan.heading)
            found.setdefault(plan.part, []).append(proposed)
    return {part: tuple(paragraphs) for part, paragraphs in found.items()}


def _sentence(entry: Entry, groups: Mapping[str, tuple[str, ...]]) -> Sentence:
    def names(key: str) -> tuple[str, ...]:
        found: list[str] = []
        for name in entry.texts(key, ()):
            if name.startswith(GROUP) and name[1:] not in groups:
                raise entry.fail(f"{key}: the group {name} is not declared")
            found += groups[name[1:]] if name.startswith(GROUP) else (name,)
        return tuple(found)

    sentence = Sentence(entry.text("text"), names("zero"), names("some"), names("compared"), names("levels"))
    entry.done()
    return sentence


def _holds(sentence: Sentence, level: str, values: Values) -> bool:
    """Tell whether all holds that ``sentence`` asks for."""
    known = quantities(values.form)
    if not {*sentence.zero, *sentence.some, *sentence.compared} <= known.keys() or _names_nothing(
        sentence.text, values
    ):
        return False
    if sentence.levels and level not in sentence.levels:
        return False
    if sentence.zero and not _are_zero(sentence.zero, values, values.now):
        return False
    if sentence.some and _are_zero(sentence.some, values, values.now):
        return False
    last = [number_of(known[name], values.last) if values.last else None for name in sentence.compared]
    return all(value is not None and value > 0 for value in last)


def _are_zero(names: Sequence[str], values: Values, year: Year) -> bool:
    known = quantities(values.form)
    return all(number_of(known[name], year) == 0 for name in names)


def _names_nothing(text: str, values: Values) -> bool:
    """Tell whether ``text`` has a placeholder with a name that the form does not have."""
    for found in find_placeholders(text):
        try:
            written(found.source, values)
        except UnknownName:
            return True
        except Unresolved:
            continue  # not filled in yet: a check will say so
    return False
