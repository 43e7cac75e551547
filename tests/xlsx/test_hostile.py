"""Bad files of every kind: read like the sound one with the right findings, or refused at once with one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="bounds on memory need a Unix system")

from support.hostile import KINDS
from support.hostile_base import SOUND, Read, Refused
from support.hostile_foreign import make_no_files
from support.hostile_worker import Outcome, examined
from support.sizes import FULL

SECONDS, GROWTH = 1.0, 200 * 2**20  # what a refusal may take
BUSY = 2  # how much slower a shared processor may be
SENTENCE = re.compile(r"读不了 .*：[^\n]*[\u4e00-\u9fff][^\n]*。|.*[\u4e00-\u9fff].*JSON.*。|.*UTF-8.*。")
TECHNICAL = re.compile(r"Error|Exception|Traceback|0x[0-9a-f]+|None")


TRIED = tuple(KINDS)[:: 1 if FULL else 6]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("bad")

    def paths() -> Iterator[Path]:
        sound = folder / "sound.xlsx"
        sound.write_bytes(SOUND)
        yield sound
        for name in TRIED:
            kind = KINDS[name]
            path = folder / kind.name
            path.write_bytes(kind.make())
            yield path
            path.unlink()

    return {Path(outcome.path).name: outcome for outcome in examined(paths())}


@pytest.mark.parametrize("name", TRIED)
def test_a_bad_file(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome, expected = outcomes[name], KINDS[name].expected
    assert not outcome.crash
    if isinstance(expected, Refused):
        assert_refused(outcome, expected.reason)
    else:
        assert_read(outcome, expected, outcomes["sound.xlsx"])


def assert_refused(outcome: Outcome, reason: str) -> None:
    assert reason in outcome.refused
    said = outcome.refused.replace(outcome.path, "")
    assert SENTENCE.fullmatch(outcome.refused)
    assert not TECHNICAL.search(said)
    assert outcome.seconds < SECONDS * BUSY
    assert outcome.growth < GROWTH


def assert_read(outcome: Outcome, expected: Read, sound: Outcome) -> None:
    assert not outcome.refused
    everything = sound.facts.keys() | outcome.facts.keys()
    differing = {a: outcome.facts.get(a) for a in everything if sound.facts.get(a) != outcome.facts.get(a)}
    if expected.lost:
        assert differing
        assert all(address.startswith(expected.lost) and fact is None for address, fact in differing.items())
    else:
        assert differing == expected.changed
    assert set(outcome.codes) - set(sound.codes) == set(expected.codes)


def test_what_is_no_file(tmp_path: Path) -> None:
    reasons = dict(make_no_files(tmp_path))
    for outcome in examined(reasons):
        assert not outcome.crash
        assert_refused(outcome, reasons[Path(outcome.path)])
