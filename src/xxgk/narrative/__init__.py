"""The written parts: numbers put into the text, sentences proposed, and the text read as an editor reads it."""

PROPOSED = "〔拟稿〕"  # how a paragraph begins that the program has written and nobody has approved
