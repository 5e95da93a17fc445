"""Paths -> rule files: which files a person meant by files and folders, sorted, each once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cleaner.rulefile.source import SHARED_NAME, WHOLE_FILE, Source

_ENDINGS = (".yaml", ".yml")
_SKIPPED = "schema"


def shipped_folder() -> Path:
    """Give the folder of the rules that come with the program: in the package, else beside it in the tree."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def find_files(paths: Iterable[str | Path]) -> tuple[list[Path], list[Source]]:
    """Give all rule files, and for what could not be found a source that holds the mistake."""
    found: dict[str, Path] = {}
    failed: list[Source] = []
    for path in map(Path, paths):
        files = list(_files_of(path))
        if files:
            files += (file for file in _shared_near(path) if file.is_file())
        else:
            failed.append(_missing(path))
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return sorted(found.values(), key=shown), failed


def shown(path: Path) -> str:
    """Give a path as messages print it: relative to the working folder where it lies inside."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


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
    source = Source(shown(path), "")
    if path.is_dir():
        source.report("E402", WHOLE_FILE, "no rule file in this folder")
    else:
        source.report("E401", WHOLE_FILE, "no such file or folder")
    return source
