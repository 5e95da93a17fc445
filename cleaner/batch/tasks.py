"""Plan -> Task*: the inputs of a batch cut into parts of about the same work, in order.

What an earlier run did stands between the tasks, as what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cleaner.batch.inputs import STDIN
from cleaner.batch.names import Plan, Route
from cleaner.batch.notes import Notes
from cleaner.batch.parcels import Done, Files, Lines, Task, Unit
from cleaner.batch.streams import Readable, lines_of
from cleaner.report import Report

CHUNK = 1 << 20
"""Bytes of a part, about; a longer line is a part of its own."""
MOST_FILES = 64
_Place = tuple[int, int]
"""Where to go on in a file of many documents: the number of the document, and the byte it begins at."""
_BEGIN: _Place = (1, 0)


def tasks(plan: Plan, stdin: BinaryIO, notes: Notes | None = None) -> Iterator[Task | Done]:
    """Cut the inputs of ``plan``; JSON lines only where a line ends."""
    routes = plan.routes
    if notes and plan.gathers and routes:
        kept, count, _ = notes.resume(routes)
        yield kept
        routes, notes = routes[count:], None  # behind a part that is done again all is
    waiting: list[Route] = []
    size = 0
    for route in routes:
        alone = route.many or route.input.path == STDIN
        whole = not route.many or plan.at_once(route)
        done = notes.whole(route) if notes and whole else None
        if not alone and not done:
            waiting.append(route)
            size += route.input.size
        if waiting and (len(waiting) == MOST_FILES or size >= CHUNK or waiting[-1] is not route):
            yield Files(tuple(waiting), size)
            waiting, size = [], 0
        if done:
            yield done
        elif alone:
            yield from _alone(route, stdin, None if whole else notes)
    if waiting:
        yield Files(tuple(waiting), size)


def _alone(route: Route, stdin: BinaryIO, notes: Notes | None) -> Iterator[Task | Done]:
    if not route.many:
        data = stdin.read()
        yield Files((route,), len(data), data)
    elif route.streamed:
        yield from _streamed(route)
    elif route.input.path == STDIN:
        yield from _cut(route, stdin, _BEGIN, keep=True)
    elif notes is None:
        yield from _lines(route, _BEGIN)
    elif route.fans_out:
        yield from _shards(route, notes)
    else:
        kept, count, last = notes.resume((route,))
        yield kept
        if not count:
            yield from _lines(route, (last.first + last.lines, last.end) if last else _BEGIN)


def _streamed(route: Route) -> Iterator[Task | Done]:
    """Cut the lines that a file is turned into; then say what was wrong with it."""
    try:
        with lines_of(route.input, route.columns) as stream:
            yield from _cut(route, stream, _BEGIN, keep=True)
            report = Report(left=getattr(stream, "left", 0))
            if stream.trouble:
                report.fail(route.input.name, stream.trouble, counted=True)
            yield Done(0, report=report, units=[Unit(route, 1, 0, 0, 0, "", report, [], last=True)])
    except OSError as error:
        yield Lines(route, 1, 0, 0, trouble=error.strerror or str(error))


def _shards(route: Route, notes: Notes) -> Iterator[Task | Done]:
    place: _Place | None = None
    for row, done in notes.shards(route):
        yield done or Lines(route, row.first, row.start, row.end)
        place = (row.first + row.lines, row.end)
    if place is None or place[1] < route.input.size:
        yield from _lines(route, place or _BEGIN)


def _lines(route: Route, place: _Place) -> Iterator[Task]:
    try:
        with open(route.input.path, "rb") as file:
            file.seek(place[1])
            yield from _cut(route, file, place, keep=False)
    except OSError as error:
        yield Lines(route, 1, 0, 0, trouble=error.strerror or str(error))


def _cut(route: Route, file: BinaryIO | Readable, place: _Place, *, keep: bool) -> Iterator[Task]:
    """Cut a stream at line ends; ``keep``: the parts hold the bytes, as nobody can read them again."""
    first, start = place
    at = start
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


def _some(file: BinaryIO | Readable) -> bytes:
    # Of a pipe, what is there by now: whoever feeds it line by line gets answers line by line.
    read = getattr(file, "read1", None) or getattr(file, "read")  # noqa: B009
    data: bytes = read(CHUNK)
    return data
