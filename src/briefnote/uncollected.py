"""Work that makes thousands of values and no circles of garbage is not held up to look for any."""

from __future__ import annotations

import gc


class Uncollected:
    """While it is entered, Python looks for no circles of garbage, and what was made then counts as old afterwards.

    To look at thousands of new values in vain takes a fifth of a weekly brief's rules and a twentieth of a draft.
    """

    def __enter__(self) -> None:
        self._is_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if not gc.get_freeze_count():  # else someone else has frozen theirs, which is not ours to thaw
            gc.freeze()
            gc.unfreeze()
        if self._is_on:
            gc.enable()
