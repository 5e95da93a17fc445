"""Ledger lines of noted units -> a ledger that ends like that of a run which nothing disturbed.

Lines are added at the end, as they always are. A run that was killed leaves lines of units that were not
noted yet; the next run writes the same lines, finds them there and goes on behind them. Where units were
done again, `tidied` leaves out the lines that no output answers to any more, and puts ours in the order of
the inputs. Lines that are not ours stay, whoever wrote them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from cleaner.ledger import Ledger, digest
from cleaner.writers.files import WholeFile

_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of a ledger: where they begin, how many bytes they have, and their digest."""

    at: int
    size: int
    digest: str


class Logbook:
    """A ledger to which lines are added, and which tells where they stand."""

    def __init__(self, ledger: Ledger, at: int | None) -> None:
        """Go on at ``at``, where the lines end that were noted; None: at the end."""
        self._ledger = ledger
        size = os.path.getsize(ledger.path)
        self._at = size if at is None or at > size else at
        self._size = size

    @property
    def at(self) -> int:
        """Where the next lines will stand."""
        return self._at

    @property
    def path(self) -> str:
        """The file."""
        return self._ledger.path

    def append(self, lines: bytes) -> int:
        """Add whole lines, unless they are there already; give the place where they begin."""
        there = self._there(len(lines))
        if there and not lines.startswith(there):
            there, self._at = b"", self._size  # somebody else's, or of inputs that changed since
        self._ledger.append(lines[len(there) :])
        begin = self._at
        self._at += len(lines)
        self._size = max(self._size, self._at)
        return begin

    def _there(self, most: int) -> bytes:
        if self._at >= self._size:
            return b""
        with open(self._ledger.path, "rb") as file:
            file.seek(self._at)
            return file.read(most)


def holds(file: BinaryIO, stretch: Stretch) -> bool:
    """Tell whether an open ledger still has these lines at their place."""
    return _lines(file, stretch) is not None


def _lines(file: BinaryIO, stretch: Stretch) -> bytes | None:
    if stretch.at < 0 or not 0 <= stretch.size <= os.fstat(file.fileno()).st_size:
        return None
    file.seek(stretch.at)
    data = file.read(stretch.size)
    return data if not stretch.size or digest(data) == stretch.digest else None


def tidied(path: str, covered: Iterable[tuple[Stretch, bool]], ours: Iterable[Stretch]) -> WholeFile | None:
    """Write the ledger anew, not yet named: first what is not ours, then ``ours`` one after the other.

    ``covered`` are all stretches that are ours by place, each with whether it goes. None: the ledger is not
    what was noted, and stays as it is.
    """
    new = WholeFile(path)
    try:
        with open(path, "rb") as old:
            if _copy_others(old, new, covered) and all(_copy(old, new, stretch) for stretch in ours):
                new.seal()
                return new
    except BaseException:
        new.abort()
        raise
    new.abort()
    return None


def _copy_others(old: BinaryIO, new: WholeFile, covered: Iterable[tuple[Stretch, bool]]) -> bool:
    done = 0
    for stretch, goes in covered:
        if stretch.at < done:
            return False
        if goes and _lines(old, stretch) is None:
            continue  # not what it was: nobody knows whose it is now, so it stays
        _copy_range(old, new, done, stretch.at)
        done = stretch.at + stretch.size
    _copy_range(old, new, done, None)
    return True


def _copy_range(old: BinaryIO, new: WholeFile, start: int, end: int | None) -> None:
    old.seek(start)
    while data := old.read(_STEP if end is None else min(_STEP, end - old.tell())):
        new.write(data)


def _copy(old: BinaryIO, new: WholeFile, stretch: Stretch) -> bool:
    data = _lines(old, stretch)
    new.write(data or b"")
    return data is not None
