"""text -> Lines: views on the non-blank lines of one text.

Only ``\\n``, ``\\r\\n`` and ``\\r`` end a line; blank lines are not counted and go with the block around
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cleaner import patterns, shapes
from cleaner.model import Span
from cleaner.titles import Title

TITLE_CHARS = 400
_BREAK = re.compile(r"\r\n|\n|\r")


class Facts:
    """What hangs on the text of a line alone, each form made when first asked for.

    Lines that read the same, in one document or in many, may share their facts.
    """

    __slots__ = (
        "_normal",
        "_shapes",
        "_words",
        "anchors",
        "folded",
        "heads",
        "is_item",
        "spans",
        "tails",
        "text",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        self.text = text
        folded = patterns.fold(text)
        self.is_item = len(folded) > 2 and folded[1] == " " and folded[0] in patterns.LIST_MARKS
        self.folded = folded[2:] if self.is_item else folded
        self._normal: str | None = None
        self._words = -1
        self._shapes: dict[str, bool] = {}
        self.anchors: dict[frozenset[str], tuple[int, ...]] = {}
        """The rules of one plan whose anchor the text alone allows, in texts of some languages."""
        self.heads: dict[frozenset[str], tuple[int, ...]] = {}
        """The same of rules that are found by their place at the head, asked there alone."""
        self.tails: dict[frozenset[str], tuple[int, ...]] = {}
        self.spans: dict[int, list[Span]] = {}
        """The parts that cut rules would take, by their number in the plan."""

    @property
    def normal(self) -> str:
        """The line as patterns see it, with its case and without a list mark."""
        if self._normal is None:
            whole = patterns.normal(self.text)
            self._normal = whole[2:] if self.is_item else whole
        return self._normal

    @property
    def words(self) -> int:
        """The number of words."""
        if self._words < 0:
            self._words = shapes.words(self.normal)
        return self._words

    def like(self, shape: str) -> bool:
        """Tell whether the line has a built-in shape."""
        answer = self._shapes.get(shape)
        if answer is None:
            answer = self._shapes[shape] = shapes.SHAPES[shape].test(self.normal)
        return answer


class Line:
    """One non-blank line: where it stands in the text, and the facts of what it says.

    ``begin`` is the physical start of the line, ``start``/``end`` hold its text without white space around
    it, ``next`` is the start of the next physical line; all are code points of the text. A line from which a
    cut took a part is a new Line with the same place and the facts of what it now reads.
    """

    __slots__ = (
        "_title",
        "begin",
        "blank_above",
        "blank_below",
        "cuts",
        "end",
        "facts",
        "next",
        "number",
        "start",
    )  # fmt: skip

    def __init__(self, facts: Facts, place: tuple[int, int, int, int], number: int) -> None:
        self.facts = facts
        self.begin, self.start, self.end, self.next = place
        self.number = number
        self.blank_above = self.blank_below = 0
        self.cuts: tuple[tuple[int, int, str], ...] = ()
        self._title: bool | None = None

    @property
    def text(self) -> str:
        """The line without white space around it."""
        return self.facts.text

    @property
    def folded(self) -> str:
        """The line as literals see it: without case, and without a list mark."""
        return self.facts.folded

    @property
    def normal(self) -> str:
        """The line as patterns see it, with its case and without a list mark."""
        return self.facts.normal

    @property
    def words(self) -> int:
        """The number of words."""
        return self.facts.words

    def like(self, shape: str) -> bool:
        """Tell whether the line has a built-in shape."""
        return self.facts.like(shape)

    def is_title(self, title: Title) -> bool:
        """Tell whether the line is the headline again (a document has but one, so the answer is kept)."""
        if self._title is None:
            self._title = len(self.text) <= TITLE_CHARS and bool(title.says(self.normal))
        return self._title


def split(text: str, facts_of: Callable[[str], Facts] = Facts) -> list[Line]:
    """Give the non-blank lines of a text; `number` counts all physical lines from 1.

    ``facts_of`` may give facts that are known already.
    """
    lines: list[Line] = []
    begin = 0
    for number, (raw, following) in enumerate(_physical(text), 1):
        bare = raw.strip()
        if bare:
            start = begin + len(raw) - len(raw.lstrip())
            line = Line(facts_of(bare), (begin, start, start + len(bare), following), number)
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
