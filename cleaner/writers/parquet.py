"""Lines of JSON -> Parquet: a new file, or the one that was read with other texts in it.

Schema, metadata, packing and row groups stay; a row group of more than 96 MB is divided.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from cleaner.columns import Columns
from cleaner.errors import UsageError
from cleaner.packing import Stream
from cleaner.writers import rows as lines

_ROWS = 256
_NEW_GROUP = 10_000
_MOST = 96 << 20


def _library() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError(
            "to read and write Parquet, install it: pip install 'news-cleaner[parquet]'"
        ) from None
    return pyarrow


class _File(io.BytesIO):
    """What the library writes, to be taken away piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self._gone = 0

    def tell(self) -> int:
        """Give the place in the whole file."""
        return self._gone + super().tell()

    def take(self) -> bytes:
        """Take what is there."""
        data = self.getvalue()
        self._gone += len(data)
        self.seek(0)
        self.truncate()
        return data


class _Writing:
    """A file of Parquet in the making."""

    def __init__(self, schema: Any, compression: Any) -> None:
        self._arrow = _library()
        self._file = _File()
        sink = self._arrow.PythonFile(self._file, mode="w")
        self._writer = self._arrow.parquet.ParquetWriter(sink, schema, compression=compression)
        self._schema = schema
        self._batches: list[Any] = []

    def add(self, batch: Any) -> bytes:
        """Add rows to the row group; give what can be written."""
        self._batches.append(batch)
        return self.end_group() if sum(held.nbytes for held in self._batches) > _MOST else b""

    def end_group(self) -> bytes:
        """End the row group, if it has any rows."""
        table = self._arrow.Table.from_batches(self._batches, self._schema)
        self._batches = []
        if table.num_rows:
            self._writer.write_table(table, row_group_size=table.num_rows)
        return self._file.take()

    def close(self) -> bytes:
        """Give the rest."""
        parts = self.end_group()
        self._writer.close()
        return parts + self._file.take()


class New:
    """A file of `rows.FIELDS`, all of them text."""

    def __init__(self) -> None:
        """Begin."""
        arrow = _library()
        self._arrow = arrow
        self._schema = arrow.schema([(name, arrow.string()) for name in lines.FIELDS])
        self._out = _Writing(self._schema, "zstd")
        self._rows = 0

    def write(self, data: bytes) -> bytes:
        """Give what is ready after some lines."""
        told = [{name: row.get(name) for name in lines.FIELDS} for _, row in lines.rows(data)]
        parts = []
        while told:
            some, told = told[: _NEW_GROUP - self._rows], told[_NEW_GROUP - self._rows :]
            parts.append(self._out.add(self._arrow.RecordBatch.from_pylist(some, self._schema)))
            self._rows = (self._rows + len(some)) % _NEW_GROUP
            if not self._rows:
                parts.append(self._out.end_group())
        return b"".join(parts)

    def close(self) -> bytes:
        """Give the rest."""
        return self._out.close()


class Merged:
    """The file that was read; of each row the text changes, and where there is none, a column is added."""

    def __init__(self, source: Stream, columns: Columns) -> None:
        """Take the file again."""
        self._arrow = _library()
        self._source = self._arrow.parquet.ParquetFile(source, pre_buffer=False)
        self._column = columns.text or "text"
        schema = self._source.schema_arrow
        if self._column not in schema.names:
            schema = schema.append(self._arrow.field(self._column, self._arrow.string()))
        self._schema = schema
        self._out = _Writing(schema, self._compression())
        self._batches = self._read()
        self._waiting: list[dict[str, Any]] = []
        self._batch: Any
        self._batch, self._last = next(self._batches, (None, False))

    def _compression(self) -> Any:
        facts = self._source.metadata
        if not facts.num_row_groups:
            return "snappy"
        group = facts.row_group(0)
        columns = (group.column(number) for number in range(group.num_columns))
        packed = {column.path_in_schema: column.compression.lower() for column in columns}
        return {name: {"uncompressed": "none"}.get(kind, kind) for name, kind in packed.items()}

    def _read(self) -> Iterator[tuple[Any, bool]]:
        """Give the batches, and whether a row group ends with it."""
        for group in range(self._source.num_row_groups):
            missing = self._source.metadata.row_group(group).num_rows
            for batch in self._source.iter_batches(_ROWS, row_groups=[group], use_threads=False):
                missing -= batch.num_rows
                yield batch, not missing

    def write(self, data: bytes) -> bytes:
        """Give what is ready after some lines."""
        self._waiting += [row for _, row in lines.rows(data)]
        parts = []
        while self._batch is not None and len(self._waiting) >= self._batch.num_rows:
            some = self._waiting[: self._batch.num_rows]
            del self._waiting[: self._batch.num_rows]
            parts.append(self._out.add(self._replaced(self._batch, some)))
            if self._last:
                parts.append(self._out.end_group())
            self._batch, self._last = next(self._batches, (None, False))
        return b"".join(parts)

    def close(self) -> bytes:
        """Give the rest."""
        if self._batch is not None or self._waiting:
            raise OSError(0, "the rows are not those that were read before")
        return self._out.close()

    def _replaced(self, batch: Any, rows: list[dict[str, Any]]) -> Any:
        names = batch.schema.names
        field = self._schema.field(self._column)
        old = batch.column(self._column).to_pylist() if self._column in names else [None] * len(rows)
        texts = [
            row["text"] if isinstance(row.get("text"), str) and "error" not in row else before
            for row, before in zip(rows, old, strict=True)
        ]
        new = self._arrow.array(texts, self._arrow.string()).cast(field.type)
        columns = [new if name == self._column else batch.column(name) for name in self._schema.names]
        return self._arrow.RecordBatch.from_arrays(columns, schema=self._schema)
