"""Result -> Rows: the article line by line, with what went, what was put, and by whom.

The rows hold every character of the input and every one that a repair or a cut put there, so what a person
reads is the whole truth; how it looks is a matter of `cli.explain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.model import Edit, Result

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
STAYS, GOES, COMES = "stays", "goes", "comes"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line that stays, goes or comes, without the line's break."""

    kind: str
    text: str
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the input."""

    number: int
    pieces: tuple[Piece, ...]
    edits: tuple[Edit, ...]
    """What changed it; an edit over several lines is named on each."""

    @property
    def sign(self) -> str:
        """`-`: all of it goes; `~`: it changes; a blank: it stays."""
        if not self.edits:
            return " "
        left = any(piece.text.strip() for piece in self.pieces if piece.kind != GOES)
        return "~" if left else "-"


def rows(result: Result) -> list[Row]:
    """Give the lines of a cleaned document's input with what became of each."""
    found: list[Row] = []
    pieces: list[Piece] = []
    for piece, ends in _pieces(result.source, result.edits):
        if piece.text or piece.edit:
            pieces.append(piece)
        if ends:
            found.append(_row(len(found) + 1, pieces))
            pieces = []
    if pieces:
        found.append(_row(len(found) + 1, pieces))
    return found


def _row(number: int, pieces: Sequence[Piece]) -> Row:
    seen = [
        piece.edit for piece in pieces if piece.edit is not None and (piece.text.strip() or len(pieces) == 1)
    ]
    shown = tuple(piece for piece in pieces if piece.text)
    return Row(number, shown, tuple(dict.fromkeys(seen)))


def _pieces(source: str, edits: Sequence[Edit]) -> Iterator[tuple[Piece, bool]]:
    """Cut the text at edits and at line breaks; say with each piece whether a line of the input ends."""
    at = 0
    for edit in edits:
        yield from _split(source[at : edit.start], STAYS, None)
        yield from _split(edit.old, GOES, edit)
        if edit.new:
            yield Piece(COMES, edit.new, edit), False
        at = edit.end
    yield from _split(source[at:], STAYS, None)


def _split(text: str, kind: str, edit: Edit | None) -> Iterator[tuple[Piece, bool]]:
    for found in _LINE.finditer(text):
        line = found[0]
        if line:
            bare = line.rstrip("\r\n")
            yield Piece(kind, bare, edit), bare != line
