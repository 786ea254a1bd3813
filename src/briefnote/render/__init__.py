"""Editions of a brief: its template set as Markdown, and that Markdown as Word, PDF and HTML."""
