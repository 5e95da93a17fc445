"""Document with a page -> Document with the page's article: text, marks, title, language and address.

parse ─▶ facts ─▶ css rules ─▶ extraction (or the site's own body) ─▶ what it lost comes back
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.markup import parse
from cleaner.model import Document, Note
from cleaner.page.elements import Finder, remove
from cleaner.page.extraction import extract, lighten
from cleaner.page.facts import Facts, facts_of
from cleaner.page.fill import MarkedLine, fill
from cleaner.page.selectors import compile_selector
from cleaner.page.units import units_of
from cleaner.rulemodel import Rule
from cleaner.shapes import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NO_BODY = "no article was found in the page"
LEAST_WORDS = 8
"""With fewer words that are no links there is no article, but what stands around one."""
LEAST_BODY_WORDS = 40
"""A site's own body with fewer words is not believed."""
Meant = Callable[[Document, Rule], bool]
"""Tells whether a rule is meant for a document."""
Bodies = Callable[[Document], Sequence[str]]
"""Gives the selectors of the element that holds the article, where a document's site is known."""


class Opener:
    """Takes articles out of pages; its css rules are made ready once."""

    def __init__(
        self,
        rules: Sequence[Rule] = (),
        meant: Meant = lambda document, rule: True,
        bodies: Bodies = lambda document: (),
    ) -> None:
        """Take the css rules, and what tells which of them and which body a document wants."""
        self._finders = [Finder(rule) for rule in rules]
        self._meant = meant
        self._bodies = bodies

    def open(self, document: Document) -> Document:
        """Give the document with the text of its page's article; a note says why there is none.

        Never raises: the parsers are other projects', and a page must not end a batch.
        """
        try:
            return self._open(document)
        except Exception as error:
            reason = str(error) or type(error).__name__
            return replace(document, page=None, text="", notes=(Note("failed", reason),))

    def _open(self, document: Document) -> Document:
        tree = parse(document.page or "")
        facts = facts_of(tree)
        known = _known(document, facts)
        lighten(tree)
        finders = [finder for finder in self._finders if self._meant(known, finder.rule)]
        gone, notes = remove(tree, finders, facts) if finders else ([], [])
        lines = self._own_body(tree, known) or _extracted(tree, facts)
        if not lines:
            raise ValueError(NO_BODY)
        return replace(
            known,
            text="\n".join(line.text for line in lines),
            marks={number: line.marks for number, line in enumerate(lines, 1) if line.marks},
            notes=(*(removal.note for removal in gone), *notes),
        )

    def _own_body(self, tree: HtmlElement, known: Document) -> list[MarkedLine]:
        """Give the lines of the element that a site pack names; none where it finds nothing."""
        for selector in self._bodies(known):
            for element in compile_selector(selector)(tree)[:1]:
                units = units_of(element)
                if sum(unit.words for unit in units) >= LEAST_BODY_WORDS:
                    return [MarkedLine.of(unit) for unit in units if not unit.aside]
        return []


def _known(document: Document, facts: Facts) -> Document:
    return replace(
        document,
        page=None,
        url=document.url or facts.url,
        title=document.title or facts.title,
        lang=document.lang or facts.lang,
    )


def _extracted(tree: HtmlElement, facts: Facts) -> list[MarkedLine]:
    """Give the lines that extraction finds, and what it lost."""
    units = units_of(tree)
    texts = extract(tree, units)
    lines = fill(texts, units, facts) if texts else []
    said = sum(words(line.text) for line in lines if "link" not in line.marks)
    return lines if said >= LEAST_WORDS else []
