"""Done* -> files: every output whole or not at all, and its ledger lines before its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cleaner.batch.ledgered import LedgerOfRun
from cleaner.batch.notes import Notes
from cleaner.batch.parcels import Done, Piece
from cleaner.batch.partfile import PartFile
from cleaner.batch.streams import EncodedFile
from cleaner.errors import CleanerError
from cleaner.ledger import Ledger
from cleaner.report import Report
from cleaner.shown import shown
from cleaner.writers.files import WholeFile, make_folders
from cleaner.writers.rows import Encoder

Encoders = Mapping[str, Callable[[], Encoder]]

_AT_ONCE = 64
"""Files that are open at the same time."""


class OutputLost(CleanerError):
    """Nothing more can be written: standard output or the ledger took no more bytes."""


@dataclass(frozen=True, slots=True)
class Books:
    """Where a run writes down what it does."""

    ledger: Ledger | None = None
    """Of a run that is not noted."""
    notes: Notes | None = None


class Outputs:
    """The outputs of one run; what cannot be written is named in the report."""

    def __init__(
        self, root: Path | None, books: Books, report: Report, stdout: BinaryIO, encoders: Encoders
    ) -> None:
        """Take the folder of the outputs (None: standard output), and what makes encoders, by target."""
        self._root = root
        self._notes = books.notes
        self._ledger: Ledger | LedgerOfRun | None = books.notes.ledger if books.notes else books.ledger
        self._report = report
        self._stdout = stdout
        self._made: set[str] = set()
        self._target = ""
        self._encoders = encoders
        self._printed: Encoder | None = None
        """What makes of lines what goes to standard output."""
        self._stream: WholeFile | PartFile | None = None
        """The output that is being written piece by piece; None while it is lost."""

    def put(self, done: Done) -> None:
        """Write pieces, those of one output one after the other, and note them."""
        self._put(done.pieces)
        if self._notes:
            self._notes.note(done.units)

    def _put(self, pieces: list[Piece]) -> None:
        whole = [piece for piece in pieces if piece.whole and self._root is not None]
        for start in range(0, len(whole), _AT_ONCE):
            self._write(whole[start : start + _AT_ONCE])
        for piece in pieces:
            if self._root is None:
                self._print(piece)
            elif not piece.whole:
                self._continue(piece)

    def _print(self, piece: Piece) -> None:
        make = self._encoders.get(piece.target)
        self._printed = self._printed or (make() if make else None)
        self._say(self._printed.write(piece.data) if self._printed else piece.data)
        self._log(piece.ledger)

    def _say(self, data: bytes) -> None:
        try:
            self._stdout.write(data)
            self._stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputLost(f"standard output: {error.strerror}") from None

    def _write(self, pieces: list[Piece]) -> None:
        """Write files of one document each: all bytes, then all ledger lines, then all names.

        Between two writes to a file that grows, such as the ledger, forcing others to the disk costs more.
        """
        files = [(piece, file) for piece in pieces if (file := self._seal(piece))]
        try:
            at = self._log(b"".join(piece.ledger for piece, _ in files))
            for piece, file in files:
                try:
                    file.commit()
                    piece.at = at
                except OSError as error:
                    self._lose(piece.target, error)
                at += len(piece.ledger)
        finally:
            for _, file in files:
                file.abort()

    def _seal(self, piece: Piece) -> WholeFile | None:
        try:
            file = self._open(piece.target)
        except OSError as error:
            self._lose(piece.target, error)
            return None
        try:
            file.write(piece.data)
            file.seal()
        except OSError as error:
            file.abort()
            self._lose(piece.target, error)
            return None
        return file

    def _continue(self, piece: Piece) -> None:
        try:
            if piece.target != self._target:
                self.finish()
                self._target = piece.target
                self._stream = self._begin(piece.target)
            if self._stream is not None:
                piece.offset = self._stream.at
                self._stream.write(piece.data)
                piece.at = self._log(piece.ledger)
        except OSError as error:
            self._lose(piece.target, error)
            self.abort()

    def _begin(self, target: str) -> WholeFile | PartFile:
        make = self._encoders.get(target)
        if self._notes and make is None:
            return self._notes.part(target)
        return self._open(target, make() if make else None)

    def _open(self, target: str, encoder: Encoder | None = None) -> WholeFile:
        assert self._root is not None
        make_folders(self._root, target, self._made)
        path = self._root / target
        return EncodedFile(path, encoder) if encoder else WholeFile(path)

    def finish(self) -> None:
        """Give the output that was written piece by piece its name."""
        if self._printed:
            rest, self._printed = self._printed.close(), None
            self._say(rest)
        if self._stream is None:
            return
        try:
            if isinstance(self._stream, WholeFile):
                self._stream.seal()
                self._stream.commit()
            elif self._notes:
                self._notes.name(self._target, self._stream)
            if self._notes:
                self._notes.finish(self._target)
        except OSError as error:
            self._lose(self._target, error)
        self.abort()

    def drop(self, target: str, source: str) -> None:
        """Write no more of an output that can not be finished, and leave nothing of it."""
        if target != self._target:
            self.finish()
            self._target = target
        self.abort()
        if self._notes:
            self._notes.forget(target, source)

    def abort(self) -> None:
        """Leave nothing of an output that is not finished, except for a run that goes on with it."""
        if self._stream is not None:
            self._stream.abort()
            self._stream = None

    def _lose(self, target: str, error: OSError) -> None:
        self._report.fail(target, f"not written: {error.strerror or error}", counted=True)

    def _log(self, lines: bytes) -> int:
        """Add ledger lines; give the place where they begin, in a run that is noted."""
        if self._ledger is None:
            return 0
        try:
            return self._ledger.append(lines) or 0
        except OSError as error:
            raise OutputLost(f"the ledger {shown(self._ledger.path)}: {error.strerror}") from None
