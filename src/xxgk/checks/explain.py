"""What a code means: what is asked for, who says so, why, an example of each kind, how to mend it."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from xxgk.checks.catalogue import FAMILIES, catalogue
from xxgk.checks.entry import Entry
from xxgk.checks.finding import SEVERITY_WORDS
from xxgk.checks.labels import labels_of
from xxgk.errors import UsageProblem
from xxgk.formats import Form, form_ids, load_form
from xxgk.records import Record

PAGES = Path(__file__).with_name("pages.toml")
SUGGESTIONS = 3
# Paths of examples beyond a report's addresses: what the reader of the workbook sees.
ROW_LABEL = "label."
ROW = "row."
NAME = "name."
NOTE = "note."
EXPLANATION = "explanations."
WAIVER = "waivers."
JSON = "json."
OUTSIDE = "outside."
STORED = "stored."
HIDDEN = "hidden."
COPY = "copy."
UNNAMED = "unnamed."
MERGED = "merged."
PUBLISHED = "published."
MEMBER, OWN, ADJUST = "member.", "own.", "adjust."  # of a consolidation
FOREIGN = "foreign"
TEMPLATE_VERSION = "template_version"
ZERO_YEARS = "zero_years"
WORDS = "words"
PARAGRAPH_KIND = ".kind"
EMPTY = "（空）"
_PREFIXES = {
    ROW_LABEL: "印的行名",
    ROW: "表格的一行",
    NAME: "内部名称",
    NOTE: "备注格",
    EXPLANATION: "差异说明",
    WAIVER: "不再提示",
    JSON: "JSON 文件",
    OUTSIDE: "表格外面",
    STORED: "存的合计",
    HIDDEN: "隐藏的工作表",
    COPY: "多出来的一份",
    UNNAMED: "内部名称",
    MERGED: "合并的格子",
    PUBLISHED: "发布的报告",
    OWN: "汇总单位自己的报告",
    ADJUST: "汇总调整",
}
_MEMBER_FACTS = {"handed": "交来", "year": "报告年度", "unit": "单位全称", "previous": "上年数据"}
_NAMES = {
    TEMPLATE_VERSION: "模板版本",
    ZERO_YEARS: "全部是 0 的年数（含本年）",
    FOREIGN: "外来内容",
    WORDS: "用词.txt 的一行",
}


class UnknownCode(UsageProblem):
    """There is no such code; ``suggestions`` are the codes that look most like it."""

    def __init__(self, code: str, suggestions: Sequence[str]) -> None:
        near = f"您要找的是不是 {'、'.join(suggestions)}？" if suggestions else "请运行 xxgk explain 查看全部编号。"
        super().__init__(f"没有“{code}”这个编号。{near}")
        self.suggestions = tuple(suggestions)


class Example(Record):
    """A place and what stands there: ``path`` is an address, or one of the paths that docs/rules explains."""

    path: str
    labels: tuple[str, ...]
    value: str


class Page(Record):
    """The long texts of a code. Where an example says nothing, figures are 0 and texts are sound."""

    entry: Entry
    why: str
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]
    mend: str


def explain(code: str) -> str:
    """Return the explanation of ``code`` as text for a terminal. Raise ``UnknownCode``."""
    page = rule_page(code)
    lines = [
        f"{page.entry.code} {page.entry.title}（{SEVERITY_WORDS[page.entry.severity]}）",
        "",
        f"要求：{page.entry.what}",
        f"依据：{page.entry.clause}",
        *(f"适用：{period}" for period in [page.entry.period] if period),
        *(f"前提：{needs}" for needs in [page.entry.needs] if needs),
        f"为什么：{page.why}",
        "",
        "错误示例",
        *_example_lines(page.wrong),
        "正确示例",
        *_example_lines(page.right),
        "",
        f"怎么改：{page.entry.hint}{page.mend}",
    ]
    return "\n".join(lines)


def explain_all() -> str:
    """Return every code with its severity and title, by family."""
    lines: list[str] = []
    for letter, family in FAMILIES.items():
        lines.append(f"{letter} {family}")
        for code, form in codes().items():
            if code.startswith(letter):
                entry = catalogue(form)[code]
                lines.append(f"  {code} {SEVERITY_WORDS[entry.severity]} {entry.title}")
    return "\n".join(lines)


@functools.cache
def codes() -> Mapping[str, Form]:
    """Return every code of any form, in order, with the newest form that has it."""
    found: dict[str, Form] = {}
    for form_id in form_ids():
        form = load_form(form_id)
        found.update(dict.fromkeys(catalogue(form), form))
    return dict(sorted(found.items()))


def rule_page(code: str) -> Page:
    """Return the page of ``code``. Raise ``UnknownCode`` when there is none."""
    form = codes().get(code)
    if form is None:
        from difflib import get_close_matches

        near = [one for one in codes() if one[:1] == code[:1].upper()] or list(codes())
        raise UnknownCode(code, get_close_matches(code, near, SUGGESTIONS, 0.5))
    text = _texts()[code]
    return Page(
        catalogue(form)[code],
        text["why"],
        tuple(_examples(form, text["wrong"])),
        tuple(_examples(form, text["right"])),
        text.get("mend", ""),
    )


@functools.cache
def _texts() -> Mapping[str, dict[str, Any]]:
    return tomllib.loads(PAGES.read_text(encoding="utf-8"))


def _examples(form: Form, pairs: Sequence[tuple[str, str]]) -> Iterator[Example]:
    for path, value in pairs:
        yield Example(path, _example_labels(form, path), value)


def _example_labels(form: Form, path: str) -> tuple[str, ...]:
    if path.startswith(MEMBER):
        unit, _, rest = path.removeprefix(MEMBER).partition(".")
        return (unit, _MEMBER_FACTS[rest]) if rest in _MEMBER_FACTS else (unit, *labels_of(form, rest))
    prefix = next((prefix for prefix in _PREFIXES if path.startswith(prefix)), "")
    if prefix:
        rest = path.removeprefix(prefix)
        labels = labels_of(form, rest) or (rest,)
        return (_PREFIXES[prefix], *(labels[:-1] if prefix in (ROW_LABEL, ROW) else labels))
    if path.endswith(PARAGRAPH_KIND):
        return (*labels_of(form, path.removesuffix(PARAGRAPH_KIND)), "类型")
    return (_NAMES[path],) if path in _NAMES else labels_of(form, path)


def _example_lines(examples: Sequence[Example]) -> Iterator[str]:
    for example in examples:
        yield f"  {' › '.join(example.labels)}：{example.value or EMPTY}"
