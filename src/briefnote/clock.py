"""The one clock. It obeys SOURCE_DATE_EPOCH (reproducible-builds.org), so that a build can be repeated."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from briefnote.errors import BriefnoteError, Problem


def today() -> date:
    """Returns the date in UTC: that of SOURCE_DATE_EPOCH where it is set, else the machine's."""
    return now().date()


def now() -> datetime:
    """Returns the moment in UTC, in whole seconds: that of SOURCE_DATE_EPOCH where it is set, else the machine's."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    if not stamp:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        raise BriefnoteError(
            [
                Problem(
                    file="SOURCE_DATE_EPOCH",
                    message=f"found '{stamp}', expected whole seconds since 1970; unset it or set it to a number",
                )
            ]
        ) from None
