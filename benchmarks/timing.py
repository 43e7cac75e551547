"""Interleaved timing: both ways in one run, so that a noisy machine disturbs both alike."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Comparison:
    """Median seconds of two ways of doing the same, and the ratio that is aimed at."""

    name: str
    ours: float
    other: float
    aim: str

    @property
    def slower(self) -> float:
        """How many times the other's time ours takes."""
        return self.ours / self.other

    @property
    def faster(self) -> float:
        """How many times faster ours is."""
        return self.other / self.ours


def compare(name: str, ours: Callable[[], object], other: Callable[[], object], rounds: int, aim: str) -> Comparison:
    """Run both in turn ``rounds`` times, after one round that does not count."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for way, collected in ((ours, times[0]), (other, times[1])):
            # As timeit does: neither pays for the other's garbage.
            gc.collect()
            gc.disable()
            start = time.perf_counter()
            way()
            taken = time.perf_counter() - start
            gc.enable()
            if number:
                collected.append(taken)
    return Comparison(name, statistics.median(times[0]), statistics.median(times[1]), aim)


def process(*arguments: str) -> Callable[[], object]:
    """Return a function that runs this Python with ``arguments`` as a whole process."""

    def run() -> object:
        return subprocess.run([sys.executable, *arguments], capture_output=True, check=True)

    return run
