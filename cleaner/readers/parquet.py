"""Parquet -> lines of JSON, one a row; only the columns that are needed are read, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

from cleaner.columns import Columns
from cleaner.errors import UsageError
from cleaner.packing import Stream
from cleaner.readers.rows import error_line, line

ROWS = 256
"""Rows that are in memory at the same time."""


def opened(file: Stream) -> Any:
    """Open a file of Parquet; a UsageError says what is missing to do so, a ValueError what is wrong."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise UsageError(
            "to read and write Parquet, install it: pip install 'news-cleaner[parquet]'"
        ) from None
    try:
        return ParquetFile(file, pre_buffer=False)
    except (ArrowException, OSError) as error:
        raise ValueError(f"it is no file of Parquet that can be read: {error}") from None


def names(file: Stream) -> list[str]:
    """Read the names of the columns."""
    return list(opened(file).schema_arrow.names)


def lines(file: Stream, columns: Columns) -> Iterator[bytes]:
    """Give the line of every row; of a damaged row group, a line that says so for each of its rows."""
    source = opened(file)
    wanted = [name for name in astuple(columns) if name]
    for group in range(source.num_row_groups):
        given = 0
        try:
            for batch in source.iter_batches(ROWS, row_groups=[group], columns=wanted, use_threads=False):
                for row in batch.to_pylist():
                    yield line(row, columns)
                    given += 1
        except Exception as error:  # whatever the library says of damaged pages
            about = f"row group {group + 1} is damaged: {error}"
            for _ in range(source.metadata.row_group(group).num_rows - given):
                yield error_line(about)
