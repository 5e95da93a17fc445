"""What a reader found -> what a writer needs: one document, its bytes and how it stood in them."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.model import Document


@dataclass(frozen=True, slots=True)
class Record:
    """One document as it came in; `error` says why it cannot be cleaned and goes on as it is."""

    raw: bytes
    """The bytes of the file, or of one line of JSON lines without its line feed."""
    kind: str
    """The reader: a key of `readers.READERS`."""
    document: Document
    encoding: str = "utf-8"
    """A codec that turns the text into `raw` again; empty where `raw` is not the text encoded."""
    page: bool = False
    """The text was taken out of a page."""
    error: str = ""
    column: str = "text"
    """The key that holds its text, in a line of JSON."""
