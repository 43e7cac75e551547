"""What a check finds: where, what is wrong, and what to do about it."""

from __future__ import annotations

from xxgk.records import Record
from xxgk.report import Number

ERROR = "error"
WARNING = "warning"
INFO = "info"
SEVERITIES = (ERROR, WARNING, INFO)  # gravest first
SEVERITY_WORDS = {ERROR: "错误", WARNING: "警告", INFO: "提示"}

Value = Number | str | None


class Finding(Record):
    """One thing found, in words for staff.

    ``severity`` is ``error`` only for what is certainly wrong. ``address`` names the value as the
    JSON does (``applications.new.person``, ``narrative.overview[0]``, ``unit``), ``sheet`` and
    ``cell`` say where it stands, ``labels`` are the printed words a person knows it by.
    ``value`` is what stands there, ``expected`` what should, ``difference`` the first less the
    second; each is None where there is nothing to say.
    """

    code: str
    severity: str
    address: str
    sheet: str
    cell: str
    labels: tuple[str, ...]
    message: str
    value: Value = None
    expected: Value = None
    difference: Number | None = None
    hint: str = ""
