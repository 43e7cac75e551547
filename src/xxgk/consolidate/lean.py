"""Known figures in little room: in memory, on the disk, and on the way from one process to another."""

from __future__ import annotations

import functools
import sys
from array import array
from collections.abc import Iterator, Mapping

from xxgk.formats import form_ids, load_form
from xxgk.report import Number

ELSEWHERE = 0xFFFF  # in a list of small numbers: not known, or one that is not small


class Figures(Mapping[str, Number]):
    """Known figures by address in a tenth of the room of a ``dict``, in memory as on the disk.

    ``small`` has a number of two bytes, little end first, for each of ``every_address``; what is known and does not
    fit into these, some of it fees, is in ``others`` by its place.
    """

    __slots__ = ("_others", "_small")

    def __init__(self, small: bytes, others: Mapping[int, Number]) -> None:
        """Raise ``ValueError`` where ``small`` is of another length."""
        self._small = array("H", small)
        if len(self._small) != len(every_address()):
            raise ValueError("figures of another form")
        if sys.byteorder == "big":
            self._small.byteswap()
        self._others = others

    def __reduce__(self) -> tuple[type[Figures], tuple[bytes, Mapping[int, Number]]]:
        return Figures, (self.small, self._others)

    @property
    def small(self) -> bytes:
        """What they are made of, with ``others``."""
        if sys.byteorder == "little":
            return self._small.tobytes()
        turned = self._small[:]
        turned.byteswap()
        return turned.tobytes()

    @property
    def others(self) -> Mapping[int, Number]:
        """The figures that are not small, by place."""
        return self._others

    def __getitem__(self, address: str) -> Number:
        place = _places()[address]
        number = self._small[place]
        if number != ELSEWHERE:
            return number
        if place in self._others:
            return self._others[place]
        raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        others = self._others
        for place, (address, number) in enumerate(zip(every_address(), self._small, strict=True)):
            if number != ELSEWHERE or place in others:
                yield address

    def __len__(self) -> int:
        return len(self._small) - self._small.count(ELSEWHERE) + len(self._others)

    def __repr__(self) -> str:
        return f"Figures({dict(self)!r})"


def figures_of(values: Mapping[str, Number]) -> Figures:
    """Return the same figures, in little room."""
    small = array("H", [ELSEWHERE]) * len(every_address())
    others: dict[int, Number] = {}
    places = _places()
    for address, value in values.items():
        if isinstance(value, int) and 0 <= value < ELSEWHERE:
            small[places[address]] = value
        else:
            others[places[address]] = value
    if sys.byteorder == "big":
        small.byteswap()
    return Figures(small.tobytes(), others)


@functools.cache
def every_address() -> tuple[str, ...]:
    """Return the addresses of all figures that any form has, in the order of the newest form, older ones' last."""
    found: dict[str, None] = {}
    for form_id in reversed(form_ids()):
        form = load_form(form_id)
        for table in form.tables.values():
            found.update(dict.fromkeys(table.addresses))
        found.update(dict.fromkeys(field.id for field in form.fields))
    return tuple(found)


@functools.cache
def _places() -> Mapping[str, int]:
    return {address: place for place, address in enumerate(every_address())}
