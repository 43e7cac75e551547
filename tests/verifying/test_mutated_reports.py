"""A report that somebody changed after it was made: exactly the change is said, in every format, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_mutations import MUTATIONS, is_said, said_of

from xxgk.formats import load_form
from xxgk.published.kinds import read_file
from xxgk.published.read import read_blocks
from xxgk.records import replace
from xxgk.render.document import Document, build_document
from xxgk.render.docx import to_docx
from xxgk.render.html import to_html
from xxgk.render.markdown import to_markdown
from xxgk.render.pdf import to_pdf
from xxgk.render.text import to_text
from xxgk.report import Paragraph, Report
from xxgk.verifying.verify import Verification, verify

from support.reports import FORM, city, example, report_of, sound_values
from support.sizes import FULL

WRITERS: Mapping[str, Callable[[Document], bytes]] = {
    "docx": to_docx,
    "html": lambda document: to_html(document).encode(),
    "md": lambda document: to_markdown(document).encode(),
    "txt": lambda document: to_text(document).encode(),
    "pdf": lambda document: to_pdf(document).data,
}
REPORTS: Mapping[str, Callable[[], Report]] = {"example": cache(example), "city": cache(city)}
ROUNDS = {kind: (1 if kind == "pdf" else 3) if FULL else 1 for kind in WRITERS}
# By default each change is made in one format, in both reports; a PDF is slow to make and to read.
CHANGES = {kind: MUTATIONS if FULL else MUTATIONS[number :: len(WRITERS)] for number, kind in enumerate(WRITERS)}

# What readers of published reports take for something else: a site's own words, numbers, marks, headings.
AWKWARD = (
    "无",
    "来源：本站",
    "打印本页",
    "第1页",
    "12件",
    "2024年1月1日",
    "注：见表",
    "没有其他需要报告的事项",
    "责任编辑：张三",
    "青石镇2022年政府信息公开工作年度报告",
    "1.行政许可",
    "总计",
    " 自然人",
    "（一）主动公开",
    "\t缩进",
    "A B  C",
    "---",
    "*强调*",
    "__x__",
    "`代码`",
    "<b>粗</b>",
    "<!-- 注 -->",
    "&amp;",
    "https://www.example.gov.cn/a/b?c=d&e=f",
)


def verified(report: Report, document: Document, kind: str) -> Verification:
    """Return what is told of ``document``, written as ``kind``, against ``report``."""
    data = WRITERS[kind](document)
    return verify(report, load_form(report.form), (), read_blocks(read_file(data, Path(f"report.{kind}"))), data)


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", REPORTS)
def test_an_untouched_report_is_equal(name: str, kind: str) -> None:
    report = REPORTS[name]()
    found = verified(report, build_document(report, load_form(report.form)), kind)
    assert said_of(found) == []
    assert found.equal
    assert found.tables.same == sum(len(table.addresses) for table in load_form(report.form).tables.values())


@given(st.data())
def test_whatever_its_texts_an_untouched_report_is_equal(data: st.DataObject) -> None:
    texts = st.sampled_from(AWKWARD)
    paragraphs = st.builds(Paragraph, texts, st.sampled_from((0, 0, 0, 2, 3)))
    sound = report_of(sound_values(data.draw(st.randoms(use_true_random=False))))
    noted = data.draw(st.dictionaries(st.sampled_from(sorted(sound.figures)), texts, max_size=4))
    report = replace(
        sound,
        narrative={part.id: tuple(data.draw(st.lists(paragraphs, max_size=5))) for part in FORM.parts},
        figures={address: replace(figure, note=noted.get(address, "")) for address, figure in sound.figures.items()},
        table_notes=data.draw(st.dictionaries(st.sampled_from(sorted(FORM.tables)), texts)),
    )
    kind = data.draw(st.sampled_from([kind for kind in WRITERS if kind != "pdf"]))
    found = verified(report, build_document(report, FORM), kind)
    assert said_of(found) == []
    assert found.texts.aside == ()


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", REPORTS)
def test_exactly_the_change_is_said(name: str, kind: str) -> None:
    report = REPORTS[name]()
    form = load_form(report.form)
    document = build_document(report, form)
    for change in CHANGES[kind]:
        for seed in range(ROUNDS[kind]):
            mutation = change(document, form, Random(f"{name} {change.__name__} {seed}"))
            found = verified(report, mutation.document, kind)
            assert is_said(said_of(found), mutation), (change.__name__, seed, mutation.said, said_of(found))
            assert not found.equal
