"""Candidate + figures -> lines: what a person sees of one candidate before deciding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.drafts.trial import Figures, Place
from cleaner.mine import Candidate, Context, rule_text

_MOST_CHARS = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card, and how it looks: `head`, `goes`, `stays`, `doubt`, `rule` or plain."""

    text: str
    look: str = ""


def card(candidate: Candidate, tried: tuple[Figures, int] | None) -> Iterator[Row]:
    """Give the lines of a card; ``tried``: what came of the articles at hand, and their number."""
    counts = candidate.counts
    yield Row(f"{candidate.host}  {candidate.label}  {candidate.kind}  {candidate.id}", "head")
    yield Row(
        f"in {counts.found:,} of {counts.articles:,} articles, {counts.opening:,} times before the first "
        f"paragraph, {counts.closing:,} after the last; different texts: {counts.distinct:,}"
    )
    if candidate.evidence:
        yield Row(f"evidence: {'; '.join(candidate.evidence)}")
    if candidate.doubt:
        yield Row(f"doubtful: {candidate.doubt}", "doubt")
    if tried is not None:
        yield from _tried(*tried)
    for context in candidate.contexts:
        yield from _context(context)
    yield Row("")
    yield from (Row(line, "rule") for line in rule_text(candidate).rstrip("\n").split("\n"))


def _tried(figures: Figures, articles: int) -> Iterator[Row]:
    yield Row(
        f"tried on {articles:,} articles: it takes {figures.lines:,} lines in {figures.documents:,}; "
        f"today's rules leave some of it in {figures.fresh:,} of {figures.sampled:,}"
    )
    for place in figures.fresh_places:
        yield Row(f"left today: {_short(_one_line(place))}", "goes")


def _one_line(place: Place) -> str:
    return " / ".join(place.taken)


def _context(context: Context) -> Iterator[Row]:
    yield Row("")
    yield Row(f"{context.document}:{context.line}")
    yield from _lines(context.before, "|", "stays")
    yield from _lines(context.text.split("\n"), "-", "goes")
    yield from _lines(context.after, "|", "stays")


def _lines(texts: Sequence[str], sign: str, look: str) -> Iterator[Row]:
    yield from (Row(f"  {sign} {_short(text)}", look) for text in texts)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_CHARS else f"{text[:_MOST_CHARS]}…"
