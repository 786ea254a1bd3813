"""The body of a mail: the brief as plain HTML for mail programs, and as plain text beside it.

Both are made from the same tree as the other editions and say the same. What mail programs do not do is left out: links
within the text, and what a sentence opens to. The marking stands above the content, as TLP 2.0 asks.
"""

from __future__ import annotations

from briefnote.render.mail.page import mail_html
from briefnote.render.mail.words import mail_text

__all__ = ["mail_html", "mail_text"]
