"""The layouts in which published reports are tried, by name, each a file of a made-up report."""

from __future__ import annotations

from random import Random

from support import real_grids as grids
from support import real_pages as pages
from support import real_sites as sites
from support import real_tables as tables
from support import real_texts as texts
from support import real_word_layouts as documents
from support import real_words as words
from support.real_pages import renumbered, site
from support.real_reports import Layout
from support.real_tables import shaped
from support.real_text_layouts import plain, wrapped
from support.real_word_layouts import docx

# Where something cannot be read with certainty: that is said.
PARTLY = frozenset(
    f"html {name}"
    for name in (
        *("signs", "other unit", "labels above", "two years", "units apart", "thin blanks"),
        *("boxes without zeros", "cells without zeros"),
    )
)

HTML: dict[str, Layout] = {
    "TRS": site(sites.trs, table=sites.pasted),
    "大汉": site(sites.dahan, "gb18030", table=sites.pasted),
    "开普": site(sites.kaipu, table=sites.pasted),
    "目录": site(sites.catalogue),
    "ASP.NET": site(sites.aspx, "utf-8-sig"),
    "declared otherwise": site(sites.dahan),
    "GB18030 as UTF-8": site(sites.trs, "gb18030"),
    "UTF-16": site(sites.bare_page, "utf-16"),
    "Word": site(
        sites.word_page, "gb18030", heading=sites.word_line, paragraph=sites.word_line, table=sites.word_table
    ),
    "digits apart": site(sites.trs, table=sites.digit_spans),
    "tables in cells": site(sites.dahan, table=sites.nested_cells),
    "tables for rows": site(sites.trs, table=sites.row_tables),
    "flex": site(sites.trs, table=sites.flex),
    "words in rows": site(sites.trs, table=sites.spans_in_rows),
    "lists": site(sites.trs, table=sites.listed),
    "thead": site(sites.trs, table=sites.heads_and_bodies),
    "unmerged": shaped(grids.unmerged),
    "repeated": shaped(grids.repeated),
    "unit row": shaped(grids.with_unit_row),
    "remark row": tables.remark_rows,
    "flat head": shaped(grids.flat_head),
    "other head": shaped(grids.other_head),
    "narrow labels": shaped(grids.narrow_labels),
    "disputes by row": shaped(grids.disputes_by_row),
    "transposed": shaped(grids.transposed),
    "numbers mixed": tables.mixed,
    "units behind": tables.units_behind,
    "signs": tables.lone_signs,
    "han numbers with dots": site(sites.kaipu, renamed=renumbered("{han}.{title}")),
    "digits": site(sites.kaipu, renamed=renumbered("{digit}、{title}")),
    "brackets": site(sites.kaipu, renamed=renumbered("（{han}）{title}")),
    "parts": site(sites.kaipu, renamed=renumbered("第{han}部分　{title}")),
    "lenticular": site(sites.kaipu, renamed=renumbered("【{title}】")),
    "colons": site(sites.kaipu, renamed=renumbered("{han}、{title}：")),
    "blanks": site(sites.kaipu, renamed=renumbered("{han} {title}")),
    "han date": pages.han_date,
    "unsigned TRS": pages.unsigned(sites.trs),
    "unsigned 大汉": pages.unsigned(sites.dahan),
    "unsigned 开普": pages.unsigned(sites.kaipu),
    "unsigned 目录": pages.unsigned(sites.catalogue),
    "neighbours": pages.with_neighbours,
    "unsigned, neighbours": pages.unsigned_with_neighbours,
    "twice": pages.twice,
    "declared": pages.declared,
    "single file": pages.single_file,
    "Excel": tables.excel_page,
    "upright words": tables.upright_words,
    "other unit": tables.in_ten_thousands,
    "small commas": site(sites.kaipu, renamed=renumbered("{han}﹑{title}")),
    "roman": site(sites.kaipu, renamed=renumbered("{digit}.{title}")),
    "sections": site(sites.kaipu, renamed=renumbered("第{han}章 {title}")),
    "pre": pages.preformatted,
    "subtotal": shaped(grids.with_subtotal),
    "numbered rows": shaped(grids.with_numbers),
    "labels above": shaped(grids.labels_above),
    "two years": shaped(grids.two_years),
    "units apart": shaped(grids.units_apart),
    "thin blanks": shaped(lambda number, rows: grids.SPACED(Random(1), rows)),
    "run in": pages.run_in,
    "year below": pages.year_below,
    "boxes without zeros": tables.blanks_left_out,
    "cells without zeros": tables.zeros_left_out,
    "date with points": pages.ending("<p>{unit}</p><p>{day:%Y.%m.%d}</p>"),
    "date with strokes": pages.ending("<p>{unit}</p><p>{day:%Y/%m/%d}</p>"),
    "date with blanks": pages.ending("<p>{unit}</p><p>{day.year} 年 {day.month} 月 {day.day} 日</p>"),
    "date without day": pages.ending("<p>{unit}</p><p>{day.year}年{day.month}月</p>", "date"),
    "date first": pages.ending("<p>{day:%Y年%m月%d日}</p><p>{unit}</p>"),
    "sealed": pages.ending("<p>（此页无正文）</p><p>{unit}（盖章）</p><p>{day:%Y年%m月%d日}</p>"),
    "people to ask": pages.ending("<p>{unit}</p><p>{day:%Y年%m月%d日}</p><p>（联系人：张三，电话：1234567）</p>"),
    "one paragraph": pages.one_paragraph,
    "sections in rows": pages.in_rows,
    "titles in tables": tables.title_in_table,
    "one table": tables.one_table,
    "page end": tables.broken(0, "<p>&nbsp;</p>"),
    "page end, headings again": tables.broken(3, "<p>续表</p>"),
}


WORD: dict[str, Layout] = {
    "plain": docx(words.Style()),
    "runs": docx(words.Style(table=lambda rows: words.table(rows, words.in_runs))),
    "tracked": docx(words.Style(table=lambda rows: words.table(rows, words.tracked))),
    "controls": docx(words.Style(table=lambda rows: words.CONTROL.format(words.table(rows, words.controlled)))),
    "fields": docx(words.Style(table=lambda rows: words.table(rows, words.computed))),
    "old merges": docx(words.Style(table=lambda rows: words.table(rows, grid="old"))),
    "thirds": docx(words.Style(table=lambda rows: words.table(rows, grid="thirds"))),
    "page end": documents.word_breaks,
    "title in a box": documents.boxed_title(words.BOX),
    "title in an old box": documents.boxed_title(words.OLD_BOX),
    "deleted rows": documents.deleted_rows,
    "nameless": documents.nameless,
    "split title": documents.split_title,
    "numbered": docx(words.Style(heading=documents.numbered), numbering=documents.NUMBERING),
    "contents": documents.contents,
    "footnotes": docx(words.Style(paragraph=words.footnoted, table=lambda rows: words.table(rows, words.footnoted))),
    "comments": docx(words.Style(table=lambda rows: words.table(rows, words.commented))),
    "table in a table": docx(words.Style(table=words.boxed)),
    "unmerged": docx(words.Style(shape=grids.unmerged)),
}


TEXT: dict[str, Layout] = {
    "one cell a line": plain(texts.cell_a_line),
    "one cell a paragraph": plain(texts.cell_a_paragraph, encoding="gb18030"),
    "tabs": plain(texts.tabs),
    "tabs from a browser": plain(texts.browser_tabs, encoding="utf-16"),
    "aligned": plain(texts.aligned),
    "boxes": plain(texts.boxes),
    "wrapped": wrapped,
    "drawn": plain(texts.drawn),
    "pipes": plain(texts.pipes, "年报.md", heading="## {}", indent=""),
    "HTML in Markdown": plain(sites.table, "年报.md", heading="## {}", indent=""),
}
LAYOUTS: dict[str, Layout] = {
    f"{kind} {name}": layout
    for kind, group in (("html", HTML), ("docx", WORD), ("text", TEXT))
    for name, layout in group.items()
}
