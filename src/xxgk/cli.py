"""The command line. Each command is a module of ``xxgk.commands``, imported when it is called."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from xxgk.errors import XxgkError
from xxgk.options import build_parser

INTERRUPTED = 130
INTERNAL = 3
ALLOCATIONS = 100_000  # between two looks for garbage

MODULES = {"import": "xxgk.commands.import_"}  # of commands whose names are words of Python


def start() -> int:
    """Run the process's own command; the console script and ``python -m xxgk`` come in here.

    A check makes some ten thousand objects and ends. Looking for garbage among them again and again,
    and once more at the end, took an eighth of its time; over many files it is still looked for.
    """
    gc.set_threshold(ALLOCATIONS)
    try:
        return main()
    finally:
        gc.freeze()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in ``argv`` (default: the process's) and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A Chinese Windows console knows no "√": better a mark too few than a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        words = _own_words() if argv is None else list(argv)
        if not words:
            build_parser().print_help(sys.stderr)
            return 2
        arguments = build_parser(words[0]).parse_args(words)
        module = MODULES.get(arguments.command, f"xxgk.commands.{arguments.command}")
        code: int = import_module(module).run(arguments)
        sys.stdout.flush()
        return code
    except XxgkError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    except KeyboardInterrupt:
        print("已中断，没有写完的文件已清理。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; Python must not try to flush the rest at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except OSError as error:
        print(_unwritable(error), file=sys.stderr)
        return INTERNAL
    except Exception:
        print(_internal(), file=sys.stderr)
        return INTERNAL


def _own_words() -> list[str]:
    """Return the words of the process's command, or those that open the window where it was started for that."""
    words = sys.argv[1:]
    if len(words) > 1:
        return words
    from xxgk.window.starting import with_window

    return with_window(words)


def _unwritable(error: OSError) -> str:
    """Return the sentence for a file system that refuses what no command expected."""
    if error.errno == errno.ENAMETOOLONG:
        return "文件名太长，请换一个短一些的名字。"
    if error.errno == errno.ENOSPC:
        return "磁盘满了，请清出空间再试。"
    where = f"：{error.filename}" if error.filename else ""
    return f"不能读写{where}。请核对文件名，并确认有权限，或者换一个文件夹。"


def _internal() -> str:
    from xxgk.faults import log_fault

    return f"程序内部出错，没有写完的文件已清理。请把这个记录发给维护人员：{log_fault()}"
