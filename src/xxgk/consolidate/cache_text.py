"""What a file gave, as text: to be kept in the cache, and handed from one process or computer to another.

Figures become a list in one order for all files: addresses would be most of the text otherwise, and each file would
hold on to its own copy of every one of them.
"""

from __future__ import annotations

import functools
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xxgk.checks.finding import Finding, Value
from xxgk.consolidate.model import Source, Taken
from xxgk.formats import form_ids, load_form
from xxgk.report import Number

ELSEWHERE = 0xFFFF  # in a list of small numbers: not known, or one that is not small


class Figures(Mapping[str, Number]):
    """Known figures by address in a tenth of the room of a ``dict``: a province has thousands of units.

    Numbers that are not whole and small, some of them fees, are kept apart.
    """

    __slots__ = ("_others", "_small")

    def __init__(self, values: Sequence[Number | None]) -> None:
        """Make them of ``values``, one for each of ``every_address``; None is not known."""
        small = [value if isinstance(value, int) and 0 <= value < ELSEWHERE else ELSEWHERE for value in values]
        self._small = array("H", small)
        self._others = {
            place: value for place, value in enumerate(values) if value is not None and small[place] == ELSEWHERE
        }

    def __getitem__(self, address: str) -> Number:
        place = _places()[address]
        number = self._small[place]
        if number != ELSEWHERE:
            return number
        if place in self._others:
            return self._others[place]
        raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        others = self._others
        for place, (address, number) in enumerate(zip(every_address(), self._small, strict=True)):
            if number != ELSEWHERE or place in others:
                yield address

    def __len__(self) -> int:
        return len(self._small) - self._small.count(ELSEWHERE) + len(self._others)

    def __repr__(self) -> str:
        return f"Figures({dict(self)!r})"


@functools.cache
def every_address() -> tuple[str, ...]:
    """Return the addresses of all figures that any form has, in the order of the newest form, older ones' last."""
    found: dict[str, None] = {}
    for form_id in reversed(form_ids()):
        form = load_form(form_id)
        for table in form.tables.values():
            found.update(dict.fromkeys(table.addresses))
        found.update(dict.fromkeys(field.id for field in form.fields))
    return tuple(found)


@functools.cache
def _places() -> Mapping[str, int]:
    return {address: place for place, address in enumerate(every_address())}


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
        "values": _listed(taken.values),
        "absent": sorted(taken.absent),
        "wrong_totals": {address: _plain(value) for address, value in taken.wrong_totals.items()},
        "last": _listed(taken.last) if taken.last else [],
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
            last=_figures(data["last"]) if data["last"] else {},
            last_year=data["last_year"],
            last_form=data["last_form"],
            findings=tuple(_finding(values) for values in data["findings"]),
        )
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError("no text of ours") from error


def _listed(values: Mapping[str, Number]) -> list[int | list[str] | None]:
    return [_plain(values.get(address)) for address in every_address()]


def _figures(values: Iterable[Any]) -> Figures:
    return Figures([None if value is None else _number(value) for value in values])


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
