"""A run -> `manifest.json`: what it was asked to do, whether it came to its end, and its report."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cleaner import __version__
from cleaner.batch.store import set_aside
from cleaner.writers.files import WholeFile

FORMAT = 1
_PROGRAM = "news-cleaner"


@dataclass(slots=True)
class Manifest:
    """What stands in the file; nothing in it decides what is done again."""

    setup: str
    """Digest of rules, options and program."""
    inputs: list[str] = field(default_factory=list)
    ledger: str = ""
    state: str = "running"
    """`running` (or cut off, where no process holds the lock), `stopped` or `done`."""
    report: Mapping[str, Any] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write the file, whole or not at all."""
        row = {"program": _PROGRAM, "format": FORMAT, "version": __version__, **asdict(self)}
        with WholeFile(path) as file:
            file.write(json.dumps(row, indent=1).encode("ascii") + b"\n")


def read(path: Path, say: Callable[[str], None]) -> Manifest | None:
    """Read the file; ``say`` hears of one that had to be set aside. None: there is none to go by."""
    try:
        if path.is_file() and not path.is_symlink():
            return _manifest(json.loads(path.read_bytes()))
        if not path.is_symlink() and not path.exists():
            return None
        problem = "it is not a file"
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        problem = str(error) if isinstance(error, _Foreign) else "it is damaged"
    say(f"{path}: {problem}; it is set aside as {set_aside(path).name}, and a new one is begun")
    return None


class _Foreign(ValueError):
    pass


def _manifest(row: Any) -> Manifest:
    if not isinstance(row, dict) or row.get("program") != _PROGRAM:
        raise _Foreign("it is of another program")
    if row["format"] != FORMAT:
        raise _Foreign(f"it has format {row['format']}, and this version of the program knows only {FORMAT}")
    return Manifest(str(row["setup"]), state=str(row["state"]))
