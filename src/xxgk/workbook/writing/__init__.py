"""A ``Report`` put into a workbook."""
