"""Every code with its severity, title, source and hint. What a form declares is wrapped, never repeated."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from xxgk.checks.finding import ERROR, INFO, WARNING
from xxgk.formats import LAST_YEAR, Form
from xxgk.records import Record, replace

# The first letter of a code, and what it is about.
FAMILIES = {
    "S": "工作簿的结构",
    "V": "每一格填的内容",
    "A": "同一年度内的勾稽",
    "Y": "与上年的勾稽",
    "P": "缺项与公布",
    "W": "文字与编号",
}


class Entry(Record):
    """What is fixed for a code.

    ``what`` says in one sentence what is asked for; ``clause`` names the document that asks for it;
    ``needs`` is what must be known for it to be judged, "" for nothing. It holds for the report years
    from ``since`` to ``until``, both included.
    """

    code: str
    severity: str
    title: str
    what: str
    clause: str
    hint: str
    needs: str = ""
    since: int = 0
    until: int = LAST_YEAR

    def applies(self, year: int | None) -> bool:
        """Tell whether it holds for reports of ``year``; None, an unknown year, is in no range."""
        limited = self.since > 0 or self.until < LAST_YEAR
        return not limited or (year is not None and self.since <= year <= self.until)

    @property
    def period(self) -> str:
        """The years for which it holds, in words; "" for all."""
        if self.since and self.until < LAST_YEAR:
            return f"{self.since} 至 {self.until} 年度的报告"
        if self.since:
            return f"{self.since} 年度以后的报告"
        return f"{self.until} 年度以前的报告" if self.until < LAST_YEAR else ""


_FORM = "{form}"  # ``catalogue`` puts the form's name and document here
_WORKBOOK = "标准工作簿的约定"
_WRITING = "公文写作的一般要求"
_ARTICLE_49 = "《政府信息公开条例》第49条"
_ZERO = "官方格式没有规定空格和“/”的意思；本程序约定没有的一律填 0"
_BOTH_SIDES = "等式两边的格子都填了、都读得懂；没有填的不当作 0，也不核对。"
_AND_LAST_YEAR = "还要有上年数据。"
_LEVEL = "选择了单位级别。"
_YEAR_AND_DATE = "填了报告年度和落款日期。"
_CUSTOM = "编制惯例（官方格式没有规定）"

_S_V = (
    Entry("S101", WARNING, "表格里的文字被改动", "表头和行名与官方表式一致。", _FORM,
          "程序按行名和表头认数。请核对这里的数是哪一项的：填错行的，把数移到对的行；只是文字改了的，改回原样。"),
    Entry("S102", ERROR, "按原来的位置读取，没有核实", "每一格旁边都有印好的文字，程序凭它核实读的是哪一格。",
          _WORKBOOK,
          "请把行名、表头改回原样，再核对这里读到的内容；以后请在原工作簿里填写，不要把表格复制到别的工作簿。"),
    Entry("S103", ERROR, "表格缺了一部分", "官方表式的每一行、每一列和工作簿的每张表都在。", _FORM,
          "请撤销删除，或者新建一个工作簿，把数字抄过去。"),
    Entry("S104", INFO, "模板版本不同", "工作簿的模板版本、格式与程序一致。", _WORKBOOK,
          "可以继续使用；如果结果可疑，请用本程序新建一个工作簿再填。"),
    Entry("S105", INFO, "填报格里是公式", "填报格里直接填数字。", _WORKBOOK,
          "最好改成数字，免得引用的文件变了，数也跟着变；没有读到结果的，请用 Excel 或 WPS 打开，再存盘一次。"),
    Entry("S106", WARNING, "段落类型不认识", "段落类型从下拉列表中选。", _WORKBOOK,
          "请在类型一格的下拉列表中重新选择。"),
    Entry("S107", WARNING, "单位级别不认识", "单位级别从下拉列表中选。", _WORKBOOK,
          "请在单位级别一格的下拉列表中重新选择。"),
    Entry("S108", INFO, "已说明的理由不起作用", "只有警告和提示可以写明理由不再提醒，错误必须改正。", _WORKBOOK,
          "请改正错误，或者核对编号和理由是否写全。"),
    Entry("S109", WARNING, "JSON 文件里有一项没有采用", "JSON 文件的每一项都认得、都放得进表里。", "xxgk 的 JSON 格式",
          "请按提示改正 JSON 文件，再校验一次。"),
    Entry("S110", ERROR, "内容填在表格外面", "数字和文字都填在浅黄色的格子里。", _WORKBOOK,
          "请把内容移到浅黄色的格子里，删去多插入的行或列；段落太多的，把短的并成一段。"),
    Entry("S111", WARNING, "工作表被隐藏", "要填的工作表都看得见。", _WORKBOOK,
          "请在工作表标签上按右键，选“取消隐藏”，核对里面的内容。"),
    Entry("S112", WARNING, "工作簿里有外来内容", "填报工作簿里只有填报的内容，不引用别的文件，也没有外来的程序。",
          _WORKBOOK, "本程序没有打开，也没有运行这些内容。请删去；不知道怎么来的，请用 xxgk new 新建一个工作簿再填。"),
    Entry("S113", ERROR, "同样的内容出现两次", "每张表、每一行、每一列只有一份。", _WORKBOOK,
          "请留下正确的一份，删去另一份。"),
    Entry("S114", WARNING, "合计格存的结果不对", "合计格里的公式没有改过，存的结果是各项的和。", _WORKBOOK,
          "请用 Excel 或 WPS 打开，按 F9 重新计算再存盘；还是不对的，请从旁边的合计格把公式复制过来。",
          "文件里存着计算结果，各项都填了。"),
    Entry("S115", WARNING, "内部名称丢失，按文字找到", "每张表、每个填报项都有一个内部名称，指向它所在的格子。",
          _WORKBOOK, "已按行名和表头找到，可以继续使用；以后请在原工作簿里填写，不要把表格复制到别的工作簿。"),
    Entry("S116", WARNING, "填报格被合并", "每一格填一个数，填报格不合并。", _WORKBOOK,
          "请取消合并，把每一格的数重新填上；合并时只留下左上角的一个。"),
    Entry("V101", ERROR, "表格没有填完", "表中每一格都要填，没有的填 0。", _ZERO,
          "没有的填 0，不要留空；空着的格子不当作 0，有关的勾稽也没有核对。"),
    Entry("V104", WARNING, "数字存成了文字", "数字格里是数字，不带空格，不用全角。", _WORKBOOK,
          "已按读出的数校验。请把这一格重新填成数字，前后不要空格；也可以运行 xxgk fix 自动改好。"),
    Entry("V105", ERROR, "用符号代替数字", "没有的填 0，不填“/”“—”“无”。", _ZERO,
          "没有的请改为 0；合计格请恢复公式（从旁边的合计格复制）。"),
    Entry("V106", ERROR, "读不懂填的内容", "每一格填的内容都读得懂，不靠猜。", _WORKBOOK,
          "请按这一格的要求重新填写，说明文字写在备注格里。"),
    Entry("V107", INFO, "信息处理费的格子没有填完", "第六部分写明收取信息处理费的情况，没有收取也要写明。", _FORM,
          "没有发生的填 0，并在第六部分的正文里写明。"),
    Entry("V108", INFO, "数字和说明写在同一格", "数字格里只填数字，说明写在备注格里。", _WORKBOOK,
          "数和说明都已读出，不改也行；最好把说明移到备注格。"),
    Entry("V109", WARNING, "没有规章制定权的单位填了规章", "只有国务院部门、省级政府、设区的市和自治州政府可以填规章。",
          "《立法法》（2023年修正）第91条、第93条",
          "请核对：发的文件如果不是规章，改填到规范性文件那一行，这里填 0。", _LEVEL),
)  # fmt: skip

_P_W = (
    Entry("Y105", WARNING, "上年数据不是本单位上一年度的", "上年数据是同一单位上一年度报告的数字。", _WORKBOOK,
          "请核对上年数据一页的年度和数字；用 --previous 指定文件的，核对是不是拿错了文件。",
          "有上年数据。"),
    Entry("P101", ERROR, "有一部分没有写", "文字部分都要写，没有需要报告的事项也要写明。", _FORM,
          "请把这一部分补上。"),
    Entry("P102", ERROR, "缺少单位或年度", "报告写明单位和年度。", _CUSTOM,
          "请在首页填写。"),
    Entry("P103", WARNING, "没有落款日期", "报告末尾写明日期。", _CUSTOM,
          "请在首页填写落款日期。"),
    Entry("P104", WARNING, "落款日期晚于规定期限", "在规定的期限以前公布。", _ARTICLE_49 + "；" + _FORM,
          "请核对日期；确实晚了的，日期照实写，不必改。",
          "选择了单位级别，" + _YEAR_AND_DATE, since=2019),
    Entry("P105", WARNING, "落款日期早于年度结束", "各项数字统计到报告年度的12月31日，日期应在这以后。", _FORM,
          "请核对落款日期和报告年度。", _YEAR_AND_DATE),
    Entry("P106", INFO, "没有选择单位级别", "单位级别决定公布的期限，以及能不能填规章。", _ARTICLE_49,
          "请在首页的下拉列表中选择单位级别。"),
    Entry("W101", WARNING, "同一句里话说了两遍", "同样的话不连着说两遍。", _WRITING,
          "请删去多余的一处。"),
    Entry("W102", WARNING, "混用两种编号", "同一层次用同一种编号。", _WRITING,
          "请统一成一种编号；确是上下两层的，用“（一）”这样的小标题分开。"),
    Entry("W103", WARNING, "句子以“的”开头", "“的”前面要有修饰的话。", _WRITING,
          "前面可能漏了字，请补上，或者删去“的”。"),
    Entry("W104", WARNING, "文字中间有空格", "中文字句之间、编号和正文之间不空格。", _WRITING,
          "请删去空格。"),
    Entry("W105", WARNING, "超过字数", "文字不超过官方格式规定的字数。", _FORM,
          "请删减，聚焦主要工作；确有必要的，写明理由即可。"),
    Entry("W106", ERROR, "留有没有替换的占位符", "发布的文字里没有“{{ }}”这样的占位符。", _WORKBOOK,
          "请改成实际的数字或文字；本版本还不会自动替换。"),
)  # fmt: skip

# The codes of every form; ``clause`` may hold {form}.
ENTRIES = _S_V + _P_W


@functools.cache
def catalogue(form: Form) -> Mapping[str, Entry]:
    """Return every code that a report of ``form`` can get, in order of code."""
    name = f"《{form.name}》（{form.document}附件）"
    needing_last_year = {
        instance.rule.code for instance in form.instances if any(term.previous for term in instance.terms)
    }
    own = (replace(entry, clause=entry.clause.replace(_FORM, name)) for entry in ENTRIES)
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
