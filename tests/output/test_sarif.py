"""Findings as SARIF: valid against the OASIS schema, and with what GitHub and editors need to show them."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from findings_samples import ALL, BROKEN, CLEAN, EXAMPLE, UNREADABLE, finding
from hypothesis import given
from hypothesis import strategies as st
from sarif_kit.validate import validation_errors

from xxgk import __version__
from xxgk.checks.catalogue import catalogue
from xxgk.checks.explain import codes
from xxgk.checks.finding import SEVERITIES
from xxgk.output.result import FileResult
from xxgk.output.sarif import render_sarif

from support.reports import FORM

URI_CHARACTERS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*")  # RFC 3986
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("{}[]()0："), max_size=20)
VALUES = st.none() | TEXTS | st.integers() | st.decimals(-(10**9), 10**9, places=4)
FINDINGS = st.builds(
    lambda severity, code, **changes: finding(severity=severity, code=code, **changes),
    st.sampled_from(SEVERITIES),
    st.sampled_from(sorted(catalogue(FORM))),
    address=TEXTS,
    sheet=TEXTS,
    cell=st.sampled_from(("", "D7", "AA10")),
    labels=st.lists(TEXTS, max_size=3).map(tuple),
    message=TEXTS,
    hint=TEXTS,
    value=VALUES,
    expected=VALUES,
    difference=st.none() | st.integers(),
)
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\"), min_size=1, max_size=20)


def run_of(*results: FileResult) -> dict[str, Any]:
    """Return the only run, after the schema has found nothing wrong."""
    text = "".join(render_sarif(results))
    assert text.endswith("}\n")
    data = json.loads(text)
    assert validation_errors(data) == []
    (run,) = data["runs"]
    assert isinstance(run, dict)
    return run


def uri_of(file: str) -> str:
    (artifact,) = run_of(FileResult(file))["artifacts"]
    uri: str = artifact["location"]["uri"]
    assert URI_CHARACTERS.fullmatch(uri)
    return uri


def test_the_samples_are_valid() -> None:
    run = run_of(*ALL)
    assert run["tool"]["driver"]["version"] == __version__
    assert [result["ruleId"] for result in run["results"]] == [one.code for file in ALL for one in file.findings]
    assert run_of()["results"] == []


@given(st.lists(st.builds(FileResult, NAMES, st.lists(FINDINGS, max_size=3).map(tuple), TEXTS), max_size=3))
def test_anything_is_valid(results: list[FileResult]) -> None:
    assert len(run_of(*results)["results"]) == sum(len(result.findings) for result in results)


def test_a_result_says_where_what_and_how_to_mend_it() -> None:
    (shown,), (one,) = run_of(BROKEN)["results"], BROKEN.findings
    for part in (one.sheet, one.cell, *one.labels, one.message, one.hint):
        assert part in shown["message"]["text"]
    (location,) = shown["locations"]
    assert [place["name"] for place in location["logicalLocations"]] == [
        f"{one.sheet}!{one.cell}",
        " › ".join(one.labels),
    ]
    properties = shown["properties"]
    assert (properties["address"], properties["cell"]) == (one.address, one.cell)


def test_a_result_about_the_whole_file_has_only_the_file() -> None:
    whole = finding(address="", sheet="", cell="", labels=(), hint="请改。")
    (shown,) = run_of(FileResult("甲.xlsx", (whole,)))["results"]
    assert shown["message"]["text"] == "不相等。请改。"
    assert shown["locations"][0]["logicalLocations"] == []
    assert shown["properties"] == {}


def test_numbers_are_numbers() -> None:
    one = finding(value=Decimal("12.5"), expected=0, difference=Decimal("12.5"))
    (shown,) = run_of(FileResult("甲", (one,)))["results"]
    assert {key: shown["properties"][key] for key in ("value", "expected", "difference")} == {
        "value": 12.5,
        "expected": 0,
        "difference": 12.5,
    }


def test_levels() -> None:
    results = run_of(FileResult("甲", tuple(finding(severity=severity) for severity in SEVERITIES)))["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note"]


def test_every_code_has_a_rule_with_all_its_texts() -> None:
    rules = {rule["id"]: rule for rule in run_of()["tool"]["driver"]["rules"]}
    entries = {code: catalogue(form)[code] for code, form in codes().items()}
    assert sorted(rules) == list(entries)
    for code, entry in entries.items():
        rule = rules[code]
        assert entry.title == rule["shortDescription"]["text"]
        assert entry.clause in rule["fullDescription"]["text"]
        # GitHub takes up to 1,024 characters, and no empty ones.
        for key in ("shortDescription", "fullDescription", "help"):
            assert 0 < len(rule[key]["text"]) <= 1024


def test_files_are_listed_once_and_pointed_at() -> None:
    run = run_of(EXAMPLE, BROKEN, CLEAN, EXAMPLE)
    names = [unquote(artifact["location"]["uri"]) for artifact in run["artifacts"]]
    assert names == [EXAMPLE.file, BROKEN.file, CLEAN.file]
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][place["index"]]["location"]["uri"] == place["uri"]


def test_what_cannot_be_read_is_a_notification() -> None:
    (invocation,) = run_of(*ALL)["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert notification["message"]["text"] == UNREADABLE.error
    assert unquote(notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == UNREADABLE.file
    (invocation,) = run_of(EXAMPLE, CLEAN)["invocations"]
    assert invocation == {"executionSuccessful": True, "toolExecutionNotifications": []}


@given(NAMES.filter(lambda name: name not in (".", "..")))
def test_a_name_survives_as_an_address(name: str) -> None:
    assert unquote(uri_of(f"上报/{name}")) == f"上报/{name}"
    whole = (Path.cwd() / name).absolute()
    parts = urlsplit(uri_of(str(whole)))
    assert (parts.scheme, parts.netloc, unquote(parts.path)) == ("file", "", str(whole))


@pytest.mark.parametrize("name", ["年报 100%#1?.xlsx", "C:甲.xlsx", "a//./b.xlsx"])
def test_what_means_something_in_an_address_is_escaped(name: str) -> None:
    parts = urlsplit(uri_of(name))
    assert (parts.scheme, parts.query, parts.fragment) == ("", "", "")
    assert Path(unquote(parts.path)) == Path(name)


def test_a_way_up_is_resolved() -> None:
    assert uri_of("甲/../乙.xlsx") == Path("甲/../乙.xlsx").resolve().as_uri()


def test_a_name_that_is_no_text_is_still_an_address() -> None:
    assert uri_of(b"\xff.xlsx".decode("utf-8", "surrogateescape")) == "%FF.xlsx"


def test_fingerprints_tell_findings_apart_and_stay_when_the_numbers_change() -> None:
    def fingerprints(*findings: object) -> list[str]:
        results = run_of(FileResult("甲", findings))["results"]  # type: ignore[arg-type]
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]

    first = fingerprints(finding(), finding(cell="F9"), finding(code="A103"), finding(message="又一处。"))
    assert len(set(first)) == 4
    assert fingerprints(finding(message="差 7。", value=7)) == first[:1]


def test_braces_and_brackets_cannot_become_placeholders_or_links() -> None:
    evil = finding(message="{0} [点这里](http://example.com)", hint="{{单位}}", labels=("[a](1)",))
    run = run_of(FileResult("甲", (evil,), ""), FileResult("乙", error="[b](2)"))
    texts = [run["results"][0]["message"]["text"]]
    texts += [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    texts += [rule[key]["text"] for rule in run["tool"]["driver"]["rules"] for key in ("fullDescription", "help")]
    assert not [text for text in texts if set(text) & set("{}[]")]
    assert "｛｛单位｝｝" in texts[0]


def test_equal_results_give_equal_bytes() -> None:
    assert list(render_sarif(ALL)) == list(render_sarif(tuple(ALL)))
    assert "行政复议" in "".join(render_sarif([FileResult("甲", (finding(),))]))
