"""A ledger and the notes of a run -> a ledger that is added to, and trusted only as far as it was noted."""

from __future__ import annotations

import os

from cleaner.batch.logbook import Logbook, Stretch, holds, tidied
from cleaner.batch.store import Connection, Row, bury, key
from cleaner.ledger import Ledger


class LedgerOfRun:
    """The ledger of a run that is noted."""

    def __init__(self, store: Connection, path: str, *, adopt: bool) -> None:
        """Open the ledger; ``adopt``: lines behind the noted ones may be those of a run that was cut off."""
        self._store = store
        self._is_open = True
        self.path = os.path.realpath(path)
        self.key = key(self.path)
        self._finish_move()
        noted = self._noted()
        trusted = noted is not None and noted == _status(self.path)
        self._ledger = Ledger(self.path)
        self._book = Logbook(self._ledger, self._begin(noted[0]) if noted and adopt else None)
        if not trusted:
            self._doubt()
        self.note()  # before the first line is added
        store.commit()

    def _begin(self, end: int) -> int:
        """Find where the lines of a run that was cut off begin: before those of inputs it did not end."""
        for number, at, size in self._store.execute(_UNENDED, (self.key,)).fetchall():
            if at + size == end:
                end = at
                self._store.execute("UPDATE units SET ledger_size = 0 WHERE id = ?", (number,))
        return end

    def _doubt(self) -> None:
        """Forget the units whose lines are not where they were noted: somebody else wrote to the ledger."""
        with open(self.path, "rb") as file:
            rows = self._store.execute(_NOTED, (self.key,))
            bury(self._store, [row[0] for row in rows if not holds(file, Stretch(*row[1:]))])

    def _noted(self) -> tuple[int, int] | None:
        found = self._store.execute("SELECT size, mtime FROM ledgers WHERE path = ?", (self.key,)).fetchone()
        return (int(found[0]), int(found[1])) if found else None

    def holds(self, row: Row) -> bool:
        """Tell whether the lines of a unit are there."""
        return row.ledger == self.key

    def append(self, lines: bytes) -> int:
        """Add whole lines, unless a run that was cut off did; give the place where they begin."""
        return self._book.append(lines)

    def note(self) -> None:
        """Note where the lines end."""
        self._store.execute(
            "INSERT OR REPLACE INTO ledgers VALUES (?, ?, ?, 0, 0)",
            (self.key, self._book.at, os.stat(self.path).st_mtime_ns),
        )

    def close(self) -> None:
        """Force everything to the disk."""
        if self._is_open:
            self._is_open = False
            self._ledger.__exit__(None, None, None)

    def tidy(self) -> None:
        """Leave out lines that no output answers to, and put ours in the order of the inputs (table `plan`).

        The notes hold the new places before the new ledger gets its name, so that a kill cannot part them.
        """
        if not self._is_untidy():
            return
        covered = self._store.execute(_COVERED, (self.key, self.key))
        new = tidied(
            self.path,
            ((Stretch(*row[:3]), bool(row[3])) for row in covered),
            (Stretch(*row[:3]) for row in self._store.execute(_OURS, (self.key,))),
        )
        if new is None:
            self._store.execute("DELETE FROM dead WHERE ledger = ?", (self.key,))
            self._store.commit()
            return
        try:
            self._note_move(new.status())
            new.commit()
        finally:
            new.abort()
        self._finish_move()

    def _is_untidy(self) -> bool:
        if self._store.execute("SELECT count(*) FROM dead WHERE ledger = ?", (self.key,)).fetchone()[0]:
            return True
        end = 0
        for at, size, _, _, planned in self._store.execute(_OURS, (self.key,)):
            if planned and at < end:
                return True
            end = at + size if planned else end
        return False

    def _note_move(self, status: os.stat_result) -> None:
        rows = self._store.execute(_OURS, (self.key,)).fetchall()
        at = status.st_size - sum(row[1] for row in rows)
        self._store.execute("DELETE FROM moves")
        for row in rows:
            self._store.execute("INSERT INTO moves VALUES (?, ?)", (row[3], at))
            at += row[1]
        self._store.execute(
            "UPDATE ledgers SET next_size = ?, next_mtime = ? WHERE path = ?",
            (status.st_size, status.st_mtime_ns, self.key),
        )
        self._store.commit()

    def _finish_move(self) -> None:
        """Take the new places over, if the new ledger has its name."""
        found = self._store.execute(
            "SELECT next_size, next_mtime FROM ledgers WHERE path = ? AND next_mtime != 0", (self.key,)
        ).fetchone()
        if found and found == _status(self.path):
            self._store.execute(
                "UPDATE units SET ledger_at = (SELECT at FROM moves WHERE unit = units.id) "
                "WHERE id IN (SELECT unit FROM moves)"
            )
            self._store.execute("DELETE FROM dead WHERE ledger = ?", (self.key,))
            self._store.execute("INSERT OR REPLACE INTO ledgers VALUES (?, ?, ?, 0, 0)", (self.key, *found))
            self._store.execute("DELETE FROM moves")
            self._store.commit()


_UNENDED = """
SELECT id, ledger_at, ledger_size FROM units WHERE ledger = ? AND setup = '' AND ledger_size > 0
ORDER BY ledger_at DESC
"""
_NOTED = "SELECT id, ledger_at, ledger_size, ledger_digest FROM units WHERE ledger = ? ORDER BY ledger_at"
_NOTED = "SELECT id, ledger_at, ledger_size, ledger_digest FROM units WHERE ledger = ? ORDER BY ledger_at"
_COVERED = """
SELECT ledger_at, ledger_size, ledger_digest, 0 FROM units WHERE ledger = ? AND ledger_size > 0
UNION ALL SELECT at, size, digest, 1 FROM dead WHERE ledger = ? ORDER BY 1
"""
_OURS = """
SELECT ledger_at, ledger_size, ledger_digest, id, plan.place IS NOT NULL
FROM units LEFT JOIN temp.plan USING (target, name) WHERE ledger = ? AND ledger_size > 0
ORDER BY plan.place IS NOT NULL, plan.place, CASE WHEN plan.place IS NULL THEN ledger_at ELSE start END
"""


def _status(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
