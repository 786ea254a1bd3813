"""Second tries: 1, 2, 4 … seconds apart, or when the server says; never for ever."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class TransientError(Exception):
    """A failure that may pass. `wait` is how many seconds the server asked for, None where it did not say."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


def retry_after(header: str | None) -> float | None:
    """Returns the seconds of a Retry-After header, given as a number or as a date; None where it says neither."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header.strip()[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def with_retries(
    work: Callable[[], Result], attempts: int, longest_wait: float, sleep: Callable[[float], None]
) -> Result:
    """Returns what the work returns. Raises TransientError when it failed so often, or is asked to wait too long."""
    from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential

    back_off = wait_exponential(multiplier=1, max=longest_wait)

    def seconds(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, TransientError) else None
        return back_off(state) if asked is None else asked

    def is_worth_it(error: BaseException) -> bool:
        return isinstance(error, TransientError) and (error.wait or 0) <= longest_wait

    retrying = Retrying(
        stop=stop_after_attempt(attempts),
        wait=seconds,
        retry=retry_if_exception(is_worth_it),
        sleep=sleep,
        reraise=True,
    )
    return retrying(work)
