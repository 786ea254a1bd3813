"""The layout holds: imports point downwards, stages never import one another, and there is no circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "briefnote"

# Each layer may import the layers above its line in this list, and nothing else.
# The modules of the first and the fifth layer may also import one another.
LAYERS = [
    {"__init__", "errors", "clock", "text", "yamltree", "yamltext", "uncollected"},
    {"model"},
    {"config", "store", "cache"},
    {"ingest", "summarise", "rules", "compose", "render", "deliver"},
    {
        "sandbox",
        "standards",
        "drifting",
        "inputvalues",
        "reading",
        "remembered",
        "compiledtemplates",
        "agreement",
        "inputs",
        "planned",
        "editions",
        "remarks",
        "explanation",
        "schemas",
        "starter",
        "drafting",
        "grounded",
    },
    {"pipeline"},
    {"workbench", "sending", "collecting"},
    {"schedule"},
    {"cli"},
    {"__main__"},
]
STAGES = {"ingest", "summarise", "rules", "compose", "render", "deliver"}


def module_name(path: Path) -> str:
    parts = ["briefnote", *path.relative_to(SOURCE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every briefnote module that a file imports: at the top, inside a function, for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "briefnote":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "briefnote")


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}
GRAPH = {name: sorted(set(imports(path)) - {name}) for name, path in MODULES.items()}


def part_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def layer_of(module: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part_of(module) in layer)


def module_is_open(module: str) -> bool:
    return layer_of(module) in {0, 4}


def test_every_module_has_a_layer() -> None:
    """A new top-level package or module is given its place here first."""
    known = set().union(*LAYERS)
    assert {part_of(module) for module in MODULES} <= known


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_point_downwards(module: str) -> None:
    """A module imports its own package or a lower layer, lazy and type-only imports counted."""
    wrong = [
        other
        for other in GRAPH[module]
        if part_of(other) != part_of(module) and layer_of(other) >= layer_of(module) + module_is_open(module)
    ]
    assert wrong == []


@pytest.mark.parametrize("module", sorted(name for name in MODULES if part_of(name) in STAGES))
def test_stages_do_no_input_or_output(module: str) -> None:
    """Rules, composition and rendering work on what they are handed: they never reach the user's folder."""
    assert [other for other in GRAPH[module] if part_of(other) in ("store", "cache")] == []


def test_there_is_no_import_circle() -> None:
    """Modules can be put in an order in which each imports only those before it."""
    waiting, done = dict(GRAPH), set[str]()
    while waiting:
        ready = [name for name, needed in waiting.items() if done.issuperset(needed)]
        assert ready, f"these import one another in a circle: {sorted(waiting)}"
        done.update(ready)
        waiting = {name: needed for name, needed in waiting.items() if name not in done}


def test_only_the_command_line_imports_click() -> None:
    """The library can do all that the command line can."""
    users = [name for name, path in MODULES.items() if "import click" in path.read_text(encoding="utf-8")]
    assert {part_of(name) for name in users} == {"cli"}


def test_no_file_is_too_long_to_open_well() -> None:
    """A module has at most 250 lines, the rule checker (one pass over one rule) at most 320."""
    longest = {"briefnote.rules.rulecheck": 330}
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > longest.get(name, 250)} == {}


def test_no_actor_stands_in_the_code_or_the_packs() -> None:
    """The worked examples are examples: code, packs and templates hold for any pair of actors."""
    actors = ["china", "chinese", "russia", "beijing", "moscow", "putin", "mexico", "australia", "iran", "hormuz"]
    # These name the states of the world, each alike.
    gazetteers = {SOURCE / "summarise" / "data" / f"{name}.yaml" for name in ("actors", "assets", "places")}
    files = {path for path in SOURCE.rglob("*") if path.suffix in {".py", ".yaml", ".j2", ".css"}} - gazetteers
    named = [
        f"{path.relative_to(SOURCE)}: {actor}"
        for path in sorted(files)
        for actor in actors
        if actor in path.read_text(encoding="utf-8").lower()
    ]
    assert named == []
