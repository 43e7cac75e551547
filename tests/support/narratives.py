"""Narratives of tests/narrative/sound_texts.toml and sound_reports.toml as reports."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from xxgk.records import replace
from xxgk.report import Paragraph, Report

from support.reports import FORM, zero_report
from support.sentences import figures, last_year

FOLDER = Path(__file__).parents[1] / "narrative"
FILE = FOLDER / "sound_texts.toml"
_HEADING = "#"


def paragraphs(texts: Sequence[str]) -> tuple[Paragraph, ...]:
    """Return paragraphs; "# ", "## " and "### " before a text make it a heading of level 2, 3 or 4."""
    made = []
    for text in texts:
        body = text.lstrip(_HEADING)
        marks = len(text) - len(body)
        made.append(Paragraph(body.strip() if marks else text, marks + 1 if marks else 0))
    return tuple(made)


def sound_texts() -> list[Report]:
    """Return reports of zeros with the sound narratives."""
    base = zero_report()
    reports = []
    for entry in tomllib.loads(FILE.read_text(encoding="utf-8"))["report"]:
        narrative = {part.id: paragraphs(entry.get(part.id, ())) for part in FORM.parts}
        year = entry["year"]
        reports.append(
            replace(
                base,
                unit=entry["unit"],
                level=entry["level"],
                year=year,
                date=date(year + 1, 1, 20),
                narrative=narrative,
            )
        )
    return reports


def sound_reports() -> list[Report]:
    """Return the reports of sound_reports.toml: sound texts that tell the figures of their own tables."""
    base = zero_report()
    made = []
    for entry in tomllib.loads((FOLDER / "sound_reports.toml").read_text(encoding="utf-8"))["report"]:
        year = entry["year"]
        own = {key: entry[key] for key in ("unit", "short_name", "level", "year")}
        texts = {part.id: paragraphs(entry.get(part.id, "").split("\n")[:-1]) for part in FORM.parts}
        last = last_year(entry["last_year"], year) if "last_year" in entry else None
        told = {**base.figures, **figures(entry["figures"])}
        made.append(
            replace(base, **own, date=date(year + 1, 1, 20), figures=told, fields={}, narrative=texts, previous=last)
        )
    return made
