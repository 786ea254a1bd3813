"""Certificates for servers of the tests."""

from __future__ import annotations

import ssl

import trustme


def secure(authority: trustme.CA, name: str) -> ssl.SSLContext:
    """Returns what a server needs to show a certificate of the authority for a name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context
