"""Files -> digests, of the form that a ledger has, without a whole file in memory."""

from __future__ import annotations

import hashlib
import os
import stat

_STEP = 1 << 20


def file_digest(path: str | os.PathLike[str], start: int = 0, end: int | None = None) -> str:
    """Give the digest of a regular file or a range of it; empty where there is no such range."""
    # Not to wait for a writer, should the file have become a named pipe.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as file:
        status = os.fstat(number)
        left = (status.st_size if end is None else end) - start
        if not stat.S_ISREG(status.st_mode) or not 0 <= start <= start + left <= status.st_size:
            return ""
        file.seek(start)
        found = hashlib.sha256()
        while left and (data := file.read(min(left, _STEP))):
            found.update(data)
            left -= len(data)
        return "" if left else f"sha256:{found.hexdigest()}"
