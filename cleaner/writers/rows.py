"""Lines of JSON -> the bytes of a container, piece by piece: what writers of tables and arrays share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from cleaner.jsonline import parse

FIELDS = ("id", "url", "title", "lang", "text")
"""The columns of a new container."""


class Encoder(Protocol):
    """Takes lines of JSON, as writers give them, and gives the bytes of a file."""

    def write(self, data: bytes) -> bytes:
        """Take whole lines; the answer may be empty."""

    def close(self) -> bytes:
        """Give the rest."""


def rows(data: bytes) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Give each line, and what it says."""
    for line in data.split(b"\n"):
        if line:
            yield line, parse(line)
