"""Bytes of CSV and TSV -> rows and fields as places in the bytes, so that what is not changed stays as it is.

A quote that opens a field counts only where another closes it just before a separator or the end of a row;
otherwise it is a character like others, so that a lost quote costs its row and not the rest of the file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from cleaner.packing import Stream

LONGEST = 16 << 20
"""Bytes of a row; what is longer is cut there."""
_CHUNK = 1 << 20
_SEPARATORS = b",;\t|"
_LINE_END = re.compile(rb"\r?\n|\r?\Z")


class Dialect:
    """How a file separates its fields."""

    def __init__(self, separator: bytes) -> None:
        """Take the separator, one byte."""
        mark = re.escape(separator)
        quoted = rb'"(?:[^"]++|"")*+"(?=%s|\r?\n|\r?\Z)' % mark
        plain = rb"[^%s\r\n]*+(?:\r(?!\n)[^%s\r\n]*+)*+" % (mark, mark)
        self.separator = separator
        self._field = re.compile(rb"%s|%s" % (quoted, plain))
        sound, any_field = rb"(?:%s|(?!\")%s)" % (quoted, plain), rb"(?:%s|%s)" % (quoted, plain)
        self._sound = re.compile(rb"%s(?:%s%s)*+(?=\r?\n|\r?\Z)" % (sound, mark, sound))
        self._row = re.compile(rb"%s(?:%s%s)*+" % (any_field, mark, any_field))

    def row_end(self, data: bytes, at: int) -> tuple[int, bool]:
        """Find where a row ends, and tell whether all its quotes are closed."""
        found = self._sound.match(data, at)
        if found:
            return found.end(), True
        found = self._row.match(data, at)
        return found.end() if found else at, False

    def fields(self, row: bytes) -> list[tuple[int, int]]:
        """Find the fields of a row as byte offsets."""
        places = []
        at = 0
        while found := self._field.match(row, at):
            places.append(found.span())
            at = found.end() + 1
            if at > len(row) or row[at - 1 : at] != self.separator:
                break
        return places

    def quote(self, text: str, *, always: bool = False) -> bytes:
        """Write a field; ``always``: in quotes even where it needs none."""
        data = text.encode("utf-8")
        if always or self.separator in data or any(mark in data for mark in (b'"', b"\n", b"\r")):
            return b'"' + data.replace(b'"', b'""') + b'"'
        return data


def value(field: bytes) -> str:
    """Read a field; a ValueError says that it is not UTF-8."""
    if len(field) > 1 and field[:1] == field[-1:] == b'"':
        field = field[1:-1].replace(b'""', b'"')
    try:
        return field.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"it is not UTF-8: byte 0x{field[error.start]:02x} at byte {error.start} of its field"
        ) from None


def sniff(head: bytes) -> Dialect:
    """Find the separator by the first row: the one that stands in it most often."""
    counts = {bytes([mark]): head.count(mark) for mark in _SEPARATORS}
    return Dialect(max(counts, key=lambda mark: counts[mark]))


def head_names(head: bytes) -> list[str]:
    """Read the names in a first row."""
    head = head.removeprefix(codecs.BOM_UTF8)
    return [value(head[start:end]) for start, end in sniff(head).fields(head)]


def rows(file: Stream, dialect: Dialect | None = None) -> Iterator[tuple[bytes, bytes]]:
    """Give the rows of a file, each with the line end behind it."""
    held, at, more = b"", 0, True
    while more or at < len(held):
        data = file.read(_CHUNK) if more else b""
        more = bool(data)
        held, at = held[at:] + data, 0
        if dialect is None and more and b"\n" not in held:
            continue
        dialect = dialect or sniff(held.split(b"\n", 1)[0])
        while at < len(held):
            end, sound = dialect.row_end(held, at)
            # what is not read yet may go on with the row, or close a quote
            if more and (not sound or end + 2 > len(held)) and len(held) - at < LONGEST:
                break
            stop = _LINE_END.match(held, end)
            tail = max(stop.end() if stop else end, at + 1)
            yield held[at:end], held[end:tail]
            at = tail
