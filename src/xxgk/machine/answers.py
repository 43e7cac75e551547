"""One thing about this computer that ``xxgk doctor`` tells."""

from __future__ import annotations

from xxgk.records import Record

GOOD, MISSING, NEUTRAL = "good", "missing", "neutral"


class Answer(Record):
    """What was found.

    ``state``: GOOD, MISSING (something does not work), or NEUTRAL (not there, and not needed for what is said).
    ``purpose`` says what it is good for; ``advice`` what to do, in words that can be sent to the IT people, and is
    empty unless MISSING. Where a ``needed`` one is missing, workbooks cannot be checked or reports not made.
    """

    id: str
    title: str
    state: str
    found: str
    purpose: str
    advice: str = ""
    needed: bool = False
