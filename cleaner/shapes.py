"""str -> shape: prose, headline, label, short; each defined once, for every script.

All functions take a normal line (`folding.normal`), and its number of words where it is known. A *word* is
a Unicode word; in Han, Kana and Thai, where no blanks part them, two characters count as one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

import regex

from cleaner import dates
from cleaner.slots import SLOTS

_SIGN, _JOINER = b"a", b"."
_KINDS = bytes(
    _SIGN[0] if chr(code).isascii() and chr(code).isalnum() else _JOINER[0] if code in b"'.,_" else b" "[0]
    for code in range(256)
)
"""What each ASCII character is in a word: a letter or digit, what joins two of them, or none of it."""
_WORD = regex.compile(
    r"[\p{L}\p{N}\p{M}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]]++"
    r"(?:['.,_\u2019][\p{L}\p{N}\p{M}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]]++)*+",
    regex.VERSION1,
)
_FOREIGN = re.compile("[^\x00-\x7f]")
_FEW = 30
"""A line with fewer than one such character, or byte of one, in so many has few words of the kind."""
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]", regex.VERSION1)

SENTENCE_ENDS = ".!?\u3002\uff01\uff1f\u0964\u0965\u06d4\u061f"
_STATEMENT_ENDS = ".\u3002\u0964\u0965\u06d4"
_CLOSERS = "\"')]}\u00bb\u203a\u300d\u300f\u3011\uff09 "

PROSE_WORDS = 12
LONG_PROSE_WORDS = 40
HEADLINE_WORDS = (3, 25)
HEADLINE_CHARS = 400
LABEL_CHARS = 200
LABEL_WORDS, COLON_LABEL_WORDS = 4, 12
SHORT_WORDS = 6


def words(line: str) -> int:
    """Count the words of a line.

    >>> words("Don't count 3.5 twice"), words("\u65e5\u672c\u8a9e\u306e\u6587\u7ae0")
    (4, 3)
    """
    # what is remembered must stay small, and whole articles in one line would not
    return _words_of_short(line) if len(line) <= HEADLINE_CHARS else _count_words(line)


def _count_words(line: str) -> int:
    if line.isascii():
        return _count_ascii(line)
    plain, foreign = _parted(line)  # a word holds no blank; in most languages few need the dear expression
    unspaced = len(_UNSPACED.findall(foreign))
    return _count_ascii(plain) + len(_WORD.findall(foreign)) + (unspaced + 1) // 2


def _parted(line: str) -> tuple[str, str]:
    """Part a line into its pieces between blanks that are ASCII and those that are not."""
    if (len(line.encode("utf-8", "surrogatepass")) - len(line)) * _FEW > len(line):
        pieces = line.split(" ")
        return (
            " ".join([piece for piece in pieces if piece.isascii()]),
            " ".join([piece for piece in pieces if not piece.isascii()]),
        )
    plain, foreign, at = [], [], 0
    while found := _FOREIGN.search(line, at):  # so few are looked for one by one
        begin = line.rfind(" ", at, found.start()) + 1 or at
        end = line.find(" ", begin)
        end = len(line) if end < 0 else end
        plain.append(line[at:begin])
        foreign.append(line[begin:end])
        at = end
    return "".join((*plain, line[at:])), " ".join(foreign)


def _count_ascii(line: str) -> int:
    """Count the words of ASCII text: all in C, a third of what an expression takes."""
    kinds = b" " + line.encode().translate(_KINDS)
    for _ in range(2):  # one sign may stand between two joiners
        kinds = kinds.replace(b"a.a", b"aaa")
    return kinds.replace(_JOINER, b" ").count(b" " + _SIGN)


_words_of_short = functools.lru_cache(maxsize=1 << 14)(_count_words)


def _last(line: str) -> str:
    bare = line.rstrip(_CLOSERS)
    return bare[-1:] if bare else ""


def ends_like_sentence(line: str) -> bool:
    """Tell whether a line ends with a sentence end, perhaps inside quotes or brackets."""
    last = _last(line)
    return bool(last) and last in SENTENCE_ENDS


def is_prose(line: str, count: int | None = None) -> bool:
    """At least 12 words and a sentence end, not three dots (or 40 words, however they end)."""
    if len(line) < PROSE_WORDS:
        return False
    count = words(line) if count is None else count
    if not PROSE_WORDS <= count < LONG_PROSE_WORDS:
        return count >= LONG_PROSE_WORDS
    return ends_like_sentence(line) and not line.rstrip(_CLOSERS).endswith("...")


def is_headline(line: str, count: int | None = None) -> bool:
    """3 to 25 words, no full stop at the end (a question or a call may be one), more than one slot."""
    low, high = HEADLINE_WORDS
    if len(line) > HEADLINE_CHARS or not low <= (words(line) if count is None else count) <= high:
        return False
    last = _last(line)
    if last in _STATEMENT_ENDS and not line.endswith("..."):
        return False
    return last != ":" and not _only_slot().fullmatch(dates.mask(line))


def is_label(line: str, count: int | None = None) -> bool:
    """1 to 4 words without a sentence end, or up to 12 words with a colon at the end."""
    if len(line) > LABEL_CHARS:
        return False
    count = words(line) if count is None else count
    if line.endswith(":"):
        return 1 <= count <= COLON_LABEL_WORDS
    return 1 <= count <= LABEL_WORDS and not ends_like_sentence(line)


def is_short(line: str, count: int | None = None) -> bool:
    """At most 6 words."""
    return len(line) <= LABEL_CHARS and (words(line) if count is None else count) <= SHORT_WORDS


def is_upper(line: str) -> bool:
    """No lower-case letter, and at least two upper-case ones."""
    return line.upper() == line and sum(letter.isupper() for letter in line[:200]) >= 2


def is_title_case(line: str) -> bool:
    """Every word of four letters or more begins with a capital (and there are at least two such words)."""
    long_words = [word for word in _letters().findall(line) if len(word) >= 4]
    return len(long_words) >= 2 and all(word[0].isupper() for word in long_words)


@functools.cache
def _only_slot() -> regex.Pattern[str]:
    names = ("num", "date", "time", "url", "email", "price")
    return regex.compile("|".join(f"(?:{SLOTS[name].source})" for name in names))


@functools.cache
def _letters() -> regex.Pattern[str]:
    return regex.compile(r"\p{L}[\p{L}\p{M}'-]*+")


@dataclass(frozen=True, slots=True)
class Shape:
    """A built-in shape: its name, its test on a normal line and its number of words, and what it is."""

    name: str
    test: Callable[[str, int], bool]
    about: str


SHAPES: dict[str, Shape] = {
    shape.name: shape
    for shape in (
        Shape(
            "prose",
            is_prose,
            "at least 12 words and a sentence end, not three dots (or 40 words, however they end)",
        ),
        Shape(
            "headline", is_headline, "3 to 25 words, no full stop at the end, more than a bare date or number"
        ),
        Shape("label", is_label, "1 to 4 words without a sentence end, or up to 12 with a colon at the end"),
        Shape("short", is_short, "at most 6 words"),
        Shape("any", lambda line, count: True, "any line"),
    )
}

CASES: dict[str, Callable[[str], bool]] = {"upper": is_upper, "title": is_title_case}
