"""The PDF edition against the rules of PDF/UA-1, by an independent validator where it is installed."""

from __future__ import annotations

import pytest
from pdf_tools import pdf

page = pytest.importorskip("page", reason="pip install page-validation")

MARKDOWN = """# Title

{.subtitle}
Issue 2026-W47

{#bottom-line}
## Bottom line

{.lead}
Text with a citation [\\[1\\]](#source-1) and Ελλάδα, Москва.[^1]

{.judgements}
1. **Judgement.** *Confidence: high.*[^2]
2. Another.

{.caption #table-figures}
A caption

| Measure | Value |
|:--|--:|
| Share | 34% |
| | |

![A chart in words](chart:shares)

{.caption #figure-shares}
Shares

#### Skipped

> Quoted `code` ~~struck~~ [Ελλάδα]{lang=el}

```
code
```

---

{.sources}
1. [A source]{#source-1} <https://example.org/a>

[^1]: A note with [a link](https://example.org/n).

    - and a list

[^2]: Second note.
"""


@pytest.mark.parametrize(
    "markdown",
    [MARKDOWN, "", "#", "Text.", MARKDOWN + "\n\n" + "Long text. " * 3000, "שלום 🙂", "-\n-\n"],
    ids=["all", "empty", "empty heading", "plain", "long", "uncovered", "empty items"],
)
def test_pdf_meets_pdf_ua_1(markdown: str) -> None:
    """No rule of PDF/UA-1 fails."""
    report = page.validate_pdf_bytes(pdf(markdown), profile=page.ValidationProfile.PDF_UA_1)
    assert [str(failure) for failure in report.failures] == []
