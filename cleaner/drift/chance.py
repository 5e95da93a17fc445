"""Counts -> how sure they are: bounds of a share, and how probable a count or a difference is by chance."""

from __future__ import annotations

import math
from typing import NamedTuple

SURE = 2.58
"""Standard errors of a bound that holds in 99 of 100 cases."""


class Sample(NamedTuple):
    """Measurements as their number, their sum and the sum of their squares."""

    size: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """The mean; 0 of nothing."""
        return self.total / self.size if self.size else 0.0

    @property
    def error(self) -> float:
        """The square of the standard error of the mean, that of a whole measurement at most."""
        if self.size < 2:
            return 1.0
        spread = max(self.squares - self.total * self.mean, 0.0) / (self.size - 1)
        return spread / self.size


def bounds(found: int, of: int) -> tuple[float, float]:
    """Give Wilson's bounds of a share of which ``found`` of ``of`` were seen.

    >>> [round(bound, 3) for bound in bounds(0, 20)], [round(bound, 3) for bound in bounds(10, 20)]
    ([0.0, 0.25], [0.25, 0.75])
    """
    if not of:
        return 0.0, 1.0
    share, room = found / of, SURE * SURE / of
    middle = share + room / 2
    half = SURE * math.sqrt(max(share * (1 - share), 0.0) / of + room / of / 4)
    return max((middle - half) / (1 + room), 0.0), min((middle + half) / (1 + room), 1.0)


def at_most(found: int, expected: float) -> float:
    """Give the probability of so few, where so many are expected (Poisson).

    >>> round(at_most(0, 3.0), 3), round(at_most(3, 3.0), 3)
    (0.05, 0.647)
    """
    term = math.exp(-expected)
    total = term
    for number in range(1, found + 1):
        term *= expected / number
        total += term
    return min(total, 1.0)


def by_chance(one: Sample, other: Sample) -> float:
    """Give the probability that two means lie so far apart by chance alone (Welch, large samples)."""
    error = math.sqrt(one.error + other.error)
    apart = abs(one.mean - other.mean)
    if not error:
        return 0.0 if apart else 1.0
    return math.erfc(apart / error / math.sqrt(2))
