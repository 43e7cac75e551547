"""The office's page says who has handed in, with which faults and figures; without its script as well."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from lxml import html

from xxgk.consolidate.gather import Wanted, gather
from xxgk.consolidate.keyfigures import figure_of, key_figures
from xxgk.consolidate.model import Gathered, Roster, Unit
from xxgk.consolidate.page import BARS, FULL, link_to, overview_of, render_page, slices, write_page
from xxgk.consolidate.page_lines import State, unit_lines
from xxgk.records import replace

from support.gathered import COUNTY, FORM, YEAR, county, report, taken, unit


@pytest.fixture(scope="module")
def gathered() -> Gathered:
    return county(30)


def page_of(gathered: Gathered) -> html.HtmlElement:
    return html.document_fromstring("".join(render_page(gathered, Path())))


def test_each_unit_has_its_state(gathered: Gathered) -> None:
    states = {line.unit.name: line.state for line in unit_lines(gathered)}
    assert states.pop(COUNTY.name) is State.SUMMED
    expected = {0: State.IN_TIME, 1: State.MISSING, 2: State.LATE, 3: State.IN_TIME}
    assert states.pop(unit(29).name) is State.NOT_COUNTED  # its file is of the year before
    assert states == {unit(n).name: expected.get(n % 10, State.IN_TIME) for n in range(29)}


def test_a_unit_that_nothing_is_expected_of_is_not_missing() -> None:
    tax = Unit("县税务局", level="vertical", parent=COUNTY.id)
    files = [taken(report(0), "0.xlsx"), taken(replace(report(1), unit=tax.name, level="vertical"), "税.xlsx")]
    lines = unit_lines(gather(files, Wanted(Roster((COUNTY, unit(0), tax)), YEAR)))
    assert [line.state for line in lines] == [State.SUMMED, State.IN_TIME, State.OUTSIDE]


def test_the_table_has_a_row_for_each_unit_with_its_figures(gathered: Gathered) -> None:
    page = page_of(gathered)
    rows = {row.find("th").text_content(): row for row in page.xpath("//*[@id='list']/tbody/tr")}
    assert len(rows) == 31
    total = next(key for key in key_figures(FORM) if key.addresses == ("applications.new.total",))
    heads = [head.text_content() for head in page.xpath("//*[@id='list']/thead//th")]
    for line in islice(unit_lines(gathered), 1, 9):
        cells = rows[line.unit.name]
        cell = cells[heads.index(total.name)]
        value = figure_of(total, line.values)
        assert cell.text == ("—" if value is None else str(value))
        last = figure_of(total, line.last)
        assert (last is not None) == (f"上年 {last}" in cell.text_content())


def test_the_sum_stands_beside_that_of_last_year(gathered: Gathered) -> None:
    rows = page_of(gathered).xpath("//table[@class='small']/tbody/tr")
    shown = [[cell.text_content() for cell in row] for row in rows]
    for key, row in zip(key_figures(FORM), shown, strict=True):
        this, last = figure_of(key, gathered.top.totals), figure_of(key, gathered.top.last)
        assert row[:2] == [key.name, str(this)]
        assert row[2] == ("—" if last is None else str(last))


def test_the_commonest_faults_come_with_how_many_units_have_them(gathered: Gathered) -> None:
    rows = page_of(gathered).xpath("//section[.//h2[@id='faults']]//tbody/tr")
    shown = {row[0].text_content(): row[3].text_content() for row in rows}
    wrong = {line.unit.id for line in unit_lines(gathered) for finding in line.findings if finding.code == "A104"}
    assert shown["A104"] == str(len(wrong)) == "3"


def test_a_chart_shows_the_units_with_most_and_both_years(gathered: Gathered) -> None:
    key = key_figures(FORM)[0]
    (chart,) = overview_of(unit_lines(gathered), [key]).charts
    figures = sorted((figure_of(key, line.values) or 0 for line in islice(unit_lines(gathered), 1, None)), reverse=True)
    assert [bar.pair.this for bar in chart.bars] == figures[:BARS]
    assert max(max(bar.this, bar.last) for bar in chart.bars) == FULL
    assert all(bar.last > 0 for bar in chart.bars if bar.pair.last)


def test_the_states_fill_the_bar(gathered: Gathered) -> None:
    found = slices(overview_of(unit_lines(gathered), []).states)
    assert sum(one.count for one in found) == 30
    assert found[0].start == 0
    assert found[-1].start + found[-1].width == pytest.approx(FULL)


def test_a_name_is_text_not_markup() -> None:
    name = "<script>alert(1)</script>\"'&镇"
    odd = replace(unit(0), name=name)
    made = gather([taken(replace(report(0), unit=name), "0.xlsx")], Wanted(Roster((COUNTY, odd)), YEAR))
    page = page_of(made)
    assert [row.text_content() for row in page.xpath("//*[@id='list']/tbody//th")] == [COUNTY.name, name]
    assert len(page.xpath("//script")) == 1


def test_links_lead_from_the_page_to_the_files(tmp_path: Path) -> None:
    made = gather([taken(report(0), str(tmp_path / "报来" / "第 0#镇.xlsx"))], Wanted(Roster((COUNTY, unit(0))), YEAR))
    source = made.handed[0].taken.source
    assert link_to(source, tmp_path) == "%E6%8A%A5%E6%9D%A5/%E7%AC%AC%200%23%E9%95%87.xlsx"
    write_page(tmp_path / "汇总.html", made)
    links = html.document_fromstring((tmp_path / "汇总.html").read_bytes()).xpath("//*[@id='list']/tbody//a")
    assert [link.get("href") for link in links] == [link_to(source, tmp_path)]


def test_the_page_loads_nothing_from_elsewhere(gathered: Gathered) -> None:
    text = "".join(render_page(gathered, Path()))
    assert "http" not in text.replace("http-equiv", "")
    assert "@import" not in text
    assert "url(" not in text


def test_nothing_handed_in_is_a_page_too() -> None:
    made = gather([taken(replace(report(0), unit="别的县"), "0.xlsx")], Wanted(Roster((COUNTY, unit(1))), YEAR))
    assert made.top.missing == (unit(1),)
    assert "还没有可以比较的数" in "".join(render_page(made, Path()))
