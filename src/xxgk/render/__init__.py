"""Report → ``Document`` → docx, HTML, Markdown. The formats share nothing but the ``Document``."""
