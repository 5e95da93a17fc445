"""WARC and WET -> lines of JSON: a page or a text for each record that answers a request or was converted.

Other records, and answers that are no pages, are left. A damaged record ends nothing but itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from cleaner.charsets import decode_page
from cleaner.columns import Columns
from cleaner.errors import UsageError
from cleaner.jsonline import dump
from cleaner.readers.rows import error_line

LONGEST = 64 << 20
"""Bytes of a record; longer ones are named and left."""
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
_START = re.compile(rb"\x1f\x8b\x08|WARC/1\.")
_CHUNK = 1 << 20


def _library() -> Any:
    try:
        from fastwarc import warc
    except ImportError:
        raise UsageError("to read WARC, install it: pip install 'news-cleaner[warc]'") from None
    return warc


def names(file: BinaryIO) -> list[str]:
    """Give no names: the format decides what is what."""
    _library()
    return []


def lines(file: BinaryIO, columns: Columns) -> Iterator[bytes]:
    """Give the line of every page and text; a damaged record gives one that says so, others none."""
    warc = _library()
    kinds = warc.WarcRecordType.response | warc.WarcRecordType.conversion
    at, told = 0, False
    while at >= 0:
        file.seek(at)
        archive = warc.ArchiveIterator(file, record_types=kinds, parse_http=False)
        try:
            for record in archive:
                at, told = max(at, record.stream_pos), False
                yield _line(record, warc)
            return
        except OSError as error:
            at = _next_start(file, at + 1)
            if not told:
                yield error_line(f"a record is damaged: {error}")
            told = True


def _next_start(file: BinaryIO, at: int) -> int:
    """Find where the next record may begin; -1: nowhere."""
    while True:
        file.seek(at)
        data = file.read(_CHUNK)
        found = _START.search(data)
        if found:
            return at + found.start()
        if len(data) < _CHUNK:
            return -1
        at += len(data) - 8


def _line(record: Any, warc: Any) -> bytes:
    headers = record.headers
    name = headers.get("WARC-Record-ID", "").strip("<>")
    if record.content_length > LONGEST:
        return error_line(f"the record is longer than {LONGEST >> 20} MB", name)
    block = record.reader.read()
    if str(len(block)) != headers.get("Content-Length", "").strip():
        return error_line("the record ends too early", name)
    known = {"id": name, "url": headers.get("WARC-Target-URI", "").strip("<>")}
    if record.record_type == warc.WarcRecordType.conversion:
        return dump(known | _text(block)) + b"\n"
    return _answer(block, known, warc)


def _text(block: bytes) -> dict[str, str]:
    decoded = decode_page(block)
    return {"encoding": str(decoded), "text": decoded.text}


def _answer(block: bytes, known: dict[str, str], warc: Any) -> bytes:
    record = warc.WarcRecord()
    record.set_bytes_content(block)
    record.is_http = True
    try:
        record.parse_http(auto_decode="all")
        body = record.reader.read(LONGEST + 1)
    except OSError as error:
        return error_line(f"the answer cannot be read: {error}", known["id"])
    if len(body) > LONGEST:
        return error_line(f"the answer is longer than {LONGEST >> 20} MB", known["id"])
    kind, status = (record.http_content_type or "").lower(), record.http_headers.status_code
    if kind not in _PAGES or status not in (200, None):
        return b""
    if kind == "text/plain":
        return dump(known | _text(body)) + b"\n"
    decoded = decode_page(body, record.http_charset)
    return dump(known | {"encoding": str(decoded), "html": decoded.text}) + b"\n"
