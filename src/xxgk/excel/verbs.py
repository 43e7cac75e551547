"""The verbs that staff start from the workbook: the one table behind buttons, ribbon and window."""

from __future__ import annotations

from xxgk.records import Record


class Verb(Record):
    """One thing that staff can start.

    ``name`` is the word by which macro and command call it, ``caption`` stands on its button, ``tip`` says in
    one sentence what it does. ``button`` and ``ribbon`` are the macro's Subs behind the two.
    """

    name: str
    caption: str
    tip: str

    @property
    def button(self) -> str:
        """The Sub that the button on the 首页 starts."""
        return f"Xxgk{self.name.capitalize()}"

    @property
    def ribbon(self) -> str:
        """The Sub that the ribbon calls."""
        return f"XxgkRibbon{self.name.capitalize()}"


# In the order of work.
VERBS = (
    Verb("fill", "填充", "把意思明确的写法改成数字，填上空着的 0 和上年数据；改之前先列出来让您确认。"),
    Verb("check", "校验", "检查全部数字和文字，把问题用颜色和批注标出来，列在“校验结果”页；不改动任何数字。"),
    Verb("back", "上一处", "回到上一处问题所在的格子。"),
    Verb("next", "下一处", "跳到下一处问题所在的格子。"),
    Verb("clear", "清除标记", "去掉校验留下的颜色、批注和“校验结果”页；填写的内容不变。"),
    Verb("report", "生成报告", "先校验，再在工作簿旁边生成报告（Word 文档和网页）。"),
    Verb("folder", "打开文件夹", "打开工作簿所在的文件夹。"),
    Verb("undo", "撤销上次填充", "把上次填充改过的格子恢复成原来的样子。"),
)
