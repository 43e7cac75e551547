"""Reports as units write them, with seeded figures, and how much of one a reader got right, said, or got wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from random import Random

from xxgk.figures import known_values
from xxgk.formats import Form
from xxgk.published.found import Found
from xxgk.records import Record, replace
from xxgk.render.document import Document, build_document
from xxgk.report import Paragraph, Report

from support.reports import report_of, sound_values

UNITS = ("沙河县水利局", "江州市人民政府办公室", "柳林镇人民政府", "国家税务总局沙河县税务局", "清水街道办事处")
TITLES = (
    "{unit}{year}年政府信息公开工作年度报告",
    "{year}年度{unit}政府信息公开工作年度报告",
    "{unit}{year}年度政府信息公开年报",
)
PREFACE = (
    "根据《中华人民共和国政府信息公开条例》（国务院令第711号）和国务院办公厅的要求，编制本报告。"
    "所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。",
    "如对本报告有疑问，请与{unit}联系（地址：人民路1号，邮编：000000，电话：0000-1234567）。",
)
OVERVIEW = (
    "{year}年，我单位坚持以公开为常态、不公开为例外，有关情况如下：",
    "（一）主动公开情况",
    "全年通过门户网站公开信息1,204条，其中规范性文件3件；政务微博、微信公众号发布信息560条，同比增长12.5%。",
    "（二）依申请公开情况",
    "规范接收、登记、审核、答复各环节。1.畅通渠道；2.按期答复；3.跟踪反馈。",
    "（三）政府信息管理情况",
    "落实“先审查、后公开”，对2019年以来的文件逐件清理。",
    "（四）政府信息公开平台建设情况",
    "完成网站适老化改造，公开专栏全年访问量达30万人次。",
    "（五）监督保障情况",
    "组织培训2次，考核、社会评议和责任追究结果已经通报。",
)
PROBLEMS = (
    "存在的问题：一是公开的内容不够全面，二是解读的形式不够多样。",
    "改进的情况：一是开展自查，补齐短板；二是以图解、视频等方式解读政策。",
)
MATTERS = ("本年度收到人大代表建议5件、政协提案6件，均按时答复。", "其他需要报告的事项：无。")


class Said(Record):
    """A published report: what it says, and the document that it prints."""

    form: Form
    report: Report
    document: Document


class File(Record):
    """A published file, and what of the report it says."""

    name: str
    data: bytes
    says: Said


Layout = Callable[[Said, Random], File]


class Outcome(Record):
    """How a report was read: figures right, not read but said, wrong in silence; texts right, and wrong ones."""

    right: int
    said: tuple[str, ...]
    silent: tuple[str, ...]
    texts: int
    wrong_texts: tuple[str, ...]


def said(form: Form, seed: int) -> Said:
    """Return a report of a made-up unit."""
    random = Random(seed)
    year = random.randint(form.since, form.since + 1)
    unit = random.choice(UNITS)
    values = sound_values(random, form)
    for address in values:
        if form.kind_of(address).id == "amount":
            values[address] = Decimal(random.randrange(100_000)) / 100

    def texts(lines: tuple[str, ...]) -> tuple[Paragraph, ...]:
        return tuple(Paragraph(line.format(unit=unit, year=year)) for line in lines)

    narrative = dict(
        zip((part.id for part in form.parts), map(texts, (PREFACE, OVERVIEW, PROBLEMS, MATTERS)), strict=True)
    )
    title = random.choice(TITLES).format(unit=unit, year=year)
    day = date(year + 1, random.randint(1, 3), random.randint(1, 28))
    report = replace(
        report_of(values, form=form), unit=unit, year=year, title=title, signature=unit, date=day, narrative=narrative
    )
    report = replace(report, table_notes={"disputes": "本表含上年度结转的案件。"})
    return Said(form, report, build_document(report, form))


def without(one: Said, *fields: str) -> Said:
    """Return ``one`` as if the report did not have signature or date."""
    blank = {"signature": "", "date": None}
    report = replace(one.report, **{name: blank[name] for name in fields})
    return replace(one, report=report)


def outcome(one: Said, found: Found) -> Outcome:
    """Return how well ``found`` says what ``one`` says."""
    known = known_values(one.form, {a: f for a, f in one.report.figures.items() if f.value is not None})
    read = {trace.address: trace.figure.value for trace in found.traces}
    doubted = {address for doubt in found.doubts for address in doubt.addresses}
    unread = [address for address in known if address not in read and address in doubted]
    silent = [f"{a}: {known[a]} → {read.get(a)}" for a in known if read.get(a) != known[a] and a not in unread]
    silent += [f"{a}: → {value}" for a, value in read.items() if a not in known]
    pairs = list(_texts(one.report, found.report))
    wrong = [f"{name}: {expected!r} → {got!r}" for name, expected, got in pairs if expected != got]
    right = sum(read.get(address) == value for address, value in known.items())
    return Outcome(right, tuple(unread), tuple(silent), len(pairs), tuple(wrong))


def _texts(truth: Report, read: Report) -> Iterator[tuple[str, object, object]]:
    for name in ("form", "unit", "year", "title", "signature", "date"):
        yield name, getattr(truth, name), getattr(read, name)
    for part in truth.narrative.keys() | read.narrative.keys():
        yield part, *(_plain(report.narrative.get(part, ())) for report in (truth, read))
    yield "table_notes", *({k: v for k, v in report.table_notes.items() if v} for report in (truth, read))


def _plain(paragraphs: Sequence[Paragraph]) -> list[str]:
    return [paragraph.text.strip() for paragraph in paragraphs]
