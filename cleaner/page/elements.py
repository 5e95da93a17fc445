"""Tree of a page + css rules -> the tree without the elements they find, and a Removal for each.

A rule is tried only where the page holds a name that its selectors ask for, so a rule that cannot match costs
nothing. What a reader sees of an element is on record before it goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cleaner.folding import fold
from cleaner.model import Note
from cleaner.page.facts import NOTHING, Facts
from cleaner.page.selectors import Asks, Elements, compile_selector, name_in, question
from cleaner.page.units import key_of
from cleaner.rulemodel import Rule
from cleaner.shapes import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_SHARE = 0.25
"""A rule that finds a larger share of the words in the page's paragraphs is off for the page."""
MOST_LONG = 0.9
"""The same for a rule whose elements may be longer than an article: what readers wrote, lists of cookies."""
LONG_WORDS = 1000
FLOOR_WORDS = 30
"""So many words of paragraphs it may take from any page."""
_LONGEST_WORD = 40
_EXCERPT = 60
_LEAST_SUMMARY = 6
_LEAST_IN_BODY = 12
_NO_BODY = frozenset(("embed", "caption"))
"""What goes although `articleBody` holds it."""
_NEVER = frozenset(("html", "body", "main", "h1"))
"""Elements that no rule takes, nor what holds one of them."""


@dataclass(frozen=True, slots=True)
class Removal:
    """One element that a rule took out of a page."""

    rule: Rule
    words: int
    text: str
    """What it said."""

    @property
    def note(self) -> Note:
        """What a person is told of it."""
        start = self.text if len(self.text) <= _EXCERPT else f"{self.text[:_EXCERPT].rstrip()}..."
        return Note("element", f"{self.rule.label}, {self.words} words: {start}", self.rule.id)


class Finder:
    """One css rule; each selector is made ready when a page first holds its name."""

    def __init__(self, rule: Rule) -> None:
        """Take the rule."""
        self.rule = rule
        self._names = [name_in(selector) for selector in rule.css]
        self._ready: dict[str, tuple[Asks | None, Any]] = {}

    def find(self, elements: Elements) -> Iterator[HtmlElement]:
        """Give the elements of a page that the selectors find."""
        for selector, name in zip(self.rule.css, self._names, strict=True):
            if name in elements.names:
                asks, path = self._made(selector)
                yield from elements.of(asks, name) if asks is not None else path(elements.tree)

    def _made(self, selector: str) -> tuple[Asks | None, Any]:
        if selector not in self._ready:
            asks = question(selector)
            self._ready[selector] = (asks, None if asks is not None else compile_selector(selector))
        return self._ready[selector]


class _Page:
    """What is asked of a page more than once."""

    def __init__(self, tree: HtmlElement, facts: Facts) -> None:
        self.tree = tree
        self.facts = facts
        self.elements = Elements(tree)

    def speaks_for(self, text: str, rule: Rule) -> bool:
        """Tell whether the publisher counts a text to the article."""
        key = key_of(text)
        return any(one in key for one in self.facts.summaries if one.count(" ") >= _LEAST_SUMMARY) or (
            rule.label not in _NO_BODY and key.count(" ") >= _LEAST_IN_BODY and key in self.facts.body
        )

    @cached_property
    def needed(self) -> frozenset[Any]:
        """The elements that hold the headline or the page."""
        heads = list(self.tree.iter(*_NEVER))
        return frozenset(heads).union(*(head.iterancestors() for head in heads))

    @cached_property
    def prose(self) -> int:
        """The words in the paragraphs of the page."""
        return _prose(self.tree)


def _prose(element: HtmlElement) -> int:
    """Count the words in the paragraphs of an element."""
    return sum(words(one.text_content()) for one in element.iter("p"))


def remove(
    tree: HtmlElement, finders: Sequence[Finder], facts: Facts = NOTHING
) -> tuple[list[Removal], list[Note]]:
    """Take out of a page what css rules find; give what went, and notes on rules that went too far.

    An element with the page's own summary in it stays, and so does one whose words stand in `articleBody`.
    """
    page = _Page(tree, facts)
    found: list[tuple[HtmlElement, Removal]] = []
    notes = []
    for finder in finders:
        rows = list(_taken_by(finder, page))
        total = sum(_prose(element) for element, _ in rows)
        share = MOST_LONG if finder.rule.css_max_words >= LONG_WORDS else MOST_SHARE
        if total > FLOOR_WORDS and total > share * page.prose:
            about = "found too much of the page's paragraphs, so it is off for this page"
            notes.append(Note("over-budget", about, finder.rule.id))
        else:
            found += rows
    gone = []
    for element, removal in found:
        if element.getparent() is not None:
            element.drop_tree()
            gone.append(removal)
    return gone, notes


def _taken_by(finder: Finder, page: _Page) -> Iterator[tuple[HtmlElement, Removal]]:
    rule = finder.rule
    seen: set[Any] = set()
    for element in finder.find(page.elements):
        if element in page.needed or not seen.isdisjoint((element, *element.iterancestors())):
            continue
        text = element.text_content()
        if len(text) > (rule.css_max_words + 1) * 4 * _LONGEST_WORD:
            continue
        text = " ".join(text.split())
        size = words(text)
        if size > rule.css_max_words or (rule.css_has and not any(one in fold(text) for one in rule.css_has)):
            continue
        if page.speaks_for(text, rule):
            continue
        seen.add(element)
        yield element, Removal(rule, size, text)
