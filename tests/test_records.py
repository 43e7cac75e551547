"""Records behave as frozen dataclasses do."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.records import FEW, Record, field, replace


class Point(Record):
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list)
    place: str = field(default="", compare=False)

    @property
    def both(self) -> int:
        return self.x + self.y


class Single(Record, eq=False):
    x: int


@dataclasses.dataclass(frozen=True)
class Twin:
    x: int
    y: int = 2
    place: str = dataclasses.field(default="", compare=False)


@given(st.integers(), st.integers(), st.text())
def test_like_a_frozen_dataclass(x: int, y: int, place: str) -> None:
    ours, theirs = Point(x, y, place=place), Twin(x, y, place)
    assert (ours.x, ours.y, ours.place) == (theirs.x, theirs.y, theirs.place)
    assert ours == Point(x, y)
    assert (ours == Point(y, x)) == (theirs == Twin(y, x))
    assert replace(ours, y=x).y == dataclasses.replace(theirs, y=x).y
    assert ours.both == x + y


def test_defaults_are_made_for_each_record() -> None:
    first, second = Point(1), Point(1)
    first.tags.append("a")
    assert (second.y, second.tags, second.place) == (2, [], "")


def late() -> type[Record]:
    """Return a class of which there is no record yet."""

    class Late(Record):
        x: int
        tags: list[str] = field(default_factory=list)
        note: str = field(default="", compare=False)

    return Late


def test_the_first_records_of_a_class_are_made_like_all_others() -> None:
    cls = late()
    made = [cls(1, note="a") for _ in range(2 * FEW)]
    assert cls.__init__ is not Record.__init__
    assert all(vars(record) == {"x": 1, "tags": [], "note": "a"} for record in made)
    assert len({id(vars(record)["tags"]) for record in made}) == len(made)


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, [], "", 5), {}), ((1,), {"x": 2}), ((), {"z": 2}), ((1,), {"z": 2})]
)
def test_the_first_record_of_a_class_refuses_wrong_fields(values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="Late"):
        late()(*values, **named)


def test_records_are_frozen() -> None:
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        point.z = 2  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        del point.x


@pytest.mark.parametrize(("values", "named"), [((), {}), ((1, 2, [], "", 5), {}), ((1,), {"x": 2}), ((1,), {"z": 2})])
def test_wrong_fields_are_refused(values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="Point"):
        Point(*values, **named)  # type: ignore[arg-type]


def test_replace_refuses_unknown_fields() -> None:
    with pytest.raises(TypeError):
        replace(Point(1), z=3)


def test_equality_needs_the_same_class_and_hash_follows_it() -> None:
    assert Point(1) != Twin(1)
    assert hash(Pair(1, "a")) == hash(Pair(1, "b"))
    assert len({Pair(1, "a"), Pair(1, "b"), Pair(2, "a")}) == 2
    assert Single(1) != Single(1)
    assert len({Single(1), Single(1)}) == 2


class Pair(Record):
    x: int
    note: str = field(default="", compare=False)


def test_repr_copy_and_pickle() -> None:
    point = Point(1, place="p")
    assert repr(point) == "Point(x=1, y=2, tags=[], place='p')"
    assert copy.deepcopy(point) == point
    assert pickle.loads(pickle.dumps(point)).place == "p"


def test_no_name_of_a_field_gets_in_the_way() -> None:
    class Awkward(Record):
        own: int
        made: list[int] = field(default_factory=list)
        default: str = "a"
        new: int = 2

    record = Awkward(1)
    assert (record.own, record.made, record.default, record.new) == (1, [], "a", 2)
    assert replace(record, own=3, made=[4]) == Awkward(3, [4])
