"""A finished report held against the workbook that it should print: what ``xxgk verify`` tells."""

from __future__ import annotations

from collections.abc import Sequence

from xxgk.checks.finding import Finding
from xxgk.formats import Form
from xxgk.published.found import Found
from xxgk.records import Record
from xxgk.render.document import build_document
from xxgk.render.stamp import Stamp, stamp
from xxgk.report import Report
from xxgk.verifying.printed import printed_passages
from xxgk.verifying.stamps import stamp_of
from xxgk.verifying.tables import TablesCompared, compare_tables
from xxgk.verifying.texts import TextsCompared, compare_passages
from xxgk.verifying.web import PageCompared, compare_page


class Verification(Record):
    """How a report file differs from its workbook.

    ``form`` is the id of the form that the file follows where it is not the workbook's, else "". ``page`` is on what a
    web page has beside the report. ``carried`` is the file's own stamp, None where it has none; ``current`` is that of
    the workbook as it is now.
    """

    form: str
    tables: TablesCompared
    texts: TextsCompared
    page: PageCompared
    carried: Stamp | None
    current: Stamp

    @property
    def differences(self) -> int:
        """How many things differ for certain."""
        tables, page = self.tables, self.page
        parts = (tables.figures, tables.labels, tables.misplaced, self.texts.differences)
        return bool(self.form) + sum(map(len, (*parts, page.glance.differences, page.data)))

    @property
    def equal(self) -> bool:
        """Whether the file is known to say what the workbook says: nothing differs, nothing stayed unsure."""
        return not self.differences and not self.tables.unsure

    @property
    def of_this_workbook(self) -> bool:
        """Whether the file was made of the workbook just as it is now."""
        return self.carried is not None and self.carried.digest == self.current.digest


def verify(report: Report, form: Form, findings: Sequence[Finding], found: Found, data: bytes) -> Verification:
    """Return how ``found``, read from the report file in ``data``, differs from ``report``.

    ``report`` is the workbook's, as typed, of ``form``; ``findings`` are those of its check.
    """
    document = build_document(report, form)
    return Verification(
        "" if found.report.form == form.id else found.report.form,
        compare_tables(document, form, found),
        compare_passages(printed_passages(document, form), found.lines),
        compare_page(document, form, data),
        stamp_of(data),
        stamp(report, form, findings),
    )
