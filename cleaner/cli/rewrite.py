"""Path + text -> a file with that text, whole or as it was."""

from __future__ import annotations

from pathlib import Path

from cleaner.errors import UsageError
from cleaner.shown import shown
from cleaner.writers.files import WholeFile


def rewrite(path: Path, text: str) -> None:
    """Replace the text of a file; a UsageError says why it cannot be."""
    try:
        with WholeFile(path) as file:
            file.write(text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"{shown(str(path))} cannot be written: {error.strerror or error}") from None
