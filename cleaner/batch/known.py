"""Routes and noted units -> what need not be done again; nothing noted is taken on trust.

A unit is kept if it was done with the same rules, options and program, its input is what it was, and what
was made of it is still there: by size and time, and where those do not fit, by digest.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cleaner.batch.counts import parse_counts
from cleaner.batch.digests import file_digest
from cleaner.batch.ledgered import LedgerOfRun
from cleaner.batch.names import Route
from cleaner.batch.parcels import Done
from cleaner.batch.partfile import part_path
from cleaner.batch.store import FINISHED, Connection, Row, key, name_of, select
from cleaner.batch.targets import name_problem
from cleaner.ledger import digest
from cleaner.report import Report

_LINE_END = digest(b"\n")


@dataclass(slots=True)
class Prefix:
    """How much of an output that many units make is there already."""

    kept: Done = field(default_factory=lambda: Done(0))
    at: int = 0
    """Bytes of the output."""
    rows: list[int] = field(default_factory=list)
    """The units that made them."""
    routes: int = 0
    """Routes that are wholly kept."""
    last: Row | None = None
    """The last unit that is kept of a route that is not wholly kept."""
    source: Path | None = None
    size: int = 0
    """Of the source."""
    finished: bool = False
    """The output has its name, so that only its end is missing if anything is."""


class Known:
    """What earlier runs noted, compared with what is there now."""

    def __init__(
        self,
        store: Connection,
        root: Path,
        setup: Callable[[Route], str],
        *,
        ledger: LedgerOfRun | None = None,
        fresh: bool = False,
    ) -> None:
        """Take the notes, the output folder, and what names the rules and options of a route.

        ``ledger``: kept units must have their lines in it. ``fresh``: nothing is kept.
        """
        self._store = store
        self._root = root
        self._setup = setup
        self._fresh = fresh
        self._ledger = ledger

    def rows(self, route: Route) -> list[Row]:
        """Give the noted units of an input, in their order."""
        return select(self._store, "target = ? AND name = ?", (key(route.target), key(route.input.name)))

    def same_source(self, rows: list[Row], route: Route) -> int:
        """Count the first of an input's units that leave no gap and whose bytes are what they were."""
        return 0 if self._fresh else self._same(rows[: _without_gap(rows, route.input.size)], route)

    def whole(self, route: Route) -> Done | None:
        """Give what became of a file that is kept; None: it must be done."""
        rows = self.rows(route)
        return self.shard(rows[0], route) if len(rows) == 1 and self.same_source(rows, route) else None

    def shard(self, row: Row, route: Route) -> Done | None:
        """Give what became of a shard whose bytes are what they were, if it is kept."""
        report = self._report(row, route)
        return Done(row.end - row.start, report=report) if report and self._has_files(row) else None

    def _report(self, row: Row, route: Route) -> Report | None:
        """Give the report of a unit that was done as this run would do it."""
        if row.setup != self._setup(route) or not (self._ledger is None or self._ledger.holds(row)):
            return None
        try:
            return parse_counts(row.counts)
        except ValueError:
            return None

    def _same(self, rows: list[Row], route: Route) -> int:
        item = route.input
        place = (key(os.path.abspath(item.path)), item.size, item.mtime)
        if all((row.path, row.size, row.mtime) == place for row in rows):
            return len(rows)
        same = 0
        for row in rows:
            if not _same_bytes(row, route):
                break
            same += 1
            self._store.execute(
                "UPDATE units SET path = ?, size = ?, mtime = ? WHERE id = ?", (*place, row.id)
            )
        return same

    def _has_files(self, row: Row) -> bool:
        """Tell whether all files that a unit made are there and unchanged."""
        made = "SELECT target, size, mtime, digest FROM outputs WHERE unit = ?"
        files = self._store.execute(made, (row.id,)).fetchall()
        return len(files) == row.files and all(self._has_file(*file) for file in files)

    def _has_file(self, target: str, size: int, mtime: int, known: str) -> bool:
        try:
            name = name_of(target)
            status = os.lstat(self._root / name)
            if not stat.S_ISREG(status.st_mode) or status.st_size != size or name_problem(name):
                return False
            if status.st_mtime_ns == mtime:
                return True
            if not known or file_digest(self._root / name) != known:
                return False
        except (OSError, ValueError):
            return False
        self._store.execute("UPDATE outputs SET mtime = ? WHERE target = ?", (status.st_mtime_ns, target))
        return True

    def prefix(self, target: str, routes: Sequence[Route]) -> Prefix:
        """Find out how much is there of an output that units of ``routes`` make one after the other."""
        found = Prefix()
        if not self._fresh:
            checks = self._source(target, found)
            self._follow(found, routes, compare=checks)
            if not checks and (found.routes < len(routes) or found.at != found.size):
                found = Prefix(source=found.source, finished=found.finished, size=found.size)
                self._follow(found, routes, compare=True)  # its begin will be copied
        return found

    def _follow(self, found: Prefix, routes: Sequence[Route], *, compare: bool) -> None:
        if found.source is None:
            return
        with found.source.open("rb") as file:
            for route in routes:
                rows = self.rows(route)
                same = self.same_source(rows, route)
                last = self._slices(rows[:same], route, found, file if compare else None)
                if last is None or last.end != route.input.size:
                    found.last = last
                    return
                found.routes += 1

    def _slices(self, rows: list[Row], route: Route, found: Prefix, file: BinaryIO | None) -> Row | None:
        """Add the units of an input, as far as they follow; give the last one."""
        last = None
        for row in rows:
            report = self._report(row, route)
            # a document that could not be read has no place in the output
            if report is None or row.at not in (found.at, -1):
                return last
            if file and row.at >= 0 and not _has_slice(file, row):
                return last
            found.at += row.length
            found.rows.append(row.id or 0)
            found.kept.extend(Done(row.end - row.start, report=report))
            last = row
        return last

    def _source(self, target: str, found: Prefix) -> bool:
        """Find the bytes of an output; tell whether they must be compared with what was noted."""
        path, part = self._root / target, part_path(self._root, target)
        noted = self._store.execute(
            "SELECT size, mtime FROM outputs WHERE target = ? AND unit = ?", (key(target), FINISHED)
        ).fetchone()
        if noted and _status(path) != noted and _status(part) == noted:
            with contextlib.suppress(OSError):
                os.replace(part, path)  # a kill fell between the note and the name
        status = _status(path if noted else part)
        found.finished = bool(noted)
        if status is None or (noted and status[0] != noted[0]):
            found.finished = False
            return False
        found.source, found.size = path if noted else part, status[0]
        return bool(status != noted)

    def touch(self, target: str) -> None:
        """Note the time of an output that was compared byte for byte."""
        status = _status(self._root / target)
        if status:
            self._store.execute("UPDATE outputs SET mtime = ? WHERE target = ?", (status[1], key(target)))


def _status(path: Path) -> tuple[int, int] | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


def _without_gap(rows: list[Row], size: int) -> int:
    """Count the first units that follow one another from the beginning of a file of ``size`` bytes."""
    first, at = 1, 0
    for count, row in enumerate(rows):
        if (row.first, row.start) != (first, at) or not row.start <= row.end <= size:
            return count
        first, at = row.first + row.lines, row.end
    return len(rows)


def _has_slice(file: BinaryIO, row: Row) -> bool:
    size = os.fstat(file.fileno()).st_size
    return 0 <= row.length <= size - row.at and digest(file.read(row.length)) == row.out_digest


def _same_bytes(row: Row, route: Route) -> bool:
    size = route.input.size
    try:
        if size not in (row.size, row.end) and not (route.many and _ends_line(route.input.path, row.end)):
            return False  # it grew, and perhaps its last line did
        return bool(row.digest) and file_digest(route.input.path, row.start, row.end) == row.digest
    except OSError:
        return False


def _ends_line(path: str, end: int) -> bool:
    return end > 0 and file_digest(path, end - 1, end) == _LINE_END
