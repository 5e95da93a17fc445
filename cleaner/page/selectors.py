"""CSS selector -> what finds its elements on a page, and a name without which there are none.

Nearly all selectors of rules ask for a tag, a class or an id. These are asked once for each kind of element
on the page; the rest become XPath, which looks at every element.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

_LETTERS = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz'"
_NEGATION = re.compile(r":not\([^()]*\)")
_LAST_PART = re.compile(r"[\s>+~]+(?![^\[]*\])")
_NAME = re.compile(r"[.#]([\w-]+)|\[(?:class|id)[*^$~|]?=\s*[\"']?([^\"'\]]+)[\"']?\s*\]", re.IGNORECASE)


def name_in(selector: str) -> str:
    """Give the longest name that stands on every page on which the selector finds something.

    In lower case; empty where the selector asks for no name.

    >>> name_in('div.story aside[class*="Related"]')
    'related'
    """
    if "," in re.sub(r"\[[^\]]*\]", "", selector):
        return ""  # each part may hold a name of its own
    last = _LAST_PART.split(_NEGATION.sub("", selector).strip())[-1]
    names = (name for found in _NAME.finditer(last) for name in (found[1] or found[2]).split())
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


class Kind(NamedTuple):
    """What elements of a page have in common; in lower case."""

    tag: str
    classes: str
    id: str


Asks = Callable[[Kind], bool]


class Elements:
    """The elements of a page by their kind, each with its place in the document."""

    def __init__(self, tree: Any) -> None:
        """Look at every element once."""
        self.tree = tree
        written: dict[tuple[str, str, str], list[tuple[int, Any]]] = {}
        for place, element in enumerate(tree.iterdescendants("*")):
            known = (element.tag, element.get("class", ""), element.get("id", ""))
            if known in written:
                written[known].append((place, element))
            else:
                written[known] = [(place, element)]
        self.kinds: dict[Kind, list[tuple[int, Any]]] = {}
        for (tag, classes, own), rows in written.items():
            self.kinds.setdefault(Kind(tag.lower(), classes.lower(), own.lower()), []).extend(rows)
        names = {name for kind in self.kinds for name in (*kind.classes.split(), *kind.id.split())}
        self.names = "\n".join(names)
        """All classes and ids, in lower case, in one text to look into."""

    def of(self, asks: Asks, name: str = "") -> list[Any]:
        """Give the elements of all kinds that pass, as they follow each other; ``name``: what they hold."""
        found = [
            row
            for kind, rows in self.kinds.items()
            if (not name or name in kind.classes or name in kind.id) and asks(kind)
            for row in rows
        ]
        return [element for _, element in sorted(found, key=lambda row: row[0])]


def question(selector: str) -> Asks | None:
    """Give what a selector asks of the kind of an element; None where it asks for more than that."""
    from cssselect import SelectorError, parse

    try:
        asked = [_question(one.parsed_tree) for one in parse(selector)]
    except SelectorError as error:
        raise ValueError(str(error)) from None
    known = [one for one in asked if one is not None]
    if len(known) < len(asked):
        return None
    return known[0] if len(known) == 1 else lambda kind: any(one(kind) for one in known)


def _question(node: Any) -> Asks | None:
    """Translate a compound selector, outermost condition first."""
    from cssselect.parser import Attrib, Class, Element, Hash, Negation

    if isinstance(node, Element):
        tag = (node.element or "").lower()
        return None if node.namespace else lambda kind: not tag or kind.tag == tag
    if not isinstance(node, Attrib | Class | Hash | Negation):
        return None
    rest = _question(node.selector)
    own = _question(node.subselector) if isinstance(node, Negation) else _condition(node)
    if rest is None or own is None:
        return None
    if isinstance(node, Negation):
        return lambda kind: not own(kind) and rest(kind)
    return lambda kind: own(kind) and rest(kind)


def _condition(node: Any) -> Asks | None:
    from cssselect.parser import Class, Hash

    if isinstance(node, Class):
        name = f" {node.class_name.lower()} "
        return lambda kind: name in f" {' '.join(kind.classes.split())} "
    if isinstance(node, Hash):
        own = node.id.lower()
        return lambda kind: kind.id == own
    field = {"class": 1, "id": 2}.get(node.attrib)
    value = node.value.value.lower() if node.value is not None else ""
    test = _TESTS.get(node.operator)
    if field is None or test is None or node.namespace or not value:
        return None
    return lambda kind: test(kind[field], value)


_TESTS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda held, value: held == value,
    "*=": lambda held, value: value in held,
    "^=": lambda held, value: held.startswith(value),
    "$=": lambda held, value: held.endswith(value),
    "~=": lambda held, value: value in held.split(),
}
