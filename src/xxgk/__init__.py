"""xxgk makes the 政府信息公开工作年度报告 of a Chinese government body from one workbook."""

__version__ = "0.1.0"
