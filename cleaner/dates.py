"""str -> str: dates of any language of the packs, found once a line and masked for the patterns that ask.

A date in a line becomes one mark and as many fillers as it has further characters, so offsets stay what they
were and a pattern sees it as one thing. The expression holds hundreds of names; RE2 compiles it once for all
patterns.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

from cleaner.months import MONTHS, WEEKDAYS

MARK, FILLER = "\ue001", "\ue002"


def _names(table: dict[str, str]) -> str:
    names = {unicodedata.normalize("NFC", name) for row in table.values() for name in row.split()}
    return "(?i:" + "|".join(sorted(names, key=lambda name: (-len(name), name))) + ")"


def _expression() -> str:
    month = _names(MONTHS)
    weekday = rf"(?:{_names(WEEKDAYS)}(?:\.?,?| den| ,) )?"
    day = r"\d{1,2}(?:st|nd|rd|th|er|º|°|ª|\.)?"
    year = r"(?:,? ?(?:de |del |of )?'?\d{4}(?: ?(?:г\.?|р\.?|года|року)(?:\PL|$))?)?"
    forms = (
        rf"{month}\.?,? {day}{year}",
        rf"{day} ?(?:de |of |-)?{month}[.,]?(?: الثاني| الأول)?{year}",
        rf"{month}\.?,? \d{{4}}",
        r"\d{1,2}(?:\. ?|/|-)\d{1,2}(?:\. ?|/|-)\d{2,4}",
        r"\d{4}[./-]\d{1,2}[./-]\d{1,2}",
        r"(?:\d{4} ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?日",
        r"\d{4}년 ?\d{1,2}월 ?\d{1,2}일|\d{4}\. ?\d{1,2}\. ?\d{1,2}\.?",
    )
    return weekday + "(?:" + "|".join(forms) + ")"


@functools.cache
def _compiled() -> Any:
    import re2

    return re2.compile(_source(), _options(_MEMORY))


def _source() -> str:
    return _expression().replace(r"\d", r"\pN")


def _options(memory: int) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = memory
    return options


@functools.cache
def _has_one() -> Any:
    """Give a function that tells whether a line holds a date, at a tenth of the cost of where it stands."""
    import re2

    anywhere = re2.Set.SearchSet(_options(4 * _MEMORY))
    anywhere.Add(_source())
    anywhere.Compile()
    return anywhere.Match


_DIGIT = re.compile(r"\d")
_MEMORY = 1 << 26  # hundreds of names in one expression
_LONGEST_LINE = 2_000


@functools.lru_cache(maxsize=1 << 12)
def mask(line: str) -> str:
    """Give a normal line with its dates masked; a line longer than any furniture is given as it is.

    >>> mask("Updated Oct. 18, 2023 at noon") == "Updated " + MARK + FILLER * 12 + " at noon"
    True
    """
    if len(line) > _LONGEST_LINE or not _DIGIT.search(line) or not _has_one()(line):
        return line
    parts: list[str] = []
    at = 0
    for found in _compiled().finditer(line):
        start, end = found.span()
        while end > start and line[end - 1] in " ,":
            end -= 1
        if _inside_word(line, start, end):
            continue
        parts += (line[at:start], MARK, FILLER * (end - start - 1))
        at = end
    parts.append(line[at:])
    return "".join(parts)


def _inside_word(line: str, start: int, end: int) -> bool:
    """Tell whether letters or digits go on at either side, as in `Marching 20241` or `May 5:30`."""
    before, behind = line[start - 1 : start], line[end : end + 2]
    if (before.isalpha() and before.isascii()) or before.isdigit():
        return True
    return (
        behind[:1].isdigit()
        or (behind[:1] == ":" and behind[1:].isdigit())
        or (behind[:1].isalpha() and behind[:1].isascii())
    )
