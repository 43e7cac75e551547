"""The last workbooks and the 填充 to take back are remembered, and nothing that is damaged stops the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.window.memory import RECENT, Fill, Memory, load_memory, memory_file, save_memory

NAMES = st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4).map(tuple)
FILLS = st.lists(st.builds(Fill, st.text(), st.text(), st.text()), max_size=3).map(tuple)


@given(st.builds(Memory, NAMES, FILLS))
def test_what_is_saved_is_loaded(tmp_path_factory: pytest.TempPathFactory, memory: Memory) -> None:
    file = tmp_path_factory.mktemp("设置") / "新" / "window.json"
    save_memory(file, memory)
    assert load_memory(file) == memory


@given(st.binary() | st.sampled_from([b"[]", b'{"recent": 1}', b'{"recent": [], "fills": [{"file": "a"}]}', b"\xff"]))
def test_a_damaged_file_is_forgotten(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("设置") / "window.json"
    file.write_bytes(data)
    assert load_memory(file) == Memory()


def test_where_nothing_can_be_written_it_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    file = tmp_path / "file" / "window.json"
    save_memory(file, Memory(("年报.xlsx",)))
    assert load_memory(file) == Memory()


def test_the_last_workbooks_come_once_newest_first() -> None:
    memory = Memory()
    for number in (*range(RECENT + 3), 5):
        memory = memory.opened(Path(f"{number}.xlsx"))
    assert memory.recent == ("5.xlsx", *(f"{n}.xlsx" for n in range(RECENT + 2, 2, -1) if n != 5))


def test_a_workbook_has_one_fill_as_long_as_it_is_remembered() -> None:
    first, second = Path("一.xlsx"), Path("二.xlsx")
    memory = (
        Memory().opened(first).with_fill(first, Fill("一.xlsx", "a", "1")).with_fill(second, Fill("二.xlsx", "b", ""))
    )
    memory = memory.with_fill(first, Fill("一.xlsx", "c", "2"))
    assert memory.fill_of(first) == Fill("一.xlsx", "c", "2")
    assert memory.fill_of(second) is not None
    assert memory.opened(first).fill_of(second) is None
    assert memory.with_fill(first, None).fill_of(first) is None


def test_it_is_kept_among_the_settings_of_this_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("APPDATA", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert memory_file() == tmp_path / "xxgk" / "window.json"
