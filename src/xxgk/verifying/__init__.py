"""A finished report held against its workbook: what differs, whoever changed it."""
