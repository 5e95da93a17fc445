"""A line -> patterns that it looks like: as it stands, with slots, and with an open end.

All functions take a normal line (`folding.normal`) without its list mark.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import regex

from cleaner import dates, shapes
from cleaner.patternreading import PatternError, compile_pattern
from cleaner.slots import SLOTS

_SIGNS = regex.compile(r"[\\*<]")
_BEFORE = r"(?<![\p{L}\p{N}_])"
_BEHIND = r"(?![\p{L}\p{N}_])"
_ORDER = ("email", "url", "price", "time", "year", "num")
"""The slots that say themselves what they are, the most special first."""
_CAPITALS = regex.compile(
    r"(?<![\p{L}\p{N}_])\p{Lu}[\p{L}\p{M}'-]*+(?: (?:(?:de|da|del|van|von|der|bin|al|el|la) ){0,2}"
    r"\p{Lu}(?:\.|[\p{L}\p{M}'-]*+)){0,4}+(?![\p{L}\p{N}_])"
)
_LEAST_NAME_WORDS = 2
_LEAD_WORDS = 3
_LEAST_LEAD = 8
_SLOT = regex.compile(r"<[a-z]+>(?= )")
_COLON = regex.compile(r"^[^:]{2,60}?:(?= |[^\x00-\x7f])")


def exact(line: str) -> str:
    r"""Give the pattern of the line as it stands.

    >>> exact("5 * 3 < 20")
    '5 \\* 3 \\< 20'
    """
    return str(_SIGNS.sub(r"\\\g<0>", line))


def slotted(line: str, known: frozenset[str] = frozenset(), host: str = "") -> str:
    """Give the pattern with slots for what varies: dates, numbers, addresses, handles and names.

    ``known``: words of furniture, which no name holds. Names of the site ``host`` itself stay.

    >>> slotted("Copyright © 2019 The Oar, updated Oct. 18, 2023", host="theoar.example")
    'Copyright © <year> The Oar, updated <date>'
    """
    return _with_slots(line, [*_plain_slots(line), *_names(line, known, host)])


def general(line: str, known: frozenset[str] = frozenset(), host: str = "") -> str:
    """Give the pattern with slots for the names of the site ``host`` as well."""
    return _with_slots(line, [*_plain_slots(line), *_names(line, known, ""), *_own_names(line, host)])


def opened(pattern: str) -> str:
    """Give what a pattern begins with, and `*`: up to its colon or its first slot, or its first words; empty
    where that is too little to go by.

    >>> opened("Also read: <num> bridges"), opened("Copyright © <year> The Oar"), opened("Go on")
    ('Also read: *', 'Copyright © <year> *', '')
    """
    fixed = regex.match(r"(?:[^<*\\]|\\.)*", pattern)
    start = str(fixed[0]) if fixed else ""
    colon = _COLON.match(start)
    if colon and shapes.words(colon[0]):
        lead = f"{colon[0]} *"
    elif 0 < shapes.words(start) < _LEAD_WORDS and (slot := _SLOT.match(pattern, len(start))):
        lead = f"{start}{slot[0]} *"
    else:
        words = start.split(" ")
        lead = " ".join([*words[:_LEAD_WORDS], "*"]) if len(words) > _LEAD_WORDS else ""
        if len(lead) < _LEAST_LEAD + 2 or not lead[-3:-2].isalpha():
            return ""
    return lead if lead.rstrip(" *") != pattern else ""


def _with_slots(line: str, found: list[tuple[int, int, str]]) -> str:
    """Put in the slots one by one, and leave out those with which the line would not be found."""
    chosen: list[tuple[int, int, str]] = []
    for start, end, slot in found:
        if any(start < other[1] and end > other[0] for other in chosen):
            continue
        tried = sorted([*chosen, (start, end, slot)])
        if _finds(_joined(line, tried), line):
            chosen = tried
    return _joined(line, chosen)


def _joined(line: str, slots: list[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, slot in slots:
        parts += (exact(line[at:start]), slot)
        at = end
    return "".join([*parts, exact(line[at:])])


def _finds(pattern: str, line: str) -> bool:
    try:
        return compile_pattern(pattern, {}).matches(line)
    except PatternError:
        return False


def _plain_slots(line: str) -> Iterator[tuple[int, int, str]]:
    masked = dates.mask(line)
    for found in regex.finditer(f"{dates.MARK}{dates.FILLER}*+", masked):
        yield (*found.span(), "<date>")
    for found in regex.finditer(r"(?<![\w@])@([\w.]{1,40}+)", line):
        yield (*found.span(1), "<handle>")
    for name, expression in _slots().items():
        for found in expression.finditer(masked):
            yield (*found.span(), f"<{name}>")


@functools.cache
def _slots() -> dict[str, regex.Pattern[str]]:
    return {name: regex.compile(f"{_BEFORE}(?:{SLOTS[name].source}){_BEHIND}") for name in _ORDER}


def _names(line: str, known: frozenset[str], host: str) -> Iterator[tuple[int, int, str]]:
    """Runs of capitals without words of furniture; where all words have capitals, only what stands beside
    such words.
    """
    own = _squashed(host)
    all_capitals = shapes.is_title_case(line) or shapes.is_upper(line)
    for found in _CAPITALS.finditer(line):
        start, words = found.start(), found[0].split()
        while words and words[0].casefold().strip(".") in known:
            start += len(words.pop(0)) + 1
        if len(words) < _LEAST_NAME_WORDS or any(word.casefold().strip(".") in known for word in words):
            continue
        bare = all_capitals and not any(word in known for word in line.casefold().split())
        if not bare and not (own and _is_own(found[0], own)) and (start, found.end()) != (0, len(line)):
            yield start, found.end(), "<name>"


def _own_names(line: str, host: str) -> Iterator[tuple[int, int, str]]:
    own = _squashed(host)
    for found in _CAPITALS.finditer(line):
        if own and _is_own(found[0], own):
            yield (*found.span(), "<name>")


def _squashed(host: str) -> str:
    """Give the name of a site as its host has it, in one word."""
    return "".join(letter for letter in host.casefold() if letter.isalnum())


def _is_own(name: str, own: str) -> bool:
    bare = _squashed(name)
    return len(bare) > 2 and any(part in own for part in (bare, bare.removeprefix("the")) if len(part) > 2)
