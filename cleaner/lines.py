"""text -> Lines: views on the non-blank lines of one text.

Only ``\\n``, ``\\r\\n`` and ``\\r`` end a line; blank lines are not counted and go with the block around
them.
"""

from __future__ import annotations

import re

from cleaner import patterns, shapes
from cleaner.titles import Title

TITLE_CHARS = 400
_BREAK = re.compile(r"\r\n|\n|\r")


class Line:
    """One non-blank line: where it stands in the text and its forms, each made when first asked for.

    ``begin`` is the physical start of the line, ``start``/``end`` hold its text without white space around
    it, ``next`` is the start of the next physical line; all are code points of the text. A line from which a
    cut took a part is a new Line with the same place and `text` as it now reads.
    """

    __slots__ = (
        "_normal",
        "_shapes",
        "_title",
        "begin",
        "blank_above",
        "blank_below",
        "cuts",
        "end",
        "folded",
        "is_item",
        "next",
        "number",
        "start",
        "text",
        "verdicts",
    )  # fmt: skip

    def __init__(self, text: str, place: tuple[int, int, int, int], number: int) -> None:
        self.text = text
        self.begin, self.start, self.end, self.next = place
        self.number = number
        self.folded = patterns.fold(text)
        self.is_item = (
            len(self.folded) > 2 and self.folded[1] == " " and self.folded[0] in patterns.LIST_MARKS
        )
        if self.is_item:
            self.folded = self.folded[2:]
        self.blank_above = self.blank_below = 0
        self.cuts: tuple[tuple[int, int, str], ...] = ()
        self._normal: str | None = None
        self._title: bool | None = None
        self.verdicts: dict[str, bool] = {}
        """What rules asked of the line alone, by rule: it holds in every round."""
        self._shapes: dict[str, bool] = {}

    @property
    def normal(self) -> str:
        """The line as patterns see it, with its case and without a list mark."""
        if self._normal is None:
            whole = patterns.normal(self.text)
            self._normal = whole[2:] if self.is_item else whole
        return self._normal

    def like(self, shape: str) -> bool:
        """Tell whether the line has a built-in shape."""
        answer = self._shapes.get(shape)
        if answer is None:
            answer = self._shapes[shape] = shapes.SHAPES[shape].test(self.normal)
        return answer

    def is_title(self, title: Title) -> bool:
        """Tell whether the line is the headline again (a document has but one, so the answer is kept)."""
        if self._title is None:
            self._title = len(self.text) <= TITLE_CHARS and bool(title.says(self.normal))
        return self._title

    @property
    def words(self) -> int:
        """The number of words."""
        return shapes.words(self.normal)


def split(text: str) -> list[Line]:
    """Give the non-blank lines of a text; `number` counts all physical lines from 1."""
    lines: list[Line] = []
    begin = 0
    for number, (raw, following) in enumerate(_physical(text), 1):
        bare = raw.strip()
        if bare:
            start = begin + len(raw) - len(raw.lstrip())
            line = Line(bare, (begin, start, start + len(bare), following), number)
            if lines:
                line.blank_above = lines[-1].blank_below = number - lines[-1].number - 1
            lines.append(line)
        begin = following
    return lines


def _physical(text: str) -> list[tuple[str, int]]:
    """Give each physical line without its break, and the offset where the next one begins."""
    rows = []
    begin = 0
    if "\r" not in text:
        for raw in text.split("\n"):
            begin += len(raw) + 1
            rows.append((raw, min(begin, len(text))))
        return rows
    for found in _BREAK.finditer(text):
        rows.append((text[begin : found.start()], found.end()))
        begin = found.end()
    rows.append((text[begin:], len(text)))
    return rows
