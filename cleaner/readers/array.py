"""JSON -> lines of JSON: one record of an array a line, or the one object that the file is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.columns import Columns
from cleaner.jsonarray import records
from cleaner.jsonline import keys_repeat, parse, text_place
from cleaner.packing import Stream
from cleaner.readers.rows import error_line, line


def names(file: Stream) -> list[str]:
    """Read the keys of the first record that is an object."""
    for _, raw in records(file):
        row = _row(raw)
        if isinstance(row, dict):
            return list(row)
    return []


def _row(raw: bytes) -> Any:
    try:
        return parse(raw)
    except ValueError as error:
        return error


def lines(file: Stream, columns: Columns) -> Iterator[bytes]:
    """Give the line of every record."""
    for _, raw in records(file):
        if raw:
            yield _line(raw, columns)


def _line(raw: bytes, columns: Columns) -> bytes:
    row = _row(raw)
    if not isinstance(row, dict):
        what = str(row) if isinstance(row, ValueError) else "the record is not a JSON object"
        return error_line(what.replace("the line is", "the record is"))
    if keys_repeat(raw, row):
        return error_line("a key stands twice in the record")
    place = text_place(raw, columns.text) if isinstance(row.get(columns.text), str) else None
    return line(row, columns, raw[slice(*place)] if place else b"")
