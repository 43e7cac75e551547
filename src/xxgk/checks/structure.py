"""S: the structure of the workbook, as its reader remarked on it."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.checks.finding import WARNING, Finding
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Subject
from xxgk.report import Remark

SEEN_LIMIT = 40
FORM = "form"  # the address of a remark on the form that a workbook says it is of


def check_structure(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each remark of the reader."""
    for remark in subject.report.remarks:
        yield subject.finding(
            remark.code,
            subject.remark(remark),
            _message(remark),
            value=remark.seen or None,
            expected=remark.expected or None,
            # Another form may ask for other things; another version of the template only looks different.
            severity=WARNING if remark.address == FORM else "",
        )


def _message(remark: Remark) -> str:
    """Return the sentence for a remark; a remark without a template is a sentence already."""
    seen, expected = quote(remark.seen, SEEN_LIMIT), quote(remark.expected, SEEN_LIMIT)
    sentences = {
        "S101": f"这里应是{expected}，现在是{seen}。" if remark.seen else f"这里应是{expected}，现在是空的。",
        "S102": "这里的行名、表头都不在了，只按原来的位置读取，没有核实。",
        "S103": f"找不到{expected}，那里填的内容没有读到。",
        "S104": _version(remark, seen, expected),
        "S105": f"填报格里是公式{seen}，"
        + ("文件里没有存它的结果，没有读到。" if remark.expected else "已按它的结果读取。"),
        "S106": f"没有{seen}这种段落类型，已按正文处理。",
        "S107": f"没有{seen}这个级别，按没有选择处理。",
        "S110": f"这里的内容在表格外面，没有读到：{seen}。",
        "S111": f"{seen}这一页被隐藏了，里面的内容照样读取。",
        "S112": f"工作簿里有{remark.seen}，没有打开，也没有运行。",
        "S113": _double(remark, seen, expected),
        "S114": (f"这里存的合计是 {remark.seen}，" if remark.seen else "合计格空着，公式没有了，")
        + f"各项相加是 {remark.expected}；报告用相加的数。",
        "S115": "这里的内部名称丢失或者指错了地方，已按行名和表头的文字找到。",
        "S116": f"{remark.seen} 合并成了一格，只看得见左上角的一个数，其余的可能已经丢了。",
        "V106": f"读不懂{seen}" + (f"，这里应填{remark.expected}。" if remark.expected else "。"),
    }
    return sentences.get(remark.code, remark.seen)


def _version(remark: Remark, seen: str, expected: str) -> str:
    if remark.address == FORM:
        return f"工作簿写的格式版本是{seen}，里面的表与它不符或者本程序不认识它；已按{expected}版读取，请核对。"
    if not remark.seen:
        return f"工作簿没有写明模板版本，已按{expected}读取。"
    return f"工作簿的模板版本是{seen}，本程序的是{expected}。"


def _double(remark: Remark, seen: str, expected: str) -> str:
    if not remark.seen:
        return f"{expected}出现了两次，不知道以哪一处为准，没有读到。"
    if remark.seen == remark.expected:
        return f"{seen}里还有一份同样的表，数字不同；没有读这里的。"
    return f"{seen}里还有一份同样的表，数字不同；读的是{expected}里的，没有读这里的。"
