"""``xxgk explain``: what a code means, why, and how to mend it."""

from __future__ import annotations

from argparse import Namespace

from xxgk.checks.explain import UnknownCode, explain, explain_all
from xxgk.errors import UsageProblem


def run(arguments: Namespace) -> int:
    """Print the explanation of one code, or the list of all."""
    if not arguments.code:
        print(explain_all())
        return 0
    try:
        print(explain(arguments.code.strip().upper()))
    except UnknownCode as error:
        raise UsageProblem(str(error)) from error
    return 0
