"""Lines of JSON -> one JSON array: a new one, or the one that was read with other texts in it."""

from __future__ import annotations

from typing import Any

from cleaner.columns import Columns
from cleaner.jsonarray import records
from cleaner.jsonline import dump, members, text_place
from cleaner.packing import Stream
from cleaner.writers import rows as lines


class New:
    """An array of the lines."""

    def __init__(self) -> None:
        """Begin."""
        self._before = b"[\n"

    def write(self, data: bytes) -> bytes:
        """Give the records of some lines."""
        parts = []
        for line, _ in lines.rows(data):
            parts += [self._before, line]
            self._before = b",\n"
        return b"".join(parts)

    def close(self) -> bytes:
        """Give the end."""
        return b"[]\n" if self._before == b"[\n" else b"\n]\n"


class Merged:
    """The array that was read; of each record the text changes, or one is added."""

    def __init__(self, source: Stream, columns: Columns) -> None:
        """Take the file again, from its begin."""
        self._records = records(source)
        self._column = columns.text

    def write(self, data: bytes) -> bytes:
        """Give the records of some lines."""
        parts = []
        for line, row in lines.rows(data):
            before, raw = next(self._records, (b"", b""))
            if not raw:
                raise OSError(0, "the array became shorter while it was read")
            parts += [before, self._replaced(raw, line, row)]
        return b"".join(parts)

    def close(self) -> bytes:
        """Give what is behind the last record that was read."""
        return b"".join(before + raw for before, raw in self._records)

    def _replaced(self, raw: bytes, line: bytes, row: dict[str, Any]) -> bytes:
        text = row.get("text")
        if "error" in row or not isinstance(text, str):
            return raw
        literal = text_place(line)
        new = line[slice(*literal)] if literal else dump(text)
        place = text_place(raw, self._column) if self._column else None
        if place is None:
            place, new = _end(raw), b',"text":' + new
        return raw[: place[0]] + new + raw[place[1] :]


def _end(raw: bytes) -> tuple[int, int]:
    last = max(member.end for member in members(raw))
    return last, last
