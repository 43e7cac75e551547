"""Two reports side by side: numbers with their change, text with what was added and left out."""
