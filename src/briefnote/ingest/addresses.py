"""Which network addresses may be reached: public ones, and hosts that the user allowed by name.

A host is looked up once, every address that is not public is refused, and the connection goes to an address that was
checked: a name that answers otherwise the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressError(Exception):
    """No address of a host may be reached. The message says which and why."""


def look_up(host: str, port: int) -> list[str]:
    """Returns the addresses of a host, as the system resolves it. Raises OSError where it cannot."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def allowed_addresses(host: str, port: int, allowed: frozenset[str], resolve: Resolve = look_up) -> list[str]:
    """Returns the addresses of a host that may be reached. Raises AddressError where there is none, and OSError."""
    found = list(resolve(host, port))
    if host.lower().rstrip(".") in allowed:
        return found
    public = [text for text in found if is_public(text)]
    if found and not public:
        raise AddressError(
            f"{host} is at {found[0]}, which is no public address; where that is meant, name it: "
            f"--allow-host {host}, or allow_hosts in sources/feeds.yaml"
        )
    return public


def is_public(text: str) -> bool:
    """Says whether an address is one of the public internet, seen through IPv4 addresses wrapped in IPv6 ones."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    inner = _unwrapped(address)
    return inner.is_global and not inner.is_multicast and not inner.is_reserved and not inner.is_unspecified


def _unwrapped(address: Address) -> Address:
    if not isinstance(address, ipaddress.IPv6Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address
