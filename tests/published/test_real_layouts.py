"""Reports as they really stand on sites and in offices: every figure and text is right, or what is not is said."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import pytest

from xxgk.formats import Form, form_ids, load_form
from xxgk.published.html import read_markup
from xxgk.published.read import read_blocks, read_published

from support import real_grids as grids
from support import real_sites as sites
from support.layouts import EVERY, PAGE_ENDS, Rows
from support.real_grids import Shape
from support.real_layouts import LAYOUTS, PARTLY
from support.real_reports import Outcome, outcome, said
from support.sizes import FULL, spread

FORMS = [load_form(form_id) for form_id in form_ids()]
CASES = [
    (name, form, seed)
    for at, name in enumerate(LAYOUTS)
    for form in (FORMS if FULL else [FORMS[at % len(FORMS)]])
    for seed in range(3 if FULL else 1)
]
SHAPES: dict[str, Shape] = {
    "transposed": grids.transposed,
    "repeated": grids.repeated,
    "flat head": grids.flat_head,
    "other head": grids.other_head,
    "disputes by row": grids.disputes_by_row,
    "narrow labels": grids.narrow_labels,
    "subtotal": grids.with_subtotal,
}
CHANGES = [name for name in EVERY if name not in PAGE_ENDS]
# How units really head the sections, by the section's place in the form.
HEADINGS = [
    (0, "一、概述"),
    (0, "一、2023年工作总体情况"),
    (1, "二、政府信息主动公开情况"),
    (1, "二、主动公开政府信息情况统计表"),
    (2, "三、行政机关收到和处理政府信息公开申请情况"),
    (2, "三、依申请公开情况"),
    (3, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    (3, "四、复议诉讼情况"),
    (4, "五、存在问题和下一步打算"),
    (4, "五、主要问题和改进措施"),
    (5, "六、其它需要报告的事项"),
    (5, "六、其他"),
]


def read(folder: Path, name: str, form_at: int, seed: int) -> Outcome:
    made = LAYOUTS[name](said(FORMS[form_at], seed), Random(seed))
    path = folder / made.name
    path.write_bytes(made.data)
    return outcome(made.says, read_published(path))


@pytest.mark.parametrize(("name", "form", "seed"), CASES, ids=[f"{n} {f.id} {s}" for n, f, s in CASES])
def test_a_report_is_read_right_or_what_is_not_is_said(tmp_path: Path, name: str, form: Form, seed: int) -> None:
    found = read(tmp_path, name, FORMS.index(form), seed)
    assert found.silent == ()
    assert found.wrong_texts == ()
    assert bool(found.said) == (name in PARTLY)


@pytest.mark.parametrize(("shape", "name"), spread(product(SHAPES, CHANGES), 16))
def test_no_figure_is_wrong_where_other_shapes_are_damaged(shape: str, name: str) -> None:
    for form, seed in product(FORMS, range(2)):
        report, random = said(form, seed), Random(seed)

        def damaged(number: int, rows: Rows, random: Random = random) -> Rows:
            return EVERY[name](random, SHAPES[shape](number, rows))

        style = sites.Style(shape=damaged, table=lambda rows: sites.table(rows).replace("\n", "<br>"))
        found = read_blocks(read_markup(sites.trs(report.document.title, sites.body(report.document, style))))
        assert outcome(report, found).silent == ()


@pytest.mark.parametrize(("section", "heading"), spread(HEADINGS, 6))
def test_sections_are_found_by_number_where_their_words_are_others(section: int, heading: str) -> None:
    report = said(FORMS[-1], section)
    style = sites.Style(renamed=lambda number, text: heading if number == section else text)
    found = read_blocks(read_markup(sites.trs(report.document.title, sites.body(report.document, style))))
    assert outcome(report, found).wrong_texts == ()
    assert heading in {one.seen for one in found.differences}


def test_made_up_reports_are_not_all_alike() -> None:
    reports = [said(form, seed).report for form in FORMS for seed in range(5)]
    assert len({report.title for report in reports}) > len(FORMS)
    assert len({tuple(report.figures.items()) for report in reports}) == len(reports)
