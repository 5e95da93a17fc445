"""text -> Change*: text that was decoded with the wrong encoding, by way of ftfy."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import accumulate

from cleaner.repair.gaps import Change
from cleaner.repair.mojibake_signs import ENCLOSING, LATIN, QUOTES, SUSPECTS
from cleaner.repair.trigger import one_of

_SIGN = re.compile(
    f"[\x80-\x9f{SUSPECTS}{QUOTES}](?:(?<![{QUOTES}])(?:(?<=[\x80-\x9f])|(?=[^\x00-\x7f])|(?<=[^\x00-\x7f].)"
    "|(?<=[\u0152\u0153])(?=[^A-Za-z])|(?<=[\xc2\xc3])(?= ))"
    f"|(?<=[{LATIN}][{QUOTES}])(?=[\\w{QUOTES}])|(?<=[\xbb\u201d\u203a])(?=[{LATIN}])"
    f"|(?<=[{ENCLOSING}][{QUOTES}])(?=[{ENCLOSING}]))"
)
"""Holds wherever ftfy finds a text bad: nearly always a suspect beside another non-ASCII character."""

TRIGGER = "|".join(
    (
        one_of("\x80-\x9f"),
        f"{one_of(SUSPECTS)}[^\x00-\x7f]",
        f"[^\x00-\x7f]{one_of(SUSPECTS)}",
        "[\u0152\u0153][^A-Za-z]",
        "[\xc2\xc3] ",
        f"{one_of(LATIN)}{one_of(QUOTES)}(?:\\w|[^\x00-\x7f])",
        f"[\xbb\u201d\u203a]{one_of(LATIN)}",
        f"[{ENCLOSING}]{one_of(QUOTES)}[{ENCLOSING}]",
    )
)
"""Holds wherever the sign above does: the same without looking back, as RE2 wants it."""

_CLOSING = re.compile("(?<=\\S)\xe2\u20ac(?:\ufffd|(?=[\\s.,;:!?)]|$))")
"""A closing quote whose last byte, 9D, is no character of Windows-1252 and went lost."""

_UNKNOWN = re.compile("(?<!\\S)\xe2\u20ac ")
"""The same before a word: a quote or a dash. ftfy would take the blank for a byte and make a dagger."""

_HEADLESS = re.compile("(?<![\x80-\xff])\x80(?=[\x93\x94\x98\x99\x9c\x9d\xa6])")
"""A dash or quote of three bytes whose first went lost; ftfy would make a euro sign and a quote."""

_NO_EURO = re.compile("(?<![\x80-\xff])(?<!\\d)(?<!\\d )\x80(?![\x80-\xff]| ?\\d)")
"""What is left of such a one: no amount of money stands beside it."""

_USUAL = re.compile(
    "[\x00-\u024f\u02bb-\u02dd\u1e00-\u1eff\u2000-\u2bff\ufb00-\ufb06\ufeff\ufffd\U0001f000-\U0001faff]"
)
_CAPITAL_A = re.compile("[\xc2\xc3][\xab\xbb\u2013-\u201e\u2026]")

_LINE_END = re.compile(r"[\r\n]")

_WORD = re.compile(r"[^ ]* |[^ ]+")
"""A word and the blank behind it, so that words joined are the line again."""

_REACH = 8
"""No sign of bad text is longer than this."""

_AHEAD = 64
"""Signs stand close together, so more is checked at once."""

_WORDS_TO_ALIGN = 400
"""A longer line is not compared word by word when the number of its words changed."""


def mojibake(text: str) -> list[Change]:
    """Decode again, line by line, what shows the signs of a wrong encoding."""
    changes: list[Change] = []
    begin = end = 0  # of the line that the last sign stands in
    checked = 0  # nothing is left to do before this place
    for sign in _SIGN.finditer(text):
        if sign.start() >= end:
            begin, end = _line(text, sign.start(), end)
        if min(end, sign.end() + _REACH) <= checked:
            continue
        low, checked = max(begin, sign.start() - _REACH), min(end, sign.end() + _AHEAD)
        if _is_bad(text[low:checked]):
            changes += _difference(text[begin:end], _decoded(text[begin:end]), begin)
            checked = end
    return [] if all(_is_doubtful(change, text) for change in changes) else changes


def _is_doubtful(change: Change, text: str) -> bool:
    """Tell whether correct text may look like this; the only such places of a text stay.

    One letter of another script made of two or three signs (a euro and a degree sign make one of Arabic) or a
    word in capitals that ends in a nasal A before a quote is no proof of a wrong encoding.
    """
    start, end, new = change
    if len(new) == 1 and not _USUAL.match(new):
        return True
    return bool(_CAPITAL_A.fullmatch(text, start, end)) and text[start - 1 : start].isupper()


def _line(text: str, place: int, after: int) -> tuple[int, int]:
    """Find the line around a place, with its line end; it begins at ``after`` or later."""
    begin = 1 + max(text.rfind("\n", after, place), text.rfind("\r", after, place), after - 1)
    found = _LINE_END.search(text, place)
    return begin, found.end() if found else len(text)


def _is_bad(piece: str) -> bool:
    from ftfy.badness import is_bad

    return is_bad(piece)


def _decoded(line: str) -> str:
    """Give a line as it read before it was decoded wrongly."""
    whole = _CLOSING.sub("\xe2\u20ac\x9d", _NO_EURO.sub("", _HEADLESS.sub("\xe2\x80", line)))
    return _decoder(_UNKNOWN.search(line) is None)(whole)


@functools.cache
def _decoder(restore_blanks: bool) -> Callable[[str], str]:
    """Make a function that repairs the encoding of one line and nothing else of it."""
    import ftfy

    config = ftfy.TextFixerConfig(
        restore_byte_a0=restore_blanks,
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    return lambda line: ftfy.fix_and_explain(line, config).text


def _difference(old: str, new: str, place: int) -> Iterator[Change]:
    """Give the changes from one line, which begins at ``place``, to another, as small as words allow."""
    if old == new:
        return
    words, others = _WORD.findall(old), _WORD.findall(new)
    starts = list(accumulate(map(len, words), initial=place))
    for low, high, first, last in _unlike(words, others):
        ours, theirs = "".join(words[low:high]), "".join(others[first:last])
        head = _shared(ours, theirs)
        tail = _shared(ours[head:][::-1], theirs[head:][::-1])
        yield starts[low] + head, starts[high] - tail, theirs[head : len(theirs) - tail]


def _unlike(words: list[str], others: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Give the runs of words that differ: from and to in the one list, from and to in the other."""
    if len(words) == len(others):
        for number, (word, other) in enumerate(zip(words, others, strict=True)):
            if word != other:
                yield number, number + 1, number, number + 1
    elif max(len(words), len(others)) > _WORDS_TO_ALIGN:
        yield 0, len(words), 0, len(others)
    else:
        for kind, *places in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
            if kind != "equal":
                low, high, first, last = places
                yield low, high, first, last


def _shared(one: str, other: str) -> int:
    """Count the characters that both begin with."""
    count = 0
    for ours, theirs in zip(one, other, strict=False):
        if ours != theirs:
            break
        count += 1
    return count
