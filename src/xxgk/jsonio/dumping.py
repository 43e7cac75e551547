"""Report → JSON."""

from __future__ import annotations

import json
from typing import Any

from xxgk.figures import known_values
from xxgk.formats import Form, form_ids, load_form
from xxgk.report import Figure, Number, Paragraph, Report


def dump_json(report: Report, form: Form) -> str:
    """Return ``report`` as JSON text, totals included, one line a table row, ending in a newline."""
    return _pretty(to_data(report, form), "") + "\n"


def to_data(report: Report, form: Form) -> dict[str, Any]:
    """Return ``report`` as plain dicts, lists, texts and numbers."""
    values = known_values(form, report.figures)
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for table in form.tables.values():
        rows: dict[str, dict[str, Any]] = {}
        # Last year's figures stand in this year's cells, of which its own form may not have all.
        beyond = [a for a in report.figures if a.startswith(f"{table.id}.") and a not in table.cells]
        for address in (*table.addresses, *beyond):
            row, _, column = address.removeprefix(f"{table.id}.").rpartition(".")
            entry = _figure_data(values.get(address), report.figures.get(address))
            if entry is not None:
                rows.setdefault(row, {})[column] = entry
        tables[table.id] = rows
    fees: dict[str, Any] = {}
    for field in form.fields:
        figure = report.fields.get(field.id)
        entry = _figure_data(figure.value, figure) if figure else None
        if entry is not None:
            fees[field.id.rpartition(".")[2]] = entry
    data: dict[str, Any] = {
        "format": report.form,
        "unit": report.unit,
        "short_name": report.short_name,
        "year": report.year,
        "level": report.level,
        "title": report.title,
        "tables": tables,
        "table_notes": dict(report.table_notes),
        "narrative": {part.id: [_paragraph_data(p) for p in report.narrative.get(part.id, ())] for part in form.parts},
        "processing_fee": fees,
        "signature": report.signature,
        "date": report.date.isoformat() if report.date else "",
        "previous": to_data(report.previous, _form_of_last(report.previous, form)) if report.previous else None,
        "explanations": [{"address": e.address, "reason": e.reason} for e in report.explanations],
        "waivers": [{"code": w.code, "reason": w.reason} for w in report.waivers],
    }
    return {key: value for key, value in data.items() if value not in ("", None) or key in ("unit", "previous")}


def _pretty(value: Any, indent: str) -> str:
    """Like ``json.dumps`` with indent 1, but an object that holds no objects or lists takes one line."""
    if not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = indent + " "
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + _pretty(item, inner) for item in value) + f"\n{indent}]"
    if indent and not any(isinstance(item, dict | list) for item in value.values()):
        return json.dumps(value, ensure_ascii=False)
    lines = (f"{inner}{json.dumps(key, ensure_ascii=False)}: {_pretty(item, inner)}" for key, item in value.items())
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def _plain(value: Number) -> int | float:
    return int(value) if value == int(value) else float(value)


def _figure_data(value: Number | None, figure: Figure | None) -> Any:
    note = figure.note if figure else ""
    if note:
        return {"note": note} if value is None else {"value": _plain(value), "note": note}
    return None if value is None else _plain(value)


def _paragraph_data(paragraph: Paragraph) -> Any:
    return {"heading": paragraph.heading, "text": paragraph.text} if paragraph.heading else paragraph.text


def _form_of_last(last: Report, form: Form) -> Form:
    """Return the form of last year's report; this year's ``form`` where it is none of ours."""
    return load_form(last.form) if last.form in form_ids() else form
