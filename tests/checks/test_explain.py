"""What ``xxgk explain`` says."""

from __future__ import annotations

import tomllib

import pytest

from xxgk.checks.catalogue import FAMILIES, catalogue
from xxgk.checks.explain import PAGES, UnknownCode, codes, explain, explain_all
from xxgk.errors import UsageProblem
from xxgk.formats import Form


@pytest.mark.parametrize(("code", "form"), codes().items(), ids=codes())
def test_an_explanation_says_what_why_and_how(code: str, form: Form) -> None:
    entry = catalogue(form)[code]
    lines = explain(code).splitlines()
    assert lines[0].startswith(f"{code} {entry.title}")
    for start, text in (("要求：", entry.what), ("依据：", entry.clause), ("怎么改：", entry.hint)):
        assert any(line.startswith(start + text) for line in lines)
    for heading in ("错误示例", "正确示例"):
        place, _, value = lines[lines.index(heading) + 1].partition("：")
        assert place.startswith("  ")
        assert place.strip()
        assert value


def test_pages_hold_no_code_that_is_gone() -> None:
    assert set(tomllib.loads(PAGES.read_text(encoding="utf-8"))) == set(codes())


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(UnknownCode, match="A112") as caught:
        explain("A112")
    assert "A102" in caught.value.suggestions
    assert "A102" in str(caught.value)
    assert isinstance(caught.value, UsageProblem)


def test_a_code_like_no_other_points_to_the_list() -> None:
    with pytest.raises(UnknownCode, match="xxgk explain") as caught:
        explain("勾稽")
    assert caught.value.suggestions == ()


def test_the_list_has_every_code_under_its_family() -> None:
    lines = explain_all().splitlines()
    family = ""
    seen = []
    for line in lines:
        if not line.startswith(" "):
            family = line[0]
        else:
            code = line.split()[0]
            assert code[0] == family
            seen.append(code)
    assert seen == [code for letter in FAMILIES for code in codes() if code.startswith(letter)]
    assert {line[0] for line in lines if not line.startswith(" ")} == set(FAMILIES)
