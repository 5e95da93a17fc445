"""Record and its cleaned text -> one line of JSON lines: of a line that was one, only `text` changes."""

from __future__ import annotations

from cleaner.jsonline import dump, dump_text, members, text_place
from cleaner.record import Record


def write(record: Record, text: str, kind: str = "jsonl") -> bytes:
    """Write the line without its line feed; a record of the same ``kind`` keeps all that is in its line."""
    if record.kind != kind:
        return _new_line(record, text)
    if not record.page and text == record.document.text:
        return record.raw
    place = text_place(record.raw, record.column)
    if place is None:
        return _add_text(record.raw, text)
    start, end = place
    return record.raw[:start] + dump_text(text, record.raw[start:end]) + record.raw[end:]


def _new_line(record: Record, text: str) -> bytes:
    document = record.document
    name = document.id.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    row = {"id": name, "url": document.url, "title": document.title, "lang": document.lang, "text": text}
    return dump({key: value for key, value in row.items() if value is not None})


def _add_text(raw: bytes, text: str) -> bytes:
    last = max(member.end for member in members(raw))  # there is one: the `html` that gave the text
    return raw[:last] + b',"text":' + dump(text) + raw[last:]
