"""What a unit calls itself (我镇, 我局), and the names of other units that an old text was taken from."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.report import Report
from xxgk.texts import is_han

_OFFICES = ("局", "委", "厅", "办", "院", "中心")
# Places, and the level of the units that lie in them; units of higher levels do not.
_PLACES = {"镇": "township", "乡": "township", "街道": "township", "县": "county", "旗": "county"}
_RANKS = ("township", "county", "city", "province", "ministry")
_VERTICAL = "vertical"
_TOWNSHIPS = ("镇", "乡", "街道")

_ENDINGS = ("人民政府", "办事处", "党工委", "党委")
_GENERIC = tuple("全本我各该乡市县区等所某每两多是由在和对与为向")
# What stands before and after the name of a town of which a sentence speaks: 2023年，某某镇认真….
_BEFORE = ("\n", "。", "；", "年，", "年度，", "年", "现将", "年来，")
_BEGINNINGS = (
    *("认真", "严格", "坚持", "深入", "按照", "始终", "高度", "持续", "积极", "不断", "全面", "扎实", "进一步", "紧紧"),
    *("以", "共", "主动", "政府信息", "人民政府", "党委", "办事处"),
)


# What a unit calls itself after 我 or 本, and the signs that make another word of it: 我局部, 我办理, 本办法, 我乡村.
_SELVES = {
    "局": ("部", "限", "面", "势"),
    "委": ("托", "派"),
    "厅": (),
    "办": ("理", "事", "公", "案", "结", "法", "证", "学"),
    "院": ("校", "内", "外"),
    "中心": ("思", "任", "点", "工作"),
    "镇": ("江",),
    "乡": ("村", "镇", "土"),
    "街道": (),
    "县": ("域",),
    "旗": ("帜",),
}


def wrong_self_names(text: str, unit: str, level: str) -> Iterator[tuple[int, int, str]]:
    """Yield 我局 in the report of a town and the like: an office that the unit is not, a place too small for it.

    A unit may speak of the places that it lies in: a town of 我县.
    """
    found = [
        (at - 1, at + len(word))
        for word, others in _SELVES.items()
        if word in text and word not in unit and not _may_say(word, unit, level)
        for at in _places(text, word)
        if text[at - 1 : at] in ("我", "本") and not text.startswith(others, at + len(word))
    ]
    if unit:
        yield from ((start, end, f"（本单位是{unit}）") for start, end in sorted(found))


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _may_say(word: str, unit: str, level: str) -> bool:
    if word in _OFFICES:
        return "办公" in unit if word == "办" else False
    # 乡 and 镇 exclude one another; no office that reports to its own system is a town's.
    if word in _TOWNSHIPS and (level == _VERTICAL or any(kind in unit for kind in _TOWNSHIPS)):
        return False
    rank = _rank(level)
    return rank is None or rank <= _RANKS.index(_PLACES[word])


def _rank(level: str) -> int | None:
    place = level.removesuffix("_department")
    return _RANKS.index(place) if place in _RANKS else None


def other_units(text: str, report: Report) -> Iterator[tuple[int, int, str]]:
    """Yield the names of other towns where the text speaks of the unit itself, in the report of a town."""
    own = f"{report.unit} {report.short_name} {report.title} {report.signature}"
    if not any(report.unit.removesuffix(ending).endswith(_TOWNSHIPS) for ending in ("", *_ENDINGS)):
        return
    for start, end in sorted(_towns(text)):
        name = text[start:end]
        if name not in own:
            yield start, end, f"（本单位是{report.unit}）"


def _towns(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a sentence begins with the name of a town, of two or three signs, and goes on with what it does."""
    for kind in _TOWNSHIPS:
        for at in _places(text, kind):
            end = at + len(kind)
            if not (text.startswith(_BEGINNINGS, end) or _is_year(text[end : end + 5])):
                continue
            for start in (at - 3, at - 2):
                name = text[max(0, start) : at]
                whole = len(name) == at - start and all(map(is_han, name))
                begins = start == 0 or text.endswith(_BEFORE, 0, max(0, start))
                if whole and begins and not name.startswith(_GENERIC) and not name.endswith(_GENERIC):
                    yield start, end
                    break


def _is_year(text: str) -> bool:
    return text[4:] == "年" and text[:4].isascii() and text[:4].isdigit()
