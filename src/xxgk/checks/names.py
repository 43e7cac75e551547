"""What a unit calls itself (我镇, 我局), and the names of other units that an old text was taken from."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from xxgk.report import Report

_OFFICES = ("局", "委", "厅", "办", "院", "中心")
# Places, and the level of the units that lie in them; units of higher levels do not.
_PLACES = {"镇": "township", "乡": "township", "街道": "township", "县": "county", "旗": "county"}
_RANKS = ("township", "county", "city", "province", "ministry")
_VERTICAL = "vertical"
_TOWNSHIPS = ("镇", "乡", "街道")

_ENDINGS = ("人民政府", "办事处", "党工委", "党委")
_GENERIC = tuple("全本我各该乡市县区等所某每两多是由在和对与为向")
_BEGINNINGS = (
    "认真|严格|坚持|深入|按照|始终|高度|持续|积极|不断|全面|扎实|进一步|紧紧|以|共|主动|政府信息|人民政府|党委|办事处"
)


@functools.cache
def _self_names() -> re.Pattern[str]:
    # 我局部, 我办理, 我委托, 本办法, 本院校, 我乡村 are other words.
    return re.compile(
        "[我本](?:局(?![部限面势])|委(?!托|派)|厅|办(?![理事公案结法证学])|院(?![校内外])|中心(?!思|任|点|工作)"
        "|镇(?!江)|乡(?![村镇土])|街道|县(?!域)|旗(?!帜))"
    )


def wrong_self_names(text: str, unit: str, level: str) -> Iterator[tuple[int, int, str]]:
    """Yield 我局 in the report of a town and the like: an office that the unit is not, a place too small for it.

    A unit may speak of the places that it lies in: a town of 我县.
    """
    if not unit or ("我" not in text and "本" not in text):
        return
    for match in _self_names().finditer(text):
        word = match[0][1:]
        if word not in unit and not _may_say(word, unit, level):
            yield *match.span(), f"（本单位是{unit}）"


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


@functools.cache
def _subjects() -> re.Pattern[str]:
    kinds = "|".join(_TOWNSHIPS)
    return re.compile(
        rf"(?:^|(?<=[\n。；])|(?<=年，)|(?<=年度，)|(?<=年)|(?<=现将)|(?<=年来，))"
        rf"([\u4e00-\u9fff]{{2,3}}?)({kinds})(?={_BEGINNINGS}|[0-9]{{4}}年)"
    )


def other_units(text: str, report: Report) -> Iterator[tuple[int, int, str]]:
    """Yield the names of other towns where the text speaks of the unit itself, in the report of a town."""
    own = f"{report.unit} {report.short_name} {report.title} {report.signature}"
    if not any(report.unit.removesuffix(ending).endswith(_TOWNSHIPS) for ending in ("", *_ENDINGS)):
        return
    for match in _subjects().finditer(text):
        name = match[1] + match[2]
        if name not in own and not match[1].startswith(_GENERIC) and not match[1].endswith(_GENERIC):
            yield *match.span(), f"（本单位是{report.unit}）"
