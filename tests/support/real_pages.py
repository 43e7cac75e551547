"""Whole pages in which published reports are tried: how a site, and who pasted the report, put it together."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from random import Random

from xxgk.records import replace

from support import real_sites as sites
from support.real_reports import File, Layout, Said, without
from support.real_texts import tabs, text

HAN = "一二三四五六七八九"
HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def html(says: Said, page: Callable[[str, str], str], style: sites.Style, encoding: str = "utf-8") -> File:
    """Return the page of a report."""
    text = page(escape(says.document.title), sites.body(says.document, style))
    return File("年报.html", text.encode(encoding), says)


def site(page: Callable[[str, str], str], encoding: str = "utf-8", **style: object) -> Layout:
    """Return the layout of a site, with the fields of ``Style``."""
    return lambda says, random: html(says, page, sites.Style(**style), encoding)


def renumbered(pattern: str) -> Callable[[int, str], str]:
    """Return how headings are written: ``pattern`` with number, digit and title."""

    def heading(number: int, text: str) -> str:
        title = text.partition("、")[2]
        return pattern.format(han=HAN[number], digit=number + 1, title=title)

    return heading


def han_date(says: Said, random: Random) -> File:
    """A page with its date in Chinese numbers."""

    day = says.report.date

    def small(value: int) -> str:
        tens, ones = divmod(value, 10)
        return ("" if not tens else "十" if tens == 1 else f"{HAN[tens - 1]}十") + (
            "" if not ones else "一二三四五六七八九"[ones - 1]
        )

    text = f"{str(day.year).translate(HAN_DIGITS)}年{small(day.month)}月{small(day.day)}日"
    return html(says, sites.dahan, sites.Style(signature=lambda unit, _: f"<p>{unit}</p><p>{text}</p>"))


def unsigned(page: Callable[[str, str], str]) -> Layout:
    """Return a layout without signature and date."""

    def made(says: Said, random: Random) -> File:
        says = without(says, "signature", "date")
        return html(says, page, sites.Style(signature=lambda unit, day: ""))

    return made


def one_paragraph(says: Said, random: Random) -> File:
    """A page that is one paragraph, its lines broken by hand."""
    style = sites.Style(
        heading=lambda text: f"<strong>{text}</strong><br>",
        paragraph=lambda text: f"&nbsp;&nbsp;&nbsp;&nbsp;{text}<br />",
        signature=lambda unit, day: f"<br>{unit}<br>{day}<br>",
    )
    return html(says, sites.aspx, style)


def in_rows(says: Said, random: Random) -> File:
    """A page where every section is a row of one table."""
    style = sites.Style(heading=lambda text: f"</td></tr><tr><td><b>{text}</b></td></tr><tr><td>")
    text = sites.body(says.document, style)
    return File(
        "年报.html", sites.kaipu(says.document.title, f"<table><tr><td>{text}</td></tr></table>").encode(), says
    )


def with_neighbours(says: Said, random: Random) -> File:
    """A page that names other reports, with their dates, beside and below this one, and has the title twice."""
    title, year = says.document.title, says.report.year
    others = "".join(
        f"<li>{title.replace(str(year), str(year - ago))} <span>{year + 1 - ago}-01-20</span></li>" for ago in (1, 2)
    )
    text = sites.body(says.document, sites.Style())
    inner = f"<p align=center>{title}</p><p>&nbsp;</p>{text}"
    page = sites.trs(title, inner).replace('<div class="leftmenu">', f'<div class="leftmenu"><ul>{others}</ul>')
    page = page.replace('<div class="pn">', f'<div class="pn"><h3>相关信息</h3><ul>{others}</ul>')
    return File("年报.htm", page.encode(), says)


def unsigned_with_neighbours(says: Said, random: Random) -> File:
    made = with_neighbours(without(says, "signature", "date"), random)
    return replace(made, data=re.sub(rb"<p align=right>.*?</p>", b"", made.data))


def twice(says: Said, random: Random) -> File:
    """A page with the whole report again for telephones."""
    text = sites.body(says.document, sites.Style())
    return html(
        says,
        lambda title, own: sites.trs(
            title, f'<div class="pc">{text}</div><div class="wap" style="display:none"><h2>{title}</h2>{text}</div>'
        ),
        sites.Style(),
    )


def declared(says: Said, random: Random) -> File:
    """A page whose headings are declared as such, with words of the site below the title."""
    style = sites.Style(heading=lambda text: f"<h3>{text}</h3>")

    def page(title: str, body: str) -> str:
        return sites.trs(title, body).replace(
            '<div class="TRS_Editor">', "<div>微信</div><div>微博</div><div>听全文</div><div class='TRS_Editor'>"
        )

    return html(says, page, style)


def single_file(says: Said, random: Random) -> File:
    """A page as browsers save it in a single file."""
    made = html(says, sites.trs, sites.Style())
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = says.document.title
    message.set_content("ignored")
    message.clear_content()
    message.add_related("p { margin: 0 }", subtype="css")
    page = EmailMessage()
    page.set_content(made.data.decode(), subtype="html", charset="utf-8", cte="quoted-printable")
    message.get_payload().insert(0, page)
    return File("年报.mhtml", message.as_bytes(), says)


def preformatted(says: Said, random: Random) -> File:
    """A page with the report as preformatted text."""
    made = text(says.document, tabs)
    return File(
        "年报.html",
        f"<html><body><div>首页</div><pre>{escape(made)}</pre><div>版权所有</div></body></html>".encode("gb18030"),
        says,
    )


def ending(pattern: str, *lost: str) -> Layout:
    """Return a layout with ``pattern`` for signature and date, which does not say the fields ``lost``."""

    def made(says: Said, random: Random) -> File:
        text = pattern.format(unit=says.report.unit, day=says.report.date)
        return html(without(says, *lost), sites.aspx, sites.Style(signature=lambda unit, day: text))

    return made


def run_in(says: Said, random: Random) -> File:
    """A page where text goes on behind the bold heading of a section."""
    text = sites.body(says.document, sites.Style(heading=lambda text: f"<p><b>{text}</b>"))
    for section in says.form.sections:
        if not section.table:
            text = text.replace(f"<p><b>{section.heading}</b>\n<p>", f"<p><b>{section.heading}</b>")
    return File("年报.html", sites.trs(says.document.title, text).encode(), says)


def year_below(says: Said, random: Random) -> File:
    """A page that has the year in brackets below its title."""
    unit, year = says.report.unit, says.report.year
    title = f"{unit}政府信息公开工作年度报告"
    text = sites.body(says.document, sites.Style())
    page = sites.dahan(f"{title}", f"<p>（{year}年度）</p>{text}").replace("<p>（", "<p align=center>（", 1)
    says = replace(says, report=replace(says.report, title=f"{title}（{year}年度）"))
    return File("年报.html", page.encode(), says)
