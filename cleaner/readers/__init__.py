"""Bytes -> Record: one module a kind of input, and the table that names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from cleaner.readers import html, jsonl, text
from cleaner.record import Record


class Read(Protocol):
    """Read the bytes of one document; ``url`` and ``lang`` stand in for what they do not say."""

    def __call__(self, raw: bytes, name: str, url: str | None = None, lang: str | None = None) -> Record:
        """Give the record; never raise."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of input."""

    read: Read
    suffixes: tuple[str, ...]
    about: str
    to: str
    """The writer that takes its documents when nobody says otherwise."""


READERS: dict[str, Reader] = {
    "text": Reader(text.read, (".txt", ".text"), "plain text, one article a file", "text"),
    "html": Reader(html.read, (".html", ".htm", ".xhtml"), "a saved page", "text"),
    "jsonl": Reader(jsonl.read, (".jsonl", ".ndjson"), "JSON lines, one article a line", "jsonl"),
}
"""Every kind of input, by the name that `--from` takes."""

SUFFIXES: dict[str, str] = {suffix: kind for kind, reader in READERS.items() for suffix in reader.suffixes}

__all__ = ["READERS", "SUFFIXES", "Read", "Reader"]
