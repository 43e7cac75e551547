"""Tables that an office laid out in its own way: what cannot be told is said, and never a number of another cell."""

from __future__ import annotations

from random import Random

import pytest

from xxgk.figures import known_values
from xxgk.published.found import Found
from xxgk.published.html import read_markup
from xxgk.published.read import read_blocks

from support.published import values_read, written
from support.reports import FORM, report_of, sound_values

REPORT = report_of(sound_values(Random(8)))
VALUES = known_values(FORM, REPORT.figures)
PAGE = written(REPORT, "html").decode()
(ACROSS,) = (table for table in FORM.tables.values() if table.across)
OWN = {address for address in VALUES if address in ACROSS.addresses}
ROWS = tuple(dict.fromkeys(address.rpartition(".")[0] for address in ACROSS.addresses))
COLUMNS = tuple(column.id for column in ACROSS.columns)
CAPTIONS = [ACROSS.labels[f"{ROWS[0]}.{column}"][-1] for column in COLUMNS]
(TOTAL,) = {FORM.labels_of(address)[-1] for address in FORM.totals if address.endswith(".total")}


def read(page: str) -> Found:
    return read_blocks(read_markup(page))


def row(*texts: object) -> str:
    return "<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"


def with_table(*rows: str) -> str:
    """Return the page with ``rows`` as its last table."""
    start, end = PAGE.rindex("<table"), PAGE.rindex("</table>")
    return f"{PAGE[:start]}<table>{''.join(rows)}{PAGE[end:]}"


def with_row(at_end: bool, *numbers: int) -> str:
    """Return the page with a row more in its last table, before or behind the numbers."""
    numbers_at, end = PAGE.rindex("<tr"), PAGE.rindex("</tr>") + len("</tr>")
    at = end if at_end else numbers_at
    return PAGE[:at] + row(*numbers) + PAGE[at:]


def by_rows(*names: str) -> str:
    pairs = zip(names, ROWS, strict=False)
    numbers = (row(name, *(VALUES[f"{one}.{column}"] for column in COLUMNS)) for name, one in pairs)
    return with_table(row("项目", *CAPTIONS), *numbers)


def transposed() -> str:
    heads = [ACROSS.labels[f"{one}.{COLUMNS[0]}"][-2] for one in ROWS]
    numbers = (
        row(caption, *(VALUES[f"{one}.{column}"] for one in ROWS))
        for caption, column in zip(CAPTIONS, COLUMNS, strict=True)
    )
    return with_table(row("项目", *heads), *numbers)


@pytest.mark.parametrize(
    "page",
    [
        by_rows("案件（复议）", "案件（起诉）", "案件（复议以后又起诉）"),
        by_rows("复议"),
        with_row(True, *range(201, 201 + len(OWN))),
        with_row(False, *range(1, 1 + len(OWN))),
    ],
    ids=["own words", "one row", "two rows", "numbered columns"],
)
def test_rows_side_by_side_that_stand_otherwise_are_not_read(page: str) -> None:
    found = read(page)
    assert values_read(found) == {address: value for address, value in VALUES.items() if address not in OWN}
    assert {address for doubt in found.doubts for address in doubt.addresses} == OWN


@pytest.mark.parametrize(
    "page",
    [by_rows(*(ACROSS.labels[f"{one}.{COLUMNS[0]}"][-2] for one in ROWS)), transposed()],
    ids=["rows", "columns"],
)
def test_rows_side_by_side_that_stand_below_each_other_are_read(page: str) -> None:
    found = read(page)
    assert values_read(found) == VALUES
    assert found.doubts == ()


@pytest.mark.parametrize("word", ["合计", "共计"])
def test_another_word_for_the_total_is_known(word: str) -> None:
    found = read(PAGE.replace(TOTAL, word))
    assert values_read(found) == VALUES
    assert found.doubts == ()
    assert (word, TOTAL) in {(one.seen, one.expected) for one in found.differences}


@pytest.mark.parametrize("heading", ["第{}部分　{}", "第{}章 {}", "第{}部分、{}"])
def test_sections_are_found_as_parts_and_chapters(heading: str) -> None:
    page = PAGE
    for section in FORM.sections:
        page = page.replace(section.heading, heading.format(section.number, section.title))
    assert read(page).report == read(PAGE).report


def test_a_shortened_heading_with_its_number_is_found() -> None:
    last = FORM.sections[-1]
    page = PAGE.replace(last.heading, f"{last.number}、{last.title[:2]}{last.title[-2:]}")
    assert read(page).report == read(PAGE).report


def test_a_word_that_a_table_goes_on_is_no_remark_on_it() -> None:
    at = PAGE.rindex("<tr", 0, PAGE.rindex("<tr"))
    parted = read(f"{PAGE[:at]}</table><p>（续表）</p><table>{PAGE[at:]}")
    assert parted.report.table_notes == {}
    assert "（续表）" in parted.dropped


def test_an_amount_in_another_unit_is_not_read() -> None:
    amounts = {address for address in VALUES if FORM.kind_of(address).id == "amount"}
    found = read(PAGE.replace("万元", "元"))
    assert {address for doubt in found.doubts for address in doubt.addresses} == amounts
    assert amounts.isdisjoint(values_read(found))
    assert all("万元" in doubt.sentence for doubt in found.doubts)


def test_title_and_year_are_known_where_no_section_has_a_heading() -> None:
    page = PAGE
    for section in FORM.sections:
        page = page.replace(section.heading, "")
    report = read(page).report
    assert (report.year, report.title) == (REPORT.year, read(PAGE).report.title)
