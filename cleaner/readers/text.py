"""Bytes of a text file -> Record: byte order marks first, then strict UTF-8, else as they are."""

from __future__ import annotations

import codecs

from cleaner.columns import ANY, Columns
from cleaner.model import Document
from cleaner.record import Record

# Longest first: the mark of UTF-32 begins with that of UTF-16.
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and the codec of what follows."""


def decode(raw: bytes) -> tuple[str, str]:
    """Decode ``raw`` and name the encoding (``utf-16-le+mark``); a ValueError says why it cannot be."""
    for mark, codec in MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(codec), f"{codec}+mark"
            except UnicodeDecodeError:
                continue
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        byte = raw[error.start]
        raise ValueError(
            f"it is not UTF-8: byte 0x{byte:02x} at offset {error.start}; save it as UTF-8 and run again"
        ) from None


def encode(text: str, encoding: str) -> bytes:
    """Give back the very bytes that `decode` read; a ValueError says why that cannot be."""
    if encoding == "utf-8":
        return text.encode("utf-8")
    for mark, codec in MARKS:
        if encoding == f"{codec}+mark":
            return mark + text.encode(codec)
    raise ValueError(f"there is no encoding called {encoding!r}")


def read(
    raw: bytes, name: str, url: str | None = None, lang: str | None = None, columns: Columns = ANY
) -> Record:
    """Read one text file."""
    try:
        text, encoding = decode(raw)
    except ValueError as error:
        return Record(raw, "text", Document("", id=name), encoding="", error=str(error))
    return Record(raw, "text", Document(text, id=name, url=url, lang=lang), encoding=encoding)
