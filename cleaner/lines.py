"""text -> Lines: views on the non-blank lines of one text.

Only ``\\n``, ``\\r\\n`` and ``\\r`` end a line; blank lines are not counted and go with the block around
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

from cleaner import folding, shapes
from cleaner.model import Span
from cleaner.titles import Title

TITLE_CHARS = 400
_BREAK = re.compile(r"\r\n|\n|\r")


class Facts:
    """What hangs on the text of a line alone, each form made when first asked for.

    Lines that read the same, in one document or in many, may share their facts.
    """

    __slots__ = (
        "_shapes",
        "_spans",
        "_words",
        "folded",
        "found",
        "is_item",
        "normal",
        "text",
        "told",
    )  # fmt: skip

    def __init__(self, text: str, normal: str | None = None, folded: str | None = None) -> None:
        """`normal`, `folded`: what `folding.normal` and then `folding.casefold` give, where known."""
        self.text = text
        if normal is None:
            normal = folding.normal(text)
        marks = folding.marks(normal)
        self.is_item = bool(marks) and marks[0] != "#"
        self.normal = normal[len(marks) :]
        """The line as patterns see it, with its case and without the mark of an item or heading."""
        self.folded = folding.casefold(self.normal) if folded is None or marks else folded
        """The same without case, as literals see it."""
        self._words = -1
        self._shapes: dict[str, bool] | None = None
        self.found: dict[tuple[frozenset[str], bool], tuple[tuple[int, tuple[int, ...]], ...]] = {}
        """The rules of one plan that may want the line, and by which patterns: in texts of some languages,
        far from the ends of a text or near them.
        """
        self.told: dict[int, bool] = {}
        """Whether their anchors allow it by its text, where they were asked."""
        self._spans: dict[int, list[Span]] | None = None

    @property
    def words(self) -> int:
        """The number of words."""
        if self._words < 0:
            self._words = shapes.words(self.normal)
        return self._words

    def count(self, words: int) -> None:
        """Take the number of words from who has counted them already."""
        self._words = words

    def like(self, shape: str) -> bool:
        """Tell whether the line has a built-in shape."""
        known = self._shapes
        if known is None:
            known = self._shapes = {}  # most lines are never asked for one
        answer = known.get(shape)
        if answer is None:
            answer = known[shape] = shapes.SHAPES[shape].test(self.normal, self.words)
        return answer

    def part(self, number: int, spans: list[Span]) -> None:
        """Note the parts that a cut rule would take; ``number``: the rule's in its plan."""
        self._spans = {**(self._spans or {}), number: spans}

    def parts(self, number: int) -> list[Span]:
        """Give the parts that a cut rule would take, as they were noted."""
        return (self._spans or {}).get(number, [])


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


def split(text: str, facts_of: Callable[[str, str, str], Facts] = Facts) -> list[Line]:
    """Give the non-blank lines of a text; `number` counts all physical lines from 1.

    ``facts_of`` may give facts that are known already, of a line, its normal and its folded form.
    """
    if "\r" in text:
        rows = _physical(text)
        forms = [folding.normal(raw) for raw, _ in rows]
    else:
        raws = text.split("\n")
        rows = list(zip(raws, accumulate([len(raw) + 1 for raw in raws]), strict=True))
        rows[-1] = (rows[-1][0], len(text))
        forms = _normal_lines(text)
    return _lines(rows, forms, _folded(forms), facts_of)


def _lines(
    rows: list[tuple[str, int]],
    forms: list[str],
    folded: list[str],
    facts_of: Callable[[str, str, str], Facts],
) -> list[Line]:
    lines: list[Line] = []
    begin = 0
    for number, ((raw, following), known, low) in enumerate(zip(rows, forms, folded, strict=True), 1):
        bare = raw.strip()
        if bare:
            start = begin if raw[0] == bare[0] else begin + len(raw) - len(raw.lstrip())
            line = Line(facts_of(bare, known, low), (begin, start, start + len(bare), following), number)
            if lines:
                line.blank_above = lines[-1].blank_below = number - lines[-1].number - 1
            lines.append(line)
        begin = following
    return lines


def _folded(forms: list[str]) -> list[str]:
    """Fold normal lines, all at once where none has a letter that folds to two."""
    joined = "\n".join(forms)
    return joined.lower().split("\n") if joined.isascii() else list(map(folding.casefold, forms))


def _normal_lines(text: str) -> list[str]:
    """Give the normal forms of the lines, all at once: nothing that is replaced has to do with line ends."""
    plain = folding.plain(text)
    rows = plain.split("\n")
    return rows if _is_tidy(plain) else [" ".join(row.split()) for row in rows]


_OTHER_BLANKS = b"\t\x0b\x0c\x1c\x1d\x1e\x1f"


def _is_tidy(text: str) -> bool:
    """Tell whether no white space stands in a text but line breaks and single blanks inside lines."""
    if "  " in text or " \n" in text or "\n " in text or text[:1] == " " or text[-1:] == " ":
        return False
    if text.isascii():
        raw = text.encode()
        return len(raw.translate(None, _OTHER_BLANKS)) == len(raw)
    return text.replace("\n", " ").isprintable()


def _physical(text: str) -> list[tuple[str, int]]:
    """Give each physical line without its break, and the offset where the next one begins."""
    rows = []
    begin = 0
    for found in _BREAK.finditer(text):
        rows.append((text[begin : found.start()], found.end()))
        begin = found.end()
    rows.append((text[begin:], len(text)))
    return rows
