"""Who belongs under whom: the unit at the top, and the units right under each."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from xxgk.consolidate.model import Unit
from xxgk.consolidate.names import key_of
from xxgk.errors import UsageProblem
from xxgk.formats import Form
from xxgk.records import Record, replace

# Whose reports a government adds up: 条例 and domain practice, 县 = 部门 + 乡镇, 市 = 部门 + 县, 省 = 部门 + 市.
BELOW = {
    "county": ("township", "county_department"),
    "city": ("township", "county_department", "county", "city_department"),
    "province": ("township", "county_department", "county", "city_department", "city", "province_department"),
}
MOST = 16_000  # units right under one: each has a column in a sheet, which has 16,384
TOP = "汇总单位"  # what the unit at the top is called where nobody has said


class Tree(Record):
    """What belongs under what. ``children`` has every unit with others under it; ``stray`` have no place in it."""

    top: Unit
    children: Mapping[str, tuple[Unit, ...]]
    stray: tuple[Unit, ...] = ()

    def inner(self) -> Iterator[Unit]:
        """Yield every unit that has others under it, each before those under it, the top first."""
        yield from self._inner(self.top)

    def over(self, unit: Unit) -> str:
        """Return the id of the unit that ``unit`` belongs right under, "" where it has no place."""
        if unit.parent or unit.id == self.top.id:
            return unit.parent
        return "" if any(unit.id == stray.id for stray in self.stray) else self.top.id

    def _inner(self, unit: Unit) -> Iterator[Unit]:
        yield unit
        for child in self.children.get(unit.id, ()):
            if child.id in self.children:
                yield from self._inner(child)


class Children(Mapping[str, tuple[Unit, ...]]):
    """Units by the id of the one that they belong right under, taken from their shelf when they are asked for."""

    def __init__(self, units: Sequence[Unit], places: Mapping[str, Sequence[int]]) -> None:
        self._units, self._places = units, places

    def __getitem__(self, parent: str) -> tuple[Unit, ...]:
        return tuple(self._units[place] for place in self._places[parent])

    def __contains__(self, parent: object) -> bool:
        return parent in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def tree_of(units: Sequence[Unit], name: str, form: Form) -> Tree:
    """Return how ``units`` stand; ``name`` is the unit at the top where they do not have it.

    Raise ``UsageProblem`` where no parents are given and the levels do not tell who belongs under whom, and where more
    than ``MOST`` units belong right under one.
    """
    places: dict[str, array[int]] = {}
    loose = array("L")
    for place, unit in enumerate(units):
        (places.setdefault(unit.parent, array("L")) if unit.parent else loose).append(place)
    if not places:
        return _flat(units, name, form)
    heads = [place for place in loose if units[place].id in places]
    if len(heads) == 1:
        stray = tuple(units[place] for place in loose if place != heads[0])
        return Tree(units[heads[0]], _children(units, places), stray)
    top = Unit(name or TOP)
    return Tree(top, _children(units, {**places, top.id: loose}))


def _flat(units: Sequence[Unit], name: str, form: Form) -> Tree:
    """Return the tree of units of which only the levels are known."""
    present = {unit.level for unit in units}
    over = [n for n, unit in enumerate(units) if not present.isdisjoint(BELOW.get(unit.level, ()))]
    if not over:
        named = (n for n, unit in enumerate(units) if name and key_of(unit.name) == key_of(name))
        head = next(named, None)
        return _under(Unit(name or TOP) if head is None else units[head], head, units)
    top = units[over[0]]
    levels = BELOW[top.level]
    others = (unit.level for n, unit in enumerate(units) if n != over[0])
    if len(over) > 1 or any(level in BELOW and level not in levels for level in others):
        names = "、".join(units[n].name for n in over[:3])
        labels = sorted({level.label for n in over if (level := form.level(units[n].level))})
        raise UsageProblem(
            f"{names} 是{'、'.join(labels)}，别的单位里有归它们汇总的，但不知道谁属于谁，没有汇总。"
            f"请用名单写明：先运行 xxgk roster new --from 文件夹，填好“上级单位”一栏，再加上 --roster 名单。"
        )
    return _under(top, over[0], units)


def _under(top: Unit, place: int | None, units: Sequence[Unit]) -> Tree:
    """Return the tree in which all others are right under ``top``, which is at ``place`` if it is among them."""
    others = array("L", (n for n in range(len(units)) if n != place))
    return Tree(top, _children(units, {top.id: others}))


def _children(units: Sequence[Unit], places: Mapping[str, Sequence[int]]) -> Children:
    most = max(map(len, places.values()))
    if most > MOST:
        raise UsageProblem(
            f"有一个单位直接汇总 {most} 个下级单位，一张工作表放不下（最多 {MOST} 个），没有汇总。"
            f"请在名单里填好“上级单位”，分几级汇总。"
        )
    return Children(units, places)


def due_by_law(unit: Unit, form: Form, year: int) -> Unit:
    """Return ``unit`` with the legal deadline where no due date is given."""
    level = form.level(unit.level)
    if unit.due or level is None or not level.deadline:
        return unit
    return replace(unit, due=date.fromisoformat(f"{year + 1}-{level.deadline}"))
