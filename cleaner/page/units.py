"""Tree of a page -> Unit*: what stands on the page, a line of text each, in reading order, with its marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WORD = re.compile(r"\w+")

_HIDDEN = (
    "script style noscript template svg math iframe object embed canvas audio video select option button"
)
_TOOLS = "input textarea head meta link title datalist map area dialog"
SKIPPED = frozenset(f"{_HIDDEN} {_TOOLS}".split())
"""Elements whose text no reader sees as a line of the article."""

_PHRASES = "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr"
_MORE = (
    "output picture progress q rp rt ruby s samp small source span strike strong sub sup time tt u var wbr"
)
INLINE = frozenset(f"{_PHRASES} {_MORE}".split())
"""Elements that do not end a line; all others do."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BOLD = frozenset(("b", "strong"))
ASIDE = frozenset(("aside", "nav", "footer", "form", "menu"))
_OF_BLOCK = {"li": "list", "dd": "list", "dt": "list", "blockquote": "quote", "figcaption": "caption"}
_OF_BLOCK.update(dict.fromkeys(HEADINGS, "heading"))
LINK_SHARE = 0.8
"""A line is a link when this share of its words is the text of links."""


@dataclass(slots=True)
class Unit:
    """One line of text on a page."""

    text: str
    key: str
    """Its words alone, with blanks between: equal for two renderings of one line."""
    words: int
    block: HtmlElement
    """The nearest element around it that ends a line."""
    marks: frozenset[str]
    link_share: float
    aside: bool
    """It stands in a part of the page beside the article (`aside`, `nav`, `footer`, a form)."""


def words_of(text: str) -> list[str]:
    """Give the words of a text, in the form that all keys have."""
    return WORD.findall(text if text.isascii() else unicodedata.normalize("NFC", text))


def key_of(text: str) -> str:
    """Give the words of a text with single blanks between."""
    return " ".join(words_of(text))


class _Walk:
    """The state of one walk through a tree."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.texts: list[str] = []
        self.linked: list[str] = []
        self.bold: list[str] = []
        self.blocks: list[Any] = []
        self.marks: list[str] = []
        self.links = self.bolds = self.asides = 0

    def add(self, text: str | None) -> None:
        """Add text to the line that is being read."""
        if not text:
            return
        self.texts.append(text)
        if self.links:
            self.linked.append(text)
        if self.bolds:
            self.bold.append(text)

    def end_line(self) -> None:
        """End the line that is being read."""
        if not self.texts:
            return
        text = " ".join("".join(self.texts).split())
        words = words_of(text)
        if words:
            linked = len(words_of(" ".join(self.linked))) / len(words)
            marks = set(self.marks)
            if linked >= LINK_SHARE:
                marks.add("link")
            if self.bold and len(words_of(" ".join(self.bold))) >= len(words):
                marks.add("bold")
            place = (self.blocks[-1], frozenset(marks), linked, self.asides > 0)
            self.units.append(Unit(text, " ".join(words), len(words), *place))
        self.texts, self.linked, self.bold = [], [], []


def units_of(tree: HtmlElement) -> list[Unit]:
    """Give the lines of a page in reading order."""
    from lxml import etree

    walk = _Walk()
    steps = etree.iterwalk(tree, events=("start", "end"))
    for event, element in steps:
        tag = element.tag
        if event == "start":
            if tag in SKIPPED or not isinstance(tag, str):
                steps.skip_subtree()
                continue
            _enter(walk, element, tag)
            walk.add(element.text)
        else:
            if tag not in SKIPPED and isinstance(tag, str):
                _leave(walk, tag)
            if element is not tree:
                walk.add(element.tail)
    walk.end_line()
    return walk.units


def _enter(walk: _Walk, element: HtmlElement, tag: str) -> None:
    if tag in INLINE:
        walk.links += tag == "a"
        walk.bolds += tag in BOLD
        return
    walk.end_line()
    if tag == "br":
        return
    walk.blocks.append(element)
    if tag in _OF_BLOCK:
        walk.marks.append(_OF_BLOCK[tag])
    walk.asides += tag in ASIDE


def _leave(walk: _Walk, tag: str) -> None:
    if tag in INLINE:
        walk.links -= tag == "a"
        walk.bolds -= tag in BOLD
        return
    if tag == "br":
        return
    walk.end_line()
    walk.blocks.pop()
    if tag in _OF_BLOCK:
        walk.marks.pop()
    walk.asides -= tag in ASIDE
