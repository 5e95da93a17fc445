"""Cleaned bytes and a ledger entry -> the bytes that came in, believed only if their digest is right."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from cleaner.jsonline import members, parse, text_place, usual_literals
from cleaner.ledger import Entry, digest
from cleaner.model import restore
from cleaner.readers import text
from cleaner.writers import WRITERS


def undo(entry: Entry, data: bytes) -> bytes:
    """Rebuild one document; a ValueError says why it cannot be."""
    wanted = entry.text_digest if gives_text(entry) else entry.digest
    for candidate in _candidates(entry, data):
        if digest(candidate) == wanted:
            return candidate
    raise ValueError(
        "what the ledger rebuilds is not what came in; the output or the ledger was changed since"
    )


def gives_text(entry: Entry) -> bool:
    """Tell whether the text is all that can be given back: of a page, or of a line that became a file."""
    return bool(entry.text_digest) and not entry.in_place


def _candidates(entry: Entry, data: bytes) -> Iterator[bytes]:
    yield data  # nothing was changed, or it passed through whole
    if not WRITERS[entry.place.to].lines:
        yield _encode(entry, restore(data.decode("utf-8"), entry.edits))
        return
    row = parse(data.removeprefix(codecs.BOM_UTF8))
    found = row.get(entry.column) if isinstance(row, dict) else None
    if not isinstance(found, str):
        raise ValueError(f"the line has no `{entry.column}`")
    original = restore(found, entry.edits)
    if entry.in_place:
        yield from _lines(entry, data, original)
    else:
        yield _encode(entry, original)


def _encode(entry: Entry, original: str) -> bytes:
    return original.encode("utf-8") if gives_text(entry) else text.encode(original, entry.encoding)


def _lines(entry: Entry, data: bytes, original: str) -> Iterator[bytes]:
    span = text_place(data, entry.column)
    if span is None:
        return
    start, end = span
    if entry.place.literal:
        yield data[:start] + entry.place.literal.encode("utf-8") + data[end:]
    elif entry.page:
        before = [member.end for member in members(data) if member.end < start]
        yield data[: max(before)] + data[end:] if before else data
    else:
        for literal in usual_literals(original):
            yield data[:start] + literal + data[end:]
