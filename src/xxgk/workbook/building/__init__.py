"""The template workbook, built from the form with openpyxl."""
