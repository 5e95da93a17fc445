"""Normal line -> bool, spans: texts with `*` and `<slots>` that a line, or a part of one, can look like."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from cleaner import dates
from cleaner.expressions import bounded, compiled, expression
from cleaner.folding import casefold
from cleaner.model import Span
from cleaner.parts import (
    CUT_CHARS,
    Choice,
    Part,
    SlotPart,
    Star,
    Text,
    edge,
    exact_of_all,
    literals_of_any,
    most_chars_of,
    most_cut_of,
    texts_of,
)
from cleaner.patternlists import Texts, texts_of_list
from cleaner.sentences import INSIDE_SENTENCE, SENTENCE_END, sentence_starts
from cleaner.slots import SLOTS

_MOST_EXPANSIONS = 4_096
_MOST_CLOSERS = 4
_LONG_LIST = 100
_LONG_LINE = 2_000
"""Of longer lines only the end is looked through for sentences."""


@dataclass(frozen=True, eq=False)
class Pattern:
    """A pattern, read: its source and its parts. Expressions are built when first needed."""

    source: str
    parts: tuple[Part, ...]

    def matches(self, line: str, folded: str | None = None) -> bool:
        """Tell whether a whole line, normal and folded, looks like this."""
        if folded is None:
            folded = casefold(line)
        if self.exact is not None:
            return folded in self.exact
        if self._pieces is not None:
            return _fits(self._pieces, folded)
        if not _in_turn(self._texts, folded):
            return False
        if self._list is not None:
            return self._list.matches(line, folded)
        seen = self._seen(line)
        if self._lead is not None and len(folded) == len(line):
            return self._fits_behind(seen, folded)
        if self.cased:
            return self._whole.fullmatch(seen) is not None
        return self._whole.fullmatch(folded if seen is line else casefold(seen)) is not None

    @functools.cached_property
    def _texts(self) -> tuple[str, ...]:
        """The folded texts that stand in every match, in this order: without them no expression is needed."""
        return tuple(casefold(part.text) for part in self.parts if isinstance(part, Text))

    @functools.cached_property
    def _list(self) -> Texts | None:
        """The items of a pattern that is nothing but a list: each has an expression of its own then."""
        first = self.parts[0]
        return texts_of_list(first.items) if isinstance(first, Choice) and len(self.parts) == 1 else None

    @functools.cached_property
    def _lead(self) -> tuple[frozenset[str], tuple[int, ...]] | None:
        """A long list at the start, and its lengths: the expression of a thousand names takes a second to
        compile, and to look one up takes nothing.
        """
        first = self.parts[0]
        if not isinstance(first, Choice) or len(first.items) < _LONG_LIST:
            return None
        texts = exact_of_all(first.items)
        return None if texts is None else (texts, tuple(sorted(set(map(len, texts)), reverse=True)))

    @functools.cached_property
    def _behind(self) -> regex.Pattern[str]:
        """The expression of what follows the list at the start."""
        return compiled(expression(self.parts[1:], ".", ends=True))

    def _fits_behind(self, seen: str, folded: str) -> bool:
        assert self._lead is not None
        texts, sizes = self._lead
        return any(
            folded[:size] in texts and self._behind.fullmatch(seen, size) is not None for size in sizes
        )

    @functools.cached_property
    def cased(self) -> bool:
        """Whether a slot asks for capitals; if none does it reads folded lines, by a simpler expression."""
        return any(
            (isinstance(part, SlotPart) and SLOTS[part.name].cased)
            or (isinstance(part, Choice) and any(item.cased for item in part.items))
            for part in self.parts
        )

    @functools.cached_property
    def _pieces(self) -> tuple[str, ...] | None:
        """The folded texts between the stars, where there is nothing else: no expression is needed."""
        pieces = [""]
        for part in self.parts:
            if isinstance(part, Star):
                pieces.append("")
            elif isinstance(part, Text):
                pieces[-1] += casefold(part.text)
            else:
                return None
        return tuple(pieces)

    def _seen(self, line: str) -> str:
        """The line as the expression reads it: with its dates masked where the pattern asks for one."""
        return dates.mask(line) if self.dated else line

    @functools.cached_property
    def dated(self) -> bool:
        """Whether it asks for a date, and so reads lines with their dates masked."""
        return any(
            part == SlotPart("date") or (isinstance(part, Choice) and any(item.dated for item in part.items))
            for part in self.parts
        )

    def find(self, line: str, cut: str) -> Iterator[Span]:
        """Give the spans of the normal line that a cut takes: ``head``, ``tail``, ``end`` or ``span``."""
        line = self._seen(line)
        if cut == "head":
            found = self._part.match(line)
            if found and found.end():
                yield Span(0, found.end())
        elif cut == "tail":
            for start in self._tail_starts(line):
                if self._tail.fullmatch(line, start):
                    yield Span(start, len(line))
                    return
        elif cut == "end":
            found = self._end.search(line, max(len(line) - CUT_CHARS, 0))
            if found and found.end() > found.start():
                yield Span(found.start(), len(line))
        else:
            for found in self._part.finditer(line):
                if found.end() > found.start():
                    yield Span(*found.span())

    def _tail_starts(self, line: str) -> tuple[int, ...]:
        """Give where a sentence begins that may be cut off as the tail."""
        first = len(line) - self.most_cut
        if first <= _LONG_LINE:  # all of a line's are asked for by many patterns
            starts = sentence_starts(line)
            return starts[bisect_left(starts, first) :]
        return sentence_starts(line, int(first))

    @functools.cached_property
    def _whole(self) -> regex.Pattern[str]:
        return compiled(expression(self.parts, ".", ends=True, folded=not self.cased))

    @functools.cached_property
    def _part(self) -> regex.Pattern[str]:
        return compiled(bounded(self.parts, expression(self.parts, INSIDE_SENTENCE, ends=False)))

    @functools.cached_property
    def _end(self) -> regex.Pattern[str]:
        source = expression(self.parts, INSIDE_SENTENCE, ends=True)
        return compiled(rf"(?:^|(?<=[\s{SENTENCE_END}\"')\]\u00bb])){source}$")

    @functools.cached_property
    def _tail(self) -> regex.Pattern[str]:
        return compiled(
            expression(self.parts, INSIDE_SENTENCE, ends=True)
            + rf"[{SENTENCE_END}\"')\]]{{0,{_MOST_CLOSERS}}}+"
        )

    @functools.cached_property
    def exact(self) -> frozenset[str] | None:
        """The folded lines that match, where the pattern is nothing but text; else None."""
        texts = [""]
        for part in self.parts:
            options = texts_of(part)
            if options is None or len(texts) * len(options) > _MOST_EXPANSIONS:
                return None
            texts = [text + option for text in texts for option in options]
        return frozenset(texts)

    @functools.cached_property
    def most_chars(self) -> float:
        """No longer line can match: what is nothing but text and slots is bounded."""
        return sum(most_chars_of(part) for part in self.parts)

    @functools.cached_property
    def most_cut(self) -> float:
        """No longer part of a line is cut: there `*` is bounded, and few marks may stand behind the end."""
        return sum(map(most_cut_of, self.parts)) + _MOST_CLOSERS

    @functools.cached_property
    def starts(self) -> frozenset[str]:
        """Folded texts of which every match begins with one; empty where none is known."""
        return edge(self.parts, "starts")

    @functools.cached_property
    def ends(self) -> frozenset[str]:
        """Folded texts of which every match ends with one; empty where none is known."""
        return edge(self.parts[::-1], "ends")

    @functools.cached_property
    def literals(self) -> tuple[frozenset[str], ...]:
        """Sets of folded literals; of each set every match contains at least one."""
        sets = []
        for part in self.parts:
            if isinstance(part, Text):
                sets.append(frozenset({casefold(part.text)}))
            elif isinstance(part, Choice):
                chosen = literals_of_any(part.items)
                if chosen:
                    sets.append(chosen)
        return tuple(sets)

    @property
    def marks(self) -> tuple[str, ...]:
        """Rare characters that every match holds since one of its slots does."""
        slots = (SLOTS[part.name] for part in self.parts if isinstance(part, SlotPart))
        return tuple(slot.mark for slot in slots if slot.mark)

    @functools.cached_property
    def behind_numbers(self) -> tuple[frozenset[str], ...]:
        """Folded texts that stand directly behind a number (`<num> of`)."""
        return tuple(
            frozenset({casefold(behind.text)})
            for slot, behind in pairwise(self.parts)
            if isinstance(slot, SlotPart) and SLOTS[slot.name].number and isinstance(behind, Text)
        )


def _in_turn(texts: tuple[str, ...], folded: str) -> bool:
    """Tell whether a folded line holds some texts one after the other."""
    at = 0
    for text in texts:
        at = folded.find(text, at)
        if at < 0:
            return False
        at += len(text)
    return True


def _fits(pieces: tuple[str, ...], folded: str) -> bool:
    """Tell whether a folded line is these texts with anything between: each as far to the left as it fits."""
    first, *middle, last = pieces
    if not (folded.startswith(first) and folded.endswith(last)):
        return False
    at = len(first)
    for piece in middle:
        at = folded.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return at <= len(folded) - len(last)
