"""Single values gathered into rectangles: each cell once, with its last value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xxgk.excel import actions as do
from xxgk.excel.actions import Action
from xxgk.excel.batch import Block, Values, values_of
from xxgk.xlsx.cells import reference

SPOTS = st.tuples(st.integers(1, 6), st.integers(1, 6))


def cells_of(blocks: tuple[Block, ...]) -> dict[str, object]:
    found = {}
    for block in blocks:
        assert len({len(row) for row in block.rows}) == 1
        for row, values in enumerate(block.rows, block.top):
            for column, value in enumerate(values, block.left):
                assert reference(row, column) not in found
                found[reference(row, column)] = value
    return found


def gathered(actions: list[Action]) -> Values:
    return values_of(actions, lambda cell: f"text of {cell}")


@given(st.dictionaries(SPOTS, st.integers(-9, 9)))
def test_blocks_cover_exactly_the_cells(numbers: dict[tuple[int, int], int]) -> None:
    values = gathered([Action(do.NUM, "表", reference(*spot), str(number)) for spot, number in numbers.items()])
    assert cells_of(values.constants) == {reference(*spot): number for spot, number in numbers.items()}
    assert not values.formulas


def test_a_full_rectangle_is_one_block() -> None:
    actions = [Action(do.STR, "表", f"{column}{row}", "x") for row in range(3, 9) for column in "BCD"]
    assert [(block.top, block.left, len(block.rows)) for block in gathered(actions).constants] == [(3, 2, 6)]


def test_of_two_values_for_one_cell_the_last_counts() -> None:
    actions = [
        Action(do.NUM, "表", "A1", "1.5"),
        Action(do.FORMULA, "表", "A2", "=1"),
        Action(do.CLEAR, "表", "A1"),
        Action(do.STR, "表", "A2", "=不是公式"),
    ]
    assert cells_of(gathered(actions).constants) == {"A1": None, "A2": "'=不是公式"}
    assert not gathered(actions).formulas


def test_a_link_shows_the_text_that_the_cell_gets_or_has() -> None:
    actions = [
        Action(do.STR, "表", "A1", '说"好"'),
        Action(do.LINK, "表", "A1", "它's!B2"),
        Action(do.LINK, "表", "A2", "首页!C4"),
    ]
    assert cells_of(gathered(actions).formulas) == {
        "A1": '=HYPERLINK("#\'它\'\'s\'!B2","说""好""")',
        "A2": '=HYPERLINK("#\'首页\'!C4","text of A2")',
    }
    assert not gathered(actions).constants
