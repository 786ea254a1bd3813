"""What went wrong on the network, in words."""

from __future__ import annotations

import ssl

import httpcore


def certificate_problem(error: BaseException) -> str | None:
    """Returns what is wrong with the server's certificate, None where that is not what went wrong."""
    found = next((cause for cause in _causes(error) if isinstance(cause, ssl.SSLCertVerificationError)), None)
    return (found.verify_message or "it cannot be verified") if found else None


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def network_reason(error: Exception) -> str:
    """Returns why there was no answer."""
    if isinstance(error, httpcore.TimeoutException):
        return "the server took too long"
    if isinstance(error, httpcore.ProtocolError):
        return "the server broke off, or does not speak HTTP"
    return f"no connection ({error})"
