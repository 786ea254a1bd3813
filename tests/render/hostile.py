"""Words of four scripts, and strings that would be markup, code or trouble elsewhere."""

from __future__ import annotations

SCRIPTS = (
    "power trade share of the sources say that it will naïve façade Łódź Žižkov Ærø coöperate well-known",
    "Москва Київ торговля ёлка рычаг влияния объём",
    "Ελλάδα Κύπρος ισχύς εμπόριο ώρα",
    "北京 贸易份额。 影响力 上海、 日本語の文 한국어",
)
HOSTILE = (
    '<img src="/etc/passwd">',
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% raw %}",
    "a & b < c > d &amp; &#0;",
    "]]> <![CDATA[",
    "[^1] [^x]: no",
    "[go](javascript:alert(1))",
    "![x](http://127.0.0.1/x.png)",
    "| pipe | `tick` | ~~x~~ | *x* _y_ |",
    "abc\u202edcb\u202c \u2066x\u2069",
    "nul\x00 bell\x07 esc\x1b \x85",
    "soft\xadhyphen zero\u200bwidth \ufeff",
    "שלום עולם مرحبا",
    "🙂 𝔸 𐍈 \ue000",
    "e\u0301 \u0315 n\u0303",
    "# no heading",
    "1. no list",
    "- no bullet",
    "{#no .attribute}",
    "\\ \\\\ \\n \\( % %% ( ) ((",
    "EMC BT ET Q endstream endobj",
)
LINKS = (
    "https://example.org/a?b=c&d=e",
    "mailto:desk@example.org",
    "javascript:alert%281%29",
    "smb://host/share",
    "file:///etc/passwd",
    "#nowhere",
)
