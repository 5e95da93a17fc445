"""Normal line -> offsets: where sentences end and begin."""

from __future__ import annotations

import functools

import regex

SENTENCE_END = ".!?\u3002\u0964\u06d4\u061f"
"""The characters that end a sentence."""
INSIDE_SENTENCE = rf"(?:[^{SENTENCE_END})\]]|[{SENTENCE_END}](?![\s\"')\]]|$))"
"""An expression for one character that is not the end of a sentence."""


@functools.cache
def _start() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<=[{SENTENCE_END}][\"')\]\u00bb]{{0,3}} )[^\s]|(?<=[\u3002\uff01\uff1f])[^\s\"')\]]"
        r"|(?<=\) )[\p{Lu}\p{Lo}(\[]"
    )


@functools.lru_cache(maxsize=1 << 7)
def sentence_starts(line: str, since: int = 0) -> tuple[int, ...]:
    """Give the offsets in a normal line, from one on, where a sentence may begin; the line's start is one.

    >>> sentence_starts("He left. Read more: A")
    (0, 9)
    """
    first = () if since else (0,)
    return (*first, *(found.start() for found in _start().finditer(line, since)))
