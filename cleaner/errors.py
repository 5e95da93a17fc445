"""Errors: sentences with an address that say how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A place in a file: path, line and column, both counted from 1 (0: the whole file)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Give ``path:line:column``, without the parts that are not known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


class CleanerError(Exception):
    """Whatever this package raises on purpose; its text can be shown to a person as it stands."""


class UsageError(CleanerError):
    """The call itself is wrong: options that exclude each other, an output inside its input."""


class SettingsError(CleanerError):
    """A settings file holds a key or a value that does not exist."""


class ReadError(CleanerError):
    """An input that could not be read or decoded; the batch names it, counts it and goes on."""
