"""Candidates + corpus -> Sample: articles of their sites, to ask what rules take and today's rules leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from cleaner.drafts.trial import Figures, try_out
from cleaner.mine import Candidate, file_text
from cleaner.mine.counting import site_of
from cleaner.model import Document
from cleaner.pipeline import Cleaner
from cleaner.rulefile import load_texts
from cleaner.rulemodel import Rule

MOST = 60
"""So many articles of a site are kept, and those besides in which a candidate was seen."""


def rule_of(candidate: Candidate) -> Rule:
    """Give the rule of a candidate."""
    return load_texts([(f"{candidate.host}.yaml", file_text(candidate.host, [candidate]))]).rules[0]


class Sample:
    """Some articles of each site that has candidates."""

    def __init__(
        self, candidates: Iterable[Candidate], corpus: Iterable[Document], today: Cleaner, home: str = ""
    ) -> None:
        """Read the corpus once; ``home``: the site of articles without an address."""
        self._today = today
        self._articles: dict[str, list[Document]] = defaultdict(list)
        wanted = {(one.host, context.document) for one in candidates for context in one.contexts}
        hosts = {host for host, _ in wanted}
        for document in corpus:
            host = site_of(document.url) or home
            known = self._articles[host] if host in hosts else []
            if host in hosts and (len(known) < MOST or (host, document.id) in wanted):
                known.append(document if document.url else replace(document, url=f"https://{host}/"))

    def articles(self, host: str) -> int:
        """Give the number of articles of a site that are here."""
        return len(self._articles[host])

    def figures(self, candidate: Candidate) -> Figures:
        """Try a candidate on the articles of its site."""
        rule = rule_of(candidate)
        return try_out([rule], self._articles[candidate.host], self._today).rules[rule.id]
