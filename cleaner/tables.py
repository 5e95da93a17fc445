"""keys and bounds of rules -> Tables: which rules may want which of many lines, found for all at once.

There are a few tables: whole lines (one look-up in a dictionary), texts (one scan for all of them, in which a
line break is a character like others), places in the document. What is found is compared with the rule's
bounds, for all lines at once.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

import numpy as np

from cleaner.bounds import Bounds
from cleaner.clues import FORMS, Key
from cleaner.lines import Facts
from cleaner.scan import Scan
from cleaner.survey import Numbers, Survey, columns

_BIG_WORDS, _BIG_CHARS = 25, 160
"""A line with more of both is a paragraph; most rules are bound to less, and are not looked for there."""


class Tables:
    """The tables of the rules that may run on texts of one language: others would only be in the way."""

    def __init__(
        self, probes: Sequence[tuple[int, Key]], bounds: Mapping[int, Bounds], counting: Container[int]
    ) -> None:
        """`counting`: the rules that count lines wherever they stand."""
        self._rules = np.array([number for number, _ in probes], np.int64)
        self._patterns = np.array([key.pattern for _, key in probes], np.int64)
        self._bounds = _bounds_of(probes, bounds)
        _, most_words, most_chars, *_ = self._bounds
        self._enter(probes, ((most_words > _BIG_WORDS) & (most_chars > _BIG_CHARS)).tolist())
        placed = [(probe, number) for probe, (number, key) in enumerate(probes) if key.kind == "place"]
        self._near = np.array([probe for probe, _ in placed], np.int64)
        self._far = np.array([probe for probe, number in placed if number in counting], np.int64)
        """Probes by place: for lines near the ends of a text, and for those far from them."""

    def _enter(self, probes: Sequence[tuple[int, Key]], big: Sequence[bool]) -> None:
        """Enter the texts of all keys; `big`: the probes that can mean a paragraph."""
        self._exact: dict[str, list[int]] = {}
        """Folded lines, and the probes that know them."""
        of_all: dict[str, list[int]] = {}
        of_big: dict[str, list[int]] = {}
        for probe, (_, key) in enumerate(probes):
            form = FORMS.get(key.kind, "{}")
            texts = key.texts if form == "{}" else map(form.format, key.texts)
            tables = (self._exact,) if key.kind == "exact" else (of_all, of_big) if big[probe] else (of_all,)
            for text in texts:
                for table in tables:
                    table.setdefault(text, []).append(probe)
        self._small, self._big = _Texts(of_all), _Texts(of_big)

    def find(self, lines: Sequence[Facts], survey: Survey, *, near: bool) -> list[tuple[int, int, int]]:
        """Give lines by index, rules and patterns by number, sorted: what was found and is within bounds.

        ``near``: the lines stand where rules are found by their place.
        """
        folded = [facts.folded for facts in lines]
        big = (survey.words > _BIG_WORDS) & (survey.chars > _BIG_CHARS)
        parts = [self._whole(folded), self._by_place(survey, self._near if near else self._far)]
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

    def _by_place(self, survey: Survey, probes: Numbers) -> tuple[Numbers, Numbers]:
        every = np.arange(len(survey.words))[:, np.newaxis]
        at, placed = np.nonzero(survey.within(every, self._bounds[:, np.newaxis, probes]))
        return at, probes[placed]


def _bounds_of(probes: Sequence[tuple[int, Key]], bounds: Mapping[int, Bounds]) -> Numbers:
    """Give what bounds the lines of each probe, by its rule and by its key, a column each."""
    place = {number: at for at, number in enumerate({number: None for number, _ in probes})}
    found = columns([bounds[number] for number in place])
    found = found[:, np.array([place[number] for number, _ in probes], np.int64)]
    _, _, most_chars, most_blanks, need, _ = found
    keys = [(key.most_chars, key.most_blanks, key.need) for _, key in probes]
    of_key = np.array(keys, np.int64).reshape(-1, 3).T
    np.minimum(most_chars, of_key[0], out=most_chars)
    np.minimum(most_blanks, of_key[1], out=most_blanks)
    need |= of_key[2]
    return found


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
