"""CONTRIBUTING's pages, done as they say."""

from __future__ import annotations

import copy
import re
import tomllib
from pathlib import Path
from typing import Any

from xxgk.checks import check
from xxgk.figures import State, judge
from xxgk.formats import Form, parse_form
from xxgk.formats.loader import FOLDER
from xxgk.render.document import build_document
from xxgk.workbook.build import build_template
from xxgk.workbook.read import read_workbook
from xxgk.workbook.write import fill_workbook

from support.reports import example, report_of, sound_values

PAGES = Path(__file__).parents[1] / "docs" / "contributing"
DATA: dict[str, Any] = tomllib.loads((FOLDER / "2021.toml").read_text(encoding="utf-8"))


def block(page: str, language: str) -> str:
    """Return the first code block of ``language`` on ``page``."""
    text = (PAGES / page).read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.+?)```", text, re.DOTALL)
    assert found, f"{page} shows no {language}"
    return found[1]


def test_a_rule_added_as_the_page_says_is_judged_and_stands_in_the_workbook() -> None:
    data = copy.deepcopy(DATA)
    (rule,) = tomllib.loads(block("add-a-rule.md", "toml"))["rules"]
    data["rules"].append(rule)
    form = parse_form(data, "example")
    assert rule["code"].encode() in _unzipped(build_template(form))
    zero = {a: 0 for table in form.tables.values() for a in table.addresses if a not in form.totals}
    assert _states(form, zero)[f"{rule['code']}.upheld"] is State.PASS
    assert _states(form, {**zero, "disputes.suit_after_review.upheld": 1})[f"{rule['code']}.upheld"] is State.FAIL


def test_a_form_added_as_the_page_says_needs_no_code(tmp_path: Path) -> None:
    data = copy.deepcopy(DATA)
    data["id"] = "2021"  # the reader looks the form up by the id that the workbook states
    data["tables"]["disputes"]["grid"][0][0] = "行政复议案件"
    form = parse_form(data, "example")
    path = tmp_path / "新格式.xlsx"
    from random import Random

    report = report_of(sound_values(Random(1), form))
    path.write_bytes(fill_workbook(build_template(form), report, form).data)
    again = read_workbook(path)
    assert again.figures == report.figures
    assert [remark.code for remark in again.remarks] == ["S101"]


def test_an_output_added_as_the_page_says_gets_the_whole_document() -> None:
    scope: dict[str, Any] = {}
    exec(block("add-an-output.md", "python"), scope)
    report = example()
    form = parse_form(DATA, "example")
    outline = scope["to_outline"](build_document(report, form)).decode().splitlines()
    assert outline[0] == form.sections[0].heading
    assert "  2、进一步细化公开内容，充分保障群众的知情权" in outline
    assert not [finding for finding in check(report, form) if finding.severity == "error"]


def _states(form: Form, values: dict[str, Any]) -> dict[str, State]:
    return {verdict.instance.id: verdict.state for verdict in judge(form, report_of(values))}


def _unzipped(data: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
