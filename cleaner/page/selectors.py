"""CSS selector -> what finds its elements: an XPath, and a name without which there are none on a page."""

from __future__ import annotations

import re
from typing import Any

_LETTERS = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz'"
NAMING = ("class", "id", "role", "itemprop", "data-testid", "data-component", "data-type")
"""Attributes whose values are gathered from a page before any selector is tried."""
_NEGATION = re.compile(r":not\([^()]*\)")
_LAST_PART = re.compile(r"[\s>+~]+(?![^\[]*\])")
_NAME = re.compile(
    rf"[.#]([\w-]+)|\[(?:{'|'.join(NAMING)})[*^$~|]?=\s*[\"']?([^\"'\]]*[^\"'\]\s])[\"']?\s*\]", re.IGNORECASE
)


def name_in(selector: str) -> str:
    """Give the longest name that stands on every page on which the selector finds something.

    In lower case; empty where the selector asks for no name.

    >>> name_in('div.story aside[class*="Related"]')
    'related'
    """
    last = _LAST_PART.split(_NEGATION.sub("", selector).strip())[-1]
    names = (found[1] or found[2] for found in _NAME.finditer(last))
    return max((name.lower() for name in names), key=len, default="")


def compile_selector(selector: str) -> Any:
    """Give a function from an element to the elements in it that the selector finds.

    Names and the values of attributes compare case-blind. A ValueError says what cannot be read.
    """
    from cssselect import SelectorError
    from lxml import etree

    try:
        path = _translator().css_to_xpath(selector, prefix="descendant::")
    except SelectorError as error:
        raise ValueError(str(error)) from None
    return etree.XPath(path, smart_strings=False)


def _translator() -> Any:
    from cssselect import HTMLTranslator

    class Translator(HTMLTranslator):
        """XPath that sees the values of attributes in lower case."""

    def folded(kind: str) -> Any:
        plain = getattr(HTMLTranslator, f"xpath_attrib_{kind}")

        def test(self: Any, xpath: Any, name: str, value: str | None) -> Any:
            return plain(self, xpath, f"translate({name}, {_LETTERS})", value and value.lower())

        return test

    for kind in ("equals", "includes", "prefixmatch", "suffixmatch", "substringmatch"):
        setattr(Translator, f"xpath_attrib_{kind}", folded(kind))
    return Translator()


_FIND_NAMES = " | ".join(f"//@{name}" for name in NAMING)


def names_on(tree: Any) -> str:
    """Give all names that stand on a page, in lower case, in one text to look into."""
    return "\n".join(sorted(set(tree.xpath(_FIND_NAMES, smart_strings=False)))).lower()
