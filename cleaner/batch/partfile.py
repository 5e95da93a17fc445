"""Pieces -> an output that grows: kept beside the notes of its run until it is whole, then named."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cleaner.batch.inputs import OWN

_STEP = 1 << 20


def part_path(root: Path, target: str) -> Path:
    """Give the place of an output in the making."""
    name = hashlib.sha256(os.fsencode(target)).hexdigest()[:32]
    return root / OWN / "parts" / f"{name}.part"


class PartFile:
    """An output in the making, open at its end."""

    def __init__(self, path: Path, at: int) -> None:
        """Go on at ``at``; what stands behind it was not noted and goes."""
        path.parent.mkdir(exist_ok=True)
        self.path = path
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        self._file = os.fdopen(os.open(path, flags, 0o666), "r+b", buffering=1 << 18)
        self._file.truncate(at)
        self._file.seek(at)
        self.at = at

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self._file.write(data)
        self.at += len(data)

    def flush(self) -> None:
        """Hand everything to the system, so that it may be noted."""
        if not self._file.closed:
            self._file.flush()

    def seal(self) -> os.stat_result:
        """Force everything to the disk; after this only the name is missing."""
        with self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
            return os.fstat(self._file.fileno())

    def abort(self) -> None:
        """Leave it as it is, for the next run."""
        self._file.close()


def begin_with(path: Path, source: Path, size: int) -> None:
    """Let an output in the making begin with the first bytes of another file."""
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    with source.open("rb") as old, path.open("xb") as new:
        while size and (data := old.read(min(_STEP, size))):
            new.write(data)
            size -= len(data)
