"""Text of a page -> the same page with fewer elements in each other, and all its text.

Two ways: `unbox` takes away boxes that hold nothing but one box; `level` takes away what stands too deep,
except what holds text. Open elements are followed as libxml2 follows them, with end tags that are missing,
too many or in the wrong order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DEEP = 128
"""Below so many open elements only paragraphs, headings and links stay, so that no parser stops."""
_DEEPEST = 160
"""Below so many, none stay."""
_NAMED = 32
"""Above so many, rows, items and elements with attributes stay: rules and extractors look for them."""

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<code>script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</(?P=code)\s*>|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?:[^>\"']++|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_VOID, _INLINE, _TEXTS, _BLOCKS, _CELLS = (
    frozenset(names.split())
    for names in (
        "area base br col embed hr img input link meta param source track wbr",
        "abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr q s samp "
        "small span strike strong sub sup time tt u var",
        "a h1 h2 h3 h4 h5 h6 p",
        "address article aside blockquote center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header "
        "hr li main nav ol p pre section table tbody td tfoot th thead tr ul",
        "td th tr tbody tfoot",
    )
)
_LASTING = _TEXTS | {"article", "main", "html", "head", "body"}
"""What has a meaning although it holds nothing but a box."""

_STRENGTH = {"div": 1, "td": 2, "th": 2, "tr": 3, "thead": 4, "tbody": 4, "tfoot": 4, "table": 5}
_STRENGTH |= {"head": 6, "body": 6, "html": 7}
_STRONGEST = 8
"""An end tag closes nothing beyond an open element that is stronger than its own."""

_CLOSES = {
    "p": _BLOCKS,
    "li": frozenset({"li"}),
    "td": _CELLS,
    "th": _CELLS,
    "tr": frozenset({"tr", "tbody", "tfoot"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option", "optgroup"}),
}
"""Open elements that end by themselves, and the start tags that end them."""


class _Element:
    """An element that is open."""

    __slots__ = ("block", "boxes", "name", "place", "stays", "texts")

    def __init__(self, name: str, place: int, stays: bool = True) -> None:
        self.name = name
        self.place = place
        """Of its start tag among the parts of the page."""
        self.stays = stays
        self.texts = False
        """It holds text of its own."""
        self.boxes = 0
        """How many elements it holds, not counting those that went."""
        self.block = False
        """The last of these makes a paragraph of what it holds."""


class _Open:
    """The elements that are open at a place of a page."""

    def __init__(self) -> None:
        self.stack: list[_Element] = []
        self._places: dict[str, list[int]] = {}
        self._strong: list[list[int]] = [[] for _ in range(_STRONGEST)]
        """For each strength the places of the open elements that have it."""

    def push(self, element: _Element) -> None:
        """Open an element."""
        depth = len(self.stack)
        places = self._places.get(element.name)
        if places is None:
            places = self._places[element.name] = []
        places.append(depth)
        if element.name in _STRENGTH:
            self._strong[_STRENGTH[element.name]].append(depth)
        self.stack.append(element)

    def pop(self) -> _Element:
        """Close the innermost element."""
        element = self.stack.pop()
        self._places[element.name].pop()
        if element.name in _STRENGTH:
            self._strong[_STRENGTH[element.name]].pop()
        return element

    def ends(self, name: str) -> bool:
        """Tell whether a start tag ends the innermost element."""
        return bool(self.stack) and name in _CLOSES.get(self.stack[-1].name, ())

    def closed_by(self, name: str) -> int:
        """Count the elements that an end tag closes; its own is the outermost of them."""
        stack = self.stack
        if stack and stack[-1].name == name:
            return 1
        places = self._places.get(name)
        if not places:
            return 0
        stronger = self._strong[_STRENGTH.get(name, 0) + 1 :]
        if any(held and held[-1] > places[-1] for held in stronger):
            return 0
        return len(stack) - places[-1]


def _tokens(page: str) -> Iterator[tuple[str, str | None, str, str]]:
    """Give the texts and tags of a page: text, or a name, whether its element ends here, and the tag."""
    at = 0
    for token in _TOKEN.finditer(page):
        start = token.start()
        if at < start:
            yield page[at:start], None, "", ""
        at = token.end()
        ends, name = token.group("end", "name")
        yield "", name and name.lower(), ends, token[0]
    if at < len(page):
        yield page[at:], None, "", ""


def unbox(page: str) -> str:
    """Take away elements that have no text of their own and hold one element."""
    opened, parts = _Open(), list[str]()
    for text, name, ends, tag in _tokens(page):
        if ends:
            count = opened.closed_by(name or "")
            for _ in range(count):
                element = _closed(opened, parts)
            if count and element.stays:
                parts.append(tag)
            continue
        if text or name in _VOID:
            if opened.stack and not text.isspace():
                opened.stack[-1].texts = True
        elif name:
            while opened.ends(name):
                _closed(opened, parts)
            opened.push(_Element(name, len(parts)))
        parts.append(text or tag)
    while opened.stack:
        _closed(opened, parts)
    return "".join(parts)


def _closed(opened: _Open, parts: list[str]) -> _Element:
    """Close the innermost element, and take its start tag away if it is superfluous."""
    element = opened.pop()
    block = element.name not in _INLINE
    if element.boxes == 1 and not element.texts and (element.block or not block):
        named = len(parts[element.place]) > len(element.name) + 2 or element.name in _CLOSES
        stays = (named and len(opened.stack) < _NAMED) or element.name in _LASTING
        if not stays:
            element.stays = False
            parts[element.place] = ""
            block = element.block
    if opened.stack:
        opened.stack[-1].boxes += 1
        opened.stack[-1].block = block
    return element


def level(page: str) -> str:
    """Take away the tags of what stands too deep; blocks that lose their tag become paragraphs."""
    return "".join(_Levels().parts(page))


class _Levels:
    """What is open, and what was taken away since the last text."""

    def __init__(self) -> None:
        self._open = _Open()
        self._broken = False
        """A block began or ended since the last text, and its tag went."""

    def parts(self, page: str) -> Iterator[str]:
        """Give the page in pieces."""
        for text, name, ends, tag in _tokens(page):
            if text:
                if self._broken and not text.isspace():
                    self._broken = False
                    yield "<p>"
                yield text
            elif ends:
                yield self._end(name or "", tag)
            elif name and name not in _VOID:
                yield self._start(name, tag)
            else:
                yield tag

    def _start(self, name: str, tag: str) -> str:
        while self._open.ends(name):
            self._open.pop()
        depth, inline = len(self._open.stack), name in _INLINE
        stays = depth < DEEP or (depth < _DEEPEST and name in _TEXTS)
        self._open.push(_Element(name, depth, stays))
        self._broken = (self._broken and inline) if stays else (self._broken or not inline)
        return tag if stays else ""

    def _end(self, name: str, tag: str) -> str:
        count = self._open.closed_by(name)
        for _ in range(count):
            element = self._open.pop()
        if not count:
            return ""
        self._broken = self._broken or not (element.stays or name in _INLINE)
        return tag if element.stays else ""
