"""Bytes -> Record: one module a kind of input, and the table that names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from cleaner.columns import ANY, Columns
from cleaner.packing import PACKINGS, Stream
from cleaner.readers import html, jsonl, text
from cleaner.readers.rows import RowReader
from cleaner.record import Record


class Read(Protocol):
    """Read the bytes of one document; ``url`` and ``lang`` stand in for what they do not say."""

    def __call__(
        self, raw: bytes, name: str, url: str | None = None, lang: str | None = None, columns: Columns = ANY
    ) -> Record:
        """Give the record; never raise. ``columns``: where lines of JSON keep what, if a person said it."""


class Container(Protocol):
    """A module that reads files of many documents which are no lines."""

    def names(self, file: Stream) -> list[str]:
        """Read the names of the columns; there are none where the format decides what is what."""

    def lines(self, file: Stream, columns: Columns) -> Iterator[bytes]:
        """Give a line of JSON for each document, as `rows.line` makes it; an empty one is left out."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of input."""

    read: Read
    suffixes: tuple[str, ...]
    about: str
    to: str
    """The writer that takes its documents when nobody says otherwise."""
    many: bool = False
    """A file may hold many documents."""
    module: str = ""
    """The module that turns a file into lines; empty: a file is one document, or has lines already."""
    seeks: bool = False
    """It reads the file itself, in any order, packed or not."""

    @property
    def container(self) -> Container:
        """Load the module."""
        loaded: Container = import_module(f"cleaner.readers.{self.module}")
        return loaded


def _container(kind: str, module: str, about: str, *suffixes: str) -> Reader:
    to = "jsonl" if kind == "warc" else kind
    return Reader(RowReader(kind), suffixes, about, to, True, module, kind in ("parquet", "warc"))


READERS: dict[str, Reader] = {
    "text": Reader(text.read, (".txt", ".text"), "plain text, one article a file", "text"),
    "html": Reader(html.read, (".html", ".htm", ".xhtml"), "a saved page", "text"),
    "jsonl": Reader(jsonl.read, (".jsonl", ".ndjson"), "JSON lines, one article a line", "jsonl", True),
    "json": _container("json", "array", "a JSON array of articles, or one", ".json"),
    "csv": _container("csv", "table", "comma-separated values, one article a row", ".csv"),
    "tsv": _container("tsv", "table", "the same with tabs", ".tsv", ".tab"),
    "parquet": _container("parquet", "parquet", "Parquet, one article a row", ".parquet", ".pq"),
    "warc": _container("warc", "warc", "pages and texts of a web archive", ".warc", ".wet"),
}
"""Every kind of input, by the name that `--from` takes."""

SUFFIXES: dict[str, str] = {suffix: kind for kind, reader in READERS.items() for suffix in reader.suffixes}
"""Kinds by the suffix of a name, without that of a packing (`packing.PACKINGS`)."""

__all__ = ["PACKINGS", "READERS", "SUFFIXES", "Read", "Reader"]
