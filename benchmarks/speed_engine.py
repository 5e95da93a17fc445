"""Rules -> seconds: cleaners in processes of their own, so that none finds what another left in memory.

Texts go to the process by pickle, outside what is measured; the seconds are CPU time of that process.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from statistics import median
from types import TracebackType
from typing import Self

import speed_rules

from cleaner.pipeline import Cleaner

SEPARATOR = b"\xff"
"""A byte that UTF-8 never holds."""

WARM = 3
"""Slices that are cleaned before any is measured: patterns are compiled when a line first asks for them."""
FIRST = 150
"""The first articles of a process, which has compiled nothing yet."""

_made: list[Cleaner] = []


def cpu(work: Callable[[], object]) -> float:
    """Give the CPU seconds that a call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


class Engine:
    """The shipped rules and so many made-up ones, in a process of its own."""

    def __init__(self, more: int, words_from: Sequence[str]) -> None:
        self._pool = ProcessPoolExecutor(1)
        self.built: float = self._pool.submit(_make, more, list(words_from)).result()
        """CPU seconds that it took to make the cleaner from rules that were read."""

    def seconds(self, texts: Sequence[str]) -> float:
        """Clean texts and give the CPU seconds."""
        return self._pool.submit(_clean, list(texts)).result()

    def patterns_seconds(self, texts: Sequence[str], most: int) -> tuple[float, int, int]:
        """Try patterns one after the other with `re`: seconds, how many were tried, and how many there are."""
        return self._pool.submit(_try_patterns, list(texts), most).result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()


def _make(more: int, words_from: list[str]) -> float:
    from cleaner import rulecache
    from cleaner.rulefile import shipped_folder

    rules = speed_rules.with_more(rulecache.load([shipped_folder()]), more, words_from)
    return cpu(lambda: _made.append(Cleaner(rules)))


def _clean(texts: list[str]) -> float:
    return cpu(lambda: _made[-1].clean_texts(texts))


def _try_patterns(texts: list[str], most: int) -> tuple[float, int, int]:
    """The naive way: every pattern as an expression, each on every line."""
    import random
    import re

    from cleaner.expressions import expression

    every = speed_rules.patterns(_made[-1].active)
    compiled: list[re.Pattern[str]] = []
    for pattern in random.Random(0).sample(every, min(most, len(every))):
        try:
            compiled.append(re.compile(expression(pattern.parts, ".", ends=True), re.IGNORECASE))
        except re.error:  # a few forms exist only in `regex`
            continue
    lines = [line for text in texts for line in text.split("\n") if line.strip()]

    def loop() -> None:
        for one in compiled:
            for line in lines:
                one.fullmatch(line)

    return cpu(loop), len(compiled), len(every)


def floor(texts: Sequence[str]) -> list[str]:
    """Do what nobody gets around: encode, join, split and decode the texts."""
    raw = SEPARATOR.join([text.encode("utf-8", "surrogatepass") for text in texts])
    return [part.decode("utf-8", "surrogatepass") for part in raw.split(SEPARATOR)]


@dataclass(slots=True)
class Bench:
    """The articles of a run: some slices to warm up, one for each run, and the rest as a stock."""

    texts: list[str]
    runs: int = 5
    articles: int = 150
    """How many articles a slice has."""
    whole_memory: bool = False
    """Measure memory with 1 GB of input, which takes long."""
    _ours: list[float] = field(default_factory=list)

    @property
    def warm(self) -> list[str]:
        """The articles that are cleaned before anything is measured."""
        return self.texts[: self._size * WARM]

    @property
    def slices(self) -> list[list[str]]:
        """The articles that are measured, which no cleaner has seen before."""
        size = self._size
        first = len(self.warm)
        return [self.texts[start : start + size] for start in range(first, first + size * self.runs, size)]

    @property
    def _size(self) -> int:
        return min(self.articles, len(self.texts) // (self.runs + WARM))

    @property
    def ours(self) -> list[float]:
        """Seconds of `clean_texts` for each slice; measured when first asked for, the floor beside it."""
        if not self._ours:
            self.measure()
        return self._ours

    @property
    def pace(self) -> float:
        """Seconds for an article."""
        return median(self.ours) / len(self.slices[0])

    def measure(self) -> tuple[list[float], list[float], float]:
        """Measure ours and the floor in turn; give both, and the seconds for one of the first articles."""
        with Engine(0, self.texts) as engine:
            first = self.warm[:FIRST]
            cold = engine.seconds(first) / len(first)
            engine.seconds(self.warm[FIRST:])
            self._ours, floors = [], []
            for texts in self.slices:
                floors.append(median(cpu(lambda texts=texts: floor(texts)) for _ in range(5)))
                self._ours.append(engine.seconds(texts))
        return self._ours, floors, cold
