"""Extracted lines + Unit* + Facts -> MarkedLine*: what extraction lost comes back, each line with marks.

What comes back needs evidence: a heading beside paragraphs of the article; the page's own summary under its
headline; a line that the publisher's `articleBody` holds; a paragraph between two of the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.page.align import align
from cleaner.page.facts import Facts
from cleaner.page.units import HEADINGS, Unit, key_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PROSE_WORDS = 12
LEAD_WORDS = range(4, 90)
LEAD_REACH = 8
"""So many lines below the headline the summary may stand."""
_LEAD_CLASS = re.compile(
    r"stand-?first|sub-?(?:title|head|line)|(?:^|[\s_-])(?:dek|deck|strapline|excerpt|lead|lede|ingress|chapo"
    r"|vorspann|bajada|entradilla|sottotitolo|preamble|kicker-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT_LEAD_CLASS = re.compile(
    r"caption|credit|byline|author|meta|gallery|image|photo|video|date", re.IGNORECASE
)
_BODY_PLAUSIBLE = 0.6
ALL = frozenset(("lead", "heading", "body", "paragraph"))


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line of the article."""

    text: str
    marks: frozenset[str] = frozenset()

    @classmethod
    def of(cls, unit: Unit) -> MarkedLine:
        """Give a unit of the page as a line."""
        return cls(f"- {unit.text}" if unit.block.tag == "li" else unit.text, unit.marks)


@dataclass(slots=True)
class _Article:
    """What was extracted, seen as units of the page."""

    units: Sequence[Unit]
    chosen: frozenset[int]
    first: int
    last: int
    homes: Counter[Any]
    """The elements that hold paragraphs of the article, and how many."""


def fill(
    texts: Sequence[str], units: Sequence[Unit], facts: Facts, kinds: frozenset[str] = ALL
) -> list[MarkedLine]:
    """Give the extracted lines with marks, and between them what the extraction lost."""
    keys = [key_of(text) for text in texts]
    runs = align(keys, units)
    article = _article(units, runs)
    added = sorted(_lost(article, facts, kinds)) if article else []
    lines: list[MarkedLine] = []
    at = 0
    for text, run in zip(texts, runs, strict=True):
        while run and at < len(added) and added[at] < run.start:
            lines.append(MarkedLine.of(units[added[at]]))
            at += 1
        lines.append(MarkedLine(text, _marks(units, run)))
    lines += [MarkedLine.of(units[index]) for index in added[at:]]
    return lines


def _marks(units: Sequence[Unit], run: range) -> frozenset[str]:
    found = [units[index].marks for index in run]
    return frozenset.intersection(*found) if found else frozenset()


def _article(units: Sequence[Unit], runs: Sequence[range]) -> _Article | None:
    chosen = frozenset(index for run in runs for index in run)
    prose = [index for index in sorted(chosen) if units[index].words >= PROSE_WORDS]
    if not prose:
        return None
    homes = Counter(units[index].block.getparent() for index in prose)
    return _Article(units, chosen, prose[0], prose[-1], homes)


def _lost(article: _Article, facts: Facts, kinds: frozenset[str]) -> Iterator[int]:
    """Give the units that belong to the article and were not extracted."""
    units = article.units
    lead = _lead(article, facts) if "lead" in kinds else None
    if lead is not None:
        yield lead
    body = f" {facts.body} " if "body" in kinds and _is_plausible(article, facts) else ""
    for index in range(len(units)):
        unit = units[index]
        if index in article.chosen or index == lead or unit.aside or "caption" in unit.marks:
            continue
        inside = article.first < index < article.last
        is_lost = (
            ("heading" in kinds and inside and _is_heading(article, index))
            or ("paragraph" in kinds and inside and _is_paragraph(article, unit))
            or (body and unit.words >= PROSE_WORDS and "link" not in unit.marks and f" {unit.key} " in body)
        )
        if is_lost:
            yield index


def _lead(article: _Article, facts: Facts) -> int | None:
    """Find the summary under the headline: the page says the same in its head, or names the element so."""
    units = article.units
    head = max((index for index in range(article.first) if units[index].block.tag == "h1"), default=None)
    if head is None:
        return None
    told = named = None
    for index in range(head + 1, min(head + 1 + LEAD_REACH, article.first)):
        unit = units[index]
        if unit.aside or unit.words not in LEAD_WORDS or not unit.marks.isdisjoint(("link", "caption")):
            continue
        if index in article.chosen:
            if unit.words >= PROSE_WORDS:
                return None
            continue
        if unit.key in facts.summaries:
            told = index if told is None else told
        elif named is None and unit.words >= 6 and _is_named_lead(unit.block):
            named = index
    return told if told is not None else named


def _is_named_lead(block: HtmlElement) -> bool:
    parent = block.getparent()
    names = " ".join(one.get("class") or "" for one in (block, parent) if one is not None)
    return bool(_LEAD_CLASS.search(names)) and not _NOT_LEAD_CLASS.search(block.get("class") or "")


def _is_heading(article: _Article, index: int) -> bool:
    """Tell whether a unit is a subheading: it stands beside paragraphs of the article, one below it."""
    unit = article.units[index]
    if unit.block.tag not in HEADINGS or unit.block.tag == "h1":
        return False
    home = unit.block.getparent()
    if article.homes[home] < 2:
        return False
    return any(
        below in article.chosen and article.units[below].block.getparent() is home
        for below in range(index + 1, min(index + 4, len(article.units)))
    )


def _is_paragraph(article: _Article, unit: Unit) -> bool:
    return (
        unit.block.tag in ("p", "blockquote")
        and unit.words >= PROSE_WORDS
        and unit.link_share < 0.3
        and article.homes[unit.block.getparent()] >= 2
    )


def _is_plausible(article: _Article, facts: Facts) -> bool:
    """Tell whether `articleBody` holds most of what was extracted, so that it is this article."""
    if not facts.body:
        return False
    body = f" {facts.body} "
    words = held = 0
    for index in article.chosen:
        unit = article.units[index]
        if unit.words >= PROSE_WORDS:
            words += unit.words
            held += unit.words if f" {unit.key} " in body else 0
    return held >= _BODY_PLAUSIBLE * words
