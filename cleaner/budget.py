"""Words taken -> verdict: no rule may take too much of a document, nor all rules together.

The limits are shares of the text as it came in, with a floor in words, so that a shorter text never has a looser
limit. What goes to the end on evidence (a comment section) is not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cleaner.lines import Line

RULE_SHARE, RULE_WORDS = 0.25, 40
SUM_SHARE, SUM_WORDS = 0.40, 60


class Budget:
    """The words that each rule has taken from one document, over all rounds."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._by_rule: Counter[str] = Counter()
        self._sum = 0
        self._total: int | None = None

    def spend(self, words: int, rules: Sequence[str]) -> None:
        """Count words that went, once for the document and once for each rule that claims them."""
        self._sum += words
        for rule in rules:
            self._by_rule[rule] += words

    def _limit(self, share: float, floor: int) -> float:
        if self._total is None:
            self._total = sum(line.words for line in self._lines)
        return max(share * self._total, floor)

    def over(self) -> frozenset[str]:
        """Give the rules that are over their own budget."""
        suspects = [rule for rule, words in self._by_rule.items() if words > RULE_WORDS]
        if not suspects:
            return frozenset()
        limit = self._limit(RULE_SHARE, RULE_WORDS)
        return frozenset(rule for rule in suspects if self._by_rule[rule] > limit)

    def over_sum(self) -> bool:
        """Tell whether all rules together took too much."""
        return self._sum > SUM_WORDS and self._sum > self._limit(SUM_SHARE, SUM_WORDS)
