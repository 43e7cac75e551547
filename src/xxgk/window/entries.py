"""What can be started in the window: captions, keys, and a sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from xxgk.excel.verbs import VERBS
from xxgk.records import Record

CHOOSE, EDIT, FOLDER = "choose", "edit", "folder"
SEAL, STYLE, OWN_STYLE = "seal", "style", "own style"
CHECK, FILL, MARK, CLEAR, REPORT, UNDO = "check", "fill", "mark", "clear", "report", "undo"


class Entry(Record):
    """A button: its name in code, what stands on it, what it does, its key as Tk and as staff name it."""

    name: str
    caption: str
    tip: str
    key: str
    key_word: str


_CAPTIONS: Mapping[str, str] = {verb.name: verb.caption for verb in VERBS}
# In the order of work. F4 and F10 stay free: Alt+F4 closes a window, F10 goes to a menu.
FILE_ENTRIES = (
    Entry(CHOOSE, "选择工作簿…", "选择要校验的年报工作簿。", "<Control-o>", "Ctrl+O"),
    Entry(EDIT, "打开工作簿", "用 WPS 等表格程序打开工作簿，去填写或改正。", "<F2>", "F2"),
    Entry(FOLDER, _CAPTIONS[FOLDER], "打开工作簿所在的文件夹。", "<F3>", "F3"),
)
_FILL_TIP = "把意思明确的写法改好，填上空着的 0 和上年数据；改之前先列出来让您确认，并备份。"
WORK_ENTRIES = (
    Entry(FILL, _CAPTIONS[FILL], _FILL_TIP, "<F6>", "F6"),
    Entry(CHECK, _CAPTIONS[CHECK], "检查全部数字和文字，问题列在下面；不改动工作簿。", "<F5>", "F5"),
    Entry(MARK, "标记", "把问题写进工作簿：颜色、批注、一页清单；改之前备份。", "<F7>", "F7"),
    Entry(CLEAR, _CAPTIONS[CLEAR], "去掉标记写进工作簿的颜色、批注和清单；填写的内容不变。", "<F8>", "F8"),
    Entry(REPORT, _CAPTIONS[REPORT], "先校验，再在工作簿旁边生成报告（Word 文档和网页）。", "<F9>", "F9"),
    Entry(UNDO, _CAPTIONS[UNDO], "恢复成上次填充以前的样子；填充以后又改过的，不恢复。", "<Control-z>", "Ctrl+Z"),
)
ENTRIES = (*FILE_ENTRIES, *WORK_ENTRIES)
CAPTIONS: Mapping[str, str] = {entry.name: entry.caption for entry in ENTRIES}
# How reports are to look; pressed too seldom for buttons and keys.
LOOK_CAPTIONS: Mapping[str, str] = {SEAL: "落款盖章", STYLE: "选样式文件…", OWN_STYLE: "用默认样式"}
