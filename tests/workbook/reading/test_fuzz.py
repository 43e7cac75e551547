"""Seeded damage, many thousand times: the reader refuses it or lives with it, and never loses a number in silence.

``XXGK_FUZZ=1000000 XXGK_FUZZ_SEED=5 pytest tests/workbook/reading/test_fuzz.py`` tries as many files as you like;
a failure names the seed that makes the same file again.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from random import Random
from types import FrameType

import pytest

pytest.importorskip("resource", reason="alarms need a Unix system")

from xxgk.checks import check
from xxgk.errors import UnreadableWorkbook
from xxgk.formats import load_form
from xxgk.output.json import render_json
from xxgk.output.result import FileResult
from xxgk.report import Report
from xxgk.workbook.reading.read import read_report

from support.hostile_base import SOUND, by_openpyxl, by_xlsxwriter
from support.hostile_mutate import mutated_file, mutated_part
from support.hostile_worker import facts_of
from support.sizes import FULL

COUNT = int(os.environ.get("XXGK_FUZZ") or (10_000 if FULL else 200))
SEED = int(os.environ.get("XXGK_FUZZ_SEED") or 1)
SECONDS = 10  # for one file


class Hung(Exception):
    """A file took too long."""


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise Hung

    before = signal.signal(signal.SIGALRM, ring)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def outcome(data: bytes) -> tuple[Report, list[str]] | None:
    """Return the report in ``data`` with the codes of its findings, or None when it is refused with a sentence."""
    signal.alarm(SECONDS)
    try:
        report = read_report(data)
    except UnreadableWorkbook:
        return None
    findings = check(report, load_form(report.form))
    "".join(render_json([FileResult("年报.xlsx", findings)])).encode()
    return report, [finding.code for finding in findings]


def sources() -> tuple[bytes, ...]:
    return SOUND, by_openpyxl(), by_xlsxwriter()


def test_damage_to_the_file_is_refused_or_said() -> None:
    """Checksums guard what is inside, so a file that is still read must be the same, or say what it lost."""
    originals = [(data, outcome(data)) for data in sources()]
    read = 0
    for seed in range(SEED, SEED + COUNT // 4):
        random = Random(seed)
        data, sound = random.choice(originals)
        assert sound
        spoilt = mutated_file(random, data)
        try:
            found = outcome(spoilt)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {error!r}") from error
        if found:
            read += 1
            same = facts_of(found[0]) == facts_of(sound[0])
            said = {code for code in found[1] if code.startswith("S")} - set(sound[1])
            assert same or said, f"seed {seed}: lost in silence"
    assert read, "no damage was harmless: the mutator is too rough"


def test_damage_to_a_part_does_no_harm() -> None:
    read = 0
    originals = sources()
    for seed in range(SEED, SEED + COUNT - COUNT // 4):
        random = Random(-seed)
        spoilt = mutated_part(random, random.choice(originals))
        try:
            read += outcome(spoilt) is not None
        except Exception as error:
            raise AssertionError(f"seed {-seed}: {error!r}") from error
    assert read, "nothing was ever read: the mutator is too rough"


def test_a_seed_makes_the_same_file_again() -> None:
    for mutate in (mutated_file, mutated_part):
        assert mutate(Random(3), SOUND) == mutate(Random(3), SOUND) != SOUND


def test_an_endless_reader_would_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(data: bytes) -> Report:
        while True:
            pass

    monkeypatch.setattr(sys.modules[__name__], "SECONDS", 1)
    monkeypatch.setattr(sys.modules[__name__], "read_report", endless)
    with pytest.raises(Hung):
        outcome(SOUND)
