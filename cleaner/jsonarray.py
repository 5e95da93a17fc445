"""Bytes of one JSON array -> its elements, one after the other, with what stands between them.

The file is never in memory as a whole. An element that is no JSON is handed on as it is; only its end is
looked for, by brackets and quotes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from cleaner.packing import Joined, Stream

LONGEST = 64 << 20
"""Bytes of an element; a longer one ends the reading."""
_CHUNK = 1 << 20
_GAP = re.compile(rb"[\s,]*+")
_TURN = re.compile(rb'["\[\]{}]')
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_SCALAR_END = re.compile(rb"[,\]\s]")
_START = re.compile(rb"\s*+\[")


def records(file: Stream) -> Iterator[tuple[bytes, bytes]]:
    """Give the records, each with what stands before it; at last an empty one with what stands behind."""
    head = file.read(1 << 16)
    rest = Joined(head, file)
    if is_array(head):
        yield from elements(rest)
        return
    whole = rest.read()
    body = whole.strip(b" \t\r\n\xef\xbb\xbf")
    if body:
        at = whole.index(body)
        yield whole[:at], body
        whole = whole[at + len(body) :]
    yield whole, b""


def is_array(head: bytes) -> bool:
    """Tell whether a file begins like an array."""
    return bool(_START.match(head.removeprefix(codecs.BOM_UTF8)))


def elements(file: Stream) -> Iterator[tuple[bytes, bytes]]:
    """Give the elements, each with what stands before it; at last an empty one with what stands behind all.

    A ValueError says that the file ends too early; what came before is good.
    """
    held = file.read(_CHUNK)
    begin = held.index(b"[") + 1
    at, gap = begin, 0
    while True:
        found = _GAP.match(held, at)
        at = found.end() if found else at
        end = _end(held, at)
        if held[at : at + 1] == b"]":
            yield held[gap:] + file.read(), b""
            return
        if end < 0:
            data = file.read(max(_CHUNK, len(held))) if len(held) - gap < LONGEST else b""
            if not data:
                raise ValueError(
                    f"the array ends too early or an element is longer than {LONGEST >> 20} MB; "
                    "what stands before that was taken"
                )
            held, at, gap = held[gap:] + data, at - gap, 0
            continue
        yield held[gap:at], held[at:end]
        at = gap = end


def _end(held: bytes, at: int) -> int:
    """Find the end of the value at a place; -1 where it is not there."""
    head = held[at : at + 1]
    if head == b'"':
        found = _STRING.match(held, at)
        return found.end() if found else -1
    if head not in (b"{", b"["):
        found = _SCALAR_END.search(held, at + 1)
        return found.start() if found else -1
    depth = 0
    while turn := _TURN.search(held, at):
        at = turn.end()
        if turn[0] == b'"':
            string = _STRING.match(held, at - 1)
            if string is None:
                return -1
            at = string.end()
            continue
        depth += 1 if turn[0] in b"[{" else -1
        if not depth:
            return at
    return -1
