"""What can be mended without a change of meaning, and what is left to a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.checks import check
from xxgk.mending.safe import closed_up, harmless, safe_mendings
from xxgk.narrative.words import parse_words
from xxgk.records import replace
from xxgk.report import Figure, Number, Paragraph, Place, Reading, Remark, Report, Waiver

from support.reports import FORM, zero_report
from support.workbooks import LAYOUT

RESERVED = next((table, row) for table in FORM.tables.values() for row in table.rows if row.reserved)
RESERVED_ADDRESSES = [a for a in RESERVED[0].addresses if a.startswith(f"{RESERVED[0].id}.{RESERVED[1].id}.")]
OTHER = "disclosure.licences.decisions"
PART = "problems"


def with_figures(figures: dict[str, Figure]) -> Report:
    report = zero_report()
    return replace(report, figures={**report.figures, **figures})


def with_texts(*texts: str) -> Report:
    report = zero_report()
    return replace(report, narrative={**report.narrative, PART: (*map(Paragraph, texts), *report.narrative[PART])})


def mended(report: Report) -> dict[str, Number | str]:
    """Return what is to be mended, by address."""
    return {mending.spot.address: mending.after for mending in safe_mendings(report)}


# ------------------------------------------------------------------ spaces


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1、 加强培训。", "1、加强培训。"),
        ("12．　加强培训。", "12．加强培训。"),
        ("（一） 主动公开情况", "（一）主动公开情况"),
        ("工作扎实。 信息及时。", "工作扎实。信息及时。"),
        ("认真落实　《条例》 《办法》。", "认真落实《条例》《办法》。"),
        ("　　一是完善， 二是落实。\n\n  三是。 检查 ", "　　一是完善，二是落实。\n\n  三是。检查 "),
        ("", ""),
        (" \n ", " \n "),
    ],
)
def test_spaces_that_separate_nothing_go(before: str, after: str) -> None:
    assert closed_up(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "由督查室 信息科负责。",  # two offices, or one?
        "王 芳同志",
        "地址：和平路1号 电话：123",
        "使用 Excel 软件 2 套",
        "第一章 总则",
        "　　首行缩进的一段。　",
    ],
)
def test_spaces_that_may_mean_something_stay(text: str) -> None:
    assert closed_up(text) == text


@given(st.text(st.sampled_from("一是王芳办法《》（），。、：1. 　\t\nA"), max_size=30))
def test_closing_up_takes_only_blanks_and_is_done_at_once(text: str) -> None:
    closed = closed_up(text)
    assert closed_up(closed) == closed
    assert "".join(closed.split()) == "".join(text.split())


def test_a_text_whose_mending_would_be_a_new_finding_stays() -> None:
    # Closed up, the sentence would begin with 的.
    report = with_texts("工作开展。 的确良好。", "工作开展。 的信息公开。")
    proposed = list(safe_mendings(report))
    assert len(proposed) == 2
    kept, after = harmless(report, proposed)
    assert [mending.spot.address for mending in kept] == [f"narrative.{PART}[0]"]
    assert {f.code for f in check(after, FORM)} == {f.code for f in check(report, FORM)} == {"W104"}


# ------------------------------------------------------------------ punctuation


def mended_text(text: str) -> str | Number:
    return mended(with_texts(text)).get(f"narrative.{PART}[0]", text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("推进公开,回应关切.", "推进公开，回应关切。"),
        (
            "按照国办公开办函[2021]30号、(2020)109号的要求,落实好。。",
            "按照国办公开办函〔2021〕30号、(2020)109号的要求，落实好。",
        ),
        ("（一)公开(含解读)情况；；二、办理", "（一）公开（含解读）情况；二、办理"),
        ('坚持"公开是常态"的原则，。', "坚持“公开是常态”的原则。"),
        ("落实<<条例>>的规定。", "落实《条例》的规定。"),
        ("共 {{ 占比(予以公开, 办结总数) }},其余未公开。", "共 {{ 占比(予以公开, 办结总数) }},其余未公开。"),
    ],
)
def test_punctuation_that_can_only_mean_one_thing_is_mended(before: str, after: str) -> None:
    assert mended_text(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "网址：http://www.example.gov.cn/a,b.html，时间8:30。",
        "公开1,234件，占12.5%。",
        "见 Excel (2016) 文件。",
        "公开。，回应。",  # which of the two was meant?
        "公开。。。回应。",  # an ellipsis?
        '一个"引号。',
    ],
)
def test_punctuation_that_is_meant_or_in_doubt_stays(text: str) -> None:
    assert mended_text(text) == text


@given(st.text(st.sampled_from('公开，,。.；;：:（）()“”"《》<>、[]〔〕2021号1 '), max_size=30))
def test_mended_punctuation_is_done_at_once_and_keeps_all_words(text: str) -> None:
    report = with_texts(text)
    _, once = harmless(report, list(safe_mendings(report)))
    _, twice = harmless(once, list(safe_mendings(once)))
    assert twice.narrative == once.narrative
    words = [[c for c in r.narrative[PART][0].text if c.isalnum()] for r in (report, once)]
    assert words[0] == words[1]


def test_what_the_office_lets_stand_is_not_mended() -> None:
    report = with_texts("推进公开,回应关切。")
    words = parse_words("[放行]\n公开,回应")
    assert list(safe_mendings(report, words)) == []


def test_all_mendings_of_a_paragraph_are_one() -> None:
    (mending,) = safe_mendings(with_texts("1、 推进公开,回应关切。。"))
    assert (mending.code, mending.after) == ("W104、W133、W134", "1、推进公开，回应关切。")


def test_blanks_around_names_on_the_cover_go() -> None:
    report = replace(zero_report(), unit="　和平镇 人民政府\u200b", signature="和平镇", title=" 年报")
    assert mended(report) == {"unit": "和平镇 人民政府", "title": "年报"}


# ------------------------------------------------------------------ numbers


def test_digits_stored_as_text_become_the_number_that_was_read() -> None:
    seen = Figure(1234, "备注", Reading.TEXT_NUMBER, " １，２３４ ", Place("表", "A1"))
    report = with_figures({OTHER: seen})
    report = replace(
        report,
        fields={FORM.fields[0].id: replace(seen, value=5)},
        previous=Report(FORM.id, year=2022, figures={OTHER: replace(seen, value=6)}),
    )
    found = list(safe_mendings(report))
    assert {m.spot.address: m.after for m in found} == {OTHER: 1234, FORM.fields[0].id: 5, f"previous.{OTHER}": 6}
    assert {m.code for m in found} == {"V104"}
    kept, after = harmless(report, found)
    assert list(kept) == found
    assert after.figures[OTHER] == Figure(1234, "备注")
    assert after.previous
    assert (after.fields[FORM.fields[0].id].value, after.previous.figures[OTHER].value) == (5, 6)
    assert not [finding for finding in check(after, FORM) if finding.code == "V104"]


@pytest.mark.parametrize(
    "figure",
    [
        Figure(22, "其中修订16件", Reading.ANNOTATED, "22（其中修订16件）"),
        Figure(None, "", Reading.UNREADABLE, "1O"),
        Figure(None, "", Reading.PLACEHOLDER, "/"),
    ],
)
def test_what_is_not_certain_stays(figure: Figure) -> None:
    assert mended(with_figures({OTHER: figure})) == {}


# ------------------------------------------------------------------ signs

SIGN = Figure(None, "", Reading.PLACEHOLDER, "/")


@pytest.mark.parametrize("level", [level.id for level in FORM.levels])
def test_a_sign_is_zero_only_for_levels_that_can_have_no_number(level: str) -> None:
    report = replace(with_figures(dict.fromkeys(RESERVED_ADDRESSES, SIGN)), level=level)
    expected = dict.fromkeys(RESERVED_ADDRESSES, 0) if level in RESERVED[1].sign_is_zero else {}
    assert mended(report) == expected


def test_a_sign_of_last_year_stays_as_it_was_published() -> None:
    last = Report(FORM.id, year=2022, figures=dict.fromkeys(RESERVED_ADDRESSES, SIGN))
    assert mended(replace(zero_report(), previous=last)) == {}


def test_a_sign_stays_where_it_is_in_doubt_which_row_it_is() -> None:
    cell = LAYOUT.figures[RESERVED_ADDRESSES[0]]
    place = Place(cell.sheet, cell.ref)
    report = with_figures({RESERVED_ADDRESSES[0]: replace(SIGN, place=place)})
    assert mended(report) == {RESERVED_ADDRESSES[0]: 0}
    assert mended(replace(report, remarks=(Remark("S101", "别的", "规章", place=place),))) == {}
    assert mended(replace(report, remarks=(Remark("S105", "=1", place=place),))) == {RESERVED_ADDRESSES[0]: 0}


def test_signs_stay_where_a_zero_would_break_a_rule() -> None:
    in_force = RESERVED_ADDRESSES[-1]
    report = with_figures({**dict.fromkeys(RESERVED_ADDRESSES[:-1], SIGN), in_force: Figure(6)})
    report = replace(report, previous=Report(FORM.id, year=2022, figures={in_force: Figure(9)}))
    proposed = list(safe_mendings(report))
    assert len(proposed) == 2
    kept, after = harmless(report, proposed)
    assert len(kept) == 1  # with both, 现行有效 would not follow from last year's
    assert not [finding for finding in check(after, FORM) if finding.code.startswith("Y")]


# ------------------------------------------------------------------ waivers


def test_what_staff_have_answered_with_a_reason_stays() -> None:
    report = with_texts("1、 加强培训。")
    assert set(mended(report)) == {f"narrative.{PART}[0]"}
    assert mended(replace(report, waivers=(Waiver("W104", "排版需要"),))) == {}
    assert set(mended(replace(report, waivers=(Waiver("W104", ""),)))) == {f"narrative.{PART}[0]"}
