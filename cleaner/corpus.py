"""Path -> Record*: the articles of a file, a folder or JSON lines, packed with gzip or not.

Pages are opened without css rules, unless the caller has a cleaner that knows some.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import ReadError, UsageError
from cleaner.model import Document
from cleaner.page import Opener
from cleaner.readers import READERS, SUFFIXES
from cleaner.record import Record
from cleaner.shown import shown

_PACKED = ".gz"


Open = Callable[[Document], Document]


def records(
    path: str, url: str | None = None, lang: str | None = None, opens: Open | None = None
) -> Iterator[Record]:
    """Read every article below a path, in the order of names; one that cannot be read has an `error`."""
    opens = opens or Opener().open
    for record in _read(path, url, lang):
        yield record if record.error or record.document.page is None else _with_text(record, opens)


def _with_text(record: Record, opens: Open) -> Record:
    document = opens(record.document)
    error = next((note.about for note in document.notes if note.kind == "failed"), "")
    return replace(record, document=document, error=error)


def _read(path: str, url: str | None, lang: str | None) -> Iterator[Record]:
    place = Path(path)
    if place.is_dir():
        for file in sorted(place.rglob("*")):
            if file.is_file() and _kind(file):
                yield from _of_file(file, _kind(file), (url, lang))
    elif place.is_file():
        kind = _kind(place) or ("" if place.suffix else "text")
        if not kind:
            raise UsageError(
                f"{shown(path)}: {shown(place.suffix)} says nothing about its kind; name it .txt"
            )
        yield from _of_file(place, kind, (url, lang))
    else:
        raise UsageError(f"{shown(path)}: there is no such file or folder")


def article(
    path: str,
    url: str | None = None,
    lang: str | None = None,
    number: int = 1,
    *,
    opens: Open | None = None,
) -> Record:
    """Read one article: that of a file, or the one on line ``number`` of JSON lines."""
    if Path(path).is_dir():
        raise UsageError(f"{shown(path)} is a folder; give one file")
    for count, record in enumerate(records(path, url, lang, opens), 1):
        if count == number:
            if record.error:
                raise ReadError(f"{shown(path)}: {record.error}")
            return record
    raise UsageError(f"{shown(path)}: it has no article {number}")


def _kind(file: Path) -> str:
    return SUFFIXES.get(Path(file.name.removesuffix(_PACKED)).suffix.lower(), "")


def _of_file(file: Path, kind: str, known: tuple[str | None, str | None]) -> Iterator[Record]:
    read = READERS[kind].read
    try:
        with _opened(file) as source:
            if READERS[kind].to != "jsonl":
                yield read(source.read(), file.as_posix(), *known)
                return
            for number, line in enumerate(source, 1):
                if line.strip():
                    yield read(line.rstrip(b"\r\n"), f"{file.as_posix()}:{number}", *known)
    except (OSError, EOFError) as error:  # gzip says EOFError where a file ends too early
        raise ReadError(f"{shown(file.as_posix())}: {getattr(error, 'strerror', None) or error}") from None


def _opened(file: Path) -> BinaryIO:
    if file.name.endswith(_PACKED):
        return gzip.open(file, "rb")  # type: ignore[return-value]
    return file.open("rb")
