"""Text of a page -> the same page with fewer elements in each other, and all its text.

Two passes: boxes that hold nothing but one box go; where elements are still too deep, only those stay that
hold text. Open elements are followed as libxml2 follows them, with end tags that are missing, too many or in
the wrong order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DEEP = 128
"""Below so many open elements only paragraphs, headings and links stay, so that no parser stops."""
_DEEPEST = 160
"""Below so many, none stay."""
_NAMED = 32
"""Above so many, an element with attributes stays: a rule or an extractor may look for them."""

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


def flatten(page: str) -> str:
    """Take superfluous nesting out of a page; blocks that lose their tag become paragraphs."""
    return "".join(_Levels().parts("".join(_Boxes().parts(page))))


@dataclass(slots=True)
class _Element:
    name: str
    place: int
    """Of its start tag among the parts of the page."""
    stays: bool = True
    texts: bool = False
    """It holds text of its own."""
    boxes: int = 0
    """How many elements it holds, not counting those that went."""
    block: bool = False
    """The last of these makes a paragraph of what it holds."""


class _Open:
    """The elements that are open at a place of a page."""

    def __init__(self) -> None:
        self.stack: list[_Element] = []
        self._places: dict[str, list[int]] = {}
        self._strong: list[list[int]] = [[] for _ in range(8)]
        """For each strength the places of the open elements that have it."""

    def push(self, element: _Element) -> None:
        """Open an element."""
        self._places.setdefault(element.name, []).append(len(self.stack))
        self._strong[_STRENGTH.get(element.name, 0)].append(len(self.stack))
        self.stack.append(element)

    def pop(self) -> _Element:
        """Close the innermost element."""
        element = self.stack.pop()
        self._places[element.name].pop()
        self._strong[_STRENGTH.get(element.name, 0)].pop()
        return element

    def ends(self, name: str) -> bool:
        """Tell whether a start tag ends the innermost element."""
        return bool(self.stack) and name in _CLOSES.get(self.stack[-1].name, ())

    def closed_by(self, name: str) -> int:
        """Count the elements that an end tag closes; its own is the outermost of them."""
        places = self._places.get(name)
        if not places:
            return 0
        stronger = self._strong[_STRENGTH.get(name, 0) + 1 :]
        if any(held and held[-1] > places[-1] for held in stronger):
            return 0
        return len(self.stack) - places[-1]


def _tokens(page: str) -> Iterator[tuple[str, str, bool, str]]:
    """Give the texts and tags of a page: text, or a name, whether it ends an element, and the tag."""
    at = 0
    for token in _TOKEN.finditer(page):
        if at < token.start():
            yield page[at : token.start()], "", False, ""
        at = token.end()
        yield "", (token["name"] or "").lower(), bool(token["end"]), token[0]
    if at < len(page):
        yield page[at:], "", False, ""


class _Boxes:
    """The first pass: an element without text of its own that holds one element goes."""

    def __init__(self) -> None:
        self._open = _Open()
        self._parts: list[str] = []

    def parts(self, page: str) -> list[str]:
        """Give the page in pieces."""
        for text, name, ends, tag in _tokens(page):
            if ends:
                self._end(name, tag)
                continue
            if text or name in _VOID:
                self._note(not text.isspace())
            elif name:
                while self._open.ends(name):
                    self._pop()
                self._open.push(_Element(name, len(self._parts)))
            self._parts.append(text or tag)
        while self._open.stack:
            self._pop()
        return self._parts

    def _note(self, texts: bool) -> None:
        if self._open.stack and texts:
            self._open.stack[-1].texts = True

    def _end(self, name: str, tag: str) -> None:
        count = self._open.closed_by(name)
        for _ in range(count):
            element = self._pop()
        if count and element.stays:
            self._parts.append(tag)

    def _pop(self) -> _Element:
        """Close the innermost element, and take its start tag away if it is superfluous."""
        element = self._open.pop()
        block = element.name not in _INLINE
        if element.boxes == 1 and not element.texts and (element.block or not block):
            tag = self._parts[element.place]
            named = len(tag) > len(element.name) + 2 and len(self._open.stack) < _NAMED
            element.stays = named or element.name in _LASTING
        if not element.stays:
            self._parts[element.place] = ""
            block = element.block
        if self._open.stack:
            self._open.stack[-1].boxes += 1
            self._open.stack[-1].block = block
        return element


class _Levels:
    """The second pass: what stands too deep loses its tag."""

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
                yield self._end(name, tag)
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
