"""What the buttons of the workbook do."""
