"""Makes `support` importable from every folder of tests, and sets how Hypothesis looks for examples."""

from __future__ import annotations

from hypothesis import settings

# Repeatable, and no deadline: a shared machine is slow now and then.
settings.register_profile("briefnote", deadline=None, derandomize=True, max_examples=300, print_blob=False)
settings.load_profile("briefnote")
