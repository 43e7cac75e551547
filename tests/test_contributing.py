"""CONTRIBUTING's pages, done as they say."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest

from xxgk.checks import check
from xxgk.cli import main
from xxgk.figures import State, judge
from xxgk.formats import Form, load_form, loader, parse_form
from xxgk.formats.loader import FOLDER
from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.workbook.building.book import build_template
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.template import template_name
from xxgk.workbook.writing.write import fill_workbook

from support.packages import parts_of
from support.reports import EXAMPLE_PATH, example, report_of, sound_values

PAGES = Path(__file__).parents[1] / "docs" / "contributing"
OLD_LABEL, NEW_LABEL = "四、结转下年度继续办理", "四、年底尚未办结"
CHANGES_OF_2031 = {
    'id = "2021"\n': 'id = "2031"\n',
    "since = 2021": "since = 2031",
    'previous_forms = ["2021"]': 'previous_forms = ["2031"]',
    f'["{OLD_LABEL}"': f'["{NEW_LABEL}"',
}
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
    assert rule["code"].encode() in b"".join(parts_of(build_template(form)).values())
    columns = [column.id for column in form.tables[rule["table"]].columns]
    for seed in range(20):  # as the page claims: the sound books satisfy it as they are
        assert _states(form, rule, sound_values(Random(seed), form)) == dict.fromkeys(columns, State.PASS)
    zero = {a: 0 for table in form.tables.values() for a in table.addresses if a not in form.totals}
    one_more = _states(form, rule, {**zero, "applications.disclosed.legal": 1})
    assert {column for column, state in one_more.items() if state is State.FAIL} == {"legal", "total"}


@pytest.fixture
def form_2031(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Form:
    """A second form, added as the page says: one more file, and its template built from it."""
    folder = tmp_path / "formats"
    folder.mkdir()
    text = (FOLDER / "2021.toml").read_text(encoding="utf-8")
    (folder / "2021.toml").write_text(text, encoding="utf-8")
    for old, new in CHANGES_OF_2031.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "2031.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(loader, "FOLDER", folder)
    # The cache is left alone: forms are compared by identity, and other tests hold the 2021 form.
    form = load_form("2031")
    template = tmp_path / template_name(form)
    template.write_bytes(build_template(form))
    monkeypatch.setattr("xxgk.workbook.template.template_path", lambda *wanted: tmp_path / template_name(*wanted))
    return form


def test_a_form_added_as_the_page_says_needs_no_code(
    form_2031: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    data = json.loads(EXAMPLE_PATH.read_text(encoding="utf-8"))
    title = "2032年和平镇政府信息公开工作年度报告"
    data |= {"format": form_2031.id, "year": 2032, "title": title, "date": "2033-01-20"}
    Path("数据.json").write_text(json.dumps(data), encoding="utf-8")
    assert main(["new", "2032", "--unit", "和平镇人民政府", "-o", "年报.xlsx"]) == 0
    assert main(["fill", "年报.xlsx", "--from", "数据.json"]) == 0
    capsys.readouterr()
    assert main(["check", "年报.xlsx", "--format", "json"]) == 0
    assert "S101" not in capsys.readouterr().out
    assert main(["export", "年报.xlsx", "-o", "导出.json"]) == 0
    exported = json.loads(Path("导出.json").read_text(encoding="utf-8"))
    assert {key: exported[key] for key in data} == data
    assert main(["report", "年报.xlsx", "--to", "html"]) == 0
    page = Path(f"{title}.html").read_text(encoding="utf-8")
    assert NEW_LABEL in page
    assert OLD_LABEL not in page


def test_a_workbook_of_the_added_form_is_held_to_its_own_labels(form_2031: Form) -> None:
    report = replace(example(), form=form_2031.id, previous=None)
    in_old_print = build_template(parse_form({**DATA, "id": form_2031.id}, "example"))
    remarks = read_report(fill_workbook(in_old_print, report, form_2031).data).remarks
    assert {(remark.code, remark.seen, remark.expected) for remark in remarks} == {("S101", OLD_LABEL, NEW_LABEL)}


def test_an_output_added_as_the_page_says_gets_the_whole_document() -> None:
    scope: dict[str, Any] = {}
    exec(block("add-an-output.md", "python"), scope)
    report = example()
    form = parse_form(DATA, "example")
    outline = scope["to_outline"](build_document(report, form)).decode().splitlines()
    assert outline[0] == form.sections[0].heading
    assert "  2、进一步细化公开内容，充分保障群众的知情权" in outline
    assert not [finding for finding in check(report, form) if finding.severity == "error"]


def _states(form: Form, rule: dict[str, Any], values: dict[str, Any]) -> dict[str, State]:
    """Return how ``rule`` stands in each of its columns."""
    verdicts = [verdict for verdict in judge(form, report_of(values)) if verdict.instance.rule.code == rule["code"]]
    return {verdict.instance.member: verdict.state for verdict in verdicts}
