"""Result* <-> ledger lines: the record from which every input can be rebuilt, one JSON object a document.

A line is written before its output gets its name, so that a kill leaves no output without its line. A line
without its output does no harm: `restore` believes a line only if the digest of what it rebuilds is right.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from types import TracebackType
from typing import Any, BinaryIO, Self

from cleaner import __version__
from cleaner.columns import ANY, Columns
from cleaner.errors import ReadError, UsageError
from cleaner.jsonline import dump, parse
from cleaner.model import Edit, Result
from cleaner.record import Record
from cleaner.shown import shown

_WORDS = ("source", "output", "to", "id", "kind", "encoding", "digest")
_HEAD = b'{"source":'


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document came from and where it went."""

    source: str
    """Its file, relative to the folder that was cleaned; `-` for standard input."""
    output: str
    """Its file in the output; `-` for standard output."""
    to: str
    """The writer: a key of `writers.WRITERS`."""
    line: int = 0
    """Its line in a file of JSON lines, counted from 1."""
    literal: str = ""
    """The JSON value of `text`, where it was not written in one of the two usual ways."""
    columns: Columns = ANY
    """Where the rows of a container keep what, if the output is that container with other texts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger, read and checked for types, not for truth."""

    place: Place
    id: str
    kind: str
    encoding: str
    digest: str
    """Of the bytes that came in."""
    text_digest: str
    """Of the text in UTF-8, where `restore` gives the text and not the bytes that came in."""
    page: bool
    edits: tuple[Edit, ...]
    column: str = "text"
    """The key that holds the text of a line of JSON."""

    @property
    def in_place(self) -> bool:
        """The output is the input with other texts, and not a form of the texts."""
        return bool(self.place.line) and self.kind == self.place.to


def digest(data: bytes) -> str:
    """Give the digest that a ledger holds of some bytes."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def write_line(place: Place, record: Record, result: Result, rules: str) -> bytes:
    """Write the ledger line of one document; ``rules`` is the digest of rules and options."""
    document = record.document
    row: dict[str, Any] = {
        "source": place.source,
        "output": place.output,
        "id": document.id,
        "kind": record.kind,
        "to": place.to,
        "encoding": record.encoding,
        "digest": digest(record.raw),
        "rules": rules,
        "cleaner": __version__,
    }
    if place.line:
        row["line"] = place.line
    if place.literal:
        row["literal"] = place.literal
    if place.columns != ANY:
        row["columns"] = {key: value for key, value in asdict(place.columns).items() if value}
    if record.column != "text":
        row["column"] = record.column
    if record.page or (place.line and record.kind != place.to):
        row["page"] = record.page
        row["text_digest"] = digest(document.text.encode("utf-8", "surrogatepass"))
    if result.failed:
        row["failed"] = True
    if result.notes:
        row["notes"] = result.notes
    row["edits"] = result.edits
    return dump(row) + b"\n"


def read_line(raw: bytes) -> Entry:
    """Read one line of a ledger; a ValueError says what is wrong with it."""
    row = parse(raw)
    if not isinstance(row, dict):
        raise ValueError("the line is not a JSON object")
    try:
        return _entry(row)
    except KeyError as error:
        raise ValueError(f"the key {error} is missing") from None
    except TypeError as error:
        raise ValueError(str(error)) from None


def _entry(row: dict[str, Any]) -> Entry:
    source, output, to, name, kind, encoding, known = (_typed(row[key], str, key) for key in _WORDS)
    place = Place(
        source,
        output,
        to,
        line=_typed(row.get("line", 0), int, "line"),
        literal=_typed(row.get("literal", ""), str, "literal"),
        columns=Columns(**_typed(row.get("columns", {}), dict, "columns")),
    )
    return Entry(
        place,
        name,
        kind,
        encoding,
        known,
        text_digest=_typed(row.get("text_digest", ""), str, "text_digest"),
        page=_typed(row.get("page", False), bool, "page"),
        edits=tuple(_edit(edit) for edit in _typed(row["edits"], list, "edits")),
        column=_typed(row.get("column", "text"), str, "column"),
    )


def _edit(row: dict[str, Any]) -> Edit:
    start, end = (_typed(row[key], int, key) for key in ("start", "end"))
    old, new, rule, label = (_typed(row[key], str, key) for key in ("old", "new", "rule", "label"))
    return Edit(start, end, old, new, rule, label)


def _typed(value: Any, kind: type, key: str) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"`{key}` is not {kind.__name__}")
    return value


class Ledger:
    """A ledger that is open for more lines; each is handed to the system before `append` returns."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open or make the file; a line that a kill cut off at its end is taken away."""
        self.path = os.fspath(path)
        if os.path.exists(path) and not os.path.isfile(path):
            raise UsageError(f"{shown(self.path)} is not a file; name a file for the ledger")
        self._file: BinaryIO = open(path, "a+b", buffering=0)  # noqa: SIM115
        try:
            _mend(self._file, self.path)
        except UsageError:
            self._file.close()
            raise

    def append(self, lines: bytes) -> None:
        """Add whole lines."""
        view = memoryview(lines)
        while view:
            view = view[self._file.write(view) or 0 :]

    def __enter__(self) -> Self:
        """Give the ledger itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Force everything to the disk."""
        os.fsync(self._file.fileno())
        self._file.close()


def _mend(file: BinaryIO, path: str) -> None:
    size = file.seek(0, os.SEEK_END)
    if not size:
        return
    file.seek(0)
    if not _HEAD.startswith(file.read(len(_HEAD))):
        raise UsageError(f"{shown(path)} is not a ledger; give the ledger a file of its own")
    file.truncate(_end_of_lines(file, size))
    file.seek(0, os.SEEK_END)


def _end_of_lines(file: BinaryIO, size: int) -> int:
    step = 1 << 16
    for start in range(size - step, -step, -step):
        at = max(start, 0)
        file.seek(at)
        found = file.read(start + step - at).rfind(b"\n")
        if found >= 0:
            return at + found + 1
    return 0


class Index:
    """A ledger to look things up in: which outputs it knows, and the lines of each of their documents."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Read the ledger once; lines that cannot be read go to `bad`, with their numbers."""
        self.bad: list[tuple[int, str]] = []
        self._places: dict[str, dict[str | int, list[int]]] = {}
        self._newest: dict[str, Entry] = {}
        try:
            self._file: BinaryIO = open(path, "rb")  # noqa: SIM115
        except OSError as error:
            raise ReadError(f"the ledger {shown(os.fspath(path))}: {error.strerror}") from None
        at = 0
        for number, raw in enumerate(self._file, 1):
            try:
                self._add(at, read_line(raw))
            except ValueError as error:
                self.bad.append((number, str(error)))
            at += len(raw)

    def _add(self, at: int, entry: Entry) -> None:
        output = entry.place.output
        self._places.setdefault(output, {}).setdefault(_key(entry), []).append(at)
        self._newest[output] = replace(entry, edits=())

    @property
    def outputs(self) -> list[str]:
        """Give the outputs in the order in which they were first written."""
        return list(self._places)

    def newest(self, output: str) -> Entry:
        """Give what was last written of an output, without its edits."""
        return self._newest[output]

    def entries(self, output: str, key: str | int) -> Iterator[Entry]:
        """Read the lines of one document, the newest first; ``key`` is its line, its id or 0."""
        for at in reversed(self._places.get(output, {}).get(key, ())):
            self._file.seek(at)
            yield read_line(self._file.readline())

    def __enter__(self) -> Self:
        """Give the index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()


def _key(entry: Entry) -> str | int:
    """Give what tells the documents of one output apart: the line, the id, or nothing."""
    if entry.place.to == "text":
        return 0
    return entry.place.line if entry.in_place else entry.id
