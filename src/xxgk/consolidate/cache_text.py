"""What a file gave, as text: to be kept in the cache, and handed from one process or computer to another.

Figures stand in one order for all files: addresses would be most of the text otherwise.
"""

from __future__ import annotations

import binascii
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xxgk.checks.finding import Finding, Value
from xxgk.consolidate.lean import Figures, figures_of
from xxgk.consolidate.model import Source, Taken
from xxgk.report import Number


def text_of(taken: Taken) -> str:
    """Return what ``taken`` has, but for its source and day of change, which are no matter of the file's contents."""
    data = {
        "digest": taken.digest,
        "error": taken.error,
        "unit": taken.unit,
        "level": taken.level,
        "year": taken.year,
        "form": taken.form,
        "signed": taken.signed.isoformat() if taken.signed else None,
        "values": _figures_list(taken.values),
        "absent": sorted(taken.absent),
        "wrong_totals": {address: _plain(value) for address, value in taken.wrong_totals.items()},
        "last": _figures_list(taken.last),
        "last_year": taken.last_year,
        "last_form": taken.last_form,
        "findings": [_finding_list(finding) for finding in taken.findings],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def taken_of(text: str, source: Source, modified: date | None) -> Taken:
    """Return what ``text_of`` made ``text`` of, as that of ``source``. Raise ``ValueError`` where it made none."""
    try:
        data = json.loads(text)
        return Taken(
            source,
            data["digest"],
            modified,
            error=data["error"],
            unit=data["unit"],
            level=data["level"],
            year=data["year"],
            form=data["form"],
            signed=date.fromisoformat(data["signed"]) if data["signed"] else None,
            values=_figures(data["values"]),
            absent=frozenset(data["absent"]),
            wrong_totals={address: _number(value) for address, value in data["wrong_totals"].items()},
            last=_figures(data["last"]),
            last_year=data["last_year"],
            last_form=data["last_form"],
            findings=tuple(_finding(values) for values in data["findings"]),
        )
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError("no text of ours") from error


def _figures_list(values: Mapping[str, Number]) -> list[Any]:
    figures = values if isinstance(values, Figures) else figures_of(values)
    others = [[place, _plain(value)] for place, value in figures.others.items()]
    return [binascii.b2a_base64(figures.small, newline=False).decode(), others]


def _figures(values: Sequence[Any]) -> Figures:
    small, others = values
    return Figures(binascii.a2b_base64(small), {place: _number(value) for place, value in others})


def _plain(value: Number | None) -> int | list[str] | None:
    """Return a number as JSON keeps it exactly: one that is not whole in digits, in a list that marks it as such."""
    return [str(value)] if isinstance(value, Decimal) else value


def _number(value: int | list[str]) -> Number:
    return Decimal(value[0]) if isinstance(value, list) else value


def _finding_list(finding: Finding) -> list[Any]:
    return [
        finding.code,
        finding.severity,
        finding.address,
        finding.sheet,
        finding.cell,
        list(finding.labels),
        finding.message,
        _plain_value(finding.value),
        _plain_value(finding.expected),
        _plain(finding.difference),
        finding.hint,
    ]


def _finding(values: Sequence[Any]) -> Finding:
    code, severity, address, sheet, cell, labels, message, value, expected, difference, hint = values
    numbers = (_value(value), _value(expected), None if difference is None else _number(difference))
    return Finding(code, severity, address, sheet, cell, tuple(labels), message, *numbers, hint)


def _plain_value(value: Value) -> int | str | list[str] | None:
    return value if isinstance(value, str) else _plain(value)


def _value(value: Any) -> Value:
    return value if value is None or isinstance(value, str) else _number(value)
