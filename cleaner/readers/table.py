"""CSV and TSV -> lines of JSON, one a row; the first row names the columns."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.columns import Columns
from cleaner.csvline import Dialect, head_names, rows, sniff, value
from cleaner.packing import Stream
from cleaner.readers.rows import error_line, line


def names(file: Stream) -> list[str]:
    """Read the names of the columns."""
    for head, _ in rows(file):
        if head.strip():
            return head_names(head)
    return []


def lines(file: Stream, columns: Columns) -> Iterator[bytes]:
    """Give the line of every row."""
    heads: list[str] = []
    dialect: Dialect | None = None
    for row, _ in rows(file):
        if not row.strip():
            continue
        if dialect is None:
            heads, dialect = head_names(row), sniff(row)
            continue
        places = dialect.fields(row)
        if len(places) != len(heads):
            yield error_line(f"the row has {len(places):,} fields, and the first row {len(heads):,}")
            continue
        try:
            fields = {name: value(row[start:end]) for name, (start, end) in zip(heads, places, strict=True)}
        except ValueError as error:
            yield error_line(str(error))
            continue
        if not fields.get(columns.text) and fields.get(columns.html):
            fields.pop(columns.text, None)
        yield line(fields, columns)
