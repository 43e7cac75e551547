"""What a published report does not print in a cell of its own but says all the same; each with the sentence for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xxgk.formats import Form
from xxgk.published.naming import Name
from xxgk.records import Record
from xxgk.report import UNKNOWN_LEVEL, Figure, Paragraph
from xxgk.texts import bare

TOWNSHIP = "township"
TOWNSHIP_NAMES = re.compile(r".+(?:[乡镇](?:人民政府)?|街道(?:办事处)?)")
FEE = "信息处理费"
PAYING = "缴"
NO_FEE = re.compile(rf"(?:没有|未|无)[^。；;，,]{{0,12}}{FEE}|{FEE}[^。；;0-9]{{0,10}}(?:没有|未|无|为0(?![.0-9])|0元)")
UNPAID = "unpaid"


class Inferred(Record):
    """Unit, level and single fields, and a sentence for each that rests on words of another place."""

    unit: str
    level: str
    fields: Mapping[str, Figure]
    sentences: tuple[str, ...]


def infer(
    form: Form,
    name: Name,
    signature: str,
    narrative: Mapping[str, tuple[Paragraph, ...]],
    figures: Mapping[str, Figure],
) -> Inferred:
    """Return what the title, the signature and the text say beyond themselves."""
    sentences = []
    unit = signature if signature and _shares(signature, name.short_name) else name.short_name or signature
    level = UNKNOWN_LEVEL
    if TOWNSHIP_NAMES.fullmatch(bare(unit)) and form.level(TOWNSHIP):
        level = TOWNSHIP
        sentences.append(f"单位级别按名称“{unit}”选的，请核对。")
    fields = {}
    said = _no_fee(narrative)
    unpaid = [figure.value for address, figure in figures.items() if f".{UNPAID}." in address]
    if said and not any(unpaid):
        fields = {field.id: Figure(0) for field in form.fields}
        labels = "、".join(f"“{field.label}”" for field in form.fields)
        sentences += [f"按“{said}”这句话，{labels}填了 0，请核对。"] if fields else []
    return Inferred(unit, level, fields, tuple(sentences))


def _shares(signature: str, short_name: str) -> bool:
    return not short_name or bare(short_name) in bare(signature) or bare(signature) in bare(short_name)


def _no_fee(narrative: Mapping[str, tuple[Paragraph, ...]]) -> str:
    """Return the sentence that says that no fee was taken, or "" where there is none or an amount is named."""
    texts = [paragraph.text for part in narrative.values() for paragraph in part]
    sentences = [one for text in texts for one in re.split(r"[。；;]", text) if FEE in one]
    # Who did not pay was asked to.
    silent = [one for one in sentences if NO_FEE.search(bare(one)) and PAYING not in one]
    return silent[0].strip() if silent and len(silent) == len(sentences) else ""
