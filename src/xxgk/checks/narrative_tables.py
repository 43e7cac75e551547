"""N: figures that the text of part six or the law puts beside those of the tables (T6, T8, T13)."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.checks.finding import Finding
from xxgk.checks.subject import Subject
from xxgk.figures import Values, known_values
from xxgk.formats import Form
from xxgk.report import Number

# 国办函〔2020〕109号: every step of the tariff is a multiple of this many 元.
STEP = 10
_WAN = 10_000
NOTICES = "processing_fee.notices"
AMOUNTS = ("processing_fee.notice_amount", "processing_fee.received")
RECEIVED = AMOUNTS[1]
FEES = "disclosure.fees.amount"
UNPAID = "applications.other.unpaid.total"
DIRECT = "disputes.suit_direct.total"


def check_narrative_tables(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about 信息处理费 (N106 to N108) and about cases before the courts (N109, N110)."""
    report = subject.report
    values = known_values(subject.form, report.figures)
    fields = {key: figure.value for key, figure in report.fields.items() if figure.value is not None}
    yield from _fee(subject, values, fields)
    yield from _disputes(subject, values)


def _fee(subject: Subject, values: Values, fields: Values) -> Iterator[Finding]:
    for field in AMOUNTS:
        amount = fields.get(field, 0)
        if amount % STEP:
            message = f"{amount} 元不是 {STEP} 的倍数，信息处理费的标准都是整 {STEP} 元。"
            yield subject.finding("N106", subject.field(field), message, value=amount)
    received, fees = fields.get(RECEIVED, 0), values.get(FEES)
    if fees is not None and received > max(0, fees * _WAN):
        message = f"收取信息处理费 {received} 元，表二的行政事业性收费却只有 {fees} 万元。"
        yield subject.finding("N107", subject.field(RECEIVED), message, value=received, expected=fees)
    unpaid, notices = values.get(UNPAID), fields.get(NOTICES)
    if unpaid is not None and unpaid > 0 and notices == 0:
        message = f"有 {unpaid} 件因逾期未缴费不再处理，发出收费通知却是 0 件。"
        yield subject.finding("N108", subject.field(NOTICES), message, value=notices)


def _disputes(subject: Subject, values: Values) -> Iterator[Finding]:
    applications, disputes = (_sizes(subject.form, values, table) for table in ("applications", "disputes"))
    if applications == {0} and any(value is not None and value > 0 for value in disputes):
        spot = subject.figure(subject.form.tables["applications"].addresses[0])
        yield subject.finding("N109", spot, "表三全是 0，表四却有案件。")
    direct = values.get(DIRECT)
    if direct is not None and direct > 0:
        message = f"未经复议直接起诉有 {direct} 件。"
        yield subject.finding("N110", subject.figure(DIRECT), message, value=direct)


def _sizes(form: Form, values: Values, table: str) -> set[Number | None]:
    """Return the different figures of a table; None for those that are not known."""
    return {values.get(address) for address in form.tables[table].addresses if address not in form.totals}
