"""A workbook read into a ``Report``."""
