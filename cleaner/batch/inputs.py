"""Paths -> Input*: what there is to read, in a fixed order, and of what kind each is."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from cleaner.errors import UsageError
from cleaner.packing import bare_name, packing
from cleaner.readers import READERS, SUFFIXES
from cleaner.shown import shown

STDIN = "-"
OWN = ".cleaner"
"""The folder in an output folder that holds what a run notes of itself; never an input, never an output."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, and the name that stands for it in the output, the ledger and messages."""

    path: str
    """What to open; `-` is standard input."""
    name: str
    """Relative to the folder that was given, with `/`; of a single file its own name."""
    kind: str
    size: int = 0
    mtime: int = 0
    """In nanoseconds, when the file was found."""

    @property
    def packing(self) -> str:
        """What the file is packed with; empty: nothing."""
        return packing(self.path)


@dataclass(slots=True)
class Found:
    """What a look at the paths of a run brought."""

    given: tuple[str, ...] = ()
    """The paths of the call."""
    inputs: list[Input] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    left: int = 0
    """Files of other kinds, and what is no file."""
    unread: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of a name and the reason why it could not be looked at."""


def find(paths: tuple[str, ...], kind: str | None) -> Found:
    """Look at the paths of a run; ``kind`` says how to read files, and which files of a folder to take."""
    found = Found(paths)
    for path in paths:
        if path == STDIN:
            found.inputs.append(Input(STDIN, STDIN, kind or "text"))
        elif os.path.isdir(path):
            found.folders.append(path)
            _look_into(path, kind, found)
        else:
            found.inputs.append(_file(path, kind))
    return found


@contextlib.contextmanager
def held(found: Found, stdin: BinaryIO) -> Iterator[None]:
    """Hold what standard input gives in a file, where its kind cannot be read from its begin to its end."""
    with contextlib.ExitStack() as files:
        for number, item in enumerate(found.inputs):
            if item.path == STDIN and READERS[item.kind].module:
                file = files.enter_context(tempfile.NamedTemporaryFile(prefix="cleaner-"))
                shutil.copyfileobj(stdin, file)
                file.flush()
                found.inputs[number] = Input(file.name, STDIN, item.kind, os.stat(file.name).st_size)
        yield


def _file(path: str, kind: str | None) -> Input:
    try:
        status = os.stat(path)
    except OSError as error:
        raise UsageError(f"{shown(path)}: {error.strerror}; give a file, a folder or -") from None
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(f"{shown(path)} is not a file; feed what it gives through standard input (-)")
    name = os.path.basename(path)
    suffix = os.path.splitext(bare_name(name))[1].lower()
    kind = kind or SUFFIXES.get(suffix) or ("" if suffix else "text")
    if not kind:
        kinds = ", ".join(READERS)
        raise UsageError(f"{shown(path)}: {shown(suffix)} says nothing about its kind; add --from ({kinds})")
    return Input(path, name, kind, status.st_size, status.st_mtime_ns)


def _look_into(folder: str, kind: str | None, found: Found) -> None:
    for entry, name in _walk(folder, found):
        suffix = os.path.splitext(bare_name(entry.name))[1].lower()
        known = SUFFIXES.get(suffix)
        try:
            status = entry.stat()
        except OSError as error:
            found.unread.append((name, error.strerror or str(error)))
            continue
        if not stat.S_ISREG(status.st_mode) or known is None or kind not in (None, known):
            found.left += 1
            continue
        found.inputs.append(Input(entry.path, name, known, status.st_size, status.st_mtime_ns))


def _walk(folder: str, found: Found) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Give everything below ``folder`` that is no folder, by name; links to folders are not followed.

    The notes of a run that wrote here are nobody's articles.
    """
    waiting = [(folder, "")]
    while waiting:
        path, name = waiting.pop()
        try:
            with os.scandir(path) as entries:
                rows = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            found.unread.append((name or path, error.strerror or str(error)))
            continue
        prefix = f"{name}/" if name else ""
        folders = [entry for entry in rows if entry.is_dir(follow_symlinks=False)]
        yield from ((entry, prefix + entry.name) for entry in rows if entry not in folders)
        own = [entry for entry in folders if entry.name != OWN]
        waiting += ((entry.path, prefix + entry.name) for entry in reversed(own))
