"""What is fixed for a code, and what several entries say alike."""

from __future__ import annotations

from xxgk.formats import LAST_YEAR
from xxgk.records import Record

FORM = "{form}"  # ``catalogue`` puts the form's name and document here
WORKBOOK = "标准工作簿的约定"
ARTICLE_49 = "《政府信息公开条例》第49条"


class Entry(Record):
    """What is fixed for a code.

    ``what`` says in one sentence what is asked for; ``clause`` names the document that asks for it;
    ``needs`` is what must be known for it to be judged, "" for nothing. It holds for the report years
    from ``since`` to ``until``, both included.
    """

    code: str
    severity: str
    title: str
    what: str
    clause: str
    hint: str
    needs: str = ""
    since: int = 0
    until: int = LAST_YEAR

    def applies(self, year: int | None) -> bool:
        """Tell whether it holds for reports of ``year``; None, an unknown year, is in no range."""
        limited = self.since > 0 or self.until < LAST_YEAR
        return not limited or (year is not None and self.since <= year <= self.until)

    @property
    def period(self) -> str:
        """The years for which it holds, in words; "" for all."""
        if self.since and self.until < LAST_YEAR:
            return f"{self.since} 至 {self.until} 年度的报告"
        if self.since:
            return f"{self.since} 年度以后的报告"
        return f"{self.until} 年度以前的报告" if self.until < LAST_YEAR else ""
