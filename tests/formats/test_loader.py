"""The form's file: complete, and every fault is named."""

from __future__ import annotations

import copy
import functools
import marshal
import tomllib
import zlib
from pathlib import Path
from typing import Any

import pytest

from xxgk.formats import (
    LAST_YEAR,
    FormError,
    form_for_year,
    last_year,
    load_form,
    loader,
    newest_form,
    oldest_form,
    parse_form,
)
from xxgk.formats.loader import FOLDER, data_of

DATA: dict[str, Any] = tomllib.loads((FOLDER / "2021.toml").read_text(encoding="utf-8"))
FORM = load_form("2021")
SOURCE = b"known = 'source'"


def test_sections_are_the_six_of_the_official_form() -> None:
    assert [section.heading for section in FORM.sections] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


@pytest.mark.parametrize(
    ("table", "height", "width", "figures"),
    [("disclosure", 14, 4, 10), ("applications", 28, 10, 175), ("disputes", 4, 15, 15)],
)
def test_tables_have_the_official_size(table: str, height: int, width: int, figures: int) -> None:
    found = FORM.tables[table]
    assert (found.height, found.width, len(found.addresses)) == (height, width, figures)


def test_every_row_has_basis_and_guidance() -> None:
    for table in FORM.tables.values():
        for row in table.rows:
            assert row.basis, row.id
            assert row.guidance, row.id


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        (
            "applications.withheld.forbidden.business",
            ("三、本年度办理结果", "（三）不予公开", "2.其他法律行政法规禁止公开", "商业企业"),
        ),
        ("disclosure.normative.in_force", ("行政规范性文件", "现行有效件数")),
        ("disclosure.coercion.decisions", ("行政强制", "本年处理决定数量")),
        ("disputes.suit_direct.total", ("行政诉讼", "未经复议直接起诉", "总计")),
        ("disputes.review.upheld", ("行政复议", "结果维持")),
    ],
)
def test_labels_come_from_the_printed_grid(address: str, labels: tuple[str, ...]) -> None:
    assert FORM.labels_of(address) == labels


def test_rules_have_one_instance_for_each_place() -> None:
    counts: dict[str, int] = {}
    for instance in FORM.instances:
        counts[instance.rule.source] = counts.get(instance.rule.source, 0) + 1
    # R8 is two rules (repealed; in force) of two rows each.
    assert counts == {"R1": 7, "R2": 7, "R3": 25, "R4": 3, "R6": 7, "R7": 2, "R8": 4}


def test_totals_come_after_their_parts() -> None:
    seen: set[str] = set()
    for address, total in FORM.totals.items():
        assert not {part for part in total.parts if part in FORM.totals} - seen
        seen.add(address)
    assert len(seen) == 25 + 6 + 3


def _broken(path: str, value: Any) -> dict[str, Any]:
    data = copy.deepcopy(DATA)
    *parents, last = path.split("/")
    here: Any = data
    for key in parents:
        here = here[int(key) if key.isdigit() else key]
    last_key: Any = int(last) if last.isdigit() else last
    if value is None:
        del here[last_key]
    else:
        here[last_key] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("title", None, "2021.toml: title is missing"),
        ("since", "2021", "2021.toml: since must be int"),
        ("since", True, "2021.toml: since must be int"),
        ("key_figures/0", "收到", "2021.toml: key_figures: '收到' is the name of no number"),
        ("surprise", 1, "2021.toml: surprise is not known here"),
        ("sections/0/number", None, "2021.toml.sections[overview]: number is missing"),
        ("sections/0/kind", "poem", "2021.toml.sections[overview]: kind must be one of"),
        ("sections/1/table", "tables", "2021.toml.sections[disclosure]: table must be one of"),
        ("levels/1/id", "township", "2021.toml.levels[township]: this id is declared twice"),
        ("fields/0/kind", "colour", "2021.toml.fields[processing_fee.notices]: kind must be one of"),
        ("tables/applications/rows/0/basis", 31, "2021.toml.tables.applications.rows[new]: basis must be str"),
        ("tables/disclosure/rows/0/sign_is_zero", ["village"], "rows[regulations]: sign_is_zero: 'village' is"),
        ("tables/applications/rows/0/id", "old", "applications: grid: applications.new.person names no declared row"),
        ("tables/applications/widths", [1, 2], "2021.toml.tables.applications: widths has 2 numbers for 10 columns"),
        ("tables/applications/grid/3", ["一", "<"], "2021.toml.tables.applications: grid line 4 has 2 cells"),
        ("tables/disputes/grid/0/0", "<", "2021.toml.tables.disputes: grid line 1, cell 1"),
        ("tables/applications/folds/0/into", "rest", "2021.toml.tables.applications.folds[0]: 'rest' is not a row"),
        ("rules/0/op", "<", "2021.toml.rules[A101]: op must be one of"),
        ("rules/0/left", ["nothing"], "2021.toml.rules[A101]: 'nothing' gives applications.nothing.person"),
        ("rules/1/right", ["@nothing"], "2021.toml.rules[A102]: the set @nothing is not declared"),
        ("rules/1/code", "A101", "2021.toml.rules[A101]: this code is declared twice"),
        ("rules/5/members", ["nothing"], "2021.toml.rules[Y102]: members: 'nothing' is not in table"),
        ("rules/0/computes", True, "2021.toml.rules[A101]: computes needs one figure on the left"),
        ("rules/1/right", ["processed"], "2021.toml: applications.processed.person is computed from itself"),
        ("rules/0", "A101", "2021.toml: rules[0] must be a table"),
        ("kinds/1/signed", True, "2021.toml.kinds[amount]: signed is known for integers only"),
        ("tables/disputes/incomparable", ["none"], "2021.toml.tables.disputes: 'none' is not a row of the table"),
        ("tables/disputes/aliases", {"all": "none"}, "2021.toml.tables.disputes: 'none' is not a row of the table"),
    ],
)
def test_a_malformed_form_is_refused_by_the_name_of_the_entry(path: str, value: Any, message: str) -> None:
    with pytest.raises(FormError) as caught:
        parse_form(_broken(path, value), "2021.toml")
    assert message in str(caught.value)


def test_a_merge_must_be_a_rectangle() -> None:
    data = _broken("tables/disclosure/grid/1/3", "^")
    data["tables"]["disclosure"]["grid"][1][2] = "x"
    with pytest.raises(FormError, match="no rectangle"):
        parse_form(data, "2021.toml")


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(FormError, match="1999"):
        load_form("1999")


@pytest.fixture
def two_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A younger form beside ours whose id sorts before it."""
    source = (FOLDER / "2021.toml").read_text(encoding="utf-8")
    (tmp_path / "2021.toml").write_text(source, encoding="utf-8")
    younger = source.replace('id = "2021"', 'id = "2020b"').replace("since = 2021", "since = 2031")
    (tmp_path / "2020b.toml").write_text(younger, encoding="utf-8")
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    monkeypatch.setattr(loader, "load_form", functools.cache(load_form.__wrapped__))


@pytest.mark.usefixtures("two_forms")
def test_each_year_has_the_form_that_came_last_by_then() -> None:
    assert (oldest_form().id, newest_form().id) == ("2021", "2020b")
    found = {year: form_for_year(year).id for year in (2021, 2030, 2031, 2099)}
    assert found == {2021: "2021", 2030: "2021", 2031: "2020b", 2099: "2020b"}
    assert (last_year(oldest_form()), last_year(newest_form())) == (2030, LAST_YEAR)


def test_a_year_before_the_oldest_form_has_none() -> None:
    with pytest.raises(FormError, match="2018"):
        form_for_year(2018)


def test_only_regulations_are_reserved() -> None:
    reserved = [(table.id, row.id) for table in FORM.tables.values() for row in table.rows if row.reserved]
    assert reserved == [("disclosure", "regulations")]


def test_a_sign_is_zero_only_where_the_level_cannot_have_the_number() -> None:
    for table in FORM.tables.values():
        for row in table.rows:
            levels = [FORM.level(level) for level in row.sign_is_zero]
            assert bool(levels) == row.reserved, row.id
            assert not any(level is None or level.makes_regulations for level in levels)


@pytest.mark.parametrize(
    ("prepared", "expected"),
    [
        (marshal.dumps((zlib.crc32(SOURCE), {"known": "parsed"}), 2), "parsed"),
        (marshal.dumps((zlib.crc32(SOURCE) + 1, {"known": "parsed"}), 2), "source"),
        (marshal.dumps({"known": "parsed"}, 2), "source"),
        (marshal.dumps((zlib.crc32(SOURCE), {"known": "parsed"}), 2)[:-3], "source"),
        (b"", "source"),
        (None, "source"),
    ],
)
def test_what_is_parsed_already_is_taken_where_it_is_whole_and_of_the_same_source(
    tmp_path: Path, prepared: bytes | None, expected: str
) -> None:
    path = tmp_path / "form.toml"
    path.write_bytes(SOURCE)
    if prepared is not None:
        path.with_suffix(".data").write_bytes(prepared)
    assert data_of(path) == {"known": expected}
