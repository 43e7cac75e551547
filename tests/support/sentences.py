"""Sentences about tables, and reports that have the tables: tests/narrative/sentences*.txt, sentence_tables.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from xxgk.checks import Finding
from xxgk.checks.narrative import check_narrative
from xxgk.checks.subject import subject_of
from xxgk.records import replace
from xxgk.report import Figure, Number, Paragraph, Report

from support.reports import FORM, report_of, zero_report

FOLDER = Path(__file__).parents[1] / "narrative"
OVERVIEW = "overview"
# How many sentences there are in each collection.
FILES = {"sentences.txt": 200, "sentences_held_out.txt": 60, "sentences_third.txt": 120, "sentences_customary.txt": 300}


@dataclass(frozen=True)
class Sentence:
    """A sentence, the tables it speaks of, and whether it contradicts them."""

    text: str
    tables: str
    wrong: bool


def sentences(file: str) -> Iterator[Sentence]:
    """Yield the sentences of ``tests/narrative/<file>``."""
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line[:1] in ("=", "!"):
            mark, tables, text = line.split(" ", 2)
            yield Sentence(text, tables, mark == "!")


@cache
def report(tables: str) -> Report:
    """Return the report that has ``tables``; cells that the file does not name are 0."""
    data = tomllib.loads((FOLDER / "sentence_tables.toml").read_text(encoding="utf-8"))[tables]
    level = data.get("level", "county_department")
    made = replace(report_of(_values(data)), unit="青石县住房和城乡建设局", level=level, year=data["year"])
    fees = {f"processing_fee.{key}": Figure(value) for key, value in data.get("processing_fee", {}).items()}
    previous = None
    if "previous" in data:
        previous = replace(report_of(_values(data["previous"])), year=data["year"] - 1)
    if "last_year" in data:
        previous = last_year(data["last_year"], data["year"])
    return replace(made, fields=fees, narrative={}, previous=previous)


def last_year(known: Mapping[str, Any], year: int) -> Report:
    """Return the report of the year before ``year``, of which only ``known`` is."""
    return replace(zero_report(), year=year - 1, figures=figures(known), narrative={})


def figures(data: Mapping[str, Any]) -> dict[str, Figure]:
    """Return figures by address; a decimal is written as a text."""
    return {address: Figure(Decimal(value) if isinstance(value, str) else value) for address, value in data.items()}


def _values(data: Mapping[str, Any]) -> dict[str, Number]:
    values: dict[str, Number] = {
        address: figure.value for address, figure in zero_report().figures.items() if figure.value is not None
    }
    for table in FORM.tables:
        for row, cells in data.get(table, {}).items():
            given = {key: Decimal(cell) if isinstance(cell, str) else cell for key, cell in cells.items()}
            if "total" in given:
                total = given.pop("total")
                given["person"] = total - sum(given.values())
            values.update({f"{table}.{row}.{column}": value for column, value in given.items()})
    return values


def told(text: str, base: Report, part: str = OVERVIEW) -> list[Finding]:
    """Return what the check of the text against the tables finds where ``base`` says ``text`` and nothing else."""
    saying = replace(base, narrative={part: tuple(Paragraph(line) for line in text.split("\n"))})
    return list(check_narrative(subject_of(saying, FORM)))
