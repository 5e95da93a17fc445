"""Lines + rules -> label: which label lines have by the rules that take them today, else by their words.

The words of every rule's own literals say what the labels sound like (a naive Bayes over rules), so a new
rule teaches it at once, in every language that has rules.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaner.examples import literals_of
from cleaner.folding import fold
from cleaner.labels import KEPT_BY_DEFAULT
from cleaner.model import Edit
from cleaner.rulemodel import Rule

UNSURE = "promo"
"""The label of lines of which no word is known: the most frequent one."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMOOTH = 10.0
_LEAST = -2.0
_TELLING = 1.0
_PARTICLE = 3
_PRIOR = 1.0
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Guess:
    """A label, and what speaks for it."""

    label: str
    because: str


def _is_long(word: str) -> bool:
    """Tell whether a word is more than a particle, as far as its length says."""
    return len(word) > _PARTICLE or not word.isascii()


class Words:
    """What the words of rules say about labels."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take the rules; only general ones that drop are read, the names of sites say nothing elsewhere."""
        self._rules = [
            rule
            for rule in rules
            if rule.action == "drop" and rule.site is None and rule.label not in KEPT_BY_DEFAULT
        ]

    @cached_property
    def counts(self) -> dict[str, Counter[str]]:
        """In how many rules of each label a word stands."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for rule in self._rules:
            counts[rule.label].update({word for text in literals_of(rule.at) for word in _WORD.findall(text)})
        return counts

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that some rule goes by."""
        return frozenset(self._everywhere)

    def guess(self, lines: Sequence[str], edits: Iterable[Edit] = ()) -> Guess:
        """Guess the label of lines; ``edits``: what the rules of today take of them."""
        today = Counter(edit.label for edit in edits if edit.label in self.counts and not edit.new)
        if today:
            label = min(today, key=lambda name: (-today[name], name))
            rules = sorted({edit.rule for edit in edits if edit.label == label})
            return Guess(label, f"{rules[0]} takes it already" if len(lines) == 1 else f"{rules[0]} says so")
        found = sorted({word for line in lines for word in _WORD.findall(fold(line))} & self.known)
        if not found:
            return Guess(UNSURE, "no word of it stands in a rule")
        label = max(sorted(self.counts), key=lambda name: self._weight(name, found))
        telling = sorted(found, key=lambda word: (-self._says(label, word), word))[:_MOST_WORDS]
        if not any(self._says(label, word) >= _TELLING for word in telling if _is_long(word)):
            return Guess(UNSURE, "its words tell nothing")
        return Guess(label, f"its words: {', '.join(telling)}")

    def _weight(self, label: str, words: Sequence[str]) -> float:
        share = self._sizes[label] / len(self._rules)
        return _PRIOR * math.log(share) + sum(self._says(label, word) for word in words)

    def _says(self, label: str, word: str) -> float:
        """Give how much more often the word stands in rules of this label than in all (a logarithm)."""
        everywhere = self._everywhere[word] / len(self._rules)
        here = (self.counts[label][word] + _SMOOTH * everywhere) / (self._sizes[label] + _SMOOTH)
        return max(math.log(here / everywhere), _LEAST)

    @cached_property
    def _sizes(self) -> Counter[str]:
        return Counter(rule.label for rule in self._rules)

    @cached_property
    def _everywhere(self) -> Counter[str]:
        return sum(self.counts.values(), Counter[str]())
