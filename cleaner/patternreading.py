"""str -> Pattern: reads what a rule file writes; what cannot be used is a PatternError."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.folding import BLANKS, normal_part, unmarked
from cleaner.parts import Choice, Part, SlotPart, Star, Text
from cleaner.patterns import Pattern
from cleaner.slots import SLOTS

_SPECIAL = re.compile(r"[\\\\*<]")
_TOKEN = re.compile(r"\\(.)|(\*)|<([a-z][a-z0-9-]*)>|(<)", re.DOTALL)
_STAR = Star()


class PatternError(ValueError):
    """A pattern that cannot be used; says where in it, why, and what to write instead."""

    def __init__(self, what: str, *, offset: int = 0, length: int = 1, why: str = "", help: str = "") -> None:
        super().__init__(what)
        self.what, self.offset, self.length, self.why, self.help = what, offset, length, why, help


def compile_pattern(source: str, defs: Mapping[str, tuple[Pattern, ...]]) -> Pattern:
    """Read a pattern; `defs` gives the lists that its slots may name. Raises PatternError."""
    simple = _simple(source)
    if simple is not None:
        return Pattern(source, simple)
    parts: list[Part] = []
    for part in _tokens(source, defs):
        if isinstance(part, Text) and parts and isinstance(parts[-1], Text):
            parts[-1] = Text(BLANKS.sub(" ", parts[-1].text + part.text))
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


def _simple(source: str) -> tuple[Part, ...] | None:
    """Give the parts of a pattern that is nothing but a text, or a text and a star, as most are."""
    special = _SPECIAL.search(source)
    if special is None:
        text = _without_mark(_normal(source)).rstrip()
        return (Text(text),) if text else None
    if special[0] == "*" and special.end() == len(source):
        text = _without_mark(_normal(source[:-1]))
        return (Text(text), _STAR) if text else None
    return None


def _tokens(source: str, defs: Mapping[str, tuple[Pattern, ...]]) -> Iterator[Part]:
    at = 0
    for token in _TOKEN.finditer(source):
        if token.start() > at:
            yield Text(_normal(source[at : token.start()]))
        at = token.end()
        escaped, star, slot, loose = token.groups()
        if escaped is not None:
            yield Text(_normal(escaped))
        elif star:
            yield _STAR
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
        yield Text(_normal(source[at:]))


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


def _normal(text: str) -> str:
    """Give the normal form of a piece of text (`folding.normal_part`), which most have already."""
    if text.isascii() and text.isprintable() and "  " not in text and "`" not in text:
        return text
    return normal_part(text)


def _without_mark(text: str) -> str:
    return unmarked(text.lstrip()).lstrip()


def _trimmed(parts: list[Part]) -> list[Part]:
    """Drop a list mark at the start, and blanks at the two ends: the lines that tests see have none there."""
    if parts and isinstance(parts[0], Text):
        parts[0] = Text(_without_mark(parts[0].text))
    if parts and isinstance(parts[-1], Text):
        parts[-1] = Text(parts[-1].text.rstrip())
    return [part for part in parts if not isinstance(part, Text) or part.text]


@functools.lru_cache(maxsize=1 << 9)  # rules of several languages ask the same
def compile_re(source: str) -> tuple[Any, tuple[str, ...]]:
    """Compile a safe expression for whole lines; see `safe_re.compile_re`. Raises PatternError."""
    from cleaner import safe_re  # only rule sets with a `re` pay for it

    return safe_re.compile_re(source)
