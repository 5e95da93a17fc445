"""Lines of JSON -> CSV and TSV: a new table, or the one that was read with other texts in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.columns import Columns
from cleaner.csvline import Dialect, head_names, rows, sniff, value
from cleaner.packing import Stream
from cleaner.writers import rows as lines


class New:
    """A table of `rows.FIELDS`."""

    def __init__(self, separator: bytes = b",") -> None:
        """Take the separator."""
        self._dialect = Dialect(separator)
        self._begun = False

    def write(self, data: bytes) -> bytes:
        """Give the rows of some lines."""
        parts = [] if self._begun else [self._row(lines.FIELDS)]
        self._begun = True
        parts += [self._row(row.get(name) or "" for name in lines.FIELDS) for _, row in lines.rows(data)]
        return b"".join(parts)

    def close(self) -> bytes:
        """Give the head of a table without rows."""
        return self.write(b"")

    def _row(self, fields: Any) -> bytes:
        return self._dialect.separator.join(map(self._dialect.quote, fields)) + b"\r\n"


class Merged:
    """The table that was read; of each row the text changes; a table without texts gets a column of them."""

    def __init__(self, source: Stream, columns: Columns) -> None:
        """Take the table again, from its begin."""
        self._rows = rows(source)
        self._column = columns.text
        self._index = -1
        self._dialect: Dialect | None = None

    def write(self, data: bytes) -> bytes:
        """Give the rows of some lines."""
        return b"".join(part for _, row in lines.rows(data) for part in self._next(row))

    def close(self) -> bytes:
        """Give what is behind the last row that was read."""
        return b"".join(part for row, end in self._rows for part in self._head(row, end))

    def _next(self, row: dict[str, Any]) -> Iterator[bytes]:
        for raw, end in self._rows:
            if self._dialect is None or not raw.strip():
                yield from self._head(raw, end)
                continue
            yield self._replaced(raw, row)
            yield end
            return
        raise OSError(0, "the table became shorter while it was read")

    def _head(self, raw: bytes, end: bytes) -> Iterator[bytes]:
        """Give what is no row, and read the first row that names the columns."""
        added = b""
        if raw.strip() and self._dialect is None:
            self._dialect = sniff(raw)
            if self._column:
                self._index = head_names(raw).index(self._column)
            else:
                added = self._dialect.separator + b"text"
        yield raw + added
        yield end

    def _replaced(self, raw: bytes, row: dict[str, Any]) -> bytes:
        assert self._dialect is not None
        text = row.get("text")
        if self._index < 0:
            return raw + self._dialect.separator + self._dialect.quote(text or "")
        if "error" in row or not isinstance(text, str):
            return raw
        start, stop = self._dialect.fields(raw)[self._index]
        if value(raw[start:stop]) == text:
            return raw
        quoted = raw[start : start + 1] == b'"'
        return raw[:start] + self._dialect.quote(text, always=quoted) + raw[stop:]
