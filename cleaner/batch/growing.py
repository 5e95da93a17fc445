"""Unit* of one input -> one row: for outputs that cannot go on where they were cut off, only be made anew.

Until its end the row stands in the notes with no rules, so that nobody takes it for done.
"""

from __future__ import annotations

import hashlib
import os
from typing import NamedTuple

from cleaner.batch.counts import dump_counts
from cleaner.batch.digests import file_digest
from cleaner.batch.inputs import Input
from cleaner.batch.names import Route
from cleaner.batch.parcels import Unit
from cleaner.batch.store import Connection, Row, bury, insert, key, numbers
from cleaner.report import Report


class Frame(NamedTuple):
    """What all rows of a run have in common."""

    setup: str
    ledger: str


def row_of(unit: Unit, frame: Frame) -> Row:
    """Give the row of a unit that is written."""
    item = unit.route.input
    sliced = next((piece for piece in unit.pieces if not piece.whole), None)
    ledgered = bool(frame.ledger and unit.ledger)
    return Row(
        target=key(unit.route.target),
        name=key(item.name),
        start=unit.start,
        end=unit.end,
        first=unit.first,
        lines=unit.lines,
        path=key(os.path.abspath(item.path)),
        size=item.size,
        mtime=item.mtime,
        digest=unit.digest,
        setup=frame.setup,
        status="failed" if unit.report.failed else "done",
        counts=dump_counts(unit.report),
        files=sum(piece.whole for piece in unit.pieces),
        at=sliced.offset if sliced else -1,
        length=len(sliced.data) if sliced else 0,
        out_digest=sliced.digest if sliced else "",
        ledger=frame.ledger,
        ledger_at=unit.pieces[0].at if ledgered else 0,
        ledger_size=sum(len(piece.ledger) for piece in unit.pieces) if ledgered else 0,
        ledger_digest=unit.ledger if ledgered else "",
    )


class Growing:
    """What was done of an input so far."""

    def __init__(self, store: Connection, route: Route, frame: Frame) -> None:
        """Begin; what was noted of the input before is forgotten."""
        self.route = route
        self._store = store
        self._frame = frame
        self._report = Report()
        self._at = self._size = 0
        self._digest = hashlib.sha256()
        self._is_sound = True
        """All of it was written, and its ledger lines stand in one place."""
        names = (key(route.target), key(route.input.name))
        bury(store, numbers(store, "SELECT id FROM units WHERE target = ? AND name = ?", names))
        begun = Unit(route, 1, 1, 0, route.input.size, "", self._report, [])
        self.number = insert(store, row_of(begun, frame._replace(setup="")))

    def add(self, unit: Unit) -> None:
        """Add what follows."""
        self._report.merge(unit.report)
        for piece in unit.pieces:
            if piece.ledger and not self._size:
                self._at = piece.at
            in_place = not piece.ledger or piece.at == self._at + self._size
            self._is_sound = self._is_sound and piece.at >= 0 and in_place
            self._size += len(piece.ledger)
            self._digest.update(piece.ledger)
        if self._frame.ledger:  # so that these lines go if the end never comes
            self._store.execute(
                "UPDATE units SET ledger_at = ?, ledger_size = ?, ledger_digest = ? WHERE id = ?",
                (self._at, self._size, f"sha256:{self._digest.hexdigest()}", self.number),
            )

    def end(self) -> None:
        """Note that all of it is done; its outputs are noted by now."""
        if not self._is_sound:
            bury(self._store, [self.number])
            return
        status = "failed" if self._report.failed else "done"
        counts = dump_counts(self._report)
        self._store.execute(
            "UPDATE units SET digest = ?, setup = ?, status = ?, counts = ?, "
            "files = (SELECT count(*) FROM outputs WHERE unit = id) WHERE id = ?",
            (_digest(self.route.input), self._frame.setup, status, counts, self.number),
        )


def _digest(item: Input) -> str:
    """Give the digest of a file as it was found; empty: it changed since."""
    try:
        known = file_digest(item.path)
        status = os.stat(item.path)
    except OSError:
        return ""
    return known if (status.st_size, status.st_mtime_ns) == (item.size, item.mtime) else ""
