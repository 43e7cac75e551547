"""The text of the reference docx: one of everything, so that Word lists and shows every style."""

from __future__ import annotations

from xxgk.render.document import Cell, Document, Heading, Metadata, Paragraph, Signature, TableBlock
from xxgk.render.docx_frame import BEGIN, END
from xxgk.render.docx_table import TALL

TITLE = ("样式参考：", "两个标记之间的文字不进报告")
INTRODUCTION = (
    "在 Word 或 WPS 的“样式”窗格中修改这里用到的样式，再调整页面设置、页眉和页脚，保存。",
    "生成报告时在命令后面加 --style 和本文件的名字，报告就照此排版。",
    "请修改样式本身，不要只选中文字改格式；样式不要改名，也不要删除。",
    f"红头、封面写在“{BEGIN}”的前面，附件写在“{END}”的后面，会原样进入每份报告；这两段不要改，也不要删。",
)


def sample_document() -> Document:
    """Return a short document with every kind of block."""
    return Document(
        title_parts=TITLE,
        metadata=Metadata(unit="", year=None, form="", date=None),
        blocks=(
            *(Paragraph(text) for text in INTRODUCTION),
            Heading(1, "一、标题 1：报告的六个部分"),
            Heading(2, "（一）标题 2：小标题"),
            Heading(3, "1.标题 3：小标题（第二层）"),
            Heading(4, "（1）标题 4：小标题（第三层）"),
            Paragraph("正文文本：各部分的文字。"),
            Heading(1, "二、表格文字和表注"),
            _table("表格文字", 3),
            Heading(1, "三、表格小字：行数多的表"),
            _table("表格小字", TALL + 1),
            Signature("签名：单位名称", "日期：2024年1月31日"),
        ),
    )


def _table(style: str, height: int) -> TableBlock:
    head = tuple(Cell(0, column, 1, 1, f"{style}{column + 1}", header=True) for column in range(3))
    body = tuple(Cell(row, column, 1, 1, str(row), header=False) for row in range(1, height) for column in range(3))
    return TableBlock(
        caption=f"{style}示例",
        cells=head + body,
        height=height,
        width=3,
        header_rows=(0,),
        header_columns=0,
        widths=(1, 1, 1),
        notes=("注：表注，写在表的下面。",),
    )
