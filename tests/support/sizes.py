"""How much is tried: a slice by default, everything with XXGK_FULL=1."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

import pytest

FULL = os.environ.get("XXGK_FULL") == "1"
full_only = pytest.mark.skipif(not FULL, reason="takes long: with XXGK_FULL=1")
T = TypeVar("T")


def spread(variants: Iterable[T], few: int) -> list[T]:
    """Return ``few`` of ``variants``, the first one and others evenly over the rest; all of them in the full run."""
    every = list(variants)
    return every if FULL or len(every) <= few else [every[number * len(every) // few] for number in range(few)]
