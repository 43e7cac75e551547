"""S: the structure of the workbook, as its reader remarked on it."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.checks.finding import Finding
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Subject
from xxgk.report import Remark

SEEN_LIMIT = 40


def check_structure(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each remark of the reader."""
    for remark in subject.report.remarks:
        yield subject.finding(
            remark.code,
            subject.remark(remark),
            _message(remark),
            value=remark.seen or None,
            expected=remark.expected or None,
        )


def _message(remark: Remark) -> str:
    """Return the sentence for a remark; a remark without a template is a sentence already."""
    seen, expected = quote(remark.seen, SEEN_LIMIT), quote(remark.expected, SEEN_LIMIT)
    sentences = {
        "S101": f"这里应是{expected}，现在是{seen}。" if remark.seen else f"这里应是{expected}，现在是空的。",
        "S102": "这里的内部名称丢失，已按原来的位置读取。",
        "S103": f"找不到{expected}，那里填的内容没有读到。",
        "S104": f"工作簿的模板版本是{seen}，本程序的是{expected}。",
        "S105": f"填报格里是公式{seen}，"
        + ("文件里没有存它的结果，没有读到。" if remark.expected else "已按它的结果读取。"),
        "S106": f"没有{seen}这种段落类型，已按正文处理。",
        "S107": f"没有{seen}这个级别，按没有选择处理。",
        "S110": f"这里的内容在表格外面，没有读到：{seen}。",
        "V106": f"读不懂{seen}" + (f"，这里应填{remark.expected}。" if remark.expected else "。"),
    }
    return sentences.get(remark.code, remark.seen)
