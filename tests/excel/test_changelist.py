"""The files between macro and Python: whatever the text, one line of ASCII each, and nothing lost."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from xxgk.excel.actions import Action
from xxgk.excel.changelist import change_list, escape, put, read_job, unescape

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_a_text_becomes_one_printable_line_and_comes_back(text: str) -> None:
    written = escape(text)
    assert written.isascii()
    assert written.isprintable()
    assert unescape(written) == text


def test_what_vba_writes_is_understood() -> None:
    assert unescape(r"C:\\new\\\u548c\u5e73 \ud83d\ude00") == "C:\\new\\和平 😀"
    assert escape("和\n\t\\") == r"\u548c\n\t\\"


@given(st.lists(st.builds(Action, st.sampled_from(("str", "note")), TEXTS, st.just("B2"), TEXTS)))
def test_a_list_has_four_fields_a_line_and_its_length_at_the_end(actions: list[Action]) -> None:
    *lines, end = change_list(actions).removesuffix("\n").split("\n")
    assert end == f"end {len(actions)}"
    fields = [line.split("\t") for line in lines]
    assert [Action(op, unescape(sheet), cell, unescape(text)) for op, sheet, cell, text in fields] == actions


def test_a_job_is_read_with_values_that_contain_the_sign() -> None:
    assert read_job("verb=check\nurl=file:///a=b.xlsm\nsheet=\\u4e00\nanswer=\n") == {
        "verb": "check",
        "url": "file:///a=b.xlsm",
        "sheet": "一",
        "answer": "",
    }


def test_a_file_appears_whole(tmp_path: Path) -> None:
    put(tmp_path / "progress.txt", "a\n")
    put(tmp_path / "progress.txt", "b\n")
    assert (tmp_path / "progress.txt").read_bytes() == b"b\n"
    assert [path.name for path in tmp_path.iterdir()] == ["progress.txt"]
