"""Bad files of every kind, made the same on each run, each with what must come of it."""

from __future__ import annotations

from support import hostile_books, hostile_cells, hostile_foreign, hostile_xml, hostile_zip
from support.hostile_base import Kind

MODULES = (hostile_foreign, hostile_zip, hostile_xml, hostile_cells, hostile_books)
_ALL = [kind for module in MODULES for kind in module.KINDS]
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
assert len(KINDS) == len(_ALL), "two kinds of one name"
