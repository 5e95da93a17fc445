"""Task -> Done: what one process does with a part of a batch; it reads and cleans, and writes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from cleaner.batch.names import Route
from cleaner.batch.parcels import Done, Files, Lines, Piece, Setup, Task, Unit
from cleaner.batch.targets import file_name
from cleaner.columns import ANY
from cleaner.jsonline import unusual_literal
from cleaner.ledger import Place, digest, write_line
from cleaner.model import Document, Note, Result
from cleaner.packing import unpack
from cleaner.readers import READERS
from cleaner.record import Record
from cleaner.writers import WRITERS

_Read = Callable[[bytes, str, str], Record]


def work(task: Task, setup: Setup) -> Done:
    """Read and clean the documents of a task; never raises because of a document."""
    done = Done(task.size)
    try:
        _run(task, setup, done, lambda raw, name, kind: _read(raw, name, kind, setup))
    except OSError as error:
        return lost(task, error)
    return done


def _read(raw: bytes, name: str, kind: str, setup: Setup) -> Record:
    record = READERS[kind].read(raw, name, setup.url, setup.lang, setup.columns)
    if record.error or record.document.page is None:
        return record
    return replace(record, document=setup.make(False).open(record.document))


def lost(task: Task, error: OSError) -> Done:
    """Give up a file of JSON lines whose rest is out of reach."""
    route = task.route if isinstance(task, Lines) else task.routes[0]
    return Done(task.size, broken=(route.input.name, route.target, error.strerror or str(error)))


def _run(task: Task, setup: Setup, done: Done, read: _Read) -> None:
    if isinstance(task, Files):
        _clean_files(task, setup, done, read)
    else:
        _clean_lines(task, setup, done, read)


def _clean_files(task: Files, setup: Setup, done: Done, read: _Read) -> None:
    held: list[tuple[Route, bytes, Record]] = []
    for route in task.routes:
        item = route.input
        try:
            raw = read_file(item.path) if task.data is None else task.data
            raw = unpack(raw, item.packing) if item.packing else raw
        except OSError as error:
            done.report.fail(item.name, error.strerror or str(error))
            continue
        held.append((route, raw, read(raw, item.name, item.kind)))
    results = _clean([(record, route.to) for route, _, record in held], setup)
    for (route, raw, record), result in zip(held, results, strict=True):
        item, part = route.input, Done(0)
        part.report.add(item.name, result)
        _emit(record, result, Place(item.name, route.target, route.to), setup, part)
        if setup.noted:
            _note(part, route, (1, 1, 0, len(raw)), raw)
        done.extend(part)


def read_file(path: str, start: int = 0, end: int | None = None) -> bytes:
    """Read a regular file or a range of it; an OSError says why it cannot be read."""
    # Not to wait for a writer, should the file have become a named pipe since it was found.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(0, "it is not a file")
        file.seek(start)
        if end is None:
            return file.read()
        data = file.read(end - start)
        if len(data) < end - start:
            raise OSError(0, "the file became shorter while it was read")
        return data


def _clean_lines(task: Lines, setup: Setup, done: Done, read: _Read) -> None:
    route, data = task.route, task.data
    if task.trouble:
        raise OSError(0, task.trouble)
    if data is None:
        data = read_file(route.input.path, task.start, task.end)
    parts: list[bytes] = []
    ledger: list[bytes] = []
    rows = list(enumerate(data.split(b"\n"), task.first))
    records = {
        number: read(raw, f"{route.input.name}:{number}", route.input.kind)
        for number, raw in rows
        if raw and not raw.isspace()
    }
    results = iter(_clean([(record, route.to) for record in records.values()], setup))
    for number, raw in rows:
        if number not in records:
            parts.append(raw)  # the end of the data, or a blank line, which says nothing and stays
            continue
        record, result = records[number], next(results)
        done.report.add(f"{route.input.name}:{number}", result)
        if route.fans_out:
            target = file_name(record.document.id)
            _emit(record, result, Place(route.input.name, target, route.to, number), setup, done)
            continue
        columns = route.columns if route.in_place and READERS[route.input.kind].module else ANY
        place = Place(route.input.name, route.target, route.to, number, columns=columns)
        line, entry = _line(record, result, place, setup)
        parts.append(line)
        ledger.append(entry)
    if not route.fans_out:
        done.pieces.append(Piece(route.target, b"\n".join(parts), b"".join(ledger), whole=False))
    if setup.noted:
        _note(done, route, (task.first, data.count(b"\n"), task.start, task.end), data)


def _note(done: Done, route: Route, place: tuple[int, int, int, int], raw: bytes) -> None:
    """Make one unit of all that was done, with the digests by which another run knows it again."""
    for piece in done.pieces:
        piece.digest = digest(piece.data)
    ledger = b"".join(piece.ledger for piece in done.pieces)
    unit = Unit(route, *place, digest(raw), done.report, done.pieces[:], digest(ledger) if ledger else "")
    done.units.append(unit)


def _clean(records: Sequence[tuple[Record, str]], setup: Setup) -> list[Result]:
    """Clean records for the writers that they go to, in order, many at a time."""
    try:
        return [result for to, some in groupby(records, itemgetter(1)) for result in _many(some, to, setup)]
    except Exception:  # a defect of ours on one document must not end a batch of others
        return [_one(record, to, setup) for record, to in records]


def _many(records: Iterable[tuple[Record, str]], to: str, setup: Setup) -> Iterator[Result]:
    known = [record for record, _ in records]
    read = (record.document for record in known if not record.error)
    cleaned = setup.make(not WRITERS[to].lines).clean_documents(read)
    for record in known:
        yield failure(record, record.error) if record.error else next(cleaned)


def _one(record: Record, to: str, setup: Setup) -> Result:
    if record.error:
        return failure(record, record.error)
    try:
        return setup.make(not WRITERS[to].lines).clean_document(record.document)
    except Exception as error:
        return failure(record, f"internal error: {type(error).__name__}: {error}")


def failure(record: Record, reason: str) -> Result:
    """Give the result of a document that passes through whole."""
    text = record.document.text
    return Result(text, notes=(Note("failed", reason),), failed=True, source=text)


def _line(record: Record, result: Result, place: Place, setup: Setup) -> tuple[bytes, bytes]:
    in_place = record.kind == place.to
    if record.error and not in_place:
        return b"", b""  # what nobody could read has no form in another kind of file
    line = record.raw if record.error else WRITERS[place.to].write(record, result.text)
    if not setup.ledger:
        return line, b""
    if line != record.raw and in_place:
        literal = unusual_literal(record.raw, record.document.text, record.column)
        place = replace(place, literal=literal)
    return line, write_line(place, record, result, setup.make(False).digest)


def _emit(record: Record, result: Result, place: Place, setup: Setup, done: Done) -> None:
    writer = WRITERS[place.to]
    if record.error or (result.failed and record.kind == place.to):
        if record.kind != place.to:
            return  # bytes that nobody could read have no form in another kind of file
        data = record.raw
    else:
        try:
            data = writer.write(record, result.text)
        except ValueError as error:
            done.report.fail(place.source, str(error), counted=True)
            return
    entry = b""
    if setup.ledger:
        entry = write_line(place, record, result, setup.make(not writer.lines).digest)
    done.pieces.append(Piece(place.output, data + b"\n" * writer.lines, entry, whole=not writer.lines))


def pass_through(task: Task, setup: Setup, reason: str) -> Done:
    """Give the documents of a task unchanged, each counted as failed for ``reason``.

    An OSError says that its input can no longer be read.
    """
    done = Done(task.size)
    _run(
        task, setup, done, lambda raw, name, kind: Record(raw, kind, Document("", id=name), "", error=reason)
    )
    return done


def halves(task: Task) -> tuple[Task, ...]:
    """Cut a task in two; one that holds a single document comes back alone."""
    if isinstance(task, Files):
        middle = len(task.routes) // 2
        if not middle:
            return (task,)
        parts = (task.routes[:middle], task.routes[middle:])
        return tuple(Files(routes, sum(route.input.size for route in routes)) for routes in parts)
    data = read_file(task.route.input.path, task.start, task.end) if task.data is None else task.data
    cut = data.rfind(b"\n", 0, len(data) // 2) + 1 or data.find(b"\n") + 1
    if not 0 < cut < len(data):
        return (task,)
    kept = (None, None) if task.data is None else (data[:cut], data[cut:])
    middle = task.start + cut
    second = task.first + data.count(b"\n", 0, cut)
    return (
        replace(task, end=middle, data=kept[0]),
        replace(task, first=second, start=middle, data=kept[1]),
    )
