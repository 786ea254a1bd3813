"""A template that was compiled before prints what it would print anew."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from briefnote import compiledtemplates
from briefnote.compiledtemplates import CompiledTemplates
from briefnote.errors import BriefnoteError
from briefnote.render.markdown import render_markdown


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "briefnote"


def printed(source: str, **context: object) -> str:
    return render_markdown("a.j2", context, lambda _: source, compiled=CompiledTemplates())


def never(*_: object, **__: object) -> None:
    raise AssertionError("compiled anew")


def test_unchanged_template_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time it prints the same, escaped alike, without being compiled."""
    first = printed("{{ x }} {{ x ~ '*' }}", x="a*b")
    monkeypatch.setattr(jinja2.Environment, "compile", never)
    assert printed("{{ x }} {{ x ~ '*' }}", x="a*b") == first == "a\\*b a\\*b\\*"


def test_changed_template_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sign more is another template."""
    printed("{{ x }}", x="1")
    assert printed("{{ x }}!", x="1") == "1!"


def test_other_rendering_compiles_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the renderer compiled may escape otherwise."""
    printed("{{ x }}", x="1")
    monkeypatch.setattr(compiledtemplates, "made_by", lambda *_: ["another"])
    monkeypatch.setattr(jinja2.Environment, "compile", never)
    with pytest.raises(AssertionError, match="compiled anew"):
        printed("{{ x }}", x="1")


def test_mistake_of_a_compiled_template_has_its_line() -> None:
    """Where a name is missing is said the second time too."""
    found = []
    for _ in range(2):
        with pytest.raises(BriefnoteError) as error:
            printed("one\n{{ nothing }}", x="1")
        found.append(str(error.value))
    assert found == ["a.j2:2: 'nothing' is not known. Known: x."] * 2
