"""Names of actors in English running text: some take an article, whoever they are."""

from __future__ import annotations

import re

# By the form of the name: a sort of thing (a union, islands), a plural, or initials (the UN; NATO is a word).
_TAKES_ARTICLE = re.compile(
    r"(?:United|Republic of|Kingdom of|Federation of)\s.+"
    r"|(?:.+\s)?(?:Union|States|Kingdom|Republic|Federation|Emirates|Islands|Nations|Netherlands|Philippines|"
    r"Maldives|Bahamas|Gambia|Vatican|Balkans)"
    r"|[A-Z]{2,3}"
)


def in_running_text(name: str, language: str) -> str:
    """Returns a name as it stands in a sentence: "the United Nations"; as it is where the language is not English."""
    is_english = language.lower().split("-")[0] == "en" and not name.lower().startswith("the ")
    return f"the {name}" if is_english and _TAKES_ARTICLE.fullmatch(name) else name
