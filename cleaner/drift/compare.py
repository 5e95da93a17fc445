"""Figures + earlier figures -> Finding*: what changed by more than chance explains.

Sites are compared with themselves: a corpus with other sites, or more articles of one, is no drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cleaner.drift.chance import at_most, bounds, by_chance
from cleaner.drift.figures import Figures, Site
from cleaner.rulemodel import Rule

ALARM = 0.01
"""The probability of any false finding of a kind, whatever the number of rules and sites."""
FELL = 0.2
"""A rule that still fires this often has not stopped."""
LEAST_ARTICLES = 20
LEAST_FOUND = 5
LEAST_JUMP = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: a `rule` that stopped firing, a new `line`, or a `site` whose share jumped."""

    kind: str
    name: str
    """The rule or the site."""
    before: tuple[float, int]
    """For rules and lines how many articles of how many; for sites the mean share of how many."""
    now: tuple[float, int]
    text: str = ""
    """The line."""


def compare(now: Figures, before: Figures, rules: Iterable[Rule]) -> list[Finding]:
    """Give all findings: rules, then lines, then sites."""
    active = {rule.id: rule for rule in rules}
    return [*_rules(now, before, active), *_lines(now, before), *_sites(now, before)]


def _both(now: Figures, before: Figures) -> Iterator[tuple[str, Site, Site]]:
    for name in sorted(now.sites.keys() & before.sites.keys()):
        yield name, now.sites[name], before.sites[name]


def _rules(now: Figures, before: Figures, active: Mapping[str, Rule]) -> Iterator[Finding]:
    """Rules that fire far less than at least expected, by Wilson's lower bound of each site's old share."""
    old_names = {old: rule.id for rule in active.values() for old in rule.replaces}
    expected: dict[str, float] = {}
    counts: dict[str, list[int]] = {}
    for _, new, old in _both(now, before):
        for old_name, found in old.rules.items():
            name = old_names.get(old_name, old_name)
            if name in active:
                expected[name] = expected.get(name, 0.0) + bounds(found, old.articles)[0] * new.articles
                row = counts.setdefault(name, [0, 0, 0, 0])
                row[0], row[1] = row[0] + found, row[1] + old.articles
                row[2], row[3] = row[2] + new.rules[name], row[3] + new.articles
    for name, (was, of, fires, articles) in sorted(counts.items()):
        fell = fires * of <= FELL * was * articles
        if fell and at_most(fires, expected[name]) < ALARM / len(counts):
            yield Finding("rule", name, (was, of), (fires, articles))


def _lines(now: Figures, before: Figures) -> Iterator[Finding]:
    """Lines that no rule takes, and whose share now lies above all that the earlier one may have been."""
    for name, new, old in _both(now, before):
        if min(new.articles, old.articles) < LEAST_ARTICLES:
            continue
        for form, found in new.lines.most_common():
            was = old.lines.get(form, min(old.least, old.articles))
            if found >= LEAST_FOUND and bounds(found, new.articles)[0] > bounds(was, old.articles)[1]:
                text = new.shown[form]
                yield Finding("line", name, (old.lines[form], old.articles), (found, new.articles), text)


def _sites(now: Figures, before: Figures) -> Iterator[Finding]:
    """Sites of whose articles more goes, or less, than before."""
    rows = [row for row in _both(now, before) if min(row[1].articles, row[2].articles) >= LEAST_ARTICLES]
    for name, new, old in rows:
        jump = abs(new.share.mean - old.share.mean)
        if jump >= LEAST_JUMP and by_chance(new.share, old.share) < ALARM / len(rows):
            yield Finding("site", name, (old.share.mean, old.articles), (new.share.mean, new.articles))
