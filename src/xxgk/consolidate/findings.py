"""C: what stands against a sum — who is missing, what could not be counted, where stated figures differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xxgk.checks.finding import ERROR, Finding
from xxgk.checks.subject import Spot, Subject, subject_of
from xxgk.consolidate.model import Handed, Standing, Sum, Unit
from xxgk.consolidate.store import Shelf
from xxgk.consolidate.sums import parts_of
from xxgk.consolidate.tree import Tree
from xxgk.figures import PLACES
from xxgk.formats import Form
from xxgk.report import Number, Place, Report

NAMES_SHOWN = 10
UNITS_SHOWN = 5
TELLING = 5  # smaller differences are some unit's figure by chance
LEFT_OUT = {
    Standing.RIVAL: "C105",
    Standing.OTHER_YEAR: "C106",
    Standing.OTHER_FORM: "C106",
    Standing.UNMATCHED: "C107",
    Standing.UNREADABLE: "C108",
    Standing.COPY: "C111",
    Standing.VERTICAL: "C111",
}


def left_out(handed: Shelf[Handed], tree: Tree) -> Shelf[Handed]:
    """Return the files that do not count, by the id of the unit whose matter that is.

    This is the one that their unit belongs right under, or the unit itself where it has a sum of its own, and the unit
    at the top where nobody knows whose they are.
    """
    found: Shelf[Handed] = Shelf(handed.store)
    for one in handed:
        if one.standing in LEFT_OUT:
            unit = one.unit or tree.top
            found.put(one, unit.id if unit.id in tree.children else tree.over(unit))
    return found


def find(of: Sum, aside: Iterable[Handed], form: Form, year: int) -> tuple[Finding, ...]:
    """Return all findings about the sum ``of``, in order of code, then of the roster or the table.

    ``aside`` are its files among those that are ``left_out``.
    """
    report = Report(form.id, of.unit.name, year, of.unit.level)
    finder = _Finder(subject_of(report, form), of)
    found = [
        *finder.missing(),
        *finder.lacking(),
        *finder.against_own(),
        *finder.files(aside),
        *finder.errors(),
        *finder.adjusted(),
        *finder.last_year(),
        *finder.late(),
    ]
    return tuple(sorted(found, key=lambda finding: finding.code))


class _Finder:
    def __init__(self, subject: Subject, of: Sum) -> None:
        self.subject, self.of, self.form = subject, of, subject.form
        self.names = {member.unit.id: member.unit.name for member in of.members}

    def missing(self) -> Iterator[Finding]:
        """C101: units of which nothing came."""
        if self.of.missing:
            count = len(self.of.missing)
            message = f"不完整：还有 {count} 个单位没有能计入的报告：{_listed(unit.name for unit in self.of.missing)}。"
            yield self.subject.finding("C101", self.whole(), message, value=count)

    def lacking(self) -> Iterator[Finding]:
        """C102: blanks, one finding for each unit."""
        by_unit: dict[str, list[str]] = {}
        for address, units in self.of.lacking.items():
            for unit in units:
                by_unit.setdefault(unit, []).append(address)
        for unit, addresses in by_unit.items():
            first = " › ".join(self.form.labels_of(addresses[0]))
            more = f"等 {len(addresses)} 格" if len(addresses) > 1 else ""
            message = f"不完整：{self.names[unit]}的 {first} {more}没有填或者读不懂，这些格没有汇总。"
            yield self.subject.finding("C102", self.spot(addresses[0]), message)

    def against_own(self) -> Iterator[Finding]:
        """C103, C104: the unit's own report beside the sum, and units larger than it (R9)."""
        own = self.of.own.taken.values if self.of.own else {}
        for address in (*parts_of(self.form), *self.form.totals):
            total = self.of.totals.get(address)
            if total is None:
                continue
            stated = own.get(address)
            difference: Number = 0 if stated is None else _rounded(stated - total)
            if stated is not None and self.of.complete and difference:
                message = (
                    f"本单位自己的报告填 {stated}，下级相加{self.adjustment(address)}是 {total}，"
                    f"相差 {abs(difference)}{self.cause(address, difference)}。{self.by_unit(address)}"
                )
                yield self.subject.finding(
                    "C103", self.spot(address), message, value=stated, expected=total, difference=difference
                )
            elif not self.form.kind_of(address).signed:
                yield from self.larger(address, total, stated if difference < 0 else None)

    def larger(self, address: str, total: Number, stated: Number | None) -> Iterator[Finding]:
        if stated is not None:
            message = f"下级单位还没有交齐，相加{self.adjustment(address)}已经是 {total}，"
            message += f"比本单位自己的报告填的 {stated} 大。{self.by_unit(address)}"
            yield self.subject.finding(
                "C104", self.spot(address), message, value=total, expected=stated, difference=total - stated
            )
        for member in self.of.members:
            value = member.values.get(address, 0)
            if value > total:
                message = f"{member.unit.name}填的是 {value}，比调整后的汇总数 {total} 还大。"
                yield self.subject.finding(
                    "C104", self.spot(address), message, value=value, expected=total, difference=value - total
                )

    def files(self, aside: Iterable[Handed]) -> Iterator[Finding]:
        """C105 to C108, C111: files that do not count."""
        for one in aside:
            yield self.subject.finding(LEFT_OUT[one.standing], self.whole(one.unit), self.left_out(one))

    def left_out(self, one: Handed) -> str:
        """Return the sentence on a file that does not count."""
        if one.standing is Standing.UNREADABLE:
            return one.reason
        name = f"{one.unit.name}的 " if one.unit else ""
        reason = one.reason.rstrip("。")
        return f"{name}{one.taken.source.shown}：{one.standing.value}{f'（{reason}）' if reason else ''}。"

    def errors(self) -> Iterator[Finding]:
        """C109: units that count although their reports have errors."""
        for member in self.of.members:
            if member.handed is None or member.summed:
                continue
            taken = member.handed.taken
            count = sum(finding.severity == ERROR for finding in taken.findings)
            if count:
                message = f"{member.unit.name}的报告有 {count} 处错误，数字照它填的计入。"
                for address, computed in taken.wrong_totals.items():
                    labels = " › ".join(self.form.labels_of(address))
                    message += f"{labels}写的是 {taken.values[address]}，各项的和是 {computed}，汇总用各项的和。"
                yield self.subject.finding("C109", self.whole(member.unit), message, value=count)

    def adjusted(self) -> Iterator[Finding]:
        """C110: adjustments that come to nothing, or to less than nothing."""
        for address in dict.fromkeys(one.address for one in self.of.adjustments):
            if address not in self.of.values:
                message = "这一格有调整，但没有汇总数，调整没有用上。"
            elif self.of.totals[address] < 0 and not self.form.kind_of(address).signed:
                message = f"下级相加是 {self.of.values[address]}，调整后成了 {self.of.totals[address]}，小于 0。"
            else:
                continue
            yield self.subject.finding("C110", self.spot(address), message)

    def last_year(self) -> Iterator[Finding]:
        """C112: units without last year's figures where others have them."""
        without = self.of.without_last
        if without and len(without) < sum(member.counted for member in self.of.members):
            names = _listed(self.names[unit] for unit in without)
            message = f"上年数据不全，没有汇总：{names} 没有（或者不是）上一年度的数据。"
            yield self.subject.finding("C112", self.whole(), message, value=len(without))

    def late(self) -> Iterator[Finding]:
        """C113: reports that came after the due date."""
        late = [one for m in self.of.members if (one := m.handed) is not None and one.late and not m.summed]
        if late:
            days = _listed(f"{one.unit.name}（{one.received}，期限 {one.unit.due}）" for one in late if one.unit)
            message = f"{len(late)} 个单位交来晚于期限：{days}。"
            yield self.subject.finding("C113", self.whole(), message, value=len(late))

    # ---------------------------------------------------------------- words

    def by_unit(self, address: str) -> str:
        """Return the units with the largest figures at ``address``."""
        known = [(member.values[address], member.unit.name) for member in self.of.members if member.values.get(address)]
        known.sort(key=lambda pair: -pair[0])
        shown = "，".join(f"{name} {value}" for value, name in known[:UNITS_SHOWN])
        more = f"，其余 {len(known) - UNITS_SHOWN} 个单位见“下级数据”" if len(known) > UNITS_SHOWN else ""
        return f"各单位：{shown}{more}。" if shown else ""

    def cause(self, address: str, difference: Number) -> str:
        """Return which unit's figure is just the difference, where one is."""
        just = [m.unit.name for m in self.of.members if m.values.get(address) == abs(difference)]
        if len(just) != 1 or -TELLING < difference < TELLING:
            return ""
        return f"，正好是{just[0]}的数（可能{'重复计了' if difference > 0 else '漏加了'}）"

    def adjustment(self, address: str) -> str:
        amount = sum(one.amount for one in self.of.adjustments if one.address == address)
        return f"再调整 {amount:+}" if amount else ""

    def spot(self, address: str) -> Spot:
        return self.subject.figure(address) if self.form.table_of(address) else self.subject.field(address)

    def whole(self, unit: Unit | None = None) -> Spot:
        return Spot("", (unit.name,) if unit else (), Place("", ""))


def _rounded(value: Number) -> Number:
    """Return ``value`` without the noise of binary fractions."""
    return value if isinstance(value, int) else round(value, PLACES)


def _listed(names: Iterable[str]) -> str:
    found: Sequence[str] = list(names)
    more = f" 等 {len(found)} 个" if len(found) > NAMES_SHOWN else ""
    return "、".join(found[:NAMES_SHOWN]) + more
