"""What the tests of the command share: a run and what it left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

RULES = Path(__file__).parent / "rules"
SMALL = ("--no-shipped-rules", "--rules", str(RULES))


@dataclass(frozen=True)
class Ran:
    """What a run left behind."""

    code: int
    out: bytes
    err: str


Run = Callable[..., Ran]


def files_of(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder by its relative name, hidden ones included, but not a run's notes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cleaner" not in path.parts
    }
