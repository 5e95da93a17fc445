"""Paths -> rule files: which files a person meant by files and folders, sorted, each once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.rulefile.source import Source

SHARED_NAME = "defs.yaml"
"""The file whose lists all packs beside it and below may name."""

_ENDINGS = (".yaml", ".yml")
_SKIPPED = "schema"


def shipped_folder() -> Path:
    """Give the folder of the rules that come with the program: in the package, else beside it in the tree."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def find_files(paths: Iterable[str | Path]) -> tuple[list[Path], list[Source]]:
    """Give all rule files, and for what could not be found a source that holds the mistake."""
    files, failed = find_named(paths)
    return [file for _, file in files], failed


def find_named(paths: Iterable[str | Path]) -> tuple[list[tuple[str, Path]], list[Source]]:
    """Give all rule files with the names that messages print, in the order of these, and what is missing."""
    real = _RealPaths()
    found: dict[str, Path] = {}
    failed: list[Source] = []
    for path in map(Path, paths):
        files = list(_files_of(path))
        if files:
            files += (file for file in _shared_near(path) if file.is_file())
        else:
            failed.append(_missing(path))
        for file in files:
            found.setdefault(real.of(file), file)
    named = [(real.shown(whole) or file.as_posix(), file) for whole, file in found.items()]
    return sorted(named, key=itemgetter(0)), failed


def shown(path: Path) -> str:
    """Give a path as messages print it: relative to the working folder where it lies inside."""
    real = _RealPaths()
    return real.shown(real.of(path)) or path.as_posix()


class _RealPaths:
    """Paths without links; each folder is asked for once."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}
        try:
            self._here = os.path.join(os.path.realpath(os.getcwd()), "")
        except OSError:  # the working folder is gone
            self._here = ""

    def of(self, path: Path) -> str:
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir) or os.path.islink(path):
            return os.path.realpath(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        return os.path.join(self._folders[folder], name)

    def shown(self, real: str) -> str:
        """Give a real path relative to the working folder; empty where it lies elsewhere."""
        inside = self._here and real.startswith(self._here)
        return real[len(self._here) :].replace(os.sep, "/") if inside else ""


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_dir():
        for folder, names, files in os.walk(path):
            names[:] = sorted(name for name in names if name != _SKIPPED and not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(files) if name.endswith(_ENDINGS))
    elif path.exists():
        yield path


def _shared_near(path: Path) -> Iterator[Path]:
    """Give the shared lists that a file or folder sees besides its own: those beside it, and one above."""
    yield path.parent / SHARED_NAME
    if path.is_file():
        yield path.resolve().parent.parent / SHARED_NAME


def _missing(path: Path) -> Source:
    from cleaner.rulefile.source import WHOLE_FILE, Source  # messages are dear, and hardly ever wanted

    source = Source(shown(path), "")
    if path.is_dir():
        source.report("E402", WHOLE_FILE, "no rule file in this folder")
    else:
        source.report("E401", WHOLE_FILE, "no such file or folder")
    return source
