"""Who belongs under whom: the unit at the top, and the units right under each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from xxgk.consolidate.model import Roster, Unit
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
TOP = "汇总单位"  # what the unit at the top is called where nobody has said


class Tree(Record):
    """What belongs under what. ``children`` has every unit with others under it; ``stray`` have no place in it."""

    top: Unit
    children: Mapping[str, tuple[Unit, ...]]
    stray: tuple[Unit, ...] = ()

    def below(self, unit: Unit) -> Iterator[Unit]:
        """Yield every unit under ``unit``, each before those under it."""
        for child in self.children.get(unit.id, ()):
            yield child
            yield from self.below(child)

    def inner(self) -> Iterator[Unit]:
        """Yield every unit that has others under it, the top first."""
        yield self.top
        yield from (unit for unit in self.below(self.top) if unit.id in self.children)


def tree_of(roster: Roster, name: str, form: Form) -> Tree:
    """Return how the units of ``roster`` stand; ``name`` is the unit at the top where the roster does not have it.

    Raise ``UsageProblem`` where no parents are given and the levels do not tell who belongs under whom.
    """
    children: dict[str, list[Unit]] = {}
    for unit in roster.units:
        if unit.parent:
            children.setdefault(unit.parent, []).append(unit)
    loose = [unit for unit in roster.units if not unit.parent]
    if not children:
        return _flat(loose, name, form)
    heads = [unit for unit in loose if unit.id in children]
    if len(heads) == 1:
        return Tree(heads[0], _frozen(children), tuple(unit for unit in loose if unit is not heads[0]))
    top = Unit(name or TOP)
    return Tree(top, _frozen({**children, top.id: loose}))


def _flat(units: Sequence[Unit], name: str, form: Form) -> Tree:
    """Return the tree of units of which only the levels are known."""
    over = [unit for unit in units if any(other.level in BELOW.get(unit.level, ()) for other in units)]
    if not over:
        top = next((unit for unit in units if name and key_of(unit.name) == key_of(name)), Unit(name or TOP))
        return Tree(top, {top.id: tuple(unit for unit in units if unit is not top)})
    others = [unit for unit in units if unit is not over[0]]
    levels = BELOW[over[0].level]
    if len(over) > 1 or any(other.level in BELOW and other.level not in levels for other in others):
        names = "、".join(unit.name for unit in over[:3])
        labels = sorted({level.label for unit in over if (level := form.level(unit.level))})
        raise UsageProblem(
            f"{names} 是{'、'.join(labels)}，别的单位里有归它们汇总的，但不知道谁属于谁，没有汇总。"
            f"请用名单写明：先运行 xxgk roster new --from 文件夹，填好“上级单位”一栏，再加上 --roster 名单。"
        )
    return Tree(over[0], {over[0].id: tuple(others)})


def _frozen(children: Mapping[str, Sequence[Unit]]) -> dict[str, tuple[Unit, ...]]:
    return {parent: tuple(units) for parent, units in children.items()}


def with_due(roster: Roster, form: Form, year: int) -> Roster:
    """Return ``roster`` with the legal deadline where no due date is given."""

    def due(unit: Unit) -> Unit:
        level = form.level(unit.level)
        if unit.due or level is None or not level.deadline:
            return unit
        return replace(unit, due=date.fromisoformat(f"{year + 1}-{level.deadline}"))

    return replace(roster, units=tuple(map(due, roster.units)))
