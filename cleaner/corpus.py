"""Path -> Record*: the articles of a file or folder of any kind, packed or not.

Pages are opened without css rules, unless the caller has a cleaner that knows some.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from cleaner.batch.inputs import Input
from cleaner.batch.streams import lines, look
from cleaner.columns import ANY
from cleaner.errors import ReadError, UsageError
from cleaner.model import Document
from cleaner.packing import bare_name, unpack
from cleaner.page import Opener
from cleaner.readers import READERS, SUFFIXES
from cleaner.record import Record
from cleaner.shown import shown

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
    return SUFFIXES.get(Path(bare_name(file.name)).suffix.lower(), "")


def _of_file(file: Path, kind: str, known: tuple[str | None, str | None]) -> Iterator[Record]:
    read, name = READERS[kind].read, file.as_posix()
    item = Input(str(file), name, kind)
    try:
        if not READERS[kind].many:
            raw = file.read_bytes()
            yield read(unpack(raw, item.packing) if item.packing else raw, name, *known)
            return
        columns = look(item, ANY) if READERS[kind].module else ANY
        for number, line, _ in lines(item, columns, strict=True):
            if line.strip():
                yield read(line.rstrip(b"\r"), f"{name}:{number}", *known)
    except (OSError, ValueError) as error:
        raise ReadError(f"{shown(name)}: {getattr(error, 'strerror', None) or error}") from None
