"""Plan -> Task*: the inputs of a batch cut into parts of about the same work, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cleaner.batch.inputs import STDIN
from cleaner.batch.names import Plan, Route
from cleaner.batch.parcels import Files, Lines, Task

CHUNK = 1 << 20
"""Bytes of a part, about; a longer line is a part of its own."""
MOST_FILES = 64


def tasks(plan: Plan, stdin: BinaryIO) -> Iterator[Task]:
    """Cut the inputs of ``plan``; JSON lines only where a line ends."""
    waiting: list[Route] = []
    size = 0
    for route in plan.routes:
        if route.input.kind != "jsonl" and route.input.path != STDIN:
            waiting.append(route)
            size += route.input.size
        if waiting and (len(waiting) == MOST_FILES or size >= CHUNK or waiting[-1] is not route):
            yield Files(tuple(waiting), size)
            waiting, size = [], 0
        if route.input.kind == "jsonl":
            yield from _lines(route, stdin)
        elif route.input.path == STDIN:
            data = stdin.read()
            yield Files((route,), len(data), data)
    if waiting:
        yield Files(tuple(waiting), size)


def _lines(route: Route, stdin: BinaryIO) -> Iterator[Task]:
    if route.input.path == STDIN:
        yield from _cut(route, stdin, keep=True)
        return
    try:
        with open(route.input.path, "rb") as file:
            yield from _cut(route, file, keep=False)
    except OSError as error:
        yield Lines(route, 1, 0, 0, trouble=error.strerror or str(error))


def _cut(route: Route, file: BinaryIO, *, keep: bool) -> Iterator[Task]:
    """Cut a stream at line ends; ``keep``: the parts hold the bytes, as nobody can read them again."""
    first, start, at = 1, 0, 0
    held: list[bytes] = []
    while data := _some(file):
        cut = data.rfind(b"\n") + 1
        at += len(data)
        if not cut:
            held.append(data)
            continue
        part = b"".join((*held, data[:cut]))
        end = start + len(part)
        yield Lines(route, first, start, end, part if keep else None)
        first += part.count(b"\n")
        start, held = end, [data[cut:]] if cut < len(data) else []
    if start < at or not at:
        yield Lines(route, first, start, at, b"".join(held) if keep else None)


def _some(file: BinaryIO) -> bytes:
    # Of a pipe, what is there by now: whoever feeds it line by line gets answers line by line.
    read = getattr(file, "read1", file.read)
    data: bytes = read(CHUNK)
    return data
