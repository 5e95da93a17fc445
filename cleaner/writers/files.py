"""Bytes -> a file that is whole or not there: written nameless, forced to the disk, then given its name."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Self

_NAMELESS = getattr(os, "O_TMPFILE", 0) if os.path.isdir("/proc/self/fd") else 0
_NO_NAMELESS = {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT}


class WholeFile:
    """A file in the making; until `commit` nothing of it is to be seen, and a killed process leaves nothing.

    Where the system has no nameless files (``O_TMPFILE``), a hidden neighbour holds the bytes; the next
    run that writes the same file takes its place.
    """

    def __init__(self, path: str | os.PathLike[str], *, new: bool = False) -> None:
        """Open the file; an OSError says why it cannot be made. ``new``: it may take nobody's place."""
        self._new = new
        self.path = os.fspath(path)
        folder, name = os.path.split(self.path)
        self._folder = folder or "."
        self._spare = os.path.join(folder, f".{name[:60]}.cleaner-part")
        self._named = False
        self.at = 0
        """Bytes that were written."""
        self._file = os.fdopen(self._open(), "wb", buffering=1 << 18)

    def _open(self) -> int:
        if _NAMELESS:
            try:
                return os.open(self._folder, _NAMELESS | os.O_RDWR, 0o666)
            except OSError as error:
                if error.errno not in _NO_NAMELESS:
                    raise
        self._named = True
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._spare)
        return os.open(self._spare, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self._file.write(data)
        self.at += len(data)

    def seal(self) -> None:
        """Force everything to the disk; after this only the name is missing."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def status(self) -> os.stat_result:
        """Tell size and time; naming the file changes neither."""
        return os.fstat(self._file.fileno())

    def commit(self) -> None:
        """Give the file its name, in place of whatever has it now."""
        if self._new:
            self._commit_new()
        elif self._named or not self._linked(self.path):
            if not self._named:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self._spare)
                self._linked(self._spare)
            os.replace(self._spare, self.path)
        self._file.close()

    def _commit_new(self) -> None:
        # Where the same bytes stand already, nothing is lost and nothing is to do.
        if self._named:
            try:
                os.link(self._spare, self.path)
                return
            except FileExistsError:
                pass
        elif self._linked(self.path):
            return
        if not self._same_there():
            raise FileExistsError(errno.EEXIST, "another file has this name already", self.path)

    def _same_there(self) -> bool:
        status = os.lstat(self.path)
        if not stat.S_ISREG(status.st_mode) or status.st_size != os.fstat(self._file.fileno()).st_size:
            return False
        at = 0
        with open(self.path, "rb") as other:
            while data := other.read(1 << 20):
                if os.pread(self._file.fileno(), len(data), at) != data:
                    return False
                at += len(data)
        return True

    def _linked(self, name: str) -> bool:
        """Give the nameless file a name that is free; tell whether it was."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            # Only with a folder's descriptor does Python follow the link in /proc.
            os.link(f"/proc/self/fd/{self._file.fileno()}", name, src_dir_fd=folder, follow_symlinks=True)
        except FileExistsError:
            return False
        finally:
            os.close(folder)
        return True

    def abort(self) -> None:
        """Leave nothing behind."""
        with contextlib.suppress(OSError):
            self._file.close()
        if self._named:
            with contextlib.suppress(OSError):
                os.unlink(self._spare)

    def __enter__(self) -> Self:
        """Give the file itself; leaving the block commits it, or aborts it on an error."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit or abort."""
        try:
            if kind is None:
                self.seal()
                self.commit()
        finally:
            self.abort()


def make_folders(root: Path, relative: str, made: set[str]) -> None:
    """Make the folders that ``root/relative`` stands in, never through a symbolic link below ``root``.

    ``made`` remembers what was made or seen before.
    """
    if not made:
        root.mkdir(parents=True, exist_ok=True)
        made.add("")
    folder = ""
    for part in relative.split("/")[:-1]:
        folder = f"{folder}/{part}" if folder else part
        if folder in made:
            continue
        path = root / folder
        with contextlib.suppress(FileExistsError):
            path.mkdir()
        if path.is_symlink():
            raise OSError(errno.ELOOP, "a symbolic link stands where a folder of the output goes", str(path))
        made.add(folder)
