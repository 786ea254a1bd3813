"""One spelling for the many addresses of a page: without tracking, fragment, www, AMP, mobile host, default port."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"(utm_|mtm_|pk_|piwik_|matomo_|hsa_|at_(campaign|medium|custom)|ga_|_hs|mc_|ns_|oly_|vero_|trk_?|"
    r"sc_(campaign|channel)|"
    r"cmpid|cmp$|icid|ncid|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid?|li_fat_id|"
    r"rb_clickid|s_cid|mkt_tok|spm$|soc_src|soc_trk|wt_?mc|guccounter|guce_|ref_(src|url)|share_?(id|"
    r"btn)?$|smid$|smtyp$|"
    r"campaign_?id|__twitter_impression|ito$|xtor|ocid$|partner$|amp$|amp;)",
    re.IGNORECASE,
)
_AMP_VALUE = {("output", "amp"), ("outputtype", "amp"), ("type", "amp"), ("m", "1"), ("mobile", "1")}
_HOST_START = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_AMP_PATH = re.compile(r"/amp(?:\.html)?/?$|^/amp(?=/)|\.amp(?=\.html$|$)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_UNRESERVED = "/:@!$&'()*+,;=-._~"


def canonical(url: str) -> str:
    """Returns the address by which pages are compared: "example.org/a?b=1". It is no address to fetch.

    What cannot be read as a URL is returned as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url.strip()
    if parts.scheme not in ("http", "https") or not host:
        return url.strip()
    place = _HOST_START.sub("", _ascii(host))
    if port not in (None, 80, 443):
        place += f":{port}"
    query = _query(parts.query)
    return f"{place}{_path(parts.path)}{'?' + query if query else ''}"


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _path(path: str) -> str:
    plain = _SESSION.sub("", re.sub(r"/{2,}", "/", quote(unquote(path), safe=_UNRESERVED)))
    for pattern in (_AMP_PATH, _INDEX):
        plain = pattern.sub("", plain)
    return plain.rstrip("/")


def _query(query: str) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, max_num_fields=None)
        if not _TRACKING.match(name) and (name.lower(), value.lower()) not in _AMP_VALUE
    ]
    return urlencode(sorted(kept))


def without_credentials(url: str) -> str:
    """Returns a URL as messages may print it: no user, no password, no control characters, 200 characters."""
    plain = re.sub(r"(?<=//)[^/@]*@", "", re.sub(r"[\x00-\x20\x7f]", "", url), count=1)
    return plain if len(plain) <= 200 else plain[:199] + "…"


def has_credentials(url: str) -> bool:
    """Says whether a URL carries a user or password."""
    try:
        return "@" in urlsplit(url).netloc
    except ValueError:
        return False
