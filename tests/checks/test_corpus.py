"""Published reports of the 2021 form: exactly their known errors. Read in place, not part of this repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xxgk.checks import check
from xxgk.checks.finding import ERROR
from xxgk.jsonio import load_json

from support.reports import FORM

SHARED = Path(os.environ.get("XXGK_SHARED") or Path(__file__).parents[3] / "shared")
KNOWN = {
    "hongze-2023": [("A104", "disputes.review.total", 0, 11), ("A104", "disputes.suit_after_review.total", 0, 5)],
    "jinhu-2023": [],
    "pingtan-2021": [],
    "pingtan-2022": [],
    "shanghai-kewei-2024": [],
}


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="no corpus here; XXGK_SHARED names its folder")
@pytest.mark.parametrize("name", KNOWN)
def test_a_published_report_has_its_known_errors(name: str) -> None:
    report, problems = load_json((SHARED / "corpus" / f"{name}.json").read_text(encoding="utf-8"))
    assert not problems
    found = check(report, FORM)
    errors = [f for f in found if f.severity == ERROR and f.code[0] in "AVYS"]
    assert [(f.code, f.address, f.value, f.expected) for f in errors] == KNOWN[name]
    assert not [f for f in found if f.code[0] in "AY" and f.severity != ERROR]
