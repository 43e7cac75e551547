"""The word lists: ours are sound, and an office's own file adds to them, whatever stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.checking import check_file
from xxgk.cli import main
from xxgk.narrative.words import OFFICE_FILE, SECTIONS, Words, parse_words, shipped_words, words_beside

from support.reports import SOUND_TEXT, zero_report
from support.workbooks import filled

OWN = "[错字]\n公开蓝 = 公开栏\n\n# 说明\n[放行]\n公开,便民\n"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's settings but the test's."""
    folder = tmp_path / "设置"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.setenv("APPDATA", str(folder))
    return folder / "xxgk"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "单位" / "年报.xlsx"
    path.parent.mkdir()
    path.write_bytes(filled(zero_report()))
    return path


def test_our_own_lists_have_no_fault_and_fill_every_section() -> None:
    words = shipped_words()
    assert words.faults == ()
    for name in ("misspelt", "leftovers", "documents", "outdated", "laws", "misnamed", "customary", "aspects"):
        assert getattr(words, name), name
    assert set(words.misspelt).isdisjoint(words.misspelt.values())


def test_a_file_beside_the_workbook_and_one_in_the_settings_both_count(workbook: Path, settings: Path) -> None:
    assert words_beside(workbook) == shipped_words()
    (workbook.parent / OFFICE_FILE).write_text(OWN, encoding="utf-8")
    settings.mkdir(parents=True)
    (settings / OFFICE_FILE).write_text("[模板文字]\n样例镇", encoding="utf-8-sig")
    words = words_beside(workbook)
    assert words.misspelt["公开蓝"] == "公开栏"
    assert words.misspelt.items() > shipped_words().misspelt.items()
    assert "样例镇" in words.leftovers
    assert words.faults == ()
    assert "公开蓝" not in words_beside(None).misspelt


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_it_is_read_as_notepad_writes_it(workbook: Path, encoding: str) -> None:
    (workbook.parent / OFFICE_FILE).write_bytes(OWN.replace("\n", "\r\n").encode(encoding))
    assert words_beside(workbook).misspelt["公开蓝"] == "公开栏"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("公开蓝 = 公开栏", "前面没有节名"),
        ("[别字]\n公开蓝 = 公开栏", "节名不认识"),
        ("[错字]\n公开蓝", "要写成"),
        ("[错字]\n公开 = 公开栏", "错的一边"),
        ("[错字]\n蓝 = 栏", "错的一边"),
        ("[旧文号]\n甲〔2019〕1号 = 乙〔2021〕2号", "起用年度"),
        ("[模板文字]\n" + "长" * 61, "超过"),
    ],
)
def test_a_line_that_is_not_understood_is_told_and_the_rest_is_used(text: str, said: str) -> None:
    words = parse_words(f"{text}\n[放行]\n别的话", OFFICE_FILE)
    assert words.allowed == ("别的话",)
    assert said in words.faults[0]
    assert OFFICE_FILE in words.faults[0]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x01", b"\x00" * 2_000_000])
def test_a_file_that_is_no_list_does_no_harm(workbook: Path, data: bytes) -> None:
    (workbook.parent / OFFICE_FILE).write_bytes(data)
    found = check_file(workbook).findings
    assert {(finding.code, finding.severity) for finding in found} == {("W161", "info")}


@given(st.text(st.sampled_from("[]【】错字放行=＝→#公开栏 \n甲乙"), max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(parse_words(text), Words)


def test_every_section_can_be_written_with_either_bracket() -> None:
    for section in SECTIONS:
        for heading in (f"[{section}]", f"【{section}】"):
            assert parse_words(heading).faults == ()


def test_check_and_fix_use_the_offices_words(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = zero_report()
    text = f"设立公开蓝三处,张贴各类通知、公告和名单，做到公开,便民。{SOUND_TEXT['overview']}"
    narrative = {**report.narrative, "overview": (type(report.narrative["overview"][0])(text),)}
    workbook.write_bytes(filled(type(report)(**{**vars(report), "narrative": narrative})))
    assert {finding.code for finding in check_file(workbook).findings} == {"W133"}
    (workbook.parent / OFFICE_FILE).write_text(OWN, encoding="utf-8")
    found = {finding.code: finding.message for finding in check_file(workbook).findings}
    assert set(found) == {"W133", "W141"}
    assert "公开,便民" not in found["W133"]
    before = workbook.read_bytes()
    assert main(["fix", str(workbook)]) == 0
    assert "没有可以自动改的地方" in capsys.readouterr().out
    assert workbook.read_bytes() == before
