"""A folder -> a lock on it: two runs never write to one folder at the same time.

The lock is the system's and ends with the process that holds it, however that ends. Processes that it
starts do not hold it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.shown import shown


class Lock:
    """A lock that is held from `__init__` to `release`."""

    def __init__(self, path: Path, about: str) -> None:
        """Take the lock or refuse the run; ``about`` is what it guards, for people."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        self._file = os.open(path, flags, 0o666)
        try:
            _take(self._file)
        except (BlockingIOError, PermissionError):
            holder = _holder(self._file)
            os.close(self._file)
            raise UsageError(
                f"another run{holder} is writing to {shown(about)}; wait for its end, or choose another -o"
            ) from None
        except OSError:
            pass  # a file system without locks
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Let others in."""
        os.close(self._file)


def _holder(file: int) -> str:
    number = os.read(file, 20).strip()
    return f" (process {number.decode()})" if number.isdigit() else ""


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        # Far behind the end, because the bytes of a locked range cannot be read by others.
        os.lseek(file, 1 << 30, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
