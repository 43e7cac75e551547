"""Where the program with its own Python in it starts.

``xxgk excel …`` is here what ``python -m xxgk.excel …`` is elsewhere: the workbook's buttons call it.
"""

import sys
from collections.abc import Sequence
from multiprocessing import freeze_support


def run(words: Sequence[str]) -> int:
    """Do what the command line says and return the exit code."""
    if words[:1] == ["excel"]:
        from xxgk.excel.__main__ import main

        return main(words[1:])
    from xxgk.cli import start

    return start()


if __name__ == "__main__":
    # A process that checks part of many files is this program too; it ends in here.
    freeze_support()
    sys.exit(run(sys.argv[1:]))
