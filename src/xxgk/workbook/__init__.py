"""The standard workbook: where things stand (layout), built from the form, read, and written."""
