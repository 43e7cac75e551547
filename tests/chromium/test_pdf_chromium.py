"""Reports printed to PDF by Chromium come back equal, or it is said which number was not read."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from xxgk.figures import known_values
from xxgk.published.pdf import read_blocks as read_pdf
from xxgk.published.read import read_blocks, read_published
from xxgk.records import Record, replace
from xxgk.render.document import build_document
from xxgk.render.html import to_html
from xxgk.report import Figure, Report

from support.chromium import run_chromium
from support.pdf_layouts import BORDERS, printed, styled
from support.published import as_printed
from support.reports import FORM, example, sound_values
from support.sizes import FULL, spread

pytestmark = pytest.mark.chromium

ROUNDS = 3 if FULL else 1
TRIED = spread(BORDERS, 2)


class Outcome(Record):
    """How many figures came back, how many were said not to, and which are wrong or missing without a word."""

    borders: str
    right: int
    said: int
    silent: tuple[str, ...]


def outcome(borders: str, truth: Report, data: bytes) -> Outcome:
    found = read_blocks(read_pdf(data))
    read = {trace.address: trace.figure.value for trace in found.traces}
    doubted = {address for doubt in found.doubts for address in doubt.addresses}
    known = known_values(FORM, truth.figures)
    right = {address for address, value in known.items() if read.get(address) == value}
    said = {address for address in known if address not in read and address in doubted}
    silent = [f"{address}: {known[address]} read as {read.get(address)}" for address in known.keys() - right - said]
    return Outcome(borders, len(right), len(said), tuple(silent))


@pytest.mark.parametrize("header", spread([True, False], 1), ids=lambda header: "with header" if header else "plain")
def test_the_example_comes_back_whole(tmp_path: Path, header: bool) -> None:
    page, made = tmp_path / "report.html", tmp_path / "report.pdf"
    page.write_text(to_html(build_document(example(), FORM)), encoding="utf-8")
    options = () if header else ("--no-pdf-header-footer",)
    run_chromium(tmp_path / "profile", *options, f"--print-to-pdf={made}", page.as_uri())
    found = read_published(made)
    assert found.report == as_printed(example())
    assert found.doubts == ()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_number_is_wrong_in_silence_whatever_the_layout(tmp_path: Path, seed: int) -> None:
    reports, styles = [], []
    for number, borders in enumerate(TRIED):
        random = Random(f"{seed} {borders}")
        figures = {address: Figure(value) for address, value in sound_values(random).items()}
        reports.append(replace(example(), figures=figures))
        styles.append(styled(number, borders, random))
    found = [
        outcome(borders, truth, data)
        for borders, truth, data in zip(TRIED, reports, printed(tmp_path, reports, styles), strict=True)
    ]
    assert [one.silent for one in found] == [()] * len(TRIED), found
    for one in found:
        assert one.right >= 0.99 * (one.right + one.said), one
