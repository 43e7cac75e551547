"""W102: 一是、二是 beside 1、2、 on one level, and the many ways in which they are no mixture."""

from __future__ import annotations

import pytest

from xxgk.checks.numbering import mixed_numbering
from xxgk.report import Paragraph

WITHIN = "一是认识有待加强；二是内容不够详细。"
PLAIN = "下一步，我镇将采取以下措施："

MIXED = (
    ((WITHIN, "1、加强培训。", "2、细化内容。"), (0, 1)),
    (("存在不足：", WITHIN, PLAIN, "1.加强培训。", "正文。", "2.细化内容。"), (1, 3)),
    ((WITHIN, PLAIN, "１．加强培训。", "２．细化内容。"), (0, 2)),
    (("一是认识有待加强。", "二是内容不够详细。", PLAIN, "1、加强培训。", "2、细化内容。"), (0, 3)),
    (("（一）问题与改进", WITHIN, "1、加强培训。", "2、细化内容。"), (1, 2)),
)

SOUND = (
    (WITHIN,),
    ("1、加强培训。", "2、细化内容。"),
    ("1、加强培训。" + WITHIN, "2、细化内容。"),
    ("1、加强培训。", WITHIN, "2、细化内容。"),
    ("（一）存在的问题", WITHIN, "（二）改进措施", "1、加强培训。", "2、细化内容。"),
    (WITHIN, "（一）加强培训", "1、请专家授课。", "2、组织测试。"),
    ("一是认识有待加强。", "1、领导重视不够。", "2、学习不够。", "二是内容不够详细。"),
    ("一是认识有待加强。", "二是内容不够详细，表现在：", "1、种类少。", "2、更新慢。"),
    ("一是认识有待加强。", "二是内容不够详细。", PLAIN, "1、种类少。", "2、更新慢。", "三是队伍不稳。"),
    (WITHIN, "1.5万人次浏览专栏。", "2.8万人次下载文件。"),
    (WITHIN, "1、只有一条。"),
    ("唯一是好的，统一是必要的，二是也好。", "1、加强培训。", "2、细化内容。"),
)


@pytest.mark.parametrize(("texts", "expected"), MIXED)
def test_a_mixture_is_found(texts: tuple[str, ...], expected: tuple[int, int]) -> None:
    assert list(mixed_numbering([Paragraph(text) for text in texts])) == [expected]


@pytest.mark.parametrize("texts", SOUND)
def test_levels_below_each_other_are_no_mixture(texts: tuple[str, ...]) -> None:
    assert list(mixed_numbering([Paragraph(text) for text in texts])) == []


def test_a_sub_heading_begins_a_new_scope_and_a_numbered_one_is_an_item() -> None:
    items = [Paragraph("1、加强培训。"), Paragraph("2、细化内容。")]
    assert list(mixed_numbering([Paragraph(WITHIN), Paragraph("改进措施", 2), *items])) == []
    headings = [Paragraph(item.text, 2) for item in items]
    assert list(mixed_numbering([Paragraph(WITHIN), *headings])) == [(0, 1)]
