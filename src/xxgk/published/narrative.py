"""Lines of text as the parts of a report: paragraphs with their ranks, and what is no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xxgk.published.blocks import Line
from xxgk.report import Paragraph
from xxgk.texts import BLANKS, bare

# What sites and printers add around a report; each fits a whole line, blanks aside.
FURNITURE = re.compile(
    r"(?:【?(?:索引号|信息索引|时间|日期|信息时间|更新(?:日期|时间)|稿件来源|供稿|发布(?:日期|时间|机构|单位)|公开(?:日期|时间)|成文日期|生成日期|发文(?:机关|字号)|信息来源|文章来源"
    r"|来源|作者|浏览(?:次数|量)?|访问(?:次数|量)|点击(?:数|次数|率|量)?|阅读(?:次数|量)?|字体|字号|主题(?:分类|词)|信息分类|文号|有效性"
    r"|公开(?:方式|范围|形式|类别)|责任编辑|编辑|审核|撰稿|录入|所属单位|当前位置|您的位置|您所在的位置|背景色|保护视力色?)[:：\[【].*"
    r"|.*(?:ICP备|公网安备|版权所有|网站标识码|技术支持|主办单位|承办单位|Copyright|友情链接|网站地图|联系我们|建议使用).*"
    r"|(?:扫一扫|分享到?|打印|关闭|收藏|返回|上一[篇条页]|下一[篇条页]|相关(?:附件|文档|链接|信息)|首页|无障碍|长者模式|语音播报|TOP)[^。]{0,40}"
    r"|[\[【(].{0,12}(?:打印|关闭|字体|大中小).{0,12}[\])】]?|大中小|\(?(?:续上?表|接上[页表])\)?[:：]?|[-—–·\s]*\d{1,3}[-—–·\s]*|第\d+页(?:[,，]?共\d+页)?)"
)
PROMPT = re.compile(r"\(文字描述[^()]*\)|\(此[处页][^()]*\)")
DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "O": "0"}
LONG = 40  # characters of a line that can only be text
HEADING_LENGTH = 50
# From outside in, as the office style has them.
NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[(（][一二三四五六七八九十]{1,3}[)）]",
        r"[0-9０-９]{1,2}\s*[.．、](?![0-9])",
        r"[(（][0-9０-９]{1,2}[)）]",
    )
)


def is_furniture(text: str) -> bool:
    """Tell whether a line is no part of a report: a site's, a page number, or the form's own prompt."""
    narrow = bare(text)
    return bool(FURNITURE.fullmatch(narrow) or PROMPT.fullmatch(narrow))


def is_sentence(text: str) -> bool:
    """Tell whether a line before the first section is text of a report rather than something that a site printed."""
    return text[-1:] in "。：；！）”" or len(text) >= LONG


def paragraphs(lines: Sequence[Line], base: int) -> tuple[Paragraph, ...]:
    """Return ``lines`` as paragraphs.

    ``base`` is the declared rank of the sections' headings; 0 where the file declares none, so that a heading is
    known by its number and by text that stands under it.
    """
    if base:
        return tuple(Paragraph(line.text, _relative(line.level, base)) for line in lines)
    kinds = [_number_kind(line.text) for line in lines]
    heads = [kind for at, kind in enumerate(kinds) if kind is not None and _heads_text(lines, kinds, at)]
    ranks = {kind: rank for rank, kind in enumerate(sorted(set(heads)), 2)}
    return tuple(
        Paragraph(line.text, ranks.get(kind, 0) if kind is not None and _heads_text(lines, kinds, at) else 0)
        for at, (line, kind) in enumerate(zip(lines, kinds, strict=True))
    )


def _relative(level: int, base: int) -> int:
    deepest = len(NUMBERS) + 1
    return min(level - base + 1, deepest) if level > base else 0


def _number_kind(text: str) -> int | None:
    return next((kind for kind, number in enumerate(NUMBERS) if number.match(text)), None)


def _heads_text(lines: Sequence[Line], kinds: Sequence[int | None], at: int) -> bool:
    """Tell whether a numbered line is a heading: short, one sentence at most, and not followed by its like."""
    kind, text = kinds[at], lines[at].text.strip(BLANKS)
    if kind is None or len(text) > HEADING_LENGTH or re.search(r"[。；;：:]", text[:-1]) or text[-1:] in "；;，,：:":
        return False
    following = kinds[at + 1] if at + 1 < len(kinds) else kind
    return following is None or following > kind
