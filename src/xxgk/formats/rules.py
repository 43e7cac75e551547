"""From declared rules to one instance per row or column, and to the totals they compute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xxgk.formats.model import Rule, RuleInstance, Table, Term, Total

PREVIOUS = "previous:"


class RuleError(ValueError):
    """A rule names something that the table does not have."""


def expand_rule(
    rule: Rule, table: Table, members: Sequence[str], left: Sequence[str], right: Sequence[str]
) -> tuple[RuleInstance, ...]:
    """Return one instance of ``rule`` per member (or per row or column of the table).

    Rows that lack a needed column are not members. Raise ``RuleError`` for unknown names.
    """
    ids = [column.id for column in table.columns] if rule.over == "columns" else [row.id for row in table.rows]
    unknown = [member for member in members if member not in ids]
    if unknown:
        raise RuleError(f"members: {unknown[0]!r} is not in table {table.id}")
    instances = []
    for member in members or ids:
        sides = [tuple(_terms(rule, table, member, names)) for names in (left, right)]
        instances.append(RuleInstance(f"{rule.code}.{member}", rule, table, member, *sides))
    return tuple(instances)


def order_totals(instances: Iterable[RuleInstance]) -> dict[str, Total]:
    """Return the totals that rules with ``computes`` define, parts before sums.

    Where two rules define one figure, the first rule gives the formula; both are still checked.
    """
    declared: dict[str, Total] = {}
    for instance in instances:
        if instance.rule.computes:
            address = instance.left[0].address
            declared.setdefault(address, Total(address, tuple(term.address for term in instance.right)))
    ordered: dict[str, Total] = {}

    def place(address: str, path: tuple[str, ...]) -> None:
        if address in path:
            raise RuleError(f"{address} is computed from itself")
        total = declared.get(address)
        if total is None or address in ordered:
            return
        for part in total.parts:
            place(part, (*path, address))
        ordered[address] = total

    for address in declared:
        place(address, ())
    return ordered


def _terms(rule: Rule, table: Table, member: str, names: Sequence[str]) -> Iterable[Term]:
    for name in names:
        sign = -1 if name.startswith("-") else 1
        name = name.removeprefix("-")
        previous = name.startswith(PREVIOUS)
        name = name.removeprefix(PREVIOUS)
        for one in _resolve_set(table.sets, name):
            row, column = (one, member) if rule.over == "columns" else (member, one)
            address = f"{table.id}.{row}.{column}"
            if address not in table.cells:
                raise RuleError(f"{name!r} gives {address}, which is not in table {table.id}")
            yield Term(address, sign, previous)


def _resolve_set(sets: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    if not name.startswith("@"):
        return (name,)
    if name[1:] not in sets:
        raise RuleError(f"the set {name} is not declared")
    return sets[name[1:]]
