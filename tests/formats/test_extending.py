"""A form that is declared by what it has other than another form."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from xxgk.formats import FormError, load_form, loader
from xxgk.formats.extending import extended, with_document
from xxgk.formats.loader import FOLDER

BASE = {
    "title": "a",
    "numbers": [1, 2],
    "rows": [{"id": "x", "basis": "b", "note": "n"}, {"id": "y.z", "basis": "c"}],
    "rules": [{"code": "A1", "left": ["x"]}],
    "tables": {"one": {"rows": [{"id": "x"}], "name": "t"}},
}


@pytest.mark.parametrize(
    ("own", "without", "changed"),
    [
        ({}, [], {}),
        ({"title": "b", "numbers": [3]}, [], {"title": "b", "numbers": [3]}),
        ({"new": {"id": 1}}, [], {"new": {"id": 1}}),
        (
            {"rows": [{"id": "w"}, {"id": "x", "basis": "d"}]},
            [],
            {"rows": [{"id": "x", "basis": "d", "note": "n"}, {"id": "y.z", "basis": "c"}, {"id": "w"}]},
        ),
        ({"rules": [{"code": "A1", "left": ["y"]}]}, [], {"rules": [{"code": "A1", "left": ["y"]}]}),
        ({"rows": []}, [], {"rows": []}),
        ({"tables": {"one": {"name": "u"}}}, [], {"tables": {"one": {"rows": [{"id": "x"}], "name": "u"}}}),
        ({}, ["rows/y.z"], {"rows": [{"id": "x", "basis": "b", "note": "n"}]}),
        ({"rows": [{"id": "x"}]}, ["rows"], {"rows": [{"id": "x"}]}),
        ({}, ["tables/one/rows/x"], {"tables": {"one": {"rows": [], "name": "t"}}}),
    ],
)
def test_what_a_form_says_is_laid_over_the_other(
    own: dict[str, Any], without: list[str], changed: dict[str, Any]
) -> None:
    before = repr(BASE)
    assert extended(BASE, own, without) == {**BASE, **changed}
    assert repr(BASE) == before


def test_the_document_is_put_in_everywhere() -> None:
    data = {"a": "按{document}附件", "b": [{"c": "{document}"}, 1]}
    assert with_document(data, "甲〔1〕号") == {"a": "按甲〔1〕号附件", "b": [{"c": "甲〔1〕号"}, 1]}


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of forms with the newest of ours in it."""
    (tmp_path / "2021.toml").write_bytes((FOLDER / "2021.toml").read_bytes())
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    monkeypatch.setattr(loader, "load_form", functools.cache(load_form.__wrapped__))
    return tmp_path


def test_a_new_form_says_only_what_is_new(forms: Path) -> None:
    text = 'id = "2031"\nextends = "2021"\nsince = 2031\ndocument = "新文号"\n[[levels]]\nid = "city"\nlabel = "市"\n'
    (forms / "2031.toml").write_text(text, encoding="utf-8")
    found = loader.newest_form()
    assert (found.id, found.document) == ("2031", "新文号")
    old = loader.load_form("2021")
    assert [level.label for level in found.levels if level not in old.levels] == ["市"]
    assert found.tables["disputes"].addresses == old.tables["disputes"].addresses
    assert all("新文号" in rule.clause for rule in found.rules)
    assert found.comparable(old) == tuple(a for table in old.tables.values() for a in table.addresses)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('extends = "1999"', "2031.toml: extends: '1999' is no form"),
        ('extends = "2031"', "2031.toml: extends: '2031' extends this form in turn"),
        ('extends = "2021"\nwithout = ["rules/A999"]', "2031.toml: without: 2021 has no rules/A999"),
        ('extends = "2021"\nwithout = ["title/x"]', "2031.toml: without: 2021 has no title/x"),
        ('extends = "2021"\nsurprise = 1', "2031.toml: surprise is not known here"),
    ],
)
def test_a_form_that_extends_wrongly_is_refused(forms: Path, lines: str, message: str) -> None:
    (forms / "2031.toml").write_text(f'id = "2031"\nsince = 2031\n{lines}\n', encoding="utf-8")
    with pytest.raises(FormError) as caught:
        loader.load_form("2031")
    assert str(caught.value) == message
