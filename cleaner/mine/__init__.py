"""Corpus -> Candidate*: what recurs on a site becomes a rule that a person can read, test, change and keep."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.mine.candidate import Candidate, Context, Corpus, Counts
from cleaner.mine.counting import count
from cleaner.mine.gathering import Site, gather
from cleaner.mine.proposing import propose
from cleaner.mine.verdicts import Court
from cleaner.mine.yamlfile import file_text, read, rule_text, write

__all__ = ["Candidate", "Context", "Corpus", "Counts", "file_text", "mine", "read", "rule_text", "write"]


def mine(
    corpus: Corpus, *, about: tuple[str, str] = ("corpus", ""), site: str = "", court: Court | None = None
) -> Iterator[Candidate]:
    """Read a corpus twice and give the candidates of its sites, host by host.

    ``about`` is the name of the corpus and the date of the rules; ``site`` the host of articles without an address.
    """
    census = count(corpus(), site)
    sites = gather(corpus(), census, site)
    court = court or Court()
    for host in sorted(sites):
        one = sites[host]
        if one.lines or one.forms:
            yield from propose(one, court.at(one.fillers()), about)
