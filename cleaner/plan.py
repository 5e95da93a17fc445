"""rules -> Plan: which rules to try on which lines, without trying them all.

What `clues` knows of each rule goes into a few tables: whole lines (one look-up in a dictionary), texts (one
scan for all of them, in which a line break is a character like others), places in the document. What is found
is compared with the rule's bounds, for all lines at once; what is left is a candidate, and `ready` confirms
it, once for all lines that read the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np

from cleaner.bounds import ANY, Bounds
from cleaner.clues import FORMS, Key, clues
from cleaner.lines import Facts
from cleaner.model import Rule
from cleaner.ready import Ready
from cleaner.scan import Scan
from cleaner.survey import Numbers, Survey, columns

_MOST_KEPT, _KEPT_CHARS = 1 << 13, 240
"""Facts are kept of so many lines, none longer: prose does not come again."""
_MOST_TONGUES = 16
"""Tables are kept for so many languages."""
Found = tuple[int, tuple[int, ...]]
"""A rule that may want a line, and which of its patterns (by number) or `ready.WHOLE`, `ready.SURE`."""
_BIG_WORDS, _BIG_CHARS = 25, 160
"""A line with more of both is a paragraph; most rules are bound to less, and are not looked for there."""


class Plan:
    """A rule set compiled for look-up. Rules are named by their index in `rules`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.ready = tuple(Ready(rule) for rule in self.rules)
        self.same: dict[str, list[int]] = {"earlier": [], "title": []}
        self.of_sites: dict[int, tuple[int, ...]] = {}
        """Rules of single sites that are found by place, and their patterns: other lines are not theirs."""
        self.alone = frozenset(
            number for number, rule in enumerate(self.rules) if rule.run is None and rule.times is None
        )
        """Rules to which a line outside their zone says nothing."""
        self.free = frozenset(
            number for number, rule in enumerate(self.rules) if rule.site is None and rule.condition is None
        )
        """Rules that are meant for all texts in their languages."""
        self._placed: set[str] = set()
        self._bounds: list[Bounds] = []
        """By rule: what lines that can be anchors keep to."""
        self._probes: list[tuple[int, Key]] = []
        """Rules and the keys by which lines are found: whole lines and texts."""
        for number, rule in enumerate(self.rules):
            found = clues(rule)
            self._bounds.append(found.bounds if found else ANY)
            for key in found.keys if found else ():
                self._add(key, number)
        self._langs = frozenset(lang for rule in self.rules for lang in rule.langs)
        self._known: dict[str, Facts] = {}
        self._meant: dict[str | None, _Meant] = {}

    def _add(self, key: Key, number: int) -> None:
        if key.kind == "same":
            for name in key.texts:
                self.same[name].append(number)
            return
        if key.kind == "place":
            self._placed.add(self.rules[number].id)
            if self.rules[number].site is not None:
                self.of_sites[number] = (*self.of_sites.get(number, ()), key.pattern)
                return
        self._probes.append((number, key))

    def facts_of(self, text: str, normal: str, folded: str) -> Facts:
        """Give the facts of a line, the same ones for lines that read the same."""
        facts = self._known.get(text)
        if facts is None:
            facts = Facts(text, normal, folded)
            if len(text) <= _KEPT_CHARS:
                if len(self._known) >= _MOST_KEPT:
                    self._known.clear()
                self._known[text] = facts
        return facts

    def learn(self, lines: Iterable[Facts], langs: frozenset[str]) -> None:
        """Look lines up: sets what was `found` for texts of some languages."""
        unknown = list({id(facts): facts for facts in lines if langs not in facts.found}.values())
        if not unknown:
            return
        for facts in unknown:
            facts.found[langs] = ()
        survey = Survey(unknown)
        tables = [self._for(lang) for lang in sorted(langs & self._langs)] or [self._for(None)]
        rows = tables[0].find(unknown, survey)
        if len(tables) > 1:
            rows = sorted({*rows, *(row for table in tables[1:] for row in table.find(unknown, survey))})
        for index, of_line in groupby(rows, itemgetter(0)):
            found: dict[int, tuple[int, ...]] = {}
            for _, number, pattern in of_line:
                found[number] = (*found.get(number, ()), pattern)
            unknown[index].found[langs] = tuple(found.items())

    def _for(self, lang: str | None) -> _Meant:
        """Give the tables of a language; of the rules for any language alone where it is None."""
        known = self._meant.pop(lang, None)
        if known is None:
            meant = [not rule.langs or lang in rule.langs for rule in self.rules]
            known = _Meant([probe for probe in self._probes if meant[probe[0]]], self._bounds)
        if len(self._meant) >= _MOST_TONGUES:
            del self._meant[next(iter(self._meant))]  # the one that was not asked for the longest time
        self._meant[lang] = known
        return known

    def is_placed(self, rule: Rule) -> bool:
        """Tell whether a rule is found by its place, not by a text."""
        return rule.id in self._placed


class _Meant:
    """The tables of the rules that may run on texts of one language: others would only be in the way."""

    def __init__(self, probes: Sequence[tuple[int, Key]], bounds: Sequence[Bounds]) -> None:
        self._exact: dict[str, list[int]] = {}
        """Folded lines, and the probes that know them."""
        texts: dict[str, list[int]] = {}
        for probe, (_, key) in enumerate(probes):
            table = self._exact if key.kind == "exact" else texts
            form = FORMS.get(key.kind, "{}")
            for text in key.texts:
                table.setdefault(form.format(text), []).append(probe)
        rows = [_bounds_of(key, bounds[number]) for number, key in probes]
        self._rules = np.array([number for number, _ in probes], np.int64)
        self._patterns = np.array([key.pattern for _, key in probes], np.int64)
        self._bounds = columns(rows)
        self._placed = np.array(
            [probe for probe, (_, key) in enumerate(probes) if key.kind == "place"], np.int64
        )
        big = [row.most_words > _BIG_WORDS and row.most_chars > _BIG_CHARS for row in rows]
        self._small = _Texts(texts)
        self._big = _Texts(
            {text: some for text, found in texts.items() if (some := [one for one in found if big[one]])}
        )

    def find(self, lines: Sequence[Facts], survey: Survey) -> list[tuple[int, int, int]]:
        """Give lines by index, rules and patterns by number, sorted: what was found and is within bounds."""
        folded = [facts.folded for facts in lines]
        big = (survey.words > _BIG_WORDS) & (survey.chars > _BIG_CHARS)
        parts = [self._whole(folded), self._by_place(survey)]
        for texts, some in ((self._big, np.flatnonzero(big)), (self._small, np.flatnonzero(~big))):
            at, probes = texts.find([folded[index] for index in some.tolist()])
            good = survey.within(some[at], self._bounds[:, probes])
            parts.append((some[at[good]], probes[good]))
        at, probes = (np.concatenate(column) for column in zip(*parts, strict=True))
        at, probes = np.divmod(np.unique(at * len(self._rules) + probes), len(self._rules))
        return list(
            zip(at.tolist(), self._rules[probes].tolist(), self._patterns[probes].tolist(), strict=True)
        )

    def _whole(self, folded: Sequence[str]) -> tuple[Numbers, Numbers]:
        exact = self._exact
        rows = [(index, probe) for index, text in enumerate(folded) if text in exact for probe in exact[text]]
        found = np.array(rows, np.int64).reshape(-1, 2)
        return found[:, 0], found[:, 1]

    def _by_place(self, survey: Survey) -> tuple[Numbers, Numbers]:
        every = np.arange(len(survey.words))[:, np.newaxis]
        at, placed = np.nonzero(survey.within(every, self._bounds[:, np.newaxis, self._placed]))
        return at, self._placed[placed]


def _bounds_of(key: Key, of_rule: Bounds) -> Bounds:
    return of_rule & Bounds(most_chars=key.most_chars, most_blanks=key.most_blanks, need=key.need)


class _Texts:
    """Literals of a scan, and the probes of each."""

    def __init__(self, texts: dict[str, list[int]]) -> None:
        self._scan = Scan(texts)
        self._probes = np.array([probe for found in texts.values() for probe in found], np.int64)
        self._counts = np.array([len(found) for found in texts.values()], np.int64)
        self._first = np.cumsum(self._counts) - self._counts

    def find(self, lines: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Give the indexes of lines and the probes that were found in them."""
        at, texts = self._scan.find(lines)
        counts = self._counts[texts]
        ends = np.cumsum(counts)
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
        return np.repeat(at, counts), self._probes[np.repeat(self._first[texts], counts) + within]
