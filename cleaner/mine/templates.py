"""Form -> Pattern text: what stays the same in the lines of a form, and slots for what varies.

Words that all members share at the start and at the end become fixed; a gap becomes the narrowest slot that
fits what stood there in every member, else `*`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from cleaner.folding import normal, unmarked
from cleaner.mine.counting import GAP
from cleaner.mine.gathering import Form
from cleaner.patternreading import PatternError, compile_pattern
from cleaner.patterns import Pattern
from cleaner.shapes import words

_SLOTS = ("<year>", "<num>", "<date>", "<time>", "<email>", "<url>", "@<handle>", "(@<handle>)", "<name>")
_SPECIAL = re.compile(r"([\\*<])")
_FIT = 0.85
_AGREE = 0.9


@dataclass(frozen=True, slots=True)
class Template:
    """A pattern for the lines of a form."""

    source: str
    pattern: Pattern
    fixed: str
    """The words that do not vary."""
    members: tuple[str, ...]
    words: tuple[int, int]
    """The fewest and the most words of a member, with some room."""
    bare: bool
    """A gap may hold anything."""
    stuffed: tuple[str, ...]
    """The line with something made up in its gaps."""


def escaped(text: str) -> str:
    """Write a text as a pattern: in its normal form, with `*` and `<` as characters."""
    return _literal(unmarked(normal(text)))


@cache
def compiled(source: str) -> Pattern | None:
    """Read a pattern; None where it is none."""
    try:
        return compile_pattern(source, {})
    except PatternError:
        return None


def template(name: str, form: Form) -> Template | None:
    """Give the pattern of a form; None where too little of it is fixed, or it does not fit its members."""
    members = [unmarked(normal(text)) for text in form.members]
    parts = [normal(part) for part in _parts(name, members)]
    gaps = _gaps(parts, members)
    if gaps is None:
        return None
    slots = [_gap({row[at].strip() for row in gaps}) for at in range(len(parts) - 1)]
    source = _joined(parts, slots)
    pattern = compiled(source)
    if pattern is None:
        return None
    fitting = tuple(text for text in members if pattern.matches(text))
    if len(fitting) < _FIT * len(members) or len(fitting) < 2:
        return None
    counts = [words(text) for text in fitting]
    bounds = (max(min(counts) - 2, 1), max(counts) + max(4, max(counts) // 2))
    stuffed = tuple(_stuffed(source, text) for text in _STUFFINGS)
    return Template(source, pattern, _stuffed(source, "", ""), fitting, bounds, _is_bare(source), stuffed)


_STUFFINGS = ("Jo Doe", "seven hens cross the old harbour", "Seven Hens Cross the Old Harbour Again")
_MADE_UP = {
    "year": "2019",
    "num": "7",
    "date": "May 5, 2019",
    "time": "5 p.m.",
    "email": "jo@example.org",
    "url": "https://example.org/a",
    "handle": "jodoe",
    "name": "Jo Doe",
}
_PIECE = re.compile(r"\\(.)|(\*)|<([a-z]+)>")


def _stuffed(source: str, star: str, slot: str | None = None) -> str:
    """Give a line that looks like a pattern: a text for `*`, one for slots (None: something made up)."""

    def put(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        return star if found[2] else _MADE_UP[found[3]] if slot is None else slot

    return " ".join(_PIECE.sub(put, source).split())


def _is_bare(source: str) -> bool:
    return any(found[2] for found in _PIECE.finditer(source))


def _parts(name: str, members: Sequence[str]) -> list[str]:
    """Give the fixed parts of a form, the first and the last as long as all members allow."""
    parts = [part.strip(" ") for part in name.split(GAP)]
    rows = [text.split(" ") for text in members]
    head, tail = _common(rows), _common([row[::-1] for row in rows])[::-1]
    least = min(map(len, rows))
    if len(parts) == 2 and not all(parts):
        tail = tail[max(len(head) + len(tail) - least + 1, 0) :] if len(head) + len(tail) >= least else tail
        return [" ".join(head), " ".join(tail)]
    if len(head) > len(parts[0].split(" ")) and not name.startswith(GAP):
        return [" ".join(head), " ".join(tail) if len(head) + len(tail) < least else ""]
    parts[0] = unmarked(parts[0])
    return parts


def _common(rows: Sequence[Sequence[str]]) -> list[str]:
    shared: list[str] = []
    left = list(rows)
    for at in range(min(map(len, rows))):
        token, count = Counter(row[at] for row in left if at < len(row)).most_common(1)[0]
        if count < _AGREE * len(rows):
            break
        left = [row for row in left if row[at] == token]
        shared.append(token)
    return shared


def _gaps(parts: Sequence[str], members: Sequence[str]) -> list[tuple[str, ...]] | None:
    """Give what stands in the gaps of each member; None where the parts are not found in some."""
    if not all(parts[1:-1]):
        return None
    rows = [row for text in members if (row := _between(parts, text))]
    return rows if rows and len(rows) >= _FIT * len(members) else None


def _between(parts: Sequence[str], text: str) -> tuple[str, ...]:
    """Give the gaps of one text, each part taken where it is first found; empty where it does not fit."""
    first, *inner, last = parts
    end = len(text) - len(last)
    if not (text.startswith(first) and text.endswith(last) and len(first) < end):
        return ()
    row: list[str] = []
    at = len(first)
    for part in inner:
        found = text.find(f" {part} ", at, end)
        if found < 0:
            return ()
        row.append(text[at:found].strip())
        at = found + len(part) + 1
    row.append(text[at:end].strip())
    return tuple(row) if all(row) else ()


def _gap(texts: set[str]) -> str:
    """Give the pattern of what stands in a gap: words that all share stay, the rest becomes a slot."""
    rows = [text.split(" ") for text in texts]
    head = _shared(rows)
    tail = _shared([row[len(head) :][::-1] for row in rows])[::-1]
    inner = {" ".join(row[len(head) : len(row) - len(tail)]) for row in rows}
    if len(texts) < 2 or not all(inner):
        return _slot(texts)
    return " ".join((*map(_literal, head), _slot(inner), *map(_literal, tail)))


def _shared(rows: Sequence[Sequence[str]]) -> list[str]:
    """Give the words with which all rows begin."""
    shared = []
    for column in zip(*rows, strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    return shared


def _literal(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _slot(texts: Iterable[str]) -> str:
    """Give the narrowest slot that fits all texts."""
    bare = {text.strip() for text in texts}
    for slot in _SLOTS:
        pattern = compiled(slot)
        if pattern is not None and all(pattern.matches(text) for text in bare):
            return slot
    return "*"


def _joined(parts: Sequence[str], slots: Sequence[str]) -> str:
    pieces = [_literal(parts[0])]
    for slot, part in zip(slots, parts[1:], strict=True):
        pieces += [slot, _literal(part)]
    text = ""
    for piece in pieces:
        glue = " " if text and piece and piece[0] not in ",.;:!?)" and not text.endswith("(") else ""
        text += glue + piece
    return text
