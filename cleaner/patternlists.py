"""Lists of patterns -> whether a line is like any of them (`Texts`), or made of them (`Items`)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ahocorasick_rs
import regex

from cleaner import dates
from cleaner.expressions import compiled, expression
from cleaner.parts import SlotPart, numeric_ends, weakest
from cleaner.sentences import INSIDE_SENTENCE
from cleaner.slots import SLOTS

if TYPE_CHECKING:
    from cleaner.patterns import Pattern

LIST_CHARS = 300
"""The longest line that can be made of the items of a list."""
_SEPARATOR_CHARS = " |\u2022\u00b7/,;:.+&>\u00bb\u203a\u25cf\u25b8_-"
_SEPARATORS = r"[\s|\u2022\u00b7/,;:.+&>\u00bb\u203a\u25cf\u25b8_-]"
_FEW = 3
"""So few patterns are asked one by one; for more, one scan finds those that may match."""


@dataclass(frozen=True, eq=False)
class Items:
    """A list of `defs` as `made-of` asks for it: a line that is nothing but its items, with separators
    between.

    One item at least must be one with words: a line of slots alone (numbers, dates) is no list.
    """

    patterns: tuple[Pattern, ...]

    def matches(self, line: str, folded: str) -> bool:
        """Tell whether a line, normal and folded, is made of these items."""
        if len(line) > LIST_CHARS or not self._may_start(folded.lstrip(_SEPARATOR_CHARS)):
            return False
        if self._expression.fullmatch(dates.mask(line)) is None:
            return False
        return any(text in folded for text in self.texts)

    def _may_start(self, folded: str) -> bool:
        """Tell whether an item may stand at the start of a line, by its first characters."""
        if self.starts is None:
            return True
        return any(folded[:size] in self.starts for size in self._sizes)

    @functools.cached_property
    def _sizes(self) -> tuple[int, ...]:
        """How long the texts are with which a line may begin; to look up each costs less than to try all."""
        return tuple(sorted(set(map(len, self.starts or ()))))

    @functools.cached_property
    def starts(self) -> frozenset[str] | None:
        """How a line may begin, folded, behind separators; None: in any way."""
        starts: set[str] = set()
        for item in self.patterns:
            first = item.parts[0]
            numeric = isinstance(first, SlotPart) and SLOTS[first.name].number
            known = frozenset(numeric_ends()) if numeric else item.exact or item.starts
            if not known:
                return None
            starts |= known
        return frozenset(starts)

    @property
    def separators(self) -> frozenset[str]:
        """What may stand between items, and at either end."""
        return frozenset(_SEPARATOR_CHARS.strip())

    @functools.cached_property
    def texts(self) -> frozenset[str]:
        """Folded texts of which every such line holds one; empty where no item has words."""
        texts: set[str] = set()
        for item in self.patterns:
            found = item.exact or max(item.literals, key=weakest, default=frozenset[str]())
            texts.update(text.strip() for text in found)
        return frozenset(texts - {""})

    @functools.cached_property
    def _expression(self) -> regex.Pattern[str]:
        ordered = sorted(self.patterns, key=lambda item: (-len(item.source), item.source))
        one = "|".join(expression(item.parts, INSIDE_SENTENCE, ends=False) for item in ordered)
        return compiled(rf"{_SEPARATORS}*+(?>(?:{one})(?={_SEPARATORS}|$){_SEPARATORS}*+)++")


@dataclass(frozen=True, eq=False)
class Texts:
    """A list of patterns, any of which may match; hundreds of them cost hardly more than one."""

    patterns: tuple[Pattern, ...]

    def matches(self, line: str, folded: str) -> bool:
        """Tell whether a line, normal and folded, looks like one of the patterns."""
        if folded in self._exact:
            return True
        size = len(folded)
        for pattern, most in self._near(folded):
            if size <= most and pattern.matches(line, folded):
                return True
        for dated, one in self._open:
            masked = dates.mask(line) if dated else line
            if not (dated and masked is line) and one.fullmatch(masked):
                return True
        return False

    def _near(self, folded: str) -> Iterator[tuple[Pattern, float]]:
        """Give the patterns of which a folded line holds a text that their lines hold."""
        rows, scan = self._inexact
        if scan is None:
            for texts, pattern, most in rows:
                if any(text in folded for text in texts):
                    yield pattern, most
            return
        seen: set[int] = set()
        for number, _, _ in scan.find_matches_as_indexes(folded, overlapping=True):
            row = self._rows[number]
            if row not in seen:
                seen.add(row)
                yield rows[row][1:]

    @functools.cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset().union(*(pattern.exact for pattern in self.patterns if pattern.exact is not None))

    @functools.cached_property
    def _inexact(self) -> tuple[list[tuple[frozenset[str], Pattern, float]], Any]:
        """The other patterns, with texts of which their lines hold one; if they are many, a scan for them."""
        rows = []
        for pattern in self.patterns:
            if pattern.exact is None and (pattern.literals or pattern.starts):
                texts = max((*pattern.literals, pattern.starts), key=weakest)
                rows.append((texts, pattern, pattern.most_chars))
        if len(rows) <= _FEW:
            return rows, None
        return rows, ahocorasick_rs.AhoCorasick([text for texts, _, _ in rows for text in texts])

    @functools.cached_property
    def _rows(self) -> list[int]:
        """For each text of the scan the row it belongs to."""
        return [number for number, (texts, _, _) in enumerate(self._inexact[0]) for _ in texts]

    @functools.cached_property
    def _open(self) -> list[tuple[bool, regex.Pattern[str]]]:
        """The patterns without any text of their own (`<name> <date>`), joined; those with dates apart."""
        bare = [
            pattern for pattern in self.patterns if not (pattern.exact or pattern.starts or pattern.literals)
        ]
        groups = [(dated, [one for one in bare if one.dated is dated]) for dated in (False, True)]
        return [
            (dated, compiled("|".join(expression(one.parts, ".", ends=True) for one in group)))
            for dated, group in groups
            if group
        ]


@functools.lru_cache(maxsize=1 << 8)
def texts_of_list(items: tuple[Pattern, ...]) -> Texts:
    """Give the items of a list, once for all patterns that name it."""
    return Texts(items)
