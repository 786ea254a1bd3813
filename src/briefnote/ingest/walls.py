"""Pages that stand in the place of an article: error pages, robot checks, consent walls."""

from __future__ import annotations

import re

from briefnote.model.article import Gate

_CONSENT = re.compile(
    r"\b(?:we (?:and our (?:\d+ )?partners )?(?:use|value|store)[^.\n]{0,60}(?:cookies|privacy)|before you continue|"
    r"accept (?:all )?cookies|manage (?:your )?(?:consent|preferences|cookies)|cookie (?:policy|settings|preferences)|"
    r"consent to (?:the use|our use|processing))",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"\b(?:(?:error )?(?:40[0134]|410|429|50[0-4])\b[^\n]{0,40}(?:error|not found|forbidden|unavailable|denied|gateway|"
    r"too many)|page (?:not found|cannot be found|does not exist|no longer exists)|access (?:denied|to this page has "
    r"been denied)|(?:checking|verifying) (?:if|that|you are|your browser)|enable javascript (?:and cookies )?to "
    r"continue|are you a (?:robot|human)|just a moment\.\.\.|attention required|service (?:temporarily )?unavailable|"
    r"bad gateway|request blocked|unusual traffic|the page you (?:are looking|requested|were looking))",
    re.IGNORECASE,
)


def wall_in(text: str) -> Gate | None:
    """Returns the wall that the words of a short page are, None where they are none."""
    if found := _ERROR.search(text):
        return Gate("error-page", "is an error page, not the article; fetch it again", " ".join(found[0].split()))
    if len(_CONSENT.findall(text)) > 1 and (found := _CONSENT.search(text)):
        return Gate("consent-wall", "is a consent wall, not the article; save the page by hand", found[0])
    return None
