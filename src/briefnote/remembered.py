"""What was read and checked before, kept in the private cache: a build with nothing new reads no YAML again.

A value is found again only if every file it was made from, the code that made it and the data of the package are the
same. It is a pickle, run as it is when it is read: `cache` says why that is safe, and where it is not done.
"""

from __future__ import annotations

import copyreg
import hashlib
import pickle
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from briefnote.cache import keep, made_by, read_cached
from briefnote.store.folder import InputFile

# Whatever reads and checks the inputs, and the packs and standards that come with the package.
_MADE_BY = ("", "config", "model", "rules", "store", "packs", "packs/leverage")


def _proxy(items: dict[object, object]) -> Mapping[object, object]:
    return MappingProxyType(items)


def _taken_apart(proxy: Mapping[object, object]) -> tuple[object, ...]:
    """A mapping proxy has no pickle of its own."""
    return _proxy, (dict(proxy),)


def recalled(name: str, files: Iterable[InputFile]) -> object | None:
    """Returns what was remembered under a name of these very files, None where there is nothing."""
    kept = read_cached(name)
    key = _key(files)
    if kept is None or kept[: len(key)] != key:
        return None
    try:
        found: object = pickle.loads(kept[len(key) :])  # noqa: S301
    except Exception:  # whatever a damaged pickle may raise: it is read anew
        return None
    return found


def remember(name: str, files: Iterable[InputFile], value: object) -> None:
    """Keeps a value that was made from these files."""
    copyreg.pickle(MappingProxyType, _taken_apart)  # type: ignore[arg-type]
    keep(name, _key(files) + pickle.dumps(value, protocol=5))


def name_for(*parts: str) -> str:
    """Returns the name under which a value of these parts (a folder, a brief) is kept."""
    return f"inputs-{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"


def _key(files: Iterable[InputFile]) -> bytes:
    digest = hashlib.sha256(repr(made_by(*_MADE_BY)).encode())
    for file in files:
        digest.update(f"\0{file.name}\0{len(file.data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(file.data)
    return digest.digest()
