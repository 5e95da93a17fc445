"""Record and its cleaned text -> bytes -> files: one module a kind, and the table that names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cleaner.record import Record
from cleaner.writers import jsonl, text


@dataclass(frozen=True, slots=True)
class Writer:
    """One kind of output."""

    write: Callable[[Record, str], bytes]
    """A ValueError says why the text cannot be written."""
    suffix: str
    about: str
    lines: bool
    """Many documents stand in one file, a line each."""


WRITERS: dict[str, Writer] = {
    "text": Writer(text.write, ".txt", "plain text in UTF-8, one article a file", lines=False),
    "jsonl": Writer(jsonl.write, ".jsonl", "JSON lines, one article a line", lines=True),
}
"""Every kind of output, by the name that `--to` takes."""

__all__ = ["WRITERS", "Writer"]
