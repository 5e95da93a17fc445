"""Words taken -> verdict: no rule may take too much of a document, nor all rules together.

What must not be lost is prose, so the tight limits are shares of the words in prose lines of the text as it
came in; wider ones hold for all words, so that a list is not eaten either. Each has a floor in words, so
that a shorter text never has a looser limit. Not counted: what goes to the end on evidence (a comment
section), and a line that carries a post's own signature; articles made of posts are common, so posts have a
limit of their own and stand outside the sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaner.lines import Line
from cleaner.rulemodel import Rule


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest share of the words of prose lines, and of all words, and the floor in words."""

    prose: float
    all: float
    floor: int


RULE = Limit(0.25, 0.50, 40)
POSTS = Limit(0.50, 0.75, 40)
SUM = Limit(0.40, 0.65, 60)


class Budget:
    """The words that each rule has taken from one document, over all rounds."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._prose: Counter[str] = Counter()
        self._all: Counter[str] = Counter()
        self._limits: dict[str, Limit] = {_SUM: SUM}

    def spend(self, words: int, rules: Sequence[Rule], *, prose: bool) -> None:
        """Count words that went, once for the document and once for each rule that claims them."""
        names = {rule.id for rule in rules}
        self._limits.update((rule.id, POSTS if rule.label == "embed" else RULE) for rule in rules)
        if not rules or any(rule.label != "embed" for rule in rules):
            names.add(_SUM)
        for name in names:
            self._all[name] += words
            self._prose[name] += words if prose else 0

    @cached_property
    def _totals(self) -> tuple[int, int]:
        """The words of prose lines, and all words."""
        prose = sum(line.words for line in self._lines if line.like("prose"))
        return prose, sum(line.words for line in self._lines)

    def _is_over(self, name: str) -> bool:
        limit = self._limits[name]
        if self._all[name] <= limit.floor:
            return False
        prose, all_words = self._totals
        return self._prose[name] > max(limit.prose * prose, limit.floor) or self._all[name] > max(
            limit.all * all_words, limit.floor
        )

    def over(self) -> frozenset[str]:
        """Give the rules that are over their own budget."""
        return frozenset(name for name in self._all if name != _SUM and self._is_over(name))

    def over_sum(self) -> bool:
        """Tell whether all rules together took too much."""
        return self._is_over(_SUM)


_SUM = ""
