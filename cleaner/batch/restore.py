"""Cleaned files and their ledger -> the files that came in; nothing in the ledger is taken on trust."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.batch.inputs import STDIN, Input
from cleaner.batch.names import STDOUT, Route
from cleaner.batch.streams import EncodedFile, encoder, lines, look
from cleaner.batch.targets import file_name, name_problem
from cleaner.batch.undo import gives_text, undo
from cleaner.batch.work import read_file
from cleaner.columns import ANY
from cleaner.errors import UsageError
from cleaner.jsonline import parse
from cleaner.ledger import Entry, Index
from cleaner.packing import bare_name, packing
from cleaner.shown import shown
from cleaner.writers import WRITERS
from cleaner.writers.files import WholeFile, make_folders
from cleaner.writers.rows import Encoder

_ANEW = "Parquet with the same schema, rows and row groups, not the same bytes"
_PACKED = "what was packed, byte for byte, but packed anew"
_UNPACKED = "what was packed, byte for byte, but not packed"
_TEXT = "the text alone: of a page, or of a document that became another kind of file"


@dataclass(slots=True)
class Restored:
    """What became of a restoration."""

    documents: int = 0
    missing: int = 0
    """Outputs that the ledger knows and that are not there."""
    failures: list[tuple[str, str]] = field(default_factory=list)
    other_bytes: Counter[str] = field(default_factory=Counter)
    """Sentences on what was given back otherwise than byte for byte, and how many files each is about."""


def restore_all(out: str, ledger: str, target: str) -> Restored:
    """Give back everything that stands in ``out`` (a folder or a file) below the folder ``target``."""
    with Index(ledger) as index:
        restorer = _Restorer(index, Path(target))
        for number, reason in index.bad:
            restorer.fail(f"{ledger}:{number}", reason)
        if os.path.isdir(out):
            _keep_apart(out, target)
            for output in index.outputs:
                restorer.give_back(Path(out), output)
        else:
            restorer.give_back_file(Path(out), _choose(index, os.path.basename(out)))
    return restorer.restored


def _keep_apart(out: str, target: str) -> None:
    here, there = os.path.realpath(out), os.path.realpath(target)
    if os.path.commonpath([here, there]) in (here, there):
        raise UsageError(f"{shown(target)} and {shown(out)} lie in each other; choose another folder with -o")


def _choose(index: Index, name: str) -> str:
    """Find the output that a single file is."""
    outputs = index.outputs
    for candidate in (name, STDOUT):
        if candidate in outputs:
            return candidate
    if len(outputs) == 1:
        return outputs[0]
    known = shown(", ".join(outputs[:5])) or "none"
    raise UsageError(f"the ledger knows no output called {shown(name)}; it knows {known}")


class _Restorer:
    def __init__(self, index: Index, target: Path) -> None:
        self.restored = Restored()
        self._index = index
        self._target = target
        self._made: set[str] = set()

    def fail(self, name: str, reason: str) -> None:
        """Name what cannot be restored."""
        self.restored.failures.append((name, reason))

    def give_back(self, out: Path, output: str) -> None:
        """Restore what one file of an output folder holds."""
        problem = name_problem(output)
        if problem:
            self.fail(output, problem)
        elif not (out / output).exists():
            self.restored.missing += 1
        else:
            self.give_back_file(out / output, output)

    def give_back_file(self, path: Path, output: str) -> None:
        """Restore what one output file holds; failures are named and do not end the run."""
        newest = self._index.newest(output)
        try:
            if newest.place.to not in WRITERS:
                raise ValueError(f"there is no kind of output called {newest.place.to!r}")
            if not WRITERS[newest.place.to].lines:
                self._whole(path, output)
            elif newest.in_place:
                self._lines(path, output, newest)
            else:
                self._gathered(path, output, newest.place.to)
        except OSError as error:
            self.fail(output, error.strerror or str(error))
        except ValueError as error:
            self.fail(output, str(error))

    def _whole(self, path: Path, output: str) -> None:
        entry, data = self._undo(output, 0, read_file(os.fspath(path)))
        name = output if gives_text(entry) else bare_name(entry.place.source)
        with self._open(path.name if name in (STDIN, STDOUT) else name) as file:
            file.write(data)
            self.restored.documents += 1
        self._note_text(entry)

    def _note_text(self, entry: Entry) -> None:
        if gives_text(entry):
            self.restored.other_bytes[_TEXT] += 1
        elif packing(entry.place.source):
            self.restored.other_bytes[_UNPACKED] += 1

    def _gathered(self, path: Path, output: str, to: str) -> None:
        """Restore the texts, each in a file of its own, that another kind of file was made of."""
        item = Input(os.fspath(path), path.name, to)
        for number, raw, _ in lines(item, look(item, ANY)):
            try:
                row = parse(raw)
                entry, data = self._undo(output, row.get("id", "") if isinstance(row, dict) else "", raw)
                with self._open(_name_of(entry, path)) as file:
                    file.write(data)
                    self.restored.documents += 1
                self._note_text(entry)
            except ValueError as error:
                self.fail(f"{output}:{number}", str(error))

    def _lines(self, path: Path, output: str, newest: Entry) -> None:
        """Restore a file of many documents: all of them, or nothing."""
        name = path.name if newest.place.source == STDIN else newest.place.source
        item = Input(os.fspath(path), path.name, newest.kind)
        columns = newest.place.columns
        if columns.html and not columns.text:
            raise ValueError(
                "its texts were taken from pages and stand in a column `text` that was added; "
                "the file that came in is this one without that column"
            )
        make = encoder(Route(item, newest.kind, name, columns))
        count = 0
        with self._open(name, make() if make else None) as file:
            for number, raw, end in lines(item, columns):
                if raw and not raw.isspace():
                    try:
                        raw = self._undo(output, number, raw)[1]
                    except ValueError as error:
                        raise ValueError(f"line {number}: {error}") from None
                    count += 1
                file.write(raw + end)
        self.restored.documents += count
        if newest.kind == "parquet":
            self.restored.other_bytes[_ANEW] += 1
        elif packing(name):
            self.restored.other_bytes[_PACKED] += 1

    def _undo(self, output: str, key: str | int, data: bytes) -> tuple[Entry, bytes]:
        """Try the entries of a document, the newest first: older ones are of runs that were done again."""
        problem = "the ledger has no line for it"
        for entry in self._index.entries(output, key):
            try:
                return entry, undo(entry, data)
            except ValueError as error:
                problem = str(error)
        raise ValueError(problem)

    def _open(self, name: str, encoder: Encoder | None = None) -> WholeFile:
        problem = name_problem(name)
        if problem:
            raise ValueError(problem)
        make_folders(self._target, name, self._made)
        path = self._target / name
        return EncodedFile(path, encoder, new=True) if encoder else WholeFile(path, new=True)


def _name_of(entry: Entry, path: Path) -> str:
    """Name the file of one text that went into a file of many."""
    source = path.stem if entry.place.source == STDIN else entry.place.source
    if entry.place.line:
        return f"{source}/{file_name(entry.id)}"
    return f"{source}.txt" if gives_text(entry) or entry.place.source == STDIN else bare_name(source)
