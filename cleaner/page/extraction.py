"""Tree of a page + Unit* -> the lines that trafilatura takes for its article.

Its fast way is asked first. Where that gives little of the page's prose, all of its ways are asked: only then
they could find something else.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

from cleaner.page.fill import PROSE_WORDS
from cleaner.page.units import INLINE, Unit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SILENT = logging.NullHandler()
"""What trafilatura says of a page stands in the document's note."""
AMPLE = 0.6
"""So much of the prose of a page is its article, whatever another way would find."""
_LINKED = 0.5
"""A line with more of its words in links is no prose."""
_HIDDEN = "noscript iframe object embed canvas audio video template source map area picture"
_TOOLS = "button input select textarea datalist dialog link meta param track menu"
_BESIDE = "nav footer aside"
_NO_ARTICLE = tuple(f"{_HIDDEN} {_TOOLS} {_BESIDE}".split())
"""Elements that trafilatura takes out of each of its copies of the tree."""
_BOXES = ("div", "section", "article", "ul", "ol", "li", "figure")


def lighten(tree: HtmlElement) -> None:
    """Take out the code of a page, except what the publisher says of its article there."""
    for element in list(tree.iter("script", "style", "svg")):
        if (element.get("type") or "").lower() != "application/ld+json":
            _drop(element)


def extract(tree: HtmlElement, units: Sequence[Unit]) -> list[str]:
    """Give the lines of the article."""
    import trafilatura  # a second of CPU, and only pages need it

    logging.getLogger("trafilatura").addHandler(_SILENT)
    text = _text(trafilatura.bare_extraction(stripped(tree), include_comments=False, fast=True))
    if len(text) < AMPLE * _prose(units):
        text = _text(trafilatura.bare_extraction(tree, include_comments=False))
    return [line.strip() for line in text.split("\n") if line.strip()]


def _text(found: object) -> str:
    return getattr(found, "text", None) or ""


def _prose(units: Sequence[Unit]) -> int:
    """Count the characters of the prose on a page; one at least."""
    prose = (unit for unit in units if unit.words >= PROSE_WORDS and unit.link_share < _LINKED)
    return sum(len(unit.text) for unit in prose) or 1


def stripped(tree: HtmlElement) -> HtmlElement:
    """Give a copy without what is no article and what says nothing: trafilatura copies it again and again."""
    tree = copy(tree)
    for element in list(tree.iter(*_NO_ARTICLE)):
        _drop(element)
    for element in reversed(list(tree.iter(*_BOXES))):
        if len(element) == 0 and _says_nothing(element):
            _drop(element)
    return tree


def _says_nothing(box: HtmlElement) -> bool:
    """Tell whether a page without this empty box reads the same: it does not part two texts either."""
    above, behind = box.getparent(), box.getnext()
    return (
        not (box.text or "").strip()
        and not (box.tail or "").strip()
        and (behind is None or behind.tag not in INLINE)
        and (above is None or above.tag not in INLINE)
    )


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
