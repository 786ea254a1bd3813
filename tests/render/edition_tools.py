"""What the tests of Word and HTML share: a document around some Markdown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from briefnote.model.brief import Bar, Chart
from briefnote.model.edition import Document

CHART = Chart(
    id="shares",
    title="Lopsided shares",
    alt="A is 34 percent of B's trade; B is 4 percent of A's.",
    bars=(Bar("A's share of B's trade", 34.0, "34%"), Bar("B's share of A's trade", 4.0, "about 4%")),
    maximum=40.0,
)

# Every block and inline type that the parser makes, with what is hard about each.
EVERYTHING = """
# Title & <more> {{ x }}

{.subtitle}
Issue

{.basis}
Basis

{.unknown #first}
**bold *both*** *em* ~~gone~~ `code <&>` hard\\
break soft
break [out](https://example.org/?a=1&b=2) <mailto:desk@example.org> [in](#first) [Ελλάδα]{lang=el}
note[^1] again[^1] inline ![pic](chart:shares) Łódź Москва 北京

{.lead}
Lead

{#section}
## Section [in](#first)[^2]

### Three

###### Six

{.judgements}
1. One

   More on one
2. Two

{.findings}
- Finding
  - nested
    1. deep

  > quote in item

  ```
  code in item
  ```

  | in | item |
  |--|--:|
  | 1 | 2 |
-

4. four

{.watch}
- Watch

> Quote
>
> > nested

---

    indented

{.caption #table-1}
Caption of table

| Head | Right |
|:--|--:|
| cell[^3] | 2 |
| missing |

| Next | table |
|--|--|

![Alt text](chart:shares)

{.caption}
Caption of figure

{.empty}
Nothing

{.changes}
Changes

{.sources}
1. [Source]{#source-1} says [\\[1\\]](#source-1)

[^1]: Note *one*

    second paragraph <https://example.org/note>

[^2]: - list in note

[^3]: In a table, calling[^1]
"""


def document(markdown: str, **changes: Any) -> Document:
    """Returns the Markdown as a document of 21 November 2026 with one chart, `shares`."""
    values: dict[str, Any] = {
        "markdown": markdown,
        "title": "Leverage: large & unspent",
        "subtitle": "Issue 2026-W47",
        "author": "Analysis desk",
        "language": "en-GB",
        "marking": "TLP:CLEAR",
        "keywords": ("trade", "leverage"),
        "moment": datetime(2026, 11, 21, tzinfo=UTC),
        "charts": {"shares": CHART},
    }
    return Document(**values | changes)
