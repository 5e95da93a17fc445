"""Task, Done: what goes to the processes of a batch and comes back from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from cleaner.batch.names import Route
from cleaner.columns import ANY, Columns
from cleaner.model import Document, Result
from cleaner.report import Report


class Cleans(Protocol):
    """What a batch asks of a cleaner (`pipeline.Cleaner` is one)."""

    @property
    def digest(self) -> str:
        """Name the rules and options."""

    def open(self, document: Document) -> Document:
        """Give the document with the article of its page as its text."""

    def clean_document(self, document: Document) -> Result:
        """Clean one document."""

    def clean_documents(self, documents: Iterable[Document]) -> Iterator[Result]:
        """Clean many documents, in order, each as it is alone."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What every part of a batch is cleaned with; goes to other processes."""

    make: Callable[[bool], Cleans]
    """Give the cleaner, with or without `final_newline`; called often, so it should remember."""
    url: str | None = None
    lang: str | None = None
    ledger: bool = False
    columns: Columns = ANY
    """Where JSON lines keep what, as far as a person said it."""
    noted: bool = False
    """What is done will be noted, so that another run need not do it again."""


@dataclass(frozen=True, slots=True)
class Files:
    """Some whole files, each one document."""

    routes: tuple[Route, ...]
    size: int
    data: bytes | None = None
    """What standard input gave, where that is the file."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of JSON lines: a range of bytes of a file, or the bytes themselves."""

    route: Route
    first: int
    """The number of the first line, from 1."""
    start: int
    end: int
    data: bytes | None = None
    trouble: str = ""
    """Why the file could not be read from here on."""

    @property
    def size(self) -> int:
        """Give the number of bytes."""
        return self.end - self.start


Task = Files | Lines


@dataclass(slots=True)
class Piece:
    """Bytes for one output, and the ledger lines of the documents in them."""

    target: str
    data: bytes
    ledger: bytes
    whole: bool
    """The bytes are the whole file; otherwise they go on where the piece before ended."""
    digest: str = ""
    """Of the data, in a run that is noted."""
    at: int = -1
    """Where its ledger lines begin, once the piece is written; -1: it is not."""
    offset: int = 0
    """Where its data begins in an output of many pieces."""


@dataclass(slots=True)
class Unit:
    """What a noted run does or skips as one: a file of one document, or a shard of a file of many."""

    route: Route
    first: int
    lines: int
    start: int
    end: int
    digest: str
    """Of the bytes that came in."""
    report: Report
    pieces: list[Piece]
    ledger: str = ""
    """Digest of its ledger lines."""
    last: bool = False
    """Nothing of its input follows, as far as only a stream can tell."""


@dataclass(slots=True)
class Done:
    """What became of a task."""

    size: int
    pieces: list[Piece] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    units: list[Unit] = field(default_factory=list)
    """In a run that is noted: which pieces belong together, in the same order."""
    broken: tuple[str, str, str] | None = None
    """An input, its output and why that cannot be finished."""

    def extend(self, other: Done) -> None:
        """Add what became of the task that follows."""
        self.size += other.size
        self.pieces += other.pieces
        self.units += other.units
        self.report.merge(other.report)
        self.broken = self.broken or other.broken
