"""Every code with its severity, title, source and hint. What a form declares is wrapped, never repeated."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from xxgk.checks.entry import ARTICLE_49, FORM, WORKBOOK, Entry
from xxgk.checks.finding import ERROR, INFO, WARNING
from xxgk.checks.narrative_entries import NARRATIVE_ENTRIES
from xxgk.checks.text_entries import TEXT_ENTRIES
from xxgk.formats import Form
from xxgk.records import replace

# The first letter of a code, and what it is about.
FAMILIES = {
    "S": "工作簿的结构",
    "V": "每一格填的内容",
    "A": "同一年度内的勾稽",
    "Y": "与上年的勾稽",
    "N": "文字与表格",
    "P": "缺项与公布",
    "W": "文字与编号",
    "C": "汇总",
}

_ZERO = "官方格式没有规定空格和“/”的意思；本程序约定没有的一律填 0"
_BOTH_SIDES = "等式两边的格子都填了、都读得懂；没有填的不当作 0，也不核对。"
_AND_LAST_YEAR = "还要有上年数据。"
_LEVEL = "选择了单位级别。"

_S_V = (
    Entry("S101", WARNING, "表格里的文字被改动", "表头和行名与官方表式一致。", FORM,
          "程序按行名和表头认数。请核对这里的数是哪一项的：填错行的，把数移到对的行；只是文字改了的，改回原样。"),
    Entry("S102", ERROR, "按原来的位置读取，没有核实", "每一格旁边都有印好的文字，程序凭它核实读的是哪一格。",
          WORKBOOK,
          "请把行名、表头改回原样，再核对这里读到的内容；以后请在原工作簿里填写，不要把表格复制到别的工作簿。"),
    Entry("S103", ERROR, "表格缺了一部分", "官方表式的每一行、每一列和工作簿的每张表都在。", FORM,
          "请撤销删除，或者新建一个工作簿，把数字抄过去。"),
    Entry("S104", INFO, "模板版本不同", "工作簿的模板版本、格式与程序一致。", WORKBOOK,
          "可以继续使用；如果结果可疑，请用本程序新建一个工作簿再填。"),
    Entry("S105", INFO, "填报格里是公式", "填报格里直接填数字。", WORKBOOK,
          "最好改成数字，免得引用的文件变了，数也跟着变；没有读到结果的，请用 Excel 或 WPS 打开，再存盘一次。"),
    Entry("S106", WARNING, "段落类型不认识", "段落类型从下拉列表中选。", WORKBOOK,
          "请在类型一格的下拉列表中重新选择。"),
    Entry("S107", WARNING, "单位级别不认识", "单位级别从下拉列表中选。", WORKBOOK,
          "请在单位级别一格的下拉列表中重新选择。"),
    Entry("S108", INFO, "已说明的理由不起作用", "只有警告和提示可以写明理由不再提醒，错误必须改正。", WORKBOOK,
          "请改正错误，或者核对编号和理由是否写全。"),
    Entry("S109", WARNING, "JSON 文件里有一项没有采用", "JSON 文件的每一项都认得、都放得进表里。", "xxgk 的 JSON 格式",
          "请按提示改正 JSON 文件，再校验一次。"),
    Entry("S110", ERROR, "内容填在表格外面", "数字和文字都填在浅黄色的格子里。", WORKBOOK,
          "请把内容移到浅黄色的格子里，删去多插入的行或列；段落太多的，把短的并成一段。"),
    Entry("S111", WARNING, "工作表被隐藏", "要填的工作表都看得见。", WORKBOOK,
          "请在工作表标签上按右键，选“取消隐藏”，核对里面的内容。"),
    Entry("S112", WARNING, "工作簿里有外来内容", "填报工作簿里只有填报的内容，不引用别的文件，也没有外来的程序。",
          WORKBOOK, "本程序没有打开，也没有运行这些内容。请删去；不知道怎么来的，请用 xxgk new 新建一个工作簿再填。"),
    Entry("S113", ERROR, "同样的内容出现两次", "每张表、每一行、每一列只有一份。", WORKBOOK,
          "请留下正确的一份，删去另一份。"),
    Entry("S114", WARNING, "合计格存的结果不对", "合计格里的公式没有改过，存的结果是各项的和。", WORKBOOK,
          "请用 Excel 或 WPS 打开，按 F9 重新计算再存盘；还是不对的，请从旁边的合计格把公式复制过来。",
          "文件里存着计算结果，各项都填了。"),
    Entry("S115", WARNING, "内部名称丢失，按文字找到", "每张表、每个填报项都有一个内部名称，指向它所在的格子。",
          WORKBOOK,
          "已按行名和表头找到，可以继续使用。以后请在原工作簿里填写：不要把表格复制到别的工作簿，也不要插入、删除行和列。"),
    Entry("S116", WARNING, "填报格被合并", "每一格填一个数，填报格不合并。", WORKBOOK,
          "请取消合并，把每一格的数重新填上；合并时只留下左上角的一个。"),
    Entry("S117", WARNING, "发布的报告里有一处没有读准", "发布的报告里每个数、每段文字都读得准，放得进表里。", WORKBOOK,
          "没有读准的一律不填。请对照原报告，把这一处填到工作簿里。"),
    Entry("V101", ERROR, "表格没有填完", "表中每一格都要填，没有的填 0。", _ZERO,
          "没有的填 0，不要留空；空着的格子不当作 0，有关的勾稽也没有核对。"),
    Entry("V104", WARNING, "数字存成了文字", "数字格里是数字，不带空格，不用全角。", WORKBOOK,
          "已按读出的数校验。请把这一格重新填成数字，前后不要空格；也可以运行 xxgk fix 自动改好。"),
    Entry("V105", ERROR, "用符号代替数字", "没有的填 0，不填“/”“—”“无”。", _ZERO,
          "没有的请改为 0；合计格请恢复公式（从旁边的合计格复制）。"),
    Entry("V106", ERROR, "读不懂填的内容", "每一格填的内容都读得懂，不靠猜。", WORKBOOK,
          "请按这一格的要求重新填写，说明文字写在备注格里。"),
    Entry("V107", INFO, "信息处理费的格子没有填完", "第六部分写明收取信息处理费的情况，没有收取也要写明。", FORM,
          "没有发生的填 0，并在第六部分的正文里写明。"),
    Entry("V108", INFO, "数字和说明写在同一格", "数字格里只填数字，说明写在备注格里。", WORKBOOK,
          "数和说明都已读出，不改也行；最好把说明移到备注格。"),
    Entry("V109", WARNING, "没有规章制定权的单位填了规章", "只有国务院部门、省级政府、设区的市和自治州政府可以填规章。",
          "《立法法》（2023年修正）第91条、第93条",
          "请核对：发的文件如果不是规章，改填到规范性文件那一行，这里填 0。", _LEVEL),
)  # fmt: skip

_Y = (
    Entry("Y105", WARNING, "上年数据不是本单位上一年度的", "上年数据是同一单位上一年度报告的数字。", WORKBOOK,
          "请核对上年数据一页的年度和数字；用 --previous 指定文件的，核对是不是拿错了文件。",
          "有上年数据。"),
    Entry("Y106", WARNING, "与上年相比变化很大", "同一个数与上年相比，没有变成 5 倍以上，也没有不足五分之一。",
          WORKBOOK,
          "请核对是不是多写、少写了一位，或者填错了行；确实如此的，写明理由即可，正文里最好说明原因。",
          "有上年数据，两年用同一版格式或者这个数的含义相同；相差不到 20 的不提示。"),
    Entry("Y107", INFO, "连续多年全部是 0", "表中的数如实填写，不是每年照抄。", WORKBOOK,
          "请核对是不是确实没有；确实没有的，不用改。",
          "知道连续三年的数。"),
)  # fmt: skip

_ADDED_UP = "汇总数等于下级单位的数逐格相加。"
_SUMMING = "汇总的要求：县级汇总部门和乡镇，市级汇总部门和县级，省级汇总部门和市级"

# Given by xxgk consolidate, not by the check of a single report.
_C = (
    Entry("C101", WARNING, "下级单位没有交齐", "下级单位的报告都计入汇总。", _SUMMING,
          "请催这些单位交来，放进文件夹，再汇总一次；不该汇总的，从名单里删去。"),
    Entry("C102", WARNING, "下级单位有空格", "下级单位的每一格都填了。", _ZERO,
          "请退回这个单位填好，再汇总一次；没有的填 0。"),
    Entry("C103", ERROR, "本单位报的数与下级相加不等", _ADDED_UP, _SUMMING,
          "请核对是多算、漏算还是抄错；确有理由的（如联合发文只计一次），写在“汇总调整”里。",
          "下级单位都交齐了，这一格都填了。"),
    Entry("C104", ERROR, "下级的数比汇总数大", "任何时候下级的数都不大于汇总数。", _SUMMING,
          "请核对本单位的数、下级的数和调整，改正后再汇总一次。"),
    Entry("C105", WARNING, "同一单位有不同的文件", "一个单位只有一份报告。", WORKBOOK,
          "请删去不用的，或者在名单的“采用的文件”里写明用哪一个，再汇总一次。"),
    Entry("C106", WARNING, "年度或格式不对", "汇总的报告是同一年度、同一格式的。", FORM,
          "请让这个单位交本年度的报告，用本年度的格式。"),
    Entry("C107", WARNING, "认不出是哪个单位的文件", "每个文件都写明是名单里哪个单位的。", WORKBOOK,
          "请在名单里把文件名写进这个单位的“采用的文件”；名单里没有的，加一行。"),
    Entry("C108", WARNING, "读不了的文件", "每个文件都读得出来。", WORKBOOK,
          "请照提示另存，或者请这个单位重新交。"),
    Entry("C109", WARNING, "下级单位的报告有错误", "下级单位的报告没有错误。", _SUMMING,
          "请把问题退给这个单位改正，再汇总一次。"),
    Entry("C110", WARNING, "调整用不上", "有汇总数的格才能调整，调整后不小于 0。", WORKBOOK,
          "请核对“汇总调整”里的位置和数。"),
    Entry("C111", INFO, "不计入的文件", "垂直系统不进地方汇总；完全相同的文件只计一次。", _SUMMING,
          "不用处理；名单里单位的级别不对的，请改正。"),
    Entry("C112", INFO, "上年数据不全", "上年数据由各单位的上年数据相加。", WORKBOOK,
          "请让这些单位填好上年数据；或者用 xxgk fill 把上年的汇总报告填进汇总的工作簿。"),
    Entry("C113", INFO, "交来晚于期限", "在期限以前交来。", ARTICLE_49,
          "日期看的是文件最后修改的时间；实际收到的日期，请写在名单的“收到日期”里。"),
)  # fmt: skip

# The codes of every form; ``clause`` may hold {form}.
ENTRIES = _S_V + _Y + NARRATIVE_ENTRIES + TEXT_ENTRIES + _C


@functools.cache
def catalogue(form: Form) -> Mapping[str, Entry]:
    """Return every code that a report of ``form`` can get, in order of code."""
    name = f"《{form.name}》（{form.document}附件）"
    needing_last_year = {
        instance.rule.code for instance in form.instances if any(term.previous for term in instance.terms)
    }
    own = (replace(entry, clause=entry.clause.replace(FORM, name)) for entry in ENTRIES)
    rules = (
        Entry(
            rule.code,
            rule.severity,
            rule.title,
            rule.sentence.removeprefix("{member}：") + "。",
            rule.clause,
            rule.hint,
            _BOTH_SIDES + (_AND_LAST_YEAR if rule.code in needing_last_year else ""),
            rule.since,
            rule.until,
        )
        for rule in form.rules
    )
    kinds = (
        Entry(
            kind.code,
            ERROR,
            kind.sentence.removeprefix("{table}："),
            kind.sentence.removeprefix("{table}：") + "。",
            form.document,
            kind.message,
        )
        for kind in form.kinds.values()
    )
    return {entry.code: entry for entry in sorted((*own, *rules, *kinds), key=_order)}


def _order(entry: Entry) -> tuple[int, str]:
    return "".join(FAMILIES).find(entry.code[0]), entry.code
