"""N: figures that the text of part six or the law puts beside those of the tables (T6, T8, T13)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from xxgk.checks.finding import Finding
from xxgk.checks.subject import Subject
from xxgk.figures import Values, known_values
from xxgk.formats import Form
from xxgk.narrative.claim_words import APPLICATIONS, DISPUTES
from xxgk.report import Number

# 国办函〔2020〕109号: every step of the tariff is a multiple of this many 元.
STEP = 10
_WAN = 10_000


def check_narrative_tables(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about 信息处理费 (N106 to N108) and about cases before the courts (N109, N110)."""
    report = subject.report
    values = known_values(subject.form, report.figures)
    fields = {key: figure.value for key, figure in report.fields.items() if figure.value is not None}
    yield from _fee(subject, values, fields)
    yield from _disputes(subject, values)


def _fee(subject: Subject, values: Values, fields: Values) -> Iterator[Finding]:
    roles = subject.form.roles
    for field in roles.get("fee_amounts", ()):
        amount = fields.get(field, 0)
        if amount % STEP:
            message = f"{amount} 元不是 {STEP} 的倍数，信息处理费的标准都是整 {STEP} 元。"
            yield subject.finding("N106", subject.field(field), message, value=amount)
    for field, in_table in product(roles.get("fee_received", ()), roles.get("fees", ())):
        received, fees = fields.get(field, 0), values.get(in_table)
        if fees is not None and received > max(0, fees * _WAN):
            message = f"收取信息处理费 {received} 元，表二的行政事业性收费却只有 {fees} 万元。"
            yield subject.finding("N107", subject.field(field), message, value=received, expected=fees)
    for field, in_table in product(roles.get("fee_notices", ()), roles.get("unpaid", ())):
        notices, unpaid = fields.get(field), values.get(in_table)
        if unpaid is not None and unpaid > 0 and notices == 0:
            message = f"有 {unpaid} 件因逾期未缴费不再处理，发出收费通知却是 0 件。"
            yield subject.finding("N108", subject.field(field), message, value=notices)


def _disputes(subject: Subject, values: Values) -> Iterator[Finding]:
    applications, disputes = (_sizes(subject.form, values, table) for table in (APPLICATIONS, DISPUTES))
    if applications == {0} and any(value is not None and value > 0 for value in disputes):
        spot = subject.figure(subject.form.tables[APPLICATIONS].addresses[0])
        yield subject.finding("N109", spot, "表三全是 0，表四却有案件。")
    for address in subject.form.roles.get("direct_suits", ()):
        direct = values.get(address)
        if direct is not None and direct > 0:
            message = f"未经复议直接起诉有 {direct} 件。"
            yield subject.finding("N110", subject.figure(address), message, value=direct)


def _sizes(form: Form, values: Values, table: str) -> set[Number | None]:
    """Return the different figures of a table; None for those that are not known."""
    return {values.get(address) for address in form.tables[table].addresses if address not in form.totals}
