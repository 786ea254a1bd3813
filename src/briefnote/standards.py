"""The standards that come with the package as data: scales of likelihood, the Admiralty code, TLP 2.0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from briefnote.model.record import Reader, note
from briefnote.store.folder import InputFile, packaged
from briefnote.yamltree import read_yaml

Record = TypeVar("Record")


@dataclass(frozen=True)
class Admiralty:
    """packs/admiralty.yaml: the letters of sources and the digits of information, each with its meaning."""

    source: str = note("who publishes the code")
    version: str = note("its version")
    reliability: Mapping[str, str] = note("letter: its meaning")
    credibility: Mapping[str, str] = note("digit: its meaning")


@dataclass(frozen=True)
class Label:
    """A TLP label."""

    colour: str = note("RRGGBB, printed on black", pattern="[0-9A-F]{6}")
    may_share_with: str = note("who may be told")


@dataclass(frozen=True)
class Tlp:
    """packs/tlp.yaml: the labels, from the widest to the narrowest audience."""

    source: str = note("who publishes the protocol")
    version: str = note("its version")
    labels: Mapping[str, Label] = note("label: its colour and audience")


def standard_file(name: str) -> InputFile:
    """Returns a data file of the package by its name ("estimative")."""
    return InputFile(f"pack:{name}.yaml", packaged("packs", f"{name}.yaml"))


def read_standard(file: InputFile, record: type[Record]) -> Record:
    """Returns a data file of the package, read. That it can be read is for the tests to see."""
    node, _ = read_yaml(file.data, file.name)
    read = Reader(file.name).read(node, record) if node else None
    if read is None:
        raise AssertionError(f"the packaged {file.name} is broken")
    return read
