"""Reads published reports that are PDF files: within limits of time and memory, in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from xxgk.errors import UnreadableWorkbook
from xxgk.published.blocks import Block

if TYPE_CHECKING:
    from playa import Document

    from xxgk.published.pdf_page import Page

MEBIBYTE = 1 << 20
MAX_MEMORY = 2048 * MEBIBYTE
MAX_PAGES = 200  # a province's report has thirty
MAX_GLYPHS = 500_000
SECONDS = 60.0

MISSING = '读 PDF 要另外装一个部件，请先运行：pip install "xxgk[import]"；或者改用这份报告的 Word 文件或网页'
OTHER_SOURCE = "请改用这份报告的 Word 文件或网页"
TOO_MANY_PAGES = f"超过 {MAX_PAGES} 页，不像一份年报，没有读取；请只留下年报的那几页"
TOO_MUCH = f"内容多得不正常，为安全起见没有读取；{OTHER_SOURCE}"
TOO_SLOW = f"读了 {SECONDS:.0f} 秒还没有读完，文件可能有问题；{OTHER_SOURCE}"
LOCKED = "这个 PDF 设有打开密码；请用密码打开，另存为没有密码的 PDF，再来导入"
LOCK_UNKNOWN = f"这个 PDF 的加密方法读不了；{OTHER_SOURCE}"
BROKEN = f"不是 PDF，或者已经损坏，读不出来；请重新下载，或者{OTHER_SOURCE[1:]}"
SCANNED = f"这个 PDF 是扫描件，每页是一张图片，里面没有文字可读；{OTHER_SOURCE}"
EMPTY = f"这个 PDF 里没有文字；{OTHER_SOURCE}"


def read_blocks(data: bytes) -> tuple[Block, ...]:
    """Return the paragraphs and tables of the PDF file in ``data`` in reading order.

    Raise ``UnreadableWorkbook`` with the reason: no PDF, damaged, locked, scanned, too much, not done in time, or the
    extra ``import`` is not installed. Nothing of the file is run, nothing is fetched.
    """
    from importlib.util import find_spec

    from xxgk.workers import Lost, run_each

    if find_spec("playa") is None:
        raise UnreadableWorkbook(MISSING)
    # A crafted file can keep any PDF reader busy for ever or fill the memory; a process can be ended.
    [(_, outcome)] = run_each(_blocks_or_reason, [data], 1, SECONDS)
    if isinstance(outcome, Lost):
        raise UnreadableWorkbook(TOO_SLOW if outcome.late else TOO_MUCH)
    if isinstance(outcome, str):
        raise UnreadableWorkbook(outcome)
    return outcome


def _blocks_or_reason(data: bytes) -> tuple[Block, ...] | str:
    """Return what the file holds, or why it cannot be read: the work of the process."""
    import logging

    from playa import PDFEncryptionError, PDFPasswordIncorrect

    from xxgk.published.pdf_blocks import blocks_of

    _limit_memory()
    # What playa has to say about a file's small faults is nothing for staff.
    logging.disable()
    try:
        pages = _pages(data)
        if not any(page.glyphs for page in pages):
            return SCANNED if any(page.pictures for page in pages) else EMPTY
        return blocks_of(pages)
    except UnreadableWorkbook as problem:
        return str(problem)
    except PDFPasswordIncorrect:
        return LOCKED
    except PDFEncryptionError:
        return LOCK_UNKNOWN
    except MemoryError:
        return TOO_MUCH
    except Exception:
        # Damaged files end playa in a dozen ways; whichever it is, no part of such a file is taken for the whole.
        return BROKEN


def _pages(data: bytes) -> tuple[Page, ...]:
    import playa

    with playa.parse(data) as document:
        return tuple(_read_pages(document))


def _read_pages(document: Document) -> Iterator[Page]:
    from xxgk.published.pdf_page import read_page

    pages = list(islice(document.pages, MAX_PAGES + 1))
    if not pages:
        raise UnreadableWorkbook(BROKEN)
    if len(pages) > MAX_PAGES:
        raise UnreadableWorkbook(TOO_MANY_PAGES)
    glyphs = 0
    for page in pages:
        read = read_page(page)
        glyphs += len(read.glyphs)
        if glyphs > MAX_GLYPHS:
            raise UnreadableWorkbook(TOO_MUCH)
        yield read


def _limit_memory() -> None:
    """Let the process have no more than its share on Linux, where it can be told; elsewhere only the time ends it.

    A process that comes from a large one has much of its memory from the start.
    """
    if sys.platform == "linux":
        import resource

        begun = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = begun + MAX_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
