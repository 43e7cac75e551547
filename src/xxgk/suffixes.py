"""The suffixes of workbook files."""

XLSX, XLSM = ".xlsx", ".xlsm"
WORKBOOKS = (XLSX, XLSM)
OTHER_WORKBOOKS = (".xls", ".xlsb", ".et", ".ods")  # a spreadsheet program can save them as .xlsx
PUBLISHED = (".docx", ".html", ".htm", ".mht", ".mhtml", ".pdf", ".txt", ".md", ".markdown", ".doc")
