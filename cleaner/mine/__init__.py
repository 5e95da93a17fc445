"""Corpus -> Candidate*: what recurs on a site becomes a rule that a person can read, test and keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.mine.candidate import Candidate, Context, Corpus, Counts
from cleaner.mine.counting import Census, count
from cleaner.mine.gathering import Site, gather
from cleaner.mine.proposing import propose
from cleaner.mine.verdicts import Court
from cleaner.mine.yamlfile import file_text, read, rule_text, write

__all__ = [
    "Candidate",
    "Census",
    "Context",
    "Corpus",
    "Counts",
    "Court",
    "Site",
    "Survey",
    "file_text",
    "mine",
    "read",
    "rule_text",
    "survey",
    "write",
]


@dataclass(frozen=True, slots=True)
class Survey:
    """What recurs in a corpus, before anybody judges it."""

    census: Census
    sites: dict[str, Site]

    def candidates(self, about: tuple[str, str], court: Court | None = None) -> Iterator[Candidate]:
        """Give the candidates, host by host; ``about``: the name of the corpus, the date of the rules."""
        for host in sorted(self.sites):
            site = self.sites[host]
            if site.lines or site.forms:
                court = court or Court()
                yield from propose(site, court.at(site.fillers()), about)


def survey(corpus: Corpus, site: str = "") -> Survey:
    """Read a corpus twice and count what recurs; ``site`` is the host of articles without an address."""
    census = count(corpus(), site)
    return Survey(census, gather(corpus(), census, site))


def mine(
    corpus: Corpus, *, about: tuple[str, str] = ("corpus", ""), site: str = "", court: Court | None = None
) -> Iterator[Candidate]:
    """Read a corpus twice and give the candidates of its sites, host by host."""
    return survey(corpus, site).candidates(about, court)
