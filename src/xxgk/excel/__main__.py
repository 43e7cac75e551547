"""What the buttons start: ``python -m xxgk.excel VERB --wb=NAME --from_xl=1 --hwnd=N``, or ``… job FOLDER``.

Exit code 0: done. 1: it cannot be done, standard output says why. 2: a fault of the program, standard error names
the record. Texts are escaped to ASCII; the macro shows them to staff.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from xxgk.errors import UsageProblem, XxgkError
from xxgk.excel.changelist import escape

DONE, REFUSED, FAULT = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Do what the words say and return the exit code; nothing is ever raised, and nobody sees a traceback."""
    try:
        _run(arguments)
        return DONE
    except XxgkError as error:
        sys.stdout.write(f"{escape(str(error))}\n")
        return REFUSED
    except Exception:
        from xxgk.faults import log_fault

        sentence = f"程序内部出错，没有做完。请把这个记录发给维护人员：{log_fault()}"
        sys.stderr.write(f"{escape(sentence)}\n")
        return FAULT


def _run(arguments: Sequence[str]) -> None:
    words = [word for word in arguments if not word.startswith("--")]
    if len(words) == 2 and words[0] == "job":
        from xxgk.excel.job import run_job

        run_job(Path(words[1]))
        return
    # A name may have "=" in it, which xlwings.Book.caller() cuts off.
    options = dict(word[2:].split("=", 1) for word in arguments if word.startswith("--") and "=" in word)
    if len(words) != 1 or not options.get("wb"):
        raise UsageProblem("这个命令由工作簿里的按钮启动。请打开工作簿，点“首页”上的按钮。")
    from xxgk.excel.caller import calling_book
    from xxgk.excel.session import run_live

    run_live(words[0], calling_book(options["wb"], options.get("hwnd", "")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
