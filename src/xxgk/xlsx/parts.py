"""A package under change: its parts as they now are, what each relates to, and what type it is."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from xxgk.errors import UnreadableWorkbook
from xxgk.records import Record
from xxgk.xlsx.book import relations_part
from xxgk.xlsx.elements import inside
from xxgk.xlsx.package import CONTENT_TYPES, DAMAGED, Package
from xxgk.xlsx.repack import Contents, Deflated, repack
from xxgk.xlsx.spans import Span, find_spans, splice

RELATION_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class Relation(Record):
    """A relation of a part to another: its id, its kind (the last word of its type) and the other part."""

    id: str
    kind: str
    target: str
    span: Span


class Parts:
    """The parts of ``package`` while they are being changed; ``packed`` gives the new file."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._written: dict[str, tuple[str, Contents]] = {}
        self._dropped: set[str] = set()

    def __contains__(self, name: str) -> bool:
        key = name.lower()
        return key in self._written or (key in self._package and key not in self._dropped)

    def names(self) -> list[str]:
        """Return the names of all parts, in lower case."""
        return [key for key in {**self._package.members, **self._written} if key in self]

    def read(self, name: str) -> bytes:
        """Return a part as it now is. Raise ``UnreadableWorkbook`` when there is none."""
        if name.lower() in self._written:
            contents = self._written[name.lower()][1]
            return contents.data if isinstance(contents, Deflated) else contents
        if name not in self:
            raise UnreadableWorkbook(DAMAGED)
        return self._package.read(name)

    def write(self, name: str, data: Contents) -> None:
        """Set a part, new or not. One that stays as it is counts as untouched."""
        if name not in self or self.read(name) != data:
            self._written[name.lower()] = (name, data)

    def drop(self, name: str) -> None:
        """Take a part away."""
        self._written.pop(name.lower(), None)
        self._dropped.add(name.lower())

    def free_name(self, pattern: str) -> str:
        """Return the first name of ``pattern`` (with ``{}`` for a number from 1) that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    @property
    def changed(self) -> bool:
        """Whether any part is not as it was."""
        return bool(self._written or self._dropped)

    def packed(self) -> bytes:
        """Return the file of all parts; untouched ones as they lie."""
        old = self._package.members.keys() - self._dropped
        replaced = {name: data for key, (name, data) in self._written.items() if key in old}
        added = {name: data for key, (name, data) in self._written.items() if key not in old}
        return repack(self._package, replaced, self._dropped, added)

    # -------------------------------------------------------------- relations

    def relations(self, part: str) -> list[Relation]:
        """Return the relations of ``part`` to other parts."""
        where = relations_part(part)
        return list(self._relations(where)) if where in self else []

    def related(self, part: str, kind: str) -> str:
        """Return the first part that ``part`` has a relation of this kind to, or "" for none."""
        return next((relation.target for relation in self.relations(part) if relation.kind == kind), "")

    def add(self, part: str, content_type: str, data: Contents) -> None:
        """Add a part with its entry in the list of content types."""
        self.write(part, data)
        entry = f'PartName="/{part}" ContentType="{content_type}"'
        self._append(CONTENT_TYPES, "Types", "Override", entry)

    def relate(self, source: str, kind: str, target: str, types: str = RELATION_TYPES) -> str:
        """Add a relation of ``source`` to ``target`` and return its id; ``types`` is whose kind of relation it is."""
        where = relations_part(source)
        if where not in self:
            self.write(where, NO_RELATIONS)
        taken = {span.attributes.get("Id") for span in find_spans(self.read(where), ("Relationship",))}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        entry = f'Id="rId{number}" Type="{types}/{kind}" Target="/{target}"'
        self._append(where, "Relationships", "Relationship", entry)
        return f"rId{number}"

    def unrelate(self, source: str, target: str) -> None:
        """Take away the relation of ``source`` to ``target``, and ``target`` with all that only it led to."""
        where = relations_part(source)
        cut = [relation.span for relation in self.relations(source) if relation.target.lower() == target.lower()]
        if len(cut) == len(find_spans(self.read(where), ("Relationship",))):
            self.drop(where)
        else:
            self._cut(where, cut)
        if any(relation.target.lower() == target.lower() for relation in self._all_relations()):
            return
        for relation in self.relations(target):
            self.unrelate(target, relation.target)
        self.drop(target)
        entries = find_spans(self.read(CONTENT_TYPES), ("Override",))
        self._cut(
            CONTENT_TYPES, [e for e in entries if e.attributes.get("PartName", "").lower() == f"/{target}".lower()]
        )

    def _relations(self, where: str) -> Iterator[Relation]:
        source_folder = where.rpartition("/")[0].rpartition("_rels")[0]
        for span in find_spans(self.read(where), ("Relationship",)):
            if span.attributes.get("TargetMode") != "External":
                target = span.attributes.get("Target", "").replace("\\", "/")
                path = posixpath.normpath(posixpath.join("/", source_folder, target)).lstrip("/")
                kind = span.attributes.get("Type", "").rpartition("/")[2]
                yield Relation(span.attributes.get("Id", ""), kind, path, span)

    def _all_relations(self) -> Iterator[Relation]:
        for name in self.names():
            if name.endswith(".rels"):
                yield from self._relations(name)

    def _append(self, part: str, root: str, name: str, attributes: str) -> None:
        xml = self.read(part)
        parent = next(iter(find_spans(xml, (root,))), None)
        if parent is None:
            raise UnreadableWorkbook(DAMAGED)
        self.write(part, splice(xml, [inside(xml, parent, f"<{parent.prefix}{name} {attributes}/>".encode())]))

    def _cut(self, part: str, spans: list[Span]) -> None:
        self.write(part, splice(self.read(part), [(span.start, span.end, b"") for span in spans]))
