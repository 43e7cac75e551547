"""Write docs/rules/ from the catalogue, the form and checks/pages.toml: ``python docs/build_rules.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from xxgk.checks.catalogue import FAMILIES
from xxgk.checks.explain import EMPTY, Example, codes, rule_page
from xxgk.checks.finding import SEVERITY_WORDS

FOLDER = Path(__file__).parent / "rules"
GENERATED = "<!-- 由 docs/build_rules.py 生成，请改 src/xxgk/checks/pages.toml 或格式数据，不要改这里。 -->"
BASE = "示例以一份完整的报告为底：没有列出的格子都是 0，文字、单位、日期都已填好。"
CONSOLIDATION = "C"  # the family of codes about many reports
COUNTY = "示例以两个乡镇（石桥镇、河口镇）的汇总为底：都按时交来，没有列出的格子都是 0，名单里写明了两个镇和县政府。"


def rule_files() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of docs/rules."""
    yield "README.md", _index(tuple(codes()))
    for code in codes():
        yield f"{code}.md", _page(code)


def _index(codes: Sequence[str]) -> str:
    lines = [GENERATED, "", "# 校验规则", "", "同样的内容可以用 `xxgk explain 编号` 查看。", ""]
    for letter, family in FAMILIES.items():
        lines += [f"## {letter} {family}", "", "| 编号 | 级别 | 名称 |", "|---|---|---|"]
        for code in codes:
            if code.startswith(letter):
                entry = rule_page(code).entry
                lines.append(f"| [{code}]({code}.md) | {SEVERITY_WORDS[entry.severity]} | {_cell(entry.title)} |")
        lines.append("")
    return "\n".join(lines)


def _page(code: str) -> str:
    page = rule_page(code)
    entry = page.entry
    lines = [
        GENERATED,
        "",
        f"# {code} {entry.title}",
        "",
        f"- 级别：{SEVERITY_WORDS[entry.severity]}",
        f"- 要求：{entry.what}",
        f"- 依据：{entry.clause}",
        *(f"- 适用：{period}" for period in [entry.period] if period),
        *(f"- 前提：{needs}" for needs in [entry.needs] if needs),
        "",
        "## 为什么",
        "",
        page.why,
        "",
        "## 错误示例",
        "",
        COUNTY if code.startswith(CONSOLIDATION) else BASE,
        "",
        *_table(page.wrong),
        "",
        "## 正确示例",
        "",
        *_table(page.right),
        "",
        "## 怎么改",
        "",
        entry.hint + page.mend,
        "",
    ]
    return "\n".join(lines)


def _table(examples: Sequence[Example]) -> Iterator[str]:
    yield "| 位置 | 值 |"
    yield "|---|---|"
    for example in examples:
        place = " › ".join(example.labels)
        yield f"| {_cell(place)} `{example.path}` | {_cell(example.value) or EMPTY} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in rule_files():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
