"""The office's page in Chromium: it fits a phone and a screen, sorts, searches, and axe-core finds nothing."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from xxgk.consolidate.page import render_page

from support.axe import faults
from support.chromium import seen, told
from support.gathered import COUNTY, county, unit
from support.sizes import FULL, full_only, spread

pytestmark = pytest.mark.chromium

MANY = 1000 if FULL else 150

FRAME = """<!DOCTYPE html><meta charset="utf-8">
<iframe id="frame" style="width:{width}px;height:800px;border:0" srcdoc="{page}"></iframe>
<script>
document.getElementById("frame").onload = event => {{
  const inner = event.target.contentDocument, root = inner.documentElement;
  const box = inner.querySelector(".wide"), name = inner.querySelector("#list tbody th");
  const before = name.getBoundingClientRect().left;
  box.scrollTo(300, 0);
  document.title = JSON.stringify({{ width: root.clientWidth, needed: root.scrollWidth, moves: box.scrollLeft,
    stays: name.getBoundingClientRect().left === before, reached: box.tabIndex,
    table: inner.getElementById("list").offsetWidth - box.clientWidth }});
}};
</script>"""

# What a person does, by the keys and fields that there are; what is seen then goes into the title.
DEEDS = """<script>
const list = document.getElementById("list"), search = document.getElementById("search");
const state = document.getElementById("state");
const names = () => [...list.tBodies[0].rows].filter(row => !row.hidden).map(row => row.cells[0].textContent.trim());
const button = text => [...list.querySelectorAll("thead button")].find(one => one.textContent === text);
const sorted = text => {
  button(text).focus();
  button(text).click();
  const head = button(text).parentElement;
  return [names(), head.getAttribute("aria-sort"), document.activeElement === button(text),
    list.querySelectorAll("[aria-sort]").length];
};
const found = (words, wanted) => {
  search.value = words;
  search.dispatchEvent(new Event("input"));
  state.value = wanted;
  state.dispatchEvent(new Event("change"));
  return [names(), document.getElementById("shown").value];
};
const start = performance.now();
const told = { first: names(), most: sorted("本年新收"), least: sorted("本年新收"), name: sorted("单位") };
told.code = found("410002", "");
told.late = found("", "迟交");
told.both = found("人民政府 第3镇", "back");
told.none = found("没有这个单位", "");
found("", "");
document.querySelector(".code button").click();
told.fault = [search.value, names()];
told.took = performance.now() - start;
document.title = JSON.stringify(told);
</script></body>"""


@functools.cache
def page_of(units: int) -> str:
    return "".join(render_page(county(units), Path()))


def deeds(folder: Path, page: str) -> dict[str, Any]:
    found: dict[str, Any] = told(folder, page.replace("</body>", DEEDS))
    return found


@pytest.mark.parametrize(("units", "width"), spread([(5, 390), (5, 1280), (MANY, 1280)], 1))
def test_it_fits(tmp_path: Path, units: int, width: int) -> None:
    saw = seen(tmp_path, FRAME, page_of(units), width)
    assert saw["needed"] <= saw["width"]
    # Only the list may be wider than a phone: it moves, and the names of the units stay.
    assert saw["reached"] == 0
    if width == 390:
        assert (saw["moves"], saw["stays"]) == (300, True)
    else:
        assert saw["table"] <= 0


def test_it_sorts_and_searches(tmp_path: Path) -> None:
    found = deeds(tmp_path, page_of(12))
    assert len(found["first"]) == 13
    names, order, focused, heads = found["most"]
    assert (names[0], order, focused, heads) == (COUNTY.name, "descending", True, 1)
    assert found["least"][1] == "ascending"
    known = [name for name in names if unit(1).name not in name and unit(11).name not in name]
    assert found["least"][0][: len(known)] == known[::-1]
    assert {found["most"][0][-1], found["most"][0][-2]} == {
        found["least"][0][-1],
        found["least"][0][-2],
    }  # those without one
    assert found["name"][0][:4] == [unit(0).name, unit(1).name, unit(2).name, unit(3).name]
    assert found["code"] == [[unit(2).name], "显示 1 行，共 13 行"]
    assert found["late"] == [[unit(2).name], "显示 1 行，共 13 行"]
    assert found["both"][0] == [unit(3).name]
    assert found["none"] == [[], "显示 0 行，共 13 行"]
    assert found["fault"] == ["A104", [unit(3).name]]


@full_only
def test_many_units_are_no_wait(tmp_path: Path) -> None:
    assert deeds(tmp_path, page_of(MANY))["took"] < 5000  # ten deeds, on a machine that does much else


def test_axe_finds_nothing(tmp_path: Path) -> None:
    found = faults(tmp_path, page_of(12))
    assert found["rules"] > 10
    assert found["violations"] == []
