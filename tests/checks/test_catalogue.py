"""The catalogue: one entry a code, the form's own texts wrapped, years respected."""

from __future__ import annotations

import re
from datetime import date

from xxgk.checks import check
from xxgk.checks.catalogue import ENTRIES, FAMILIES, catalogue
from xxgk.checks.explain import explain
from xxgk.checks.finding import SEVERITIES
from xxgk.records import replace

from support.reports import FORM, changed_form, with_figure, zero_report


def test_every_code_is_there_once_with_all_its_texts() -> None:
    own = [entry.code for entry in ENTRIES]
    declared = [rule.code for rule in FORM.rules] + [kind.code for kind in FORM.kinds.values()]
    assert len(own + declared) == len(set(own + declared)) == len(catalogue(FORM))
    for code, entry in catalogue(FORM).items():
        assert re.fullmatch("[A-Z][0-9]{3}", code)
        assert code[0] in FAMILIES
        assert entry.code == code
        assert entry.severity in SEVERITIES
        for text in (entry.title, entry.what, entry.clause, entry.hint):
            assert text.strip()
            assert "{" not in text.replace("{{ 名称 }}", "")
        assert entry.what.endswith("。")
        assert entry.hint.endswith("。")


def test_what_the_form_asks_for_is_said_in_the_forms_name() -> None:
    asked = [entry.code for entry in ENTRIES if "{form}" in entry.clause]
    assert {"S101", "P101", "P104", "W105"} <= set(asked)
    form = replace(changed_form("A104"), name="新格式", document="新文号")
    for code in asked:
        assert "《新格式》（新文号附件）" in catalogue(form)[code].clause
        assert FORM.document not in catalogue(form)[code].clause


def test_a_rule_of_the_form_is_wrapped() -> None:
    form = changed_form("A104", title="新名称", hint="新做法。", severity="warning")
    entry = catalogue(form)["A104"]
    assert (entry.title, entry.hint, entry.severity) == ("新名称", "新做法。", "warning")
    (finding,) = [f for f in check(with_figure(zero_report(), "disputes.review.total", 3), form) if f.code == "A104"]
    assert (finding.hint, finding.severity) == ("新做法。", "warning")


def test_a_rule_holds_only_in_its_years() -> None:
    broken = with_figure(zero_report(), "disputes.review.total", 3)
    for years, expected in (({"since": 2024}, []), ({"until": 2022}, []), ({"since": 2023, "until": 2023}, ["A104"])):
        assert [finding.code for finding in check(broken, changed_form("A104", **years))] == expected


def test_the_years_and_the_precondition_of_a_code_are_data() -> None:
    report = replace(zero_report(), year=2017, date=date(2018, 3, 30), level="township")
    entry = catalogue(FORM)["P104"]
    assert (entry.applies(2018), entry.applies(2019), entry.applies(None)) == (False, True, False)
    assert "P104" not in {finding.code for finding in check(report, FORM)}
    later = replace(report, year=2019, date=date(2020, 3, 30))
    assert "P104" in {finding.code for finding in check(later, FORM)}
    assert entry.period == "2019 年度以后的报告"
    limited = catalogue(changed_form("A104", since=2021, until=2022))["A104"]
    assert limited.period == "2021 至 2022 年度的报告"
    assert catalogue(changed_form("A104", until=2022))["A104"].period == "2022 年度以前的报告"
    needing = {entry.code for entry in catalogue(FORM).values() if "上年数据" in entry.needs}
    assert needing == {"N104", "Y101", "Y102", "Y103", "Y105", "Y106"}
    for entry in catalogue(FORM).values():
        page = explain(entry.code)
        assert ("前提：" in page, "适用：" in page) == (bool(entry.needs), bool(entry.period))
