"""Parts of a pattern -> regular expression.

Matching is linear in the line: each `*` (and each elastic slot) is taken as short as the fixed part behind
it allows and never given back, and all slots are bounded.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import regex

from cleaner.folding import casefold
from cleaner.parts import CUT_CHARS, Choice, Part, SlotPart, Star, Text
from cleaner.slots import SLOTS

if TYPE_CHECKING:
    from cleaner.patterns import Pattern

_FEW = 3
"""So few texts stand as they are; more are joined by what they share."""


def compiled(source: str) -> regex.Pattern[str]:
    """Compile an expression as all of them are."""
    return regex.compile(source, regex.VERSION0 | regex.DOTALL)


_SHARP_S = re.compile("ss|\u00df", re.IGNORECASE)


def _caseless(source: str) -> str:
    """Give an expression of texts for any case; ß is ss, which `regex` would see at ten times the cost."""
    return "(?i:" + _SHARP_S.sub("(?:ss|\u00df)", source) + ")"


def bounded(parts: tuple[Part, ...], source: str) -> str:
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
