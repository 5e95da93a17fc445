"""Units that are done -> `OUT/.cleaner`: a run that was cut off goes on, and a second one does less.

The folder holds a lock, a manifest, a file of SQLite with what is done, and outputs in the making. A unit is
noted after its output and its ledger lines are written, so a kill between the two only does it once more.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from cleaner.batch import manifest as manifests
from cleaner.batch.counts import as_dict
from cleaner.batch.digests import file_digest
from cleaner.batch.growing import Frame, Growing, row_of
from cleaner.batch.inputs import OWN, STDIN
from cleaner.batch.known import Known
from cleaner.batch.ledgered import LedgerOfRun
from cleaner.batch.lock import Lock
from cleaner.batch.names import Plan, Route
from cleaner.batch.parcels import Done, Piece, Setup, Unit
from cleaner.batch.partfile import PartFile, begin_with, part_path
from cleaner.batch.settle import settle
from cleaner.batch.store import FINISHED, Row, bury, insert, key, numbers, open_store
from cleaner.errors import UsageError
from cleaner.report import Report
from cleaner.shown import shown
from cleaner.writers import WRITERS
from cleaner.writers.files import make_folders

EACH = 1.0
"""Seconds between two commits: so much work is done again after a kill."""
_OUTPUT = "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)"
_OF_TARGET = "SELECT id FROM units WHERE target = ?"


class Notes:
    """The notes of one run, from its lock to its end."""

    def __init__(self, plan: Plan, setup: Setup, *, ledger: str | None = None, fresh: bool = False) -> None:
        """Lock the output folder and open what earlier runs noted; ``fresh`` keeps nothing of it."""
        assert plan.root is not None
        self.said: list[str] = []
        """What a person should know, as sentences."""
        self.kept = 0
        """Documents that are not done again."""
        self._plan, self._setup, self._root = plan, setup, plan.root
        self._offsets: dict[str, int] = {}
        self._part: PartFile | None = None
        self._growing: dict[tuple[str, str], Growing] = {}
        self._named: set[str] = set()
        """Outputs that have their names; what they are made of may be noted after that."""
        self._made: set[str] = set()
        self._committed = time.monotonic()
        folder = _folder(plan.root)
        self._lock = Lock(folder / "lock", str(plan.root))
        try:
            self._open(folder, ledger, fresh)
        except (OSError, sqlite3.Error) as error:
            self._lock.release()
            raise UsageError(f"{shown(str(folder))}: {error}; mend that, or move the folder away") from None
        except BaseException:
            self._lock.release()
            raise

    def _open(self, folder: Path, ledger: str | None, fresh: bool) -> None:
        self._file = folder / "manifest.json"
        last = manifests.read(self._file, self.said.append)
        self.cut_off = last.state == "running" if last else bool(self.said)
        """The last run did not come to its end, as far as anybody knows."""
        self._store = open_store(folder / "files.sqlite", self.said.append)
        self.ledger = LedgerOfRun(self._store, ledger, adopt=self.cut_off) if ledger else None
        self._manifest = _manifest(self._plan, self._setup, ledger)
        self._manifest.write(self._file)
        self._known = Known(self._store, self._root, self._digest_of, ledger=self.ledger, fresh=fresh)

    def _digest_of(self, route: Route) -> str:
        return _setup_digest(self._setup, route.input.kind, route.to)

    # What need not be done again

    def whole(self, route: Route) -> Done | None:
        """Give what became of a file that need not be done again."""
        return self._count(self._known.whole(route))

    def shards(self, route: Route) -> Iterator[tuple[Row, Done | None]]:
        """Give the noted shards of a file whose documents become files, with what is kept of each."""
        rows = self._known.rows(route)
        same = self._known.same_source(rows, route)
        bury(self._store, [row.id or 0 for row in rows[same:]])
        for row in rows[:same]:
            yield row, self._count(self._known.shard(row, route))

    def resume(self, routes: Sequence[Route]) -> tuple[Done, int, Row | None]:
        """Make ready the one output of ``routes`` (all of them go there).

        Gives what is kept, the number of routes that are wholly kept, and the last unit of one that is kept
        in part.
        """
        target = routes[0].target
        found = self._known.prefix(target, routes)
        self._count(found.kept)
        noted = numbers(self._store, _OF_TARGET, (key(target),))
        is_whole = found.finished and found.routes == len(routes) and found.at == found.size
        if is_whole and len(noted) == len(found.rows):
            self._known.touch(target)
            return found.kept, found.routes, None
        kept = set(found.rows)
        bury(self._store, [number for number in noted if number not in kept])
        self._store.execute("DELETE FROM outputs WHERE target = ? AND unit = ?", (key(target), FINISHED))
        if found.finished and found.source:
            begin_with(part_path(self._root, target), found.source, found.at)
        self._offsets[target] = found.at
        if found.rows:
            found.kept.pieces.append(Piece(target, b"", b"", whole=False))  # so that it gets its name
        return found.kept, found.routes, found.last

    def _count(self, done: Done | None) -> Done | None:
        self.kept += done.report.documents if done else 0
        return done

    # What is done now

    def part(self, target: str) -> PartFile:
        """Open an output in the making where its kept units end."""
        self._part = PartFile(part_path(self._root, target), self._offsets.get(target, 0))
        return self._part

    def name(self, target: str, part: PartFile) -> None:
        """Give an output in the making its name; an OSError says why that cannot be."""
        status = part.seal()
        self._part = None
        row = (key(target), FINISHED, status.st_size, status.st_mtime_ns, "")
        self._store.execute(_OUTPUT, row)
        self.commit()
        make_folders(self._root, target, self._made)
        os.replace(part.path, self._root / target)

    def finish(self, target: str) -> None:
        """Note the name of an output that could only be made in one go."""
        self._named.add(target)
        for place, growing in [*self._growing.items()]:
            if growing.route.target == target and not growing.route.fans_out:
                path = self._root / target
                status = os.lstat(path)
                row = (key(target), growing.number, status.st_size, status.st_mtime_ns, file_digest(path))
                self._store.execute(_OUTPUT, row)
                self._growing.pop(place).end()

    def forget(self, target: str, name: str) -> None:
        """Keep nothing of an input whose output cannot be finished."""
        self._growing.pop((target, name), None)
        of_input = "SELECT id FROM units WHERE target = ? AND name = ?"
        bury(self._store, numbers(self._store, of_input, (key(target), key(name))))
        if target:
            part_path(self._root, target).unlink(missing_ok=True)

    def note(self, units: Sequence[Unit]) -> None:
        """Note units that are written; one of which a part could not be written is left out."""
        for unit in units:
            if unit.route.input.path == STDIN:
                continue
            if self._plan.at_once(unit.route):
                self._grow(unit)
            elif _is_written(unit):
                self._note(unit)
        if time.monotonic() - self._committed >= EACH:
            self.commit()

    def _grow(self, unit: Unit) -> None:
        route = unit.route
        place = route.target, route.input.name
        growing = self._growing.get(place)
        if growing is None:
            growing = self._growing[place] = Growing(self._store, route, self._frame(route))
        growing.add(unit)
        self._note_files(unit, growing.number)
        if unit.last and route.fans_out:
            self._growing.pop(place).end()
        elif route.target in self._named:
            self.finish(route.target)

    def _note(self, unit: Unit) -> None:
        row = row_of(unit, self._frame(unit.route))
        again = "SELECT id FROM units WHERE target = ? AND name = ? AND start = ?"
        bury(self._store, numbers(self._store, again, (row.target, row.name, row.start)))
        self._note_files(unit, insert(self._store, row))

    def _note_files(self, unit: Unit, number: int) -> None:
        files = [piece for piece in unit.pieces if piece.whole]
        rows = [(key(piece.target), number, *self._status(piece), piece.digest) for piece in files]
        self._store.executemany(_OUTPUT, rows)

    def _frame(self, route: Route) -> Frame:
        return Frame(self._digest_of(route), self.ledger.key if self.ledger else "")

    def _status(self, piece: Piece) -> tuple[int, int]:
        try:
            return len(piece.data), os.lstat(self._root / piece.target).st_mtime_ns
        except OSError:
            return -1, 0  # it went as soon as it was there; the next run makes it again

    def commit(self) -> None:
        """Make what was noted last."""
        if self._part:
            self._part.flush()
        if self.ledger:
            self.ledger.note()
        self._store.commit()
        self._committed = time.monotonic()

    def end(self, report: Report, *, whole: bool) -> None:
        """Note the end of the run; ``whole``: it went through all inputs."""
        try:
            self._end(report, whole=whole)
        except (OSError, sqlite3.Error) as error:
            self.said.append(f"{self._file.parent}: {error}; the next run does again what could not be noted")

    def _end(self, report: Report, *, whole: bool) -> None:
        self.commit()
        if self.ledger:
            self.ledger.close()
        if whole:
            self.said += settle(self._store, self._plan, self._root, self.ledger)
        self._manifest.state = "done" if whole else "stopped"
        self._manifest.report = as_dict(report)
        self._manifest.write(self._file)

    def __enter__(self) -> Self:
        """Give the notes themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Note what is done so far, and let other runs in."""
        with contextlib.suppress(OSError, sqlite3.Error):
            self.commit()
        with contextlib.suppress(OSError):
            if self.ledger:
                self.ledger.close()
        self._store.close()
        self._lock.release()


def _folder(root: Path) -> Path:
    folder = root / OWN
    root.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{shown(str(folder))} is not a folder; move it away, or choose another -o")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{shown(str(folder))}: {error.strerror}; choose another -o") from None
    return folder


def _manifest(plan: Plan, setup: Setup, ledger: str | None) -> manifests.Manifest:
    digests = sorted({_setup_digest(setup, route.input.kind, route.to) for route in plan.routes})
    whole = hashlib.sha256(" ".join(digests).encode()).hexdigest()
    inputs = [path if path == STDIN else os.path.abspath(path) for path in plan.given]
    return manifests.Manifest(whole, inputs, os.path.realpath(ledger) if ledger else "")


@cache
def _setup_digest(setup: Setup, kind: str, to: str) -> str:
    """Name everything besides the input that can change what becomes of it."""
    rules = setup.make(not WRITERS[to].lines).digest
    words = (_program(), rules, setup.url, setup.lang, setup.columns, kind, to)
    return hashlib.sha256(repr(words).encode("utf-8", "backslashreplace")).hexdigest()


@cache
def _program() -> str:
    """Give a digest of the program: between two versions it changes as well."""
    package = Path(__file__).parents[1]
    found = hashlib.sha256()
    for file in sorted(package.rglob("*.py")):
        found.update(file.read_bytes())
    return found.hexdigest()


def _is_written(unit: Unit) -> bool:
    """Tell whether all of a unit is written, and its ledger lines in one place."""
    end = unit.pieces[0].at if unit.pieces else 0
    for piece in unit.pieces:
        if piece.at != end or end < 0:
            return False
        end += len(piece.ledger)
    return True
