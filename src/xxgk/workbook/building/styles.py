"""What cells look like: one named style for each purpose, so that an office can restyle the workbook."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle

from xxgk.records import Record, replace
from xxgk.workbook.measure import PARAGRAPH_SIZE

SONG = "宋体"
HEI = "黑体"
SIZE = 11.0

INK = "FF262626"
NAVY = "FF1F3864"
MUTED = "FF595959"
WHITE = "FFFFFFFF"
LINE = "FF404040"
FAINT = "FFBFC8D2"

YELLOW = "FFFFF9D6"
GREY = "FFEBEBEB"
PALE_BLUE = "FFE3EDF7"
BLUE = "FFCFE0F1"
DEEP_BLUE = "FF3A6291"


class Look(Record):
    """A cell's look. Sizes are points; ``edge`` and ``fill`` are ARGB colours, "" is none; ``open`` is typed into."""

    name: str
    size: float = SIZE
    font: str = SONG
    bold: bool = False
    colour: str = INK
    fill: str = ""
    edge: str = ""
    across: str = "center"
    down: str = "center"
    wrap: bool = True
    indent: int = 0
    number: str = "General"
    open: bool = False
    underline: str = ""

    def named_style(self) -> NamedStyle:
        """Return this look as a style of a workbook."""
        side = Side(style="thin", color=self.edge) if self.edge else Side()
        return NamedStyle(
            name=self.name,
            font=Font(
                name=self.font,
                size=self.size,
                bold=self.bold,
                color=self.colour,
                underline="single" if self.underline else None,
                charset=134,
            ),
            fill=PatternFill("solid", start_color=self.fill, end_color=self.fill) if self.fill else PatternFill(),
            border=Border(left=side, right=side, top=side, bottom=side),
            alignment=Alignment(horizontal=self.across, vertical=self.down, wrap_text=self.wrap, indent=self.indent),
            number_format=self.number,
            protection=Protection(locked=not self.open),
        )


TITLE = Look("年报 标题", size=18, font=HEI, colour=NAVY, across="left")
SUBTITLE = Look("年报 提示", size=10, colour=MUTED, across="left")
RESULT = replace(SUBTITLE, name="年报 校验结果", colour=NAVY, bold=True)
BAND = Look("年报 分区", size=12, font=HEI, colour=WHITE, fill=DEEP_BLUE, across="left", indent=1)
HEAD = Look("年报 表头", font=HEI, fill=PALE_BLUE, edge=FAINT)
# An empty cell with a larger font gives the rows of a text some air, and lets them grow with what is typed.
SPACER = Look("年报 行距", size=15)
ITEM = Look("年报 项目", fill=PALE_BLUE, edge=FAINT, across="left", indent=1)
TEXT = Look("年报 说明", size=10, colour=MUTED, edge=FAINT, across="left", indent=1)
BASIS = replace(TEXT, name="年报 依据", across="center", indent=0)
PROMPT = replace(TEXT, name="年报 写作提示", down="top")
LINK = Look("年报 链接", size=10, colour="FF1F5FA8", underline="single")
LINK_CELL = replace(LINK, name="年报 表内链接", edge=FAINT)
STATUS = Look("年报 核对结果", size=10, edge=LINE)

LABEL = Look("年报 表内标题", fill=PALE_BLUE, edge=LINE)
LABEL_LEFT = replace(LABEL, name="年报 表内项目", across="left")
LABEL_BAND = replace(LABEL_LEFT, name="年报 表内分栏", font=HEI, fill=BLUE, indent=1)
# Like General, but a format of its own: a date typed by mistake shows as the number it becomes.
NUMBER = Look("年报 填写数字", fill=YELLOW, edge=LINE, open=True, number="General;-General;0;@")
COMPUTED = Look("年报 自动计算", fill=GREY, edge=LINE)
ABSENT = Look("年报 无此项", fill="FFD9D9D9", edge=FAINT)

INPUT = Look("年报 填写", fill=YELLOW, edge=FAINT, across="left", indent=1, number="@", open=True)
INPUT_NUMBER = replace(NUMBER, name="年报 填写单个数字", edge=FAINT)
# Long texts stay General: some programs show more than 255 characters in a text cell as ####.
INPUT_LONG = replace(INPUT, name="年报 填写长文字", number="General")
TABLE_NOTE = replace(INPUT_LONG, name="年报 填写表下注", edge=LINE)
PARAGRAPH = replace(INPUT_LONG, name="年报 填写正文", size=PARAGRAPH_SIZE, down="top", indent=0)
CHOICE = replace(INPUT, name="年报 下拉选择", across="center", indent=0, number="General")
LEVEL = replace(INPUT, name="年报 选择级别", number="General")
YEAR = replace(INPUT, name="年报 填写年度", number="General")
DATE = replace(INPUT, name="年报 填写日期", number='yyyy"年"m"月"d"日"')
NOTE = replace(INPUT, name="年报 填写备注", size=10, indent=0)
SMALL_ITEM = replace(ITEM, name="年报 长项目", size=10)
SHOWN = replace(COMPUTED, name="年报 自动显示", edge=FAINT, across="left", indent=1)
RESOLVED = replace(COMPUTED, name="年报 换成数的正文", fill="", edge=FAINT, across="left", down="top", number="@")
OUTDATED = replace(RESOLVED, name="年报 换数的依据", wrap=False)
FOUND = replace(COMPUTED, name="年报 自动核对", edge=FAINT)

WRONG_LOOK = Look("年报 有问题", fill="FFFFC7CE", colour="FF9C0006", edge=FAINT)

WRONG_MARK = DifferentialStyle(
    font=Font(color="FF9C0006", bold=True), fill=PatternFill("solid", start_color="FFFFC7CE", end_color="FFFFC7CE")
)
RIGHT_MARK = DifferentialStyle(font=Font(color="FF2E7D32"))
OLD_MARK = DifferentialStyle(
    font=Font(color="FF8C8C8C", strike=True), fill=PatternFill("solid", start_color="FFE4E4E4", end_color="FFE4E4E4")
)
UNKNOWN_MARK = DifferentialStyle(font=Font(color="FF8C8C8C"))

# What the colours mean, in the order of the legend.
LEGEND = (
    (replace(INPUT_NUMBER, name="年报 图例 填写", open=False), "浅黄：请填写"),
    (FOUND, "灰色：自动计算"),
    (HEAD, "淡蓝：标题"),
    (WRONG_LOOK, "红色：有问题"),
)
