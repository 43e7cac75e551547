"""Whose a file is: by the code in its name, else by the unit's name as people write it, else a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from xxgk.checks.quoting import quote
from xxgk.consolidate.model import Taken, Unit
from xxgk.consolidate.store import Shelf
from xxgk.records import Record
from xxgk.texts import bare

ENDINGS = ("人民政府办事处", "街道办事处", "人民政府", "办事处", "政府")  # left out of one name and written in another
KEPT = {"街道办事处": "街道"}
PUNCTUATION = re.compile(r"[()\[\]{}〔〕【】（）《》“”\"'·.,，。、_\-—–]")
CODE = re.compile(r"[0-9A-Za-z]{4,}")  # shorter ones are in file names by chance
ALIKE = 0.5  # of difflib, for a name to be asked about
CANDIDATES = 3


class Match(Record):
    """The unit that a file is of, or None and those that it may be of. ``how`` says what that rests on."""

    unit: Unit | None
    candidates: tuple[Unit, ...] = ()
    how: str = ""


def key_of(name: str) -> str:
    """Return ``name`` as all ways to write it come to: no blanks, no full-width forms, no 人民政府 at its end."""
    text = PUNCTUATION.sub("", bare(name)).lower()
    for ending in ENDINGS:
        if text.endswith(ending) and len(text) > len(ending):
            return text.removesuffix(ending) + KEPT.get(ending, "")
    return text


class Matcher:
    """Finds the unit of a file among those of a roster. Its lists hold places in the roster."""

    def __init__(self, units: Shelf[Unit]) -> None:
        """``units`` are those of the roster, by id."""
        self._units = units
        self._keys_above: dict[str, tuple[str, ...]] = {}
        self._by_key, self._by_short_key, self._by_code, self._by_file = (Shelf[int](units.store) for _ in range(4))
        for place, unit in enumerate(units):
            self._by_key.put(place, key_of(unit.name))
            self._by_short_key.put(place, self._short_key(unit))
            if unit.code:
                self._by_code.put(place, unit.code)
            if unit.file:
                self._by_file.put(place, _file(unit.file))

    def match(self, taken: Taken) -> Match:
        """Return the unit of ``taken``: what the office typed, the code, the name; else the units it may be of."""
        shown = taken.source.shown
        typed = self._found(self._by_file, _file(shown)) or self._found(self._by_file, _file(_last(shown)))
        if len(typed) == 1:
            return Match(typed[0], how="名单里写明了这个文件")
        words = CODE.findall(bare(_last(shown)))
        coded = {unit.id: unit for word in words for unit in self._found(self._by_code, word)}
        named = self._named(taken.unit, shown)
        if len(coded) == 1:
            unit = next(iter(coded.values()))
            if not taken.unit or not named or unit in named:
                return Match(unit, how="文件名里有单位代码")
            both = (unit, *named)
            return Match(None, both[:CANDIDATES], "文件名里的代码和里面写的单位不是同一个")
        if len(named) == 1:
            return Match(named[0], how="单位名称")
        if named:
            return Match(None, named[:CANDIDATES], "名单里有同名的单位")
        return self._guessed(taken)

    def _named(self, name: str, shown: str) -> tuple[Unit, ...]:
        """Return the units whose name it certainly is; several of one name are told apart by folders and prefixes."""
        key = key_of(name)
        if not key:
            return ()
        found = self._found(self._by_key, key) or tuple(self._prefixed(key))
        if len(found) > 1:
            places = [key_of(part) for part in re.split(r"[/›]", shown)[:-1]]
            near = tuple(unit for unit in found if any(key in places for key in self._above(unit)))
            found = near if len(near) == 1 else found
        return found

    def _prefixed(self, key: str) -> Iterator[Unit]:
        """Yield the units whose name ``key`` is, but for names of units above it before it in one of both."""
        for start in range(len(key)):
            for unit in self._found(self._by_short_key, key[start:]):
                if not self._without_above(unit, key[:start]):
                    yield unit

    def _short_key(self, unit: Unit) -> str:
        """Return the key of the unit's name without names of units above it at its beginning."""
        key = key_of(unit.name)
        for above in self._above(unit):
            if key.startswith(above) and key != above:
                return key.removeprefix(above)
        return key

    def _without_above(self, unit: Unit, prefix: str) -> str:
        for known in (*sorted(self._above(unit), key=len, reverse=True), *ENDINGS):
            prefix = prefix.replace(known, "")
        return prefix

    def _above(self, unit: Unit) -> tuple[str, ...]:
        """Return the keys of the names of all units above ``unit``."""
        known = self._keys_above.get(unit.parent)
        if known is None:
            parent = next(self._units.keyed(unit.parent), None) if unit.parent else None
            known = () if parent is None else (key_of(parent.name), *self._above(parent))
            self._keys_above[unit.parent] = known
        return known

    def _found(self, places: Shelf[int], key: str) -> tuple[Unit, ...]:
        return tuple(self._units[place] for place in places.keyed(key))

    def _guessed(self, taken: Taken) -> Match:
        """Return no unit, and those whose names look like the file's unit or the file's name."""
        key = key_of(taken.unit)
        stem = key_of(_last(taken.source.shown).rpartition(".")[0])
        text = key or stem
        if not text:
            return Match(None, (), "里面没有写单位，文件名也看不出来")
        inside = (place for place, one in enumerate(self._by_key.keys()) if _inside(one, text))
        near = tuple(self._units[place] for place in islice(inside, CANDIDATES))
        if not near:
            from difflib import get_close_matches

            close = get_close_matches(text, dict.fromkeys(self._by_key.keys()), CANDIDATES, ALIKE)
            near = tuple(unit for name in close for unit in self._found(self._by_key, name))
        said = f"里面写的单位是{quote(taken.unit)}" if key else "里面没有写单位"
        return Match(None, near[:CANDIDATES], f"{said}，名单里没有")


def _inside(one: str, other: str) -> bool:
    """Tell whether one of two keys, of two characters at least, is part of the other."""
    return len(min(one, other, key=len)) > 1 and (one in other or other in one)


def _file(name: str) -> str:
    return bare(name).replace("\\", "/").lower()


def _last(shown: str) -> str:
    """Return the file's own name, without folders and zip file."""
    return _parts(shown)[-1]


def _parts(shown: str) -> list[str]:
    return [part.strip() for part in re.split(r"[/›]", shown)]


def names_of(units: Iterable[Unit]) -> Iterator[str]:
    """Yield the names of ``units``, with the code where there is one."""
    return (f"{unit.name}（{unit.code}）" if unit.code else unit.name for unit in units)
