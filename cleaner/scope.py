"""Document + Rule -> tier: whether a rule is meant for this document, and with what authority.

Language: given by the caller, else voted from the text. Site: from the URL, else from signs in the text; a
site pack has its own tier only where the host is known or two of its signs occur.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from urllib.parse import urlsplit

from cleaner import languages
from cleaner.lines import Line
from cleaner.model import Document
from cleaner.rulemodel import Rule, Site

USER_KEEP, SITE_KEEP, SITE_DROP, GENERAL_KEEP, GENERAL_DROP = range(5)
"""The tiers, the strongest first."""

_SIGNS_FOR_A_SITE = 2


def host_of(url: str | None) -> str | None:
    """Give the host of a URL in lower case, without port; None where there is none."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.rstrip(".") if host else None


def on_host(host: str, wanted: str) -> bool:
    """Tell whether a host is the wanted one or a sub-domain of it."""
    return host == wanted or host.endswith("." + wanted)


class Scope:
    """What one round knows of its document: language, site and the literals of its text."""

    def __init__(self, document: Document, lines: Sequence[Line], kept: frozenset[str] = frozenset()) -> None:
        """`kept`: the labels that the user keeps, whatever other rules say."""
        self._document = document
        self._kept = kept
        self._lines = lines
        self.host = host_of(document.url)
        self._sites: dict[Site, int | None] = {}

    @cached_property
    def _folded(self) -> str:
        return "\n".join(line.folded for line in self._lines)

    @cached_property
    def langs(self) -> frozenset[str]:
        """The languages that the document may be in."""
        given = (self._document.lang or "").lower().replace("_", "-").split("-")[0]
        if given in languages.LANGUAGES:
            return languages.with_english(frozenset({given}))
        return languages.candidates(self._folded)

    def tier(self, rule: Rule) -> int | None:
        """Give the tier that a rule has here; None where it is not meant for this document."""
        if rule.langs and rule.langs.isdisjoint(self.langs):
            return None
        if rule.condition is not None and not self._holds(rule):
            return None
        site = self._site(rule.site) if rule.site is not None else 0
        if site is None:
            return None
        keep = rule.action == "keep"
        if keep and rule.label in self._kept:
            return USER_KEEP
        if site >= _SIGNS_FOR_A_SITE:
            return SITE_KEEP if keep else SITE_DROP
        return GENERAL_KEEP if keep else GENERAL_DROP

    def _site(self, site: Site) -> int | None:
        """Give how sure it is that the document is of a site, from 1; None: it is not."""
        if site not in self._sites:
            self._sites[site] = self._signs(site)
        return self._sites[site]

    def _signs(self, site: Site) -> int | None:
        if self.host is not None:
            return _SIGNS_FOR_A_SITE if any(on_host(self.host, host) for host in site.hosts) else None
        return sum(sign in self._folded for sign in site.signs) or None

    def _holds(self, rule: Rule) -> bool:
        wanted = rule.condition
        assert wanted is not None
        if wanted.text_has and not any(literal in self._folded for literal in wanted.text_has):
            return False
        if wanted.langs and wanted.langs.isdisjoint(self.langs):
            return False
        if wanted.hosts:
            return self.host is not None and any(on_host(self.host, host) for host in wanted.hosts)
        return True
