"""The workbook with buttons in a running LibreOffice: a button pressed by its caption, and what the book shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xxgk.output.marks.looks import RULE
from xxgk.workbook.layout import COVER
from xxgk.xlsx.cells import reference

from support.office import Office, properties

ALWAYS_RUN = 4  # com.sun.star.document.MacroExecMode: without asking


def open_with_macros(office: Office, path: Path) -> Any:
    """Return the opened document, whose macros may run."""
    arguments = properties(Hidden=True, MacroExecutionMode=ALWAYS_RUN)
    document = office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, arguments)
    assert document is not None
    return document


def bound(document: Any, caption: str) -> str:
    """Return the script that the button with this caption starts."""
    form = document.Sheets.getByName(COVER).DrawPage.Forms.getByIndex(0)
    (number,) = (n for n in range(form.Count) if form.getByIndex(n).Label == caption)
    (event,) = form.getScriptEvents(number)
    return str(event.ScriptCode)


def press(document: Any, caption: str) -> None:
    """Do what a click on the button with this caption does; message boxes do not wait in a headless LibreOffice."""
    document.getScriptProvider().getScript(bound(document, caption)).invoke((), (), ())


def place(document: Any) -> tuple[str, str]:
    """Return the sheet that is shown and its selected cell."""
    address = document.CurrentSelection.RangeAddress
    return document.CurrentController.ActiveSheet.Name, reference(address.StartRow + 1, address.StartColumn + 1)


def seen(document: Any) -> dict[str, object]:
    """Return all that a run may change: what ``held`` returns, and the conditional formats as they are stored."""
    return {**held(document), "rules": {sheet.Name: list(_rules(sheet)) for sheet in document.Sheets}}


def held(document: Any) -> dict[str, object]:
    """Return all that a run may change but conditional formats: sheets, protection, what cells hold, notes, names."""
    sheets = [document.Sheets.getByIndex(number) for number in range(document.Sheets.Count)]
    return {
        "sheets": [(sheet.Name, sheet.IsVisible, sheet.isProtected()) for sheet in sheets],
        "cells": {sheet.Name: _used(sheet) for sheet in sheets},
        "notes": {sheet.Name: {_at(note.Position): note.String for note in sheet.Annotations} for sheet in sheets},
        "names": {name: document.NamedRanges.getByName(name).Content for name in document.NamedRanges.ElementNames},
    }


def colours(document: Any, sheet: str) -> dict[str, int]:
    """Return the colour that we gave to cells on ``sheet``."""
    styles = document.StyleFamilies.getByName("CellStyles")
    return {
        cell: int(styles.getByName(style).CellBackColor)
        for cell, entries in looks(document, sheet).items()
        for formula, style in entries
        if formula == RULE
    }


def looks(document: Any, sheet: str) -> dict[str, list[tuple[str, str]]]:
    """Return the conditional formats of each cell on ``sheet`` that has any: formula and style, sorted."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in document.Sheets.getByName(sheet).ConditionalFormats.getConditionalFormats():
        parts = (one.getByIndex(number) for number in range(one.getCount()))
        entries = [(part.Formula1, part.StyleName) for part in parts]
        for area in one.Range.RangeAddresses:
            for row in range(area.StartRow, area.EndRow + 1):
                for column in range(area.StartColumn, area.EndColumn + 1):
                    found.setdefault(reference(row + 1, column + 1), []).extend(entries)
    return {cell: sorted(entries) for cell, entries in found.items()}


def _used(sheet: Any) -> tuple[tuple[str, ...], ...]:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    return tuple(sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getFormulaArray())


def _at(position: Any) -> str:
    return reference(position.Row + 1, position.Column + 1)


def _rules(sheet: Any) -> Iterator[tuple[str, str, str]]:
    for found in sheet.ConditionalFormats.getConditionalFormats():
        for number in range(found.getCount()):
            entry = found.getByIndex(number)
            yield found.Range.RangeAddressesAsString, entry.Formula1, entry.StyleName
