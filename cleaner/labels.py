"""Labels: what a line of a scraped article can be, and what happens to it by default.

The table is the contract between rules, reports and people. A rule names one of these labels; the
settings say of each label whether it is kept or dropped.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """One row of the contract: a name, its default and one line that says what it is."""

    name: str
    keep: bool
    about: str


LABELS: dict[str, Label] = {
    label.name: label
    for label in (
        Label("body", True, "what the newsroom wrote as the article"),
        Label("title", False, "the headline again, where it is known to be the title"),
        Label("byline", False, "who wrote it, where and when it appeared, reading time, view counts"),
        Label("dateline", True, "the place, on a line of its own or before the first sentence"),
        Label("credit", False, "agencies, contributors, picture credits"),
        Label("caption", False, "a caption that something marks as one"),
        Label("promo", False, "other stories, programmes or products of the publisher"),
        Label("subscribe", False, "newsletter, app, subscription, paywall, membership, donation"),
        Label("social", False, "share bars, follow-us lines, chat-channel invitations"),
        Label("embed", False, "an embedded post, video or chart flattened into text"),
        Label("correction", False, "an invitation to report mistakes or to write in"),
        Label("note", True, "the newsroom's note on this article"),
        Label("bio", False, "about the author or the publisher, at the end"),
        Label("legal", False, "copyright, terms, disclaimers, syndication notices"),
        Label("comment", False, "reader comments and the prompts around them"),
        Label("ad", False, "advertising and its markers, affiliate notices, shopping widgets"),
        Label("tags", False, "topic lists, breadcrumbs, section names"),
        Label("interface", False, "what a browser page says to its user"),
        Label("debris", False, "what the scraping broke"),
    )
}

KEPT_BY_DEFAULT: frozenset[str] = frozenset(name for name, label in LABELS.items() if label.keep)
