"""Interleaved timing of processor time: both ways in one run, so that a noisy machine disturbs both alike."""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Comparison:
    """Median seconds of processor time of two ways of doing the same, and the ratio that is aimed at."""

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
            start = spent()
            way()
            taken = spent() - start
            gc.enable()
            if number:
                collected.append(taken)
    return Comparison(name, statistics.median(times[0]), statistics.median(times[1]), aim)


def spent() -> float:
    """Return the processor time of this process and of those that it started and that have ended, in seconds.

    Time by the clock would also tell what else the machine was doing.
    """
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def process(*arguments: str) -> Callable[[], object]:
    """Return a function that runs this Python with ``arguments`` as a whole process."""

    def run() -> object:
        return subprocess.run([sys.executable, *arguments], capture_output=True, check=True)

    return run
