"""An issue on disk: written beside, then renamed, so that a failed build leaves the former issue untouched."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.period import is_period, parse_period
from briefnote.store.durable import write_durably
from briefnote.store.swapping import new_name, recover, swap

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Issue:
    """Where an issue lies: `folder`/`period`/, its editions named `name`-`period`.ending."""

    folder: Path
    name: str
    period: str

    @property
    def path(self) -> Path:
        """Returns the issue's own folder."""
        return self.folder / self.period

    def edition(self, ending: str) -> str:
        """Returns the file name of an edition ("json")."""
        return f"{self.name}-{self.period}.{ending}"


@dataclass(frozen=True)
class Published:
    """What a build left on disk: the issue's folder, and which former editions stand beside its own or are gone."""

    path: Path
    kept: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def digest(data: bytes) -> str:
    """Returns the SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def publish(issue: Issue, editions: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Published:
    """Writes the editions and manifest.json and returns what is there now.

    Files a person put into the folder are kept. A former edition that is not made this time stays where nothing has
    changed since; otherwise it is taken away, for it would say something else than those beside it. Raises
    BriefnoteError where a person has edited an edition since it was made: it is not overwritten.
    """
    _refuse_in_the_way(issue)
    with _locked(issue):
        return _published(issue, editions, manifest)


def _published(issue: Issue, editions: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Published:
    recover(issue.path)
    former = _former_outputs(issue)
    _refuse_odd(issue, {*former, *editions, MANIFEST})
    _refuse_edited(issue, former)
    _refuse_foreign(issue, former, editions)
    made = {name: digest(data) for name, data in editions.items()}
    others = [name for name in sorted(former) if name not in made and (issue.path / name).is_file()]
    kept = others if _is_of_this_state(issue, manifest, made) else []
    try:
        issue.folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f"{new_name(issue.path)}{os.getpid()}-", dir=issue.folder))
    except OSError as error:
        raise _unwritable(issue.folder, error) from None
    try:
        _carry_over(issue.path, beside, {*former, MANIFEST} - {*kept})
        outputs = dict(sorted((made | {name: former[name] for name in kept}).items()))
        for name, data in editions.items():
            write_durably(beside / name, data)
        text = json.dumps({**manifest, "outputs": outputs}, ensure_ascii=False, indent=1) + "\n"
        write_durably(beside / MANIFEST, text.encode())
        beside.chmod(0o755)
        swap(beside, issue.path)
    except OSError as error:
        raise _unwritable(issue.path, error) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Published(issue.path, tuple(kept), tuple(name for name in others if name not in kept))


def _is_of_this_state(issue: Issue, manifest: Mapping[str, Any], made: Mapping[str, str]) -> bool:
    """Says whether the former issue was made of the same: by its manifest, and by the editions that both have."""
    former, outputs = _former_manifest(issue), _former_outputs(issue)
    both = [name for name in made if name in outputs]
    same = json.loads(json.dumps(manifest)) == {name: value for name, value in former.items() if name != "outputs"}
    return same and bool(both) and all(made[name] == outputs[name] for name in both)


@contextmanager
def _locked(issue: Issue) -> Iterator[None]:
    """One build of a brief writes at a time; another waits. The lock is on the folder itself and dies with us."""
    try:
        issue.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(issue.folder, os.O_RDONLY)
    except OSError as error:
        raise _unwritable(issue.folder, error) from None
    try:
        with suppress(ImportError):  # not a POSIX system
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _refuse_in_the_way(issue: Issue) -> None:
    """A file or a link where the issue's folder goes is a person's."""
    path = issue.path
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        message = "is a file or a link where the issue goes; move it away, or build with --out"
        raise BriefnoteError([Problem(str(path), message=message)])


def _refuse_odd(issue: Issue, names: set[str]) -> None:
    odd = [issue.path / name for name in sorted(names) if _is_odd(issue.path / name)]
    message = "has the name of an edition and is no regular file; move it out of the issue"
    if odd:
        raise BriefnoteError([Problem(str(path), message=message) for path in odd])


def _is_odd(path: Path) -> bool:
    return path.is_symlink() or (path.exists() and not path.is_file())


def _unwritable(path: Path, error: OSError) -> BriefnoteError:
    message = f"cannot be written: {error.strerror or error}; free space or rights, or choose another --out"
    return BriefnoteError([Problem(str(path), message=message)])


def _former_manifest(issue: Issue) -> dict[str, Any]:
    try:
        manifest = json.loads((issue.path / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _former_outputs(issue: Issue) -> dict[str, str]:
    """What the manifest lists as made. Another file that it names is a person's, whoever wrote the manifest."""
    outputs = _former_manifest(issue).get("outputs")
    start = issue.edition("")
    found = outputs.items() if isinstance(outputs, dict) else ()
    return {name: str(made) for name, made in found if name.startswith(start) and "/" not in name}


def _refuse_edited(issue: Issue, former: Mapping[str, str]) -> None:
    edited = [
        name
        for name, made in former.items()
        if (issue.path / name).is_file() and digest((issue.path / name).read_bytes()) != made
    ]
    message = "was edited since it was built and is not overwritten; move or rename it, then build again"
    if edited:
        raise BriefnoteError([Problem(str(issue.path / name), message=message) for name in edited])


def _refuse_foreign(issue: Issue, former: Mapping[str, str], editions: Mapping[str, bytes]) -> None:
    """A file of an edition's name that no manifest lists is a person's, unless it is the very edition."""
    message = f"stands where an edition goes, and {MANIFEST} does not list it; move or rename it, then build again"
    paths = [issue.path / name for name in editions if name not in former]
    foreign = [path for path in paths if path.exists() and not _holds(path, editions[path.name])]
    if foreign:
        raise BriefnoteError([Problem(str(path), message=message) for path in foreign])


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _carry_over(old: Path, new: Path, made: set[str]) -> None:
    """Copies what a person put into the former issue's folder."""
    if not old.is_dir():
        return
    for entry in sorted(old.iterdir()):
        if entry.name in made:
            continue
        if entry.is_symlink():
            (new / entry.name).symlink_to(entry.readlink())
        elif entry.is_dir():
            shutil.copytree(entry, new / entry.name, symlinks=True, copy_function=_taken_over)
        elif entry.is_file():
            _taken_over(str(entry), str(new / entry.name))
        else:
            message = "is no file that can be kept in an issue; move it out"
            raise BriefnoteError([Problem(str(entry), message=message)])


def _taken_over(old: str, new: str) -> None:
    """The file itself, not a copy that a crash could leave empty; a copy where there are no hard links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def periods(folder: Path, name: str) -> list[str]:
    """Returns the periods of which a folder holds an issue with a JSON edition, oldest first."""
    made = {
        path.parent.name
        for path in folder.glob(f"*/{glob.escape(name)}-*.json")
        if path.name == f"{name}-{path.parent.name}.json"
    }
    return sorted(filter(is_period, made), key=parse_period)


def read_edition(issue: Issue) -> Mapping[str, Any]:
    """Returns the JSON edition of an issue. Raises BriefnoteError where it is missing or no edition."""
    path = issue.path / issue.edition("json")
    try:
        edition = json.loads(path.read_bytes())
        if not _is_edition(edition):
            raise ValueError("not what an edition has")
    except OSError as error:
        message = f"cannot be read: {error.strerror}; build it first (`briefnote build {issue.name}`)"
        raise BriefnoteError([Problem(str(path), message=message)]) from None
    except (ValueError, RecursionError):
        raise BriefnoteError([Problem(str(path), message="is no JSON edition; build it again")]) from None
    found: Mapping[str, Any] = edition
    return found


def _is_edition(found: Any) -> bool:
    """Whether a damaged file has still the bones that its readers take for granted."""
    try:
        sentences = [
            sentence for section in found["sections"] for block in section["blocks"] for sentence in block["sentences"]
        ]
        known = all(sentence["rule"] in found["rules"] and sentence["id"] for sentence in sentences)
        return known and all(source["id"] and "number" in source for source in found["sources"])
    except (TypeError, KeyError, LookupError):
        return False
