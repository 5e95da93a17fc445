"""text -> Span*: where the text shows code or speaks of HTML, so that nothing there is taken for debris."""

from __future__ import annotations

import re
from bisect import bisect_right

from cleaner.model import Span

_FENCED = re.compile(r"```.*?```", re.DOTALL)
_TICKED = re.compile(r"`[^`\r\n]+`")
_ABOUT_MARKUP = re.compile(
    r"[XxHhCcAaMm](?<![\w./<=\"'-].)"
    r"(?i:(?:(?<=x)html|(?<=h)tml) ?5?|(?<=x)ml|(?<=c)ss|(?<=a)mpersands?|(?<=m)arkdown)\b(?![=.])"
)
"""It begins with the first letter, which can be looked for fast, and then looks back."""
_LINE_END = re.compile(r"[\r\n]")


class Quoted:
    """The places of one text that show what they mean literally."""

    def __init__(self, text: str) -> None:
        spans = [found.span() for pattern in (_FENCED, _TICKED) for found in pattern.finditer(text)]
        spans += _lines(text)
        self._spans = _united(sorted(spans))
        self._starts = [span.start for span in self._spans]

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a span lies in such a place as a whole."""
        number = bisect_right(self._starts, start) - 1
        return number >= 0 and end <= self._spans[number].end


def _lines(text: str) -> list[tuple[int, int]]:
    """Find the lines that speak of markup languages."""
    spans: list[tuple[int, int]] = []
    for found in _ABOUT_MARKUP.finditer(text):
        if spans and found.start() < spans[-1][1]:
            continue
        begin = max(text.rfind("\n", 0, found.start()), text.rfind("\r", 0, found.start())) + 1
        after = _LINE_END.search(text, found.end())
        spans.append((begin, after.start() if after else len(text)))
    return spans


def _united(spans: list[tuple[int, int]]) -> list[Span]:
    """Make one of spans that overlap."""
    united: list[Span] = []
    for start, end in spans:
        if united and start <= united[-1].end:
            united[-1] = Span(united[-1].start, max(united[-1].end, end))
        else:
            united.append(Span(start, end))
    return united
