"""Tables from elsewhere: CSV in any usual dress and workbooks of other systems, matched by labels, doubts told."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.cli import main
from xxgk.errors import UnreadableWorkbook
from xxgk.figures import known_values, without_computed_totals
from xxgk.foreign.csvfile import csv_cells
from xxgk.foreign.gather import Gathered, gather, is_foreign, read_figures
from xxgk.foreign.shapes import Shape, shapes_of
from xxgk.formats import form_ids, load_form
from xxgk.report import Figure, Number
from xxgk.workbook.reading.read import read_workbook

from support.reports import FORM, OLD_FORM, report_of, sound_values
from support.workbooks import filled

Grid = list[list[str]]
SHAPES = [shape for form_id in form_ids() for shapes in shapes_of(load_form(form_id)).values() for shape in shapes]
DRESSES = st.tuples(st.sampled_from(",;\t"), st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16")))
APPLICATIONS = shapes_of(FORM)["applications"]
PERSON = "applications.new.person"


def grid_of(shape: Shape, values: Mapping[str, Number]) -> Grid:
    """Return a table as another program would print it."""
    height = max([row for row, _ in shape.cells.values()] + [label.row for label in shape.pattern.labels])
    width = max([column for _, column in shape.cells.values()] + [label.column for label in shape.pattern.labels])
    grid = [[""] * width for _ in range(height)]
    for label in shape.pattern.labels:
        grid[label.row - 1][label.column - 1] = label.text
    for address, (row, column) in shape.cells.items():
        grid[row - 1][column - 1] = str(values[address])
    return grid


def as_csv(grid: Grid, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(grid)
    return text.getvalue().encode(encoding)


def read(grid: Grid) -> Gathered:
    return gather({"表.csv": (csv_cells(as_csv(grid)), ())}, FORM)


def sound(seed: int) -> dict[str, Number]:
    return known_values(FORM, report_of(sound_values(Random(seed))).figures)


@given(st.sampled_from(SHAPES), DRESSES, st.integers(0, 10**6))
def test_a_table_in_any_shape_and_dress_comes_back(shape: Shape, dress: tuple[str, str], seed: int) -> None:
    form = next(form for form in map(load_form, form_ids()) if form.tables[shape.table.id] is shape.table)
    inputs = {a: Random(f"{seed}{a}").choice((0, 7, 1234)) for a in shape.table.addresses if a not in form.totals}
    values = known_values(form, {address: Figure(value) for address, value in inputs.items()})
    found = gather({"表.csv": (csv_cells(as_csv(grid_of(shape, values), *dress)), ())}, form)
    assert {address: figure.value for address, figure in found.figures.items()} == inputs
    assert found.unsure == ()


def test_lines_above_and_beside_do_no_harm() -> None:
    values = sound(1)
    for shape in APPLICATIONS:
        grid = [["某系统导出"], [], *([str(n), *row] for n, row in enumerate(grid_of(shape, values)))]
        assert read(grid).figures == without_computed_totals(FORM, _figures(shape, values))


def _figures(shape: Shape, values: Mapping[str, Number]) -> dict[str, Figure]:
    return {address: Figure(values[address]) for address in shape.cells}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开", "当作“2.其他法律行政法规禁止公开”"),
        ("7.属于行政执法案卷", "", "当作“7.属于行政执法案卷”"),
        ("商业企业", "外星企业", "“商业企业”"),
    ],
)
def test_a_label_that_is_not_exact_is_told(old: str, new: str, words: str) -> None:
    values = sound(2)
    grid = [[new if cell == old else cell for cell in row] for row in grid_of(APPLICATIONS[0], values)]
    found = read(grid)
    assert any(words in line for line in found.unsure), found.unsure
    assert all(values[address] == figure.value for address, figure in found.figures.items())


def test_what_is_blank_or_no_number_is_told_and_left() -> None:
    shape, values = APPLICATIONS[-1], sound(3)
    grid = grid_of(shape, values)
    row, column = shape.cells[PERSON]
    grid[row - 1][column - 1] = "见附件"
    grid[row - 1][column] = ""
    found = read(grid)
    assert PERSON not in found.figures
    assert "applications.new.business" not in found.figures
    assert any("见附件" in line for line in found.unsure)
    assert any("1 格是空的" in line for line in found.unsure)


def test_a_row_that_is_none_of_ours_is_told() -> None:
    grid = grid_of(APPLICATIONS[-1], sound(3))
    found = read([*grid[:5], ["8.其他渠道咨询", *"1234567"], *grid[5:]])
    assert any("8.其他渠道咨询" in line for line in found.unsure)


def test_an_amount_in_another_unit_is_not_taken() -> None:
    shape = shapes_of(FORM)["disclosure"][-1]
    grid = [[cell.replace("万元", "元") for cell in row] for row in grid_of(shape, sound(4))]
    found = read(grid)
    assert "disclosure.fees.amount" not in found.figures
    assert any("单位" in line for line in found.unsure)


def test_an_amount_in_a_larger_unit_is_not_taken_either() -> None:
    shape = shapes_of(OLD_FORM)["disclosure"][-1]
    values = known_values(OLD_FORM, report_of(sound_values(Random(4), OLD_FORM), form=OLD_FORM).figures)
    (amount,) = [address for address in shape.table.addresses if OLD_FORM.kind_of(address).id == "amount"]
    heading = shape.table.labels[amount][-1]
    for unit, taken in (("万元", False), ("元", True)):
        grid = [[cell.replace(heading, f"{heading}（{unit}）") for cell in row] for row in grid_of(shape, values)]
        found = gather({"表.csv": (csv_cells(as_csv(grid)), ())}, OLD_FORM)
        assert (amount in found.figures) == taken


def test_two_copies_with_other_numbers_are_both_left() -> None:
    one, other = (grid_of(APPLICATIONS[0], sound(seed)) for seed in (5, 6))
    cells = [(csv_cells(as_csv(grid)), ()) for grid in (one, other)]
    found = gather({"甲": cells[0], "乙": cells[1]}, FORM)
    assert found.figures == {}
    assert any("不止一份" in line for line in found.unsure)
    assert gather({"甲": cells[0], "乙": cells[0]}, FORM).unsure == ()


def test_a_total_that_is_not_the_sum_is_kept_and_told() -> None:
    values = sound(7) | {"disputes.review.total": 99_999}
    found = read(grid_of(shapes_of(FORM)["disputes"][0], values))
    assert found.figures["disputes.review.total"].value == 99_999
    assert any("99999" in line for line in found.unsure)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableWorkbook, match=r"CSV|编码|表头"):
        gather({"表.csv": (csv_cells(data), ())}, FORM)


def test_a_workbook_of_another_system(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = sound(8)
    source, target = tmp_path / "统计.xlsx", tmp_path / "年报.xlsx"
    book = openpyxl.Workbook()
    for shape in (shapes_of(FORM)["disclosure"][0], APPLICATIONS[-1]):
        sheet = book.create_sheet(f"表{len(book.sheetnames)}")
        for row in grid_of(shape, values):
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in row])
    book.save(source)
    target.write_bytes(filled(report_of({})))
    assert is_foreign(source)
    assert not is_foreign(target)
    assert main(["fill", str(target), "--from", str(source)]) == 0
    assert "读到 175 个数" in capsys.readouterr().out
    found = read_workbook(target).figures
    assert {address: values[address] for address in found} == {a: figure.value for a, figure in found.items()}
    assert len(found) == len(
        [a for t in ("disclosure", "applications") for a in FORM.tables[t].addresses if a not in FORM.totals]
    )


def test_a_file_without_any_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_text("姓名,电话\n张三,123\n", encoding="utf-8")
    with pytest.raises(UnreadableWorkbook, match="没有找到年报的表"):
        read_figures(path, FORM)
    with pytest.raises(UnreadableWorkbook, match=r"没有\.csv"):
        read_figures(tmp_path / "没有.csv", FORM)
