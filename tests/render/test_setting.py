import pytest

from xxgk.render.setting import characters, signature_starts

ROOM = 28


@pytest.mark.parametrize(
    ("unit", "date", "unit_end", "date_end"),
    [
        # In characters from the right edge. The unit is longer: it ends 2 from the edge, the date begins 2 after it.
        ("和平镇人民政府", "2024年1月23日", 2, 0.5),
        ("某市市场监督管理局", "2024年1月3日", 2, 3),
        # The date is longer: it ends 2 from the edge, and the unit gives way.
        ("财政局", "2024年12月31日", 8, 2),
    ],
)
def test_without_a_seal(unit: str, date: str, unit_end: float, date_end: float) -> None:
    starts = signature_starts(unit, date, False, ROOM)
    assert starts == (ROOM - unit_end - characters(unit), ROOM - date_end - characters(date))
    assert starts[1] - starts[0] == 2


@pytest.mark.parametrize("unit", ["财政局", "某某市市场监督管理局"])
def test_with_a_seal_the_unit_is_centred_on_the_date(unit: str) -> None:
    date = "2024年1月23日"
    unit_start, date_start = signature_starts(unit, date, True, ROOM)
    assert date_start == ROOM - 4 - characters(date)
    assert unit_start + characters(unit) / 2 == date_start + characters(date) / 2


def test_a_long_unit_begins_and_ends_at_the_edges() -> None:
    date = "2024年1月3日"
    assert signature_starts("某" * 20, date, True, ROOM)[0] == ROOM - 20
    assert signature_starts("某" * 40, date, True, ROOM)[0] == 0
    assert signature_starts("某" * 40, date, False, ROOM) == (0, 2)
