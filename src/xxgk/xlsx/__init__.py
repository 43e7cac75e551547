"""Office Open XML spreadsheets as files: read, and cells replaced, without knowing any form."""
