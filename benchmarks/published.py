"""Measure how well published reports are read in layouts taken apart at random; print it as a Markdown table."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from xxgk.formats import Form, form_ids, load_form
from xxgk.published.html import read_markup
from xxgk.published.read import read_blocks
from xxgk.render.document import build_document

from support.layouts import EVERY, HARMLESS, PAGE_ENDS, page, several
from support.published import values_of
from support.reports import report_of, sound_values

PAGES = 150  # of each kind and form


def outcomes(form: Form, seed: int, names: Sequence[str]) -> Counter[str]:
    """Return how many numbers of a random report came back right, were said to be unread, or are wrong in silence."""
    random = Random(seed)
    truth = report_of(sound_values(random, form), form=form)
    found = read_blocks(read_markup(page(build_document(truth, form), random, [EVERY[name] for name in names])))
    read = {trace.address: trace.figure.value for trace in found.traces}
    doubted = {address for doubt in found.doubts for address in doubt.addresses}
    counts: Counter[str] = Counter()
    for address, value in values_of(form, truth).items():
        said = address not in read and address in doubted
        counts["right" if read.get(address) == value else "said" if said else "wrong"] += 1
    return counts


def main() -> None:
    """Measure one change at a time, then two and three together."""
    plans = {
        "nothing changed": lambda random: [],
        "one change that takes nothing away": lambda random: [random.choice([*HARMLESS, *PAGE_ENDS])],
        "three of those": lambda random: [*random.sample([*HARMLESS], 2), random.choice([*PAGE_ENDS])],
        "three of all, also cells split, merged, lost": lambda random: several(random, 3),
    }
    print("| layout | pages | numbers | right | said | wrong, unsaid |\n|---|---|---|---|---|---|")
    for title, plan in plans.items():
        total: Counter[str] = Counter()
        for form_id in form_ids():
            for seed in range(PAGES):
                total += outcomes(load_form(form_id), seed, plan(Random(f"{title} {seed}")))
        numbers = total.total()
        rates = " | ".join(f"{100 * total[key] / numbers:.2f} %" for key in ("right", "said"))
        print(f"| {title} | {PAGES * len(form_ids())} | {numbers} | {rates} | {total['wrong']} |")


if __name__ == "__main__":
    main()
