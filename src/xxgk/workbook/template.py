"""The built template that comes with the program, and a fresh workbook made from it."""

from __future__ import annotations

from pathlib import Path

from xxgk.formats import Form
from xxgk.report import Report
from xxgk.resources import resource
from xxgk.suffixes import XLSX
from xxgk.workbook.writing.write import Filled, fill_workbook

FOLDER = "workbook_templates"


def template_name(form: Form, suffix: str = XLSX) -> str:
    """Return the file name of the form's template; that with suffix ``.xlsm`` has buttons."""
    return f"年报模板-{form.id}{suffix}"


def template_path(form: Form, suffix: str = XLSX) -> Path:
    """Return where the built template of ``form`` lies."""
    return resource(FOLDER, template_name(form, suffix))


def new_workbook(form: Form, report: Report, suffix: str = XLSX) -> Filled:
    """Return a fresh workbook that holds ``report``, with a sentence for what found no place."""
    return fill_workbook(template_path(form, suffix).read_bytes(), report, form)
