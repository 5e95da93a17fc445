"""A mistake in a rule file -> text: address, code, the line with carets, why it matters, what to write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.errors import Address, CleanerError

WINDOW = 120
"""Columns of a source line that are shown; longer lines are shown around the mistake."""

LONGEST = 400
"""Characters of a sentence of a message."""

UNKNOWN_KEY = "E101"


@dataclass(frozen=True, slots=True)
class RuleFileError:
    """One mistake: where it stands, what is wrong, why it matters and how to mend it."""

    address: Address
    code: str
    what: str
    mark: str = ""
    """A few words beside the carets."""
    note: str = ""
    help: str = ""
    line: str | None = None
    """The line of the file, or None when the mistake belongs to the file as a whole."""
    width: int = 1
    """How many characters of the line are marked, from the column of the address on."""

    def __str__(self) -> str:
        """Give the message as a person reads it, without a final line end."""
        margin = " " * (len(str(self.address.line)) + 1) if self.line is not None else " "
        parts = [f"{_visible(str(self.address))}: {self.code} {_sentence(self.what)}"]
        if self.line is not None:
            shown, carets = _mark(self.line, self.address.column - 1, self.width)
            parts += [
                f"{margin}|",
                f"{self.address.line} | {shown}".rstrip(),
                f"{margin}| {carets} {_visible(self.mark)}".rstrip(),
            ]
        if self.note:
            parts.append(f"{margin}= note: {_sentence(self.note)}")
        if self.help:
            parts.append(f"{margin}= help: {_sentence(self.help)}")
        return "\n".join(parts)


class RuleErrors(CleanerError):
    """All mistakes of all rule files; unknown keys lead in each file, since they cause others."""

    def __init__(self, errors: Iterable[RuleFileError]) -> None:
        """Sort the mistakes by path, unknown keys first, line, column and code."""
        self.errors = tuple(sorted(set(errors), key=_order))
        super().__init__(self.errors)

    def __str__(self) -> str:
        """Give all messages with a blank line between, and how many they are."""
        files = len({error.address.path for error in self.errors})
        return "\n\n".join([*map(str, self.errors), _count(len(self.errors), files)])


def _order(error: RuleFileError) -> tuple[str, bool, int, int, str, str]:
    where = error.address
    return (where.path, error.code != UNKNOWN_KEY, where.line, where.column, error.code, error.what)


def _count(errors: int, files: int) -> str:
    mistakes = "1 mistake" if errors == 1 else f"{errors} mistakes"
    return f"{mistakes} in {'1 file' if files == 1 else f'{files} files'}"


def _visible(text: str) -> str:
    """Show what could steer a terminal or hide: control, format and surrogate characters."""
    return "".join(map(_cell, text))


def _sentence(text: str) -> str:
    """Show a sentence; what it quotes from the file may be of any length."""
    return _visible(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _cell(char: str) -> str:
    if char == "\t":
        return "    "
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return f"<U+{ord(char):04X}>"
    return char


def _columns(text: str) -> int:
    """Count the columns that a terminal gives to a text that is already visible."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    none = sum(unicodedata.category(char) in ("Mn", "Me") for char in text)
    return len(text) + wide - none


def _mark(line: str, column: int, width: int) -> tuple[str, str]:
    """Give the line as it is shown, cut to the window, and the carets under it."""
    column = min(column, len(line))
    start = max(0, column - WINDOW // 3) if len(line) > WINDOW else 0
    end = min(len(line), start + WINDOW)
    lead = ("…" if start else "") + _visible(line[start:column])
    marked = _visible(line[column : min(end, column + width)])
    rest = _visible(line[min(end, column + width) : end]) + ("…" if end < len(line) else "")
    return lead + marked + rest, " " * _columns(lead) + "^" * max(1, _columns(marked))
