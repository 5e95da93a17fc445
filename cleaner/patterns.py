"""str -> Pattern: texts with `*` and `<slots>` that a whole line, or a part of one, can look like.

Letters compare case-blind, canonically equivalent and full-width forms are equal, curly and straight
quotes are equal, all dashes are equal, any white space is one blank. `normal` gives a line in that form
with its case kept, `fold` without.

Matching is linear in the line: each `*` (and each elastic slot) is taken as short as the fixed part behind
it allows and never given back, and all slots are bounded.
"""

from __future__ import annotations

import functools
import itertools
import math
import os
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import ahocorasick_rs
import regex

from cleaner import dates
from cleaner.model import Span
from cleaner.slots import SLOTS

_DROPPED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\u02bc"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63"
_TABLE: dict[str, str] = (
    dict.fromkeys(_DROPPED, "")
    | dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DOUBLE, '"')
    | dict.fromkeys(_DASHES, "-")
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {"\u2026": "..."}
)
_NAMED = re.compile("[" + "".join(map(re.escape, _TABLE)) + "]")
LIST_MARKS = "-*\u2022\u00b7\u25aa\u25cf\u25a0\u25e6\u2023\u25b8\u25ba\u27a4\u2219"
"""Characters that, with a blank behind them, open an item of a list; tests do not see them."""
_BLANKS = re.compile(r"\s+")
_MOST_EXPANSIONS = 4_096
_MOST_EDGES = 64


class PatternError(ValueError):
    """A pattern that cannot be used; says where in it, why, and what to write instead."""

    def __init__(self, what: str, *, offset: int = 0, length: int = 1, why: str = "", help: str = "") -> None:
        super().__init__(what)
        self.what, self.offset, self.length, self.why, self.help = what, offset, length, why, help


def normal(text: str) -> str:
    """Give the form in which lines are compared, with its case: one-blank white space, plain quotes and
    dashes.

    >>> normal("  Don\\u2019t \\u2014 miss\\u00a0it\\u2026 ")
    "Don't - miss it..."
    """
    return " ".join(plain(text).split())


def fold(text: str) -> str:
    """Give the case-blind form of `normal`; all four letters i are one."""
    if text.isascii():
        return " ".join(text.lower().split())
    return casefold(normal(text))


def fold_literal(text: str) -> str:
    """Fold a literal of a rule: like `fold`, but one blank at either end stays where there was one."""
    return casefold(_normal_part(text))


def casefold(text: str) -> str:
    """Fold the case of a normal text; all four letters i are one."""
    if text.isascii():
        return text.lower()
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def _normal_part(text: str) -> str:
    return _BLANKS.sub(" ", plain(text))


def plain(text: str) -> str:
    """Compose, and replace what the table names, white space apart; no line break comes or goes."""
    if text.isascii():
        return text
    # `str.translate` would cost ten times as much
    return _NAMED.sub(lambda found: _TABLE[found[0]], unicodedata.normalize("NFC", text))


def normal_spans(text: str) -> tuple[str, list[int]] | None:
    """Give `normal(text)` and, for each of its characters and its end, the offset in ``text``.

    None where the two cannot be aligned (conjoining letters that compose over several characters).
    """
    whole = normal(text)
    if whole == text or (
        len(whole) == len(text) and not _RESIZED.search(text) and unicodedata.is_normalized("NFC", text)
    ):
        return whole, list(range(len(text) + 1))  # each character stands for one
    out: list[str] = []
    offsets: list[int] = []
    at, size, blank = 0, len(text), -1
    while at < size:
        end = _run_end(text, at)
        if text[at:end].isspace():
            blank = at if blank < 0 else blank
        else:
            if blank >= 0 and out:
                out.append(" ")
                offsets.append(blank)
            piece = normal(text[at:end])
            if piece:
                blank = -1
                out.append(piece)
            offsets.extend(range(at, end) if text[at:end].isascii() else [at] * len(piece))
        at = end
    offsets.append(len(text.rstrip()))
    joined = "".join(out)
    return (joined, offsets) if joined == whole else None


_RESIZED = regex.compile(
    "[" + "".join(re.escape(old) for old, new in _TABLE.items() if len(new) != 1) + r"\P{ccc=0}]"
)
"""What does not stand for one character alone."""
_PLAIN_RUN = re.compile("[!-~]+(?: [!-~]+)*")


def _run_end(text: str, at: int) -> int:
    """Give the end of what is normalised together: a run of ASCII, or a character with its marks."""
    run = _PLAIN_RUN.match(text, at)
    end = run.end() if run else at + 1
    if end == len(text) or not unicodedata.combining(text[end]):
        return end
    if run and (before := text[at : end - 1].rstrip()):
        return at + len(before)
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


# ---------------------------------------------------------------------------------------------
# The parts of a pattern


@dataclass(frozen=True, slots=True)
class Text:
    """Literal text, normal form, case as the author wrote it."""

    text: str


@dataclass(frozen=True, slots=True)
class Star:
    """`*`: any text."""


@dataclass(frozen=True, slots=True)
class SlotPart:
    """`<num>` and its like: a built-in slot."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`<share>`: one of the items of a list of `defs`."""

    name: str
    items: tuple[Pattern, ...]


Part = Text | Star | SlotPart | Choice

_MOST_CLOSERS = 4
CUT_CHARS = 400
"""The most that a `*` of a cut pattern takes."""
_SENTENCE_END = ".!?\u3002\u0964\u06d4\u061f"
_INSIDE_SENTENCE = rf"(?:[^{_SENTENCE_END})\]]|[{_SENTENCE_END}](?![\s\"')\]]|$))"


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
        return _texts_of_list(first.items) if isinstance(first, Choice) and len(self.parts) == 1 else None

    @functools.cached_property
    def _lead(self) -> tuple[frozenset[str], tuple[int, ...]] | None:
        """A long list at the start, and its lengths: the expression of a thousand names takes a second to
        compile, and to look one up takes nothing.
        """
        first = self.parts[0]
        if not isinstance(first, Choice) or len(first.items) < _LONG_LIST:
            return None
        texts = _exact_of_all(first.items)
        return None if texts is None else (texts, tuple(sorted(set(map(len, texts)), reverse=True)))

    @functools.cached_property
    def _behind(self) -> regex.Pattern[str]:
        """The expression of what follows the list at the start."""
        return _compile(expression(self.parts[1:], ".", ends=True))

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
            starts = sentence_starts(line)
            for start in starts[bisect_left(starts, len(line) - self._most_cut) :]:
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

    @functools.cached_property
    def _whole(self) -> regex.Pattern[str]:
        return _compile(expression(self.parts, ".", ends=True, folded=not self.cased))

    @functools.cached_property
    def _part(self) -> regex.Pattern[str]:
        return _compile(_bounded(self.parts, expression(self.parts, _INSIDE_SENTENCE, ends=False)))

    @functools.cached_property
    def _end(self) -> regex.Pattern[str]:
        source = expression(self.parts, _INSIDE_SENTENCE, ends=True)
        return _compile(rf"(?:^|(?<=[\s{_SENTENCE_END}\"')\]\u00bb])){source}$")

    @functools.cached_property
    def _tail(self) -> regex.Pattern[str]:
        return _compile(
            expression(self.parts, _INSIDE_SENTENCE, ends=True)
            + rf"[{_SENTENCE_END}\"')\]]{{0,{_MOST_CLOSERS}}}+"
        )

    @functools.cached_property
    def exact(self) -> frozenset[str] | None:
        """The folded lines that match, where the pattern is nothing but text; else None."""
        texts = [""]
        for part in self.parts:
            options = _texts_of(part)
            if options is None or len(texts) * len(options) > _MOST_EXPANSIONS:
                return None
            texts = [text + option for text in texts for option in options]
        return frozenset(texts)

    @functools.cached_property
    def most_chars(self) -> float:
        """No longer line can match: what is nothing but text and slots is bounded."""
        return sum(_most_chars(part) for part in self.parts)

    @functools.cached_property
    def _most_cut(self) -> float:
        """No longer part of a line is cut: there `*` is bounded, and few marks may stand behind the end."""
        return sum(map(_most_cut, self.parts)) + _MOST_CLOSERS

    @functools.cached_property
    def starts(self) -> frozenset[str]:
        """Folded texts of which every match begins with one; empty where none is known."""
        return _edge(self.parts, "starts")

    @functools.cached_property
    def ends(self) -> frozenset[str]:
        """Folded texts of which every match ends with one; empty where none is known."""
        return _edge(self.parts[::-1], "ends")

    @functools.cached_property
    def literals(self) -> tuple[frozenset[str], ...]:
        """Sets of folded literals; of each set every match contains at least one."""
        sets = []
        for part in self.parts:
            if isinstance(part, Text):
                sets.append(frozenset({casefold(part.text)}))
            elif isinstance(part, Choice):
                chosen = _literals_of_any(part.items)
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
            if isinstance(slot, SlotPart) and slot.name in ("num", "year") and isinstance(behind, Text)
        )


_DIGIT = re.compile(r"\d")
_PAST_DIGITS = 0x20000
"""Behind it stand Chinese characters alone."""


@functools.cache
def numeric_ends() -> tuple[str, ...]:
    """Give the folded characters with which a number can end: the digits of all scripts, `k` and `m`."""
    digits = _DIGIT.findall("".join(map(chr, range(_PAST_DIGITS))))
    return (*sorted({normal(digit) for digit in digits}), "k", "m")


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


def _most_chars(part: Part) -> float:
    match part:
        case Text(text):
            return 2 * len(text)  # a letter may fold to two
        case Star():
            return math.inf
        case SlotPart(name):
            return SLOTS[name].most
        case Choice(_, items):
            return _most_chars_of_any(items)


@functools.lru_cache(maxsize=1 << 10)  # a list is named by many patterns
def _most_chars_of_any(items: tuple[Pattern, ...]) -> float:
    return max(item.most_chars for item in items)


def _most_cut(part: Part) -> float:
    if isinstance(part, Choice):
        return max(item._most_cut for item in part.items)
    return CUT_CHARS if isinstance(part, Star) else _most_chars(part)


def _weakest(literals: frozenset[str]) -> int:
    return min((len(literal.strip()) for literal in literals), default=0)


def _union(sets: Iterator[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for one in sets:
        if one is None:
            return None
        found |= one
    return frozenset(found)


def _edge(parts: Sequence[Part], side: str) -> frozenset[str]:
    """Folded texts of which every match has one at a side; the parts come from that side on."""
    if not parts or isinstance(parts[0], Star | SlotPart):
        return frozenset()
    edges = _texts_of(parts[0])
    if edges is None:
        assert isinstance(parts[0], Choice)
        return _edge_of_any(parts[0].items, side)
    for part in parts[1:]:  # the longer, the rarer
        more = _texts_of(part)
        if more is None or (len(more) > 1 and (_weakest(edges) > 3 or len(more) * len(edges) > _MOST_EDGES)):
            break
        pairs = itertools.product(edges, more)
        edges = frozenset([one + two if side == "starts" else two + one for one, two in pairs])
    return edges


def _texts_of(part: Part) -> frozenset[str] | None:
    """The folded texts that a part can be; None where it is more than texts."""
    if isinstance(part, Text):
        return frozenset({casefold(part.text)})
    return _exact_of_all(part.items) if isinstance(part, Choice) else None


@functools.lru_cache(maxsize=1 << 10)
def _exact_of_all(items: tuple[Pattern, ...]) -> frozenset[str] | None:
    return _union(item.exact for item in items)


@functools.lru_cache(maxsize=1 << 10)
def _literals_of_any(items: tuple[Pattern, ...]) -> frozenset[str]:
    chosen = [max(item.literals, key=_weakest, default=frozenset[str]()) for item in items]
    return frozenset().union(*chosen) if all(chosen) else frozenset()


@functools.lru_cache(maxsize=1 << 10)
def _edge_of_any(items: tuple[Pattern, ...], side: str) -> frozenset[str]:
    sides: list[frozenset[str]] = [item.exact or getattr(item, side) for item in items]
    return frozenset().union(*sides) if all(sides) else frozenset()


def _compile(source: str) -> regex.Pattern[str]:
    return regex.compile(source, regex.VERSION0 | regex.DOTALL)


_SHARP_S = re.compile("ss|\u00df", re.IGNORECASE)


def _caseless(source: str) -> str:
    """Give an expression of texts for any case; ß is ss, which `regex` would see at ten times the cost."""
    return "(?i:" + _SHARP_S.sub("(?:ss|\u00df)", source) + ")"


def _bounded(parts: tuple[Part, ...], source: str) -> str:
    """Keep a part that begins or ends with letters from matching inside a word (scripts with blanks only)."""
    letters = r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Arabic}\p{Devanagari}\p{N}]"
    first, last = parts[0], parts[-1]
    head = f"(?<!{letters})" if not isinstance(first, Text) or regex.match(letters, first.text) else ""
    tail = f"(?!{letters})" if not isinstance(last, Text) or regex.match(letters, last.text[-1]) else ""
    return head + source + tail


def expression(parts: tuple[Part, ...], star: str, *, ends: bool, folded: bool = False) -> str:
    """Give the regular expression of the parts; `star` is what `*` may cross; `ends`: up to the end of the
    line; `folded`: for folded lines.

    An elastic part and the fixed parts behind it are one atomic group, so the first place where they fit is
    taken and never given back; the last such group is open, held by the end of the line.
    """
    groups: list[str] = [""]
    for part in parts:
        if _elastic(part):
            groups.append("")
        groups[-1] += _source(part, star, ends=ends and part is parts[-1], folded=folded)
    fixed, elastic = groups[0], groups[1:]
    closed = elastic[:-1] if ends else elastic
    last = elastic[-1] if ends and elastic else ""
    return fixed + "".join(f"(?>{group})" for group in closed) + last


def _is_text(pattern: Pattern) -> bool:
    return len(pattern.parts) == 1 and isinstance(pattern.parts[0], Text)


def _escaped(text: str) -> str:
    escaped: str = regex.escape(text, literal_spaces=True)
    return escaped


def _trie(texts: Iterable[str]) -> str:
    """Give an expression for any of some texts, the longest that fits first; what they share stands once."""
    heads: dict[str, list[str]] = {}
    for text in texts:
        heads.setdefault(text[:1], []).append(text)
    optional = heads.pop("", None) is not None
    branches = []
    for group in heads.values():
        shared = os.path.commonprefix(group)  # noqa: RUF071  # of texts, not of paths
        rest = [text[len(shared) :] for text in group]
        branches.append(_escaped(shared) + (_trie(rest) if rest != [""] else ""))
    joined = "|".join(branches)
    if not branches:
        return ""
    return f"(?:{joined})?" if optional else f"(?:{joined})"


def _one_sharp_s(text: str) -> str:
    """Write ss as one letter, so that a trie does not part it."""
    return _SHARP_S.sub("\u00df", text)


def _elastic(part: Part) -> bool:
    return isinstance(part, Star) or (isinstance(part, SlotPart) and SLOTS[part.name].elastic)


def _source(part: Part, star: str, *, ends: bool, folded: bool) -> str:
    match part:
        case Text(text):
            if folded:
                return _escaped(casefold(text))
            return _caseless(_escaped(text))
        case Star():
            return f"{star}*?" if star == "." else f"{star}{{0,{CUT_CHARS}}}?"
        case SlotPart(name):
            return f"(?:{SLOTS[name].source})"
        case Choice(_, items) if len(items) > _FEW and all(_is_text(item) for item in items):
            texts = {casefold(item.parts[0].text) for item in items}  # type: ignore[union-attr]
            return _trie(texts) if folded else _caseless(_trie({_one_sharp_s(text) for text in texts}))
        case Choice(_, items):
            ordered = sorted(items, key=lambda item: (-len(item.source), item.source))
            return (
                "(?:"
                + "|".join(expression(item.parts, star, ends=ends, folded=folded) for item in ordered)
                + ")"
            )


_SEPARATOR_CHARS = " |\u2022\u00b7/,;:.+&>\u00bb\u203a\u25cf\u25b8_-"
_SEPARATORS = r"[\s|\u2022\u00b7/,;:.+&>\u00bb\u203a\u25cf\u25b8_-]"


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
            numeric = isinstance(first, SlotPart) and first.name in ("num", "year")
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
            found = item.exact or max(item.literals, key=_weakest, default=frozenset[str]())
            texts.update(text.strip() for text in found)
        return frozenset(texts - {""})

    @functools.cached_property
    def _expression(self) -> regex.Pattern[str]:
        ordered = sorted(self.patterns, key=lambda item: (-len(item.source), item.source))
        one = "|".join(expression(item.parts, _INSIDE_SENTENCE, ends=False) for item in ordered)
        return _compile(rf"{_SEPARATORS}*+(?>(?:{one})(?={_SEPARATORS}|$){_SEPARATORS}*+)++")


LIST_CHARS = 300
"""The longest line that can be made of the items of a list."""
_FEW = 3
_LONG_LIST = 100


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
                texts = max((*pattern.literals, pattern.starts), key=_weakest)
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
            (dated, _compile("|".join(expression(one.parts, ".", ends=True) for one in group)))
            for dated, group in groups
            if group
        ]


@functools.lru_cache(maxsize=1 << 8)
def _texts_of_list(items: tuple[Pattern, ...]) -> Texts:
    return Texts(items)


@functools.cache
def _start() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<=[{_SENTENCE_END}][\"')\]\u00bb]{{0,3}} )[^\s]|(?<=[\u3002\uff01\uff1f])[^\s\"')\]]"
        r"|(?<=\) )[\p{Lu}\p{Lo}(\[]"
    )


@functools.lru_cache(maxsize=1 << 7)
def sentence_starts(line: str) -> tuple[int, ...]:
    """Give the offsets in a normal line where a sentence may begin, the line's start first.

    >>> sentence_starts("He left. Read more: A")
    (0, 9)
    """
    return (0, *(found.start() for found in _start().finditer(line)))


# ---------------------------------------------------------------------------------------------
# Reading patterns

_TOKEN = re.compile(r"\\(.)|(\*)|<([a-z][a-z0-9-]*)>|(<)", re.DOTALL)


def compile_pattern(source: str, defs: Mapping[str, tuple[Pattern, ...]]) -> Pattern:
    """Read a pattern; `defs` gives the lists that its slots may name. Raises PatternError."""
    if not _TOKEN.search(source) and (text := _without_mark(_normal_part(source)).rstrip()):
        return Pattern(source, (Text(text),))
    parts: list[Part] = []
    for part in _tokens(source, defs):
        if isinstance(part, Text) and parts and isinstance(parts[-1], Text):
            parts[-1] = Text(_BLANKS.sub(" ", parts[-1].text + part.text))
        elif not (isinstance(part, Star) and parts and isinstance(parts[-1], Star)):
            parts.append(part)
    parts = _trimmed(parts)
    if all(isinstance(part, Star) for part in parts):
        raise PatternError(
            "a pattern that matches everything" if parts else "an empty pattern",
            length=max(len(source), 1),
            why="a rule needs something to go by",
            help="write the words that stand in the line",
        )
    return Pattern(source, tuple(parts))


def _tokens(source: str, defs: Mapping[str, tuple[Pattern, ...]]) -> Iterator[Part]:
    at = 0
    for token in _TOKEN.finditer(source):
        if token.start() > at:
            yield Text(_normal_part(source[at : token.start()]))
        at = token.end()
        escaped, star, slot, loose = token.groups()
        if escaped is not None:
            yield Text(_normal_part(escaped))
        elif star:
            yield Star()
        elif slot:
            yield _slot(slot, token.start(), defs)
        elif loose:
            raise PatternError(
                "a '<' that opens no slot",
                offset=token.start(),
                why="'<' begins a slot such as <num>",
                help="write '\\<' for the character itself",
            )
    if at < len(source):
        yield Text(_normal_part(source[at:]))


def _slot(name: str, offset: int, defs: Mapping[str, tuple[Pattern, ...]]) -> Part:
    if name in SLOTS:
        return SlotPart(name)
    if name in defs:
        return Choice(name, defs[name])
    from difflib import get_close_matches

    near = get_close_matches(name, [*SLOTS, *defs], n=1)
    raise PatternError(
        f"unknown slot <{name}>",
        offset=offset,
        length=len(name) + 2,
        why="a slot is built in or a list of 'defs' in this file or in defs.yaml",
        help=f"did you mean <{near[0]}>?"
        if near
        else f"built in are: {', '.join(f'<{slot}>' for slot in SLOTS)}",
    )


def _without_mark(text: str) -> str:
    text = text.lstrip()
    marked = len(text) > 1 and text[1] == " " and text[0] in LIST_MARKS
    return text[2:].lstrip() if marked else text


def _trimmed(parts: list[Part]) -> list[Part]:
    """Drop a list mark at the start, and blanks at the two ends: the lines that tests see have none there."""
    if parts and isinstance(parts[0], Text):
        parts[0] = Text(_without_mark(parts[0].text))
    if parts and isinstance(parts[-1], Text):
        parts[-1] = Text(parts[-1].text.rstrip())
    return [part for part in parts if not isinstance(part, Text) or part.text]


def compile_re(source: str) -> tuple[Any, tuple[str, ...]]:
    """Compile a safe expression for whole lines; see `safe_re.compile_re`. Raises PatternError."""
    from cleaner import safe_re  # only rule sets with a `re` pay for it

    return safe_re.compile_re(source)
