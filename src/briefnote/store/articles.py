"""The articles of sources/: clean text, record and original bytes, side by side under one id.

    <id>.txt             the clean text, UTF-8: what quotes are taken from and offsets count in
    <id>.article.json    the record: metadata with where it was found, structure, gates, history
    <id>.snapshot.html   the bytes it was read from (or .pdf, .docx, .odt, .eml, .md, .txt)
    <id>.v1.…            the same three of an older version

A text that a person put there alone is an article too, without structure. Summaries (`<id>.yaml`) lie beside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from briefnote.errors import BriefnoteError, Problem
from briefnote.model.archive import ArticleRecord, Version
from briefnote.model.article import Article
from briefnote.store.folder import Folder
from briefnote.store.issue import digest
from briefnote.store.naming import ENDINGS, ending_of
from briefnote.store.plain import read_record, record_text
from briefnote.store.writing import locked, mend, write_together

RECORD = ".article.json"
TEXT = ".txt"
_OLDER = re.compile(r"\.v\d+(\.|$)")


def sources_folder(folder: Folder) -> Path:
    """Returns where a folder's sources lie."""
    return folder.root / "sources"


def article_ids(folder: Folder) -> tuple[str, ...]:
    """Returns the ids of all articles, sorted: those with a record, and texts that a person put there."""
    path = sources_folder(folder)
    mend(path)
    names = [entry.name for entry in path.iterdir()] if path.is_dir() else []
    recorded = {name.removesuffix(RECORD) for name in names if name.endswith(RECORD)}
    texts = {name.removesuffix(TEXT) for name in names if name.endswith(TEXT) and not name.endswith(f".snapshot{TEXT}")}
    return tuple(sorted(name for name in recorded | texts if name and not name.startswith(".") and not _is_older(name)))


def _is_older(name: str) -> bool:
    return bool(_OLDER.search(name))


def has_article(folder: Folder, source: str) -> bool:
    """Says whether the article of a source is at hand. A link that leads out of the folder is none."""
    path = sources_folder(folder) / f"{source}{TEXT}"
    return _is_plain(source) and path.is_file() and path.resolve().is_relative_to(folder.root.resolve())


def read_article(folder: Folder, source: str) -> ArticleRecord:
    """Returns the article of a source. Raises BriefnoteError where there is none or it cannot be read.

    Where the text was changed by hand after it was read, its blocks and places are empty: they no longer fit.
    """
    path = sources_folder(folder)
    mend(path, source)
    if not has_article(folder, source):
        message = "has no article here; add it with `briefnote add FILE|URL`"
        raise BriefnoteError([Problem(f"sources/{source}", message=message)])
    text = _text(folder, source)
    found = digest(text.encode())
    if not (path / f"{source}{RECORD}").is_file():
        return ArticleRecord(source, Article(text, ()), found)
    record, written = _record(folder, source)
    if written == found:
        return replace(record, article=replace(record.article, text=text))
    article = replace(record.article, text=text, blocks=(), places=())
    return replace(record, article=article, text_sha256=found, is_edited=True)


def _is_plain(source: str) -> bool:
    return bool(re.fullmatch(r"[^/\\\0]+", source)) and not source.startswith(".")


def _text(folder: Folder, source: str) -> str:
    file = folder.read(sources_folder(folder) / f"{source}{TEXT}")
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 (byte 0x{file.data[error.start]:02X}); save it as UTF-8, or let `briefnote add` read it"
        raise BriefnoteError([Problem(file.name, message=message)]) from None


def _record(folder: Folder, source: str) -> tuple[ArticleRecord, str]:
    """Returns the record without its text, and the digest of the text that it was written for."""
    file = folder.read(sources_folder(folder) / f"{source}{RECORD}")
    try:
        plain = json.loads(file.data)
        if not isinstance(plain, dict) or not isinstance(plain.get("article"), dict):
            raise ValueError("it has no article")
        article = {**plain["article"], "text": ""}
        record = read_record(ArticleRecord, {**plain, "id": source, "article": article, "is_edited": False})
        return record, record.text_sha256
    except (ValueError, RecursionError) as error:
        message = f"is no record of an article ({error}); restore it, or remove it and add the article again"
        raise BriefnoteError([Problem(file.name, message=message)]) from None


def text_read(folder: Folder, source: str, sha256: str | None) -> str:
    """Returns the text of an article that has a digest (that of a summary), of whichever version; else the latest."""
    record = read_article(folder, source)
    former = next((version.number for version in record.versions if version.text == sha256), None)
    if former is None or record.text_sha256 == sha256:
        return record.article.text
    return folder.read(sources_folder(folder) / f"{source}.v{former}{TEXT}").data.decode("utf-8", "replace")


def read_snapshot(folder: Folder, record: ArticleRecord) -> bytes | None:
    """Returns the original bytes of an article, None where they are not kept."""
    if record.snapshot_file is None or not _is_plain(record.snapshot_file):
        return None
    return folder.read(sources_folder(folder) / record.snapshot_file).data


def free_id(folder: Folder, wanted: str) -> str:
    """Returns the id, with -2, -3, … where files of that name are there: nothing is ever overwritten."""
    path = sources_folder(folder)
    name, number = wanted, 1
    while _taken(path, name) or (path / f"{name}.yaml").exists():
        number += 1
        name = f"{wanted}-{number}"
    return name


def save_article(folder: Folder, record: ArticleRecord, snapshot: bytes | None) -> ArticleRecord:
    """Keeps a new article and returns its record. Its id may be that of a summary; of an article it raises."""
    path = sources_folder(folder)
    with locked(path):
        _refuse_taken(path, record.id)
        files, record = _files(record, snapshot)
        write_together(path, record.id, files, f"{record.id}{RECORD}")
    return record


def _refuse_taken(path: Path, source: str) -> None:
    taken = _taken(path, source)
    if taken or not _is_plain(source):
        message = "is there already and is not overwritten; move it away or choose another name"
        raise BriefnoteError([Problem(f"sources/{taken or source}", message=message)])


def _taken(path: Path, source: str) -> str | None:
    """Returns the first file that an article of this id would meet, None where there is none."""
    endings = (RECORD, TEXT, *(f".snapshot.{ending}" for ending in ENDINGS))
    return next((f"{source}{ending}" for ending in endings if (path / f"{source}{ending}").exists()), None)


def save_version(folder: Folder, record: ArticleRecord, snapshot: bytes | None, until: str) -> ArticleRecord:
    """Keeps a changed article as the new version of its source and the former one as `<id>.v<number>.…`."""
    path = sources_folder(folder)
    with locked(path):
        former = read_article(folder, record.id)
        kept, older = _former_files(folder, former, until)
        files, record = _files(replace(record, versions=(*former.versions, older)), snapshot)
        write_together(path, record.id, {**kept, **files}, f"{record.id}{RECORD}")
        if former.snapshot_file and former.snapshot_file != record.snapshot_file and _is_plain(former.snapshot_file):
            (path / former.snapshot_file).unlink(missing_ok=True)
    return record


def _former_files(folder: Folder, former: ArticleRecord, until: str) -> tuple[dict[str, bytes], Version]:
    path = sources_folder(folder)
    version = f"{former.id}.v{former.version}"
    files = {f"{version}{TEXT}": (path / f"{former.id}{TEXT}").read_bytes()}
    if (path / f"{former.id}{RECORD}").is_file():
        files[f"{version}{RECORD}"] = (path / f"{former.id}{RECORD}").read_bytes()
    snapshot = read_snapshot(folder, former)
    if snapshot is not None and former.snapshot_file:
        files[version + former.snapshot_file.removeprefix(former.id)] = snapshot
    about = Version(former.version, until, former.text_sha256, former.article.snapshot, former.article.media_type)
    return files, about


def update_record(folder: Folder, source: str, change: Callable[[ArticleRecord], ArticleRecord]) -> None:
    """Changes what is known of an article (its origin, its drift, when it was last fetched); text and bytes stay."""
    path = sources_folder(folder)
    with locked(path):
        record = read_article(folder, source)
        made_for = record.text_sha256
        if (path / f"{source}{RECORD}").is_file():
            record, made_for = _record(folder, source)
        name = f"{source}{RECORD}"
        write_together(path, source, {name: _record_bytes(replace(change(record), text_sha256=made_for))}, name)


def _files(record: ArticleRecord, snapshot: bytes | None) -> tuple[dict[str, bytes], ArticleRecord]:
    """Returns the files of an article by name, and its record with the name of its snapshot."""
    text = record.article.text.encode()
    record = replace(record, text_sha256=digest(text), snapshot_file=None)
    files = {f"{record.id}{TEXT}": text}
    if snapshot is not None:
        record = replace(record, snapshot_file=f"{record.id}.snapshot.{ending_of(record.article.media_type)}")
        files[str(record.snapshot_file)] = snapshot
    files[f"{record.id}{RECORD}"] = _record_bytes(record)
    return files, record


def _record_bytes(record: ArticleRecord) -> bytes:
    """The text has its own file; whether it was edited is seen, not written."""
    plain = asdict(record)
    del plain["article"]["text"], plain["is_edited"]
    return record_text(plain).encode("utf-8", "replace")
