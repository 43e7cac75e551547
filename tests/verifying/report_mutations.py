"""Single changes of a document, as somebody might make them in a finished report, each with what must be said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from xxgk.formats import Form
from xxgk.records import Record, replace
from xxgk.render.document import Block, Cell, Document, Heading, Paragraph, Signature, TableBlock
from xxgk.texts import BLANKS
from xxgk.verifying.texts import shown
from xxgk.verifying.verify import Verification

Said = tuple[str, ...]
STRANGE = "甲乙丙丁"  # characters to put in
ADDED = "附带说明，本段是生成以后加上去的。"


class Mutation(Record):
    """A changed document, and what is to be said of it, as ``said_of`` has it."""

    document: Document
    said: Said


def said_of(found: Verification) -> list[Said]:
    """Return everything that a verification says, without places."""
    tables = found.tables
    said: list[Said] = [("form", found.form)] if found.form else []
    said += [("figure", one.address, one.expected, one.seen) for one in tables.figures]
    said += [("label", one.expected, one.seen) for one in tables.labels]
    said += [("misplaced", *labels) for labels in tables.misplaced]
    said += [("unsure", sentence) for sentence in tables.unsure]
    said += [("data", one.where, one.expected, one.seen) for one in found.page.data]
    texts = (*found.texts.differences, *found.page.glance.differences)
    return said + [(one.change.value, one.expected, one.seen) for one in texts]


def number_changed(document: Document, form: Form, random: Random) -> Mutation:
    """Change one number of a table."""
    return _cell_changed(document, form, random, str(random.randint(100_000, 999_999)))


def number_blanked(document: Document, form: Form, random: Random) -> Mutation:
    """Empty one cell of a table."""
    return _cell_changed(document, form, random, "")


def character_changed(document: Document, _form: Form, random: Random) -> Mutation:
    """Put another character in the place of one, take one out, or put one in: in a heading, paragraph or remark."""
    at, old = random.choice([one for one in _texts(document.blocks) if len(one[1]) > 3])
    # What looks like a number of a list at the beginning of a line is told apart by its looks.
    place = random.choice([n for n, char in enumerate(old) if n > 1 and char not in BLANKS])
    strange = random.choice(STRANGE)
    new = random.choice(
        (
            old[:place] + strange + old[place + 1 :],
            old[:place] + strange + old[place:],
            old[:place] + old[place + 1 :],
        )
    )
    return Mutation(_with_text(document, at, new), ("changed", shown(old), shown(new)))


def section_heading_changed(document: Document, _form: Form, random: Random) -> Mutation:
    """Change a character in the middle of the heading of a section."""
    headings = [
        (n, block) for n, block in enumerate(document.blocks) if isinstance(block, Heading) and block.level == 1
    ]
    at, block = random.choice(headings)
    old = block.text
    new = old[:4] + random.choice(STRANGE) + old[5:]
    return Mutation(_with_text(document, at, new), ("changed", old, new))


def title_changed(document: Document, _form: Form, random: Random) -> Mutation:
    """Change a character of the title."""
    first, *rest = document.title_parts
    new = (first[:-1] + random.choice(STRANGE), *rest)
    return Mutation(replace(document, title_parts=new), ("changed", document.title, "".join(new)))


def signature_changed(document: Document, _form: Form, random: Random) -> Mutation:
    """Change the unit or the date at the end."""
    block = document.blocks[-1]
    assert isinstance(block, Signature)
    if random.random() < 0.5:
        new = replace(block, unit=block.unit[:-1] + "府会")
        return Mutation(_with_block(document, -1, new), ("changed", block.unit, new.unit))
    new = replace(block, date=f"{block.date[:5]}11月17日")
    return Mutation(_with_block(document, -1, new), ("changed", block.date, new.date))


def paragraph_removed(document: Document, _form: Form, random: Random) -> Mutation:
    """Take out a paragraph."""
    at = random.choice(_paragraphs(document))
    blocks = (*document.blocks[:at], *document.blocks[at + 1 :])
    return Mutation(replace(document, blocks=blocks), ("missing", shown(document.blocks[at].text), ""))


def paragraph_added(document: Document, _form: Form, random: Random) -> Mutation:
    """Put a paragraph in after another one."""
    at = random.choice(_paragraphs(document)) + 1
    blocks = (*document.blocks[:at], Paragraph(ADDED), *document.blocks[at:])
    return Mutation(replace(document, blocks=blocks), ("added", "", shown(ADDED)))


def paragraphs_swapped(document: Document, _form: Form, random: Random) -> Mutation:
    """Let two paragraphs that follow one another change places."""
    own = _paragraphs(document)
    at = random.choice([n for n in own if n + 1 in own])
    upper, lower = document.blocks[at : at + 2]
    blocks = (*document.blocks[:at], lower, upper, *document.blocks[at + 2 :])
    return Mutation(replace(document, blocks=blocks), ("moved", "", ""))


def rows_swapped(document: Document, form: Form, random: Random) -> Mutation:
    """Let two rows of numbers that follow one another change places, labels and all, within one group."""
    at, block = random.choice([(n, block) for n, block in enumerate(document.blocks) if _tall(block)])
    assert isinstance(block, TableBlock)
    rows = block.rows()

    def plain(row: Sequence[Cell]) -> bool:
        return bool(row) and row[0].column > 0 and all(c.height == 1 for c in row) and not all(c.header for c in row)

    pairs = [n for n in range(block.height - 1) if plain(rows[n]) and plain(rows[n + 1]) and _alike(*rows[n : n + 2])]
    upper = random.choice(pairs)
    places = {upper: upper + 1, upper + 1: upper}
    cells = sorted((replace(c, row=places.get(c.row, c.row)) for c in block.cells), key=lambda c: (c.row, c.column))
    return Mutation(_with_block(document, at, replace(block, cells=tuple(cells))), ("misplaced",))


MUTATIONS: tuple[Callable[[Document, Form, Random], Mutation], ...] = (
    number_changed,
    number_blanked,
    character_changed,
    section_heading_changed,
    title_changed,
    signature_changed,
    paragraph_removed,
    paragraph_added,
    paragraphs_swapped,
    rows_swapped,
)


def is_said(said: Sequence[Said], mutation: Mutation) -> bool:
    """Tell whether ``said`` is what is to be said of ``mutation`` and nothing else.

    Of two things that changed places either may be the one that moved.
    """
    if mutation.said[0] in ("moved", "misplaced"):
        return len(said) == 1 and said[0][0] == mutation.said[0]
    return list(said) == [mutation.said]


def _tall(block: Block) -> bool:
    return isinstance(block, TableBlock) and block.height > 20


def _alike(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    return [(c.column, c.width) for c in upper] == [(c.column, c.width) for c in lower]


def _paragraphs(document: Document) -> list[int]:
    return [n for n, block in enumerate(document.blocks) if isinstance(block, Paragraph)]


def _texts(blocks: Sequence[Block]) -> list[tuple[int, str]]:
    return [(n, block.text) for n, block in enumerate(blocks) if isinstance(block, Heading | Paragraph)]


def _with_block(document: Document, at: int, block: Block) -> Document:
    blocks = list(document.blocks)
    blocks[at] = block
    return replace(document, blocks=tuple(blocks))


def _with_text(document: Document, at: int, text: str) -> Document:
    return _with_block(document, at, replace(document.blocks[at], text=text))


def _cell_changed(document: Document, form: Form, random: Random, new: str) -> Mutation:
    tables = [(n, block) for n, block in enumerate(document.blocks) if isinstance(block, TableBlock)]
    owners = [section.table for section in form.sections if section.table]
    (at, block), owner = random.choice(list(zip(tables, owners, strict=True)))
    number = random.choice([n for n, cell in enumerate(block.cells) if not cell.header and cell.text])
    address = form.tables[owner].grid[number].address
    old = block.cells[number].text
    cells = list(block.cells)
    cells[number] = replace(cells[number], text=new)
    return Mutation(_with_block(document, at, replace(block, cells=tuple(cells))), ("figure", address, old, new))
