"""Which files count: each with its unit, of two of one unit one or none, all others with the reason why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from xxgk.consolidate.model import ENTRY, Handed, Roster, Standing, Taken, Unit
from xxgk.consolidate.names import Match, Matcher, key_of, names_of
from xxgk.consolidate.store import Shelf
from xxgk.errors import UsageProblem
from xxgk.formats import Form, form_ids, load_form
from xxgk.records import replace
from xxgk.report import UNKNOWN_LEVEL
from xxgk.suffixes import WORKBOOKS

VERTICAL = "vertical"  # the level of 垂直系统


def common_year(taken: Iterable[Taken]) -> int:
    """Return the year of more than half of the reports. Raise ``UsageProblem`` when none is."""
    years = Counter(one.year for one in taken if not one.error and one.year is not None)
    if not years:
        raise UsageProblem("没有读到一份写明年度的报告，没有汇总。")
    year, count = max(years.items(), key=lambda pair: (pair[1], pair[0]))
    if 2 * count <= years.total():
        counts = "，".join(f"{year} 年度 {count} 份" for year, count in sorted(years.items()))
        raise UsageProblem(f"报告的年度不一致（{counts}），请写明汇总哪一年，如：--year {year}。")
    return year


def found_roster(taken: Iterable[Taken]) -> Roster:
    """Return the units that the files themselves name, by name, each with the level that it states."""
    units: dict[str, Unit] = {}
    named = ((one.unit, one.level, one.source.shown) for one in taken if one.unit)
    for name, level, _ in sorted(named):
        key = key_of(name)
        if key not in units:
            units[key] = Unit(name, level=level)
        elif units[key].level == UNKNOWN_LEVEL:
            units[key] = replace(units[key], level=level)
    return Roster(tuple(sorted(units.values(), key=lambda unit: unit.name)), given=False)


def stand(taken: Iterable[Taken], units: Shelf[Unit], year: int, form: Form) -> Shelf[Handed]:
    """Return each file with its unit and whether it counts: in the units' order, the others after it.

    ``taken`` come in the order of their names, ``units`` with their ids as keys.
    """
    matcher = Matcher(units)
    matched: Shelf[Handed] = Shelf(units.store)
    for one in taken:
        handed = _alone(one, matcher, year, form)
        matched.put(handed, handed.unit.id if handed.unit else "")
    found: Shelf[Handed] = Shelf(units.store)
    for unit in units:
        for handed in _among(list(matched.keyed(unit.id)), form):
            found.put(handed, unit.id)
    for handed in matched.keyed(""):
        found.put(handed)
    matched.clear()
    return found


def _alone(taken: Taken, matcher: Matcher, year: int, form: Form) -> Handed:
    """Return what becomes of a file as far as no other matters."""
    if taken.error:
        # Whose it is may still be told by its name, so that it is not only missed.
        match = matcher.match(taken)
        return Handed(taken, Standing.UNREADABLE, match.unit, taken.error)
    match = matcher.match(taken)
    if match.unit is None:
        return Handed(taken, Standing.UNMATCHED, None, _asked(match), match.candidates)
    unit = match.unit
    received = unit.received or taken.modified
    level = taken.level if unit.level == UNKNOWN_LEVEL else unit.level
    if level == VERTICAL:
        return Handed(taken, Standing.VERTICAL, unit, received=received)
    if taken.year != year:
        said = "没有写年度" if taken.year is None else f"是 {taken.year} 年度的"
        return Handed(taken, Standing.OTHER_YEAR, unit, said, received=received)
    if taken.form != form.id:
        name = load_form(taken.form).name if taken.form in form_ids() else taken.form
        return Handed(taken, Standing.OTHER_FORM, unit, f"用的是{name}（{taken.form} 版）", received=received)
    return Handed(taken, Standing.COUNTED, unit, match.how, received=received)


def _asked(match: Match) -> str:
    if not match.candidates:
        return f"{match.how}。"
    return f"{match.how}，可能是 {'、'.join(names_of(match.candidates))}。"


def _among(handed: Sequence[Handed], form: Form) -> list[Handed]:
    """Return the files of one unit with what becomes of those that could count: equal ones once, different ones not."""
    able = [one for one in handed if one.standing is Standing.COUNTED]
    if len(able) < 2:
        return list(handed)
    chosen = [one for one in able if _is_chosen(one)] or able
    first = min(chosen, key=_preference)
    alike = all(_alike(one.taken, first.taken, form) for one in chosen)
    return [_one_of(one, first, alike, one in chosen) if one in able else one for one in handed]


def _alike(one: Taken, other: Taken, form: Form) -> bool:
    """Tell whether two reports have the same figures: in the tables all, of the single ones those that both have.

    A published report says the single figures in its text, where they are not read.
    """
    singles = {field.id for field in form.fields}
    both = one.values.keys() & other.values.keys()
    differing = (a for a in one.values.keys() | other.values.keys() if one.values.get(a) != other.values.get(a))
    return all(address in singles and address not in both for address in differing)


def _one_of(one: Handed, first: Handed, alike: bool, chosen: bool) -> Handed:
    shown = first.taken.source.shown
    if one is first and alike:
        return one
    if not chosen:
        return replace(one, standing=Standing.RIVAL, reason=f"名单里写明用 {shown}")
    if alike:
        same = "内容" if one.taken.digest == first.taken.digest else "数字"
        return replace(one, standing=Standing.COPY, reason=f"{same}与 {shown} 相同")
    return replace(one, standing=Standing.RIVAL, reason="数字不同，不知道用哪一个")


def _is_chosen(handed: Handed) -> bool:
    """Tell whether the office has named the file in the list."""
    assert handed.unit is not None
    file, shown = handed.unit.file.replace("\\", "/"), handed.taken.source.shown
    return bool(file) and (file == shown or PurePath(shown.replace(ENTRY, "/")).name == file)


def _preference(handed: Handed) -> tuple[bool, str]:
    """Return what orders equal files: workbooks first, since they have last year's figures, then by name."""
    shown = handed.taken.source.shown
    return not shown.lower().endswith(WORKBOOKS), shown
