"""Record and its cleaned text -> bytes -> files: one module a kind, and the table that names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from cleaner.columns import Columns
from cleaner.packing import Stream
from cleaner.record import Record
from cleaner.writers import jsonl, text
from cleaner.writers.rows import Encoder


@dataclass(frozen=True, slots=True)
class Writer:
    """One kind of output."""

    write: Callable[[Record, str], bytes]
    """Give a file of one document, or a line of JSON; a ValueError says why the text cannot be written."""
    suffix: str
    about: str
    lines: bool
    """Many documents stand in one file."""
    module: str = ""
    """The module that makes such a file of lines of JSON; empty: they stand in it as they are."""

    def new(self) -> Encoder:
        """Begin a new file."""
        make: Callable[..., Encoder] = import_module(f"cleaner.writers.{self.module}").New
        return make(b"\t") if self.suffix == ".tsv" else make()

    def merged(self, source: Stream, columns: Columns) -> Encoder:
        """Begin a file that is another of this kind with other texts."""
        encoder: Encoder = import_module(f"cleaner.writers.{self.module}").Merged(source, columns)
        return encoder


def _container(kind: str, about: str, module: str) -> Writer:
    return Writer(partial(jsonl.write, kind=kind), f".{kind}", about, lines=True, module=module)


WRITERS: dict[str, Writer] = {
    "text": Writer(text.write, ".txt", "plain text in UTF-8, one article a file", lines=False),
    "jsonl": Writer(jsonl.write, ".jsonl", "JSON lines, one article a line", lines=True),
    "json": _container("json", "a JSON array of articles", "array"),
    "csv": _container("csv", "comma-separated values, one article a row", "table"),
    "tsv": _container("tsv", "the same with tabs", "table"),
    "parquet": _container("parquet", "Parquet, one article a row", "parquet"),
}
"""Every kind of output, by the name that `--to` takes."""

__all__ = ["WRITERS", "Writer"]
