"""text -> Change*: tags, comments and embed code that the scraper took for text.

The places of all changes must be known to the character and the cost linear, so this is a tokenizer of
the tags alone and no HTML parser: between tags nothing is read. What an embed is says `embedded`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.repair.elements import ALL, BLOCKS, CELLS, CONTAINERS, FLAGS, SHORT, WORDS
from cleaner.repair.embedded import is_post
from cleaner.repair.gaps import Change, close_gaps
from cleaner.repair.line_ends import kind
from cleaner.repair.quoted import Quoted

_TAG = re.compile(
    r"<!--(?:(?!-->|<!--).)*+-->"
    r"|<!\[CDATA\[|\]\]>|<!DOCTYPE\s[^<>]*>"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,11}+)"
    r"(?P<rest>(?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+|/)?)>",
    re.DOTALL | re.IGNORECASE,
)
TRIGGER = r"<[!/A-Za-z]|\]\]>"

_CURLY = "\u2018-\u201f\u2032\u2033"
_ATTRIBUTE = re.compile(
    r"\s*+([\w:@.-]++)"
    rf"(?:\s*+=\s*+(?:\\?\"[^\"]*+\"|\\?'[^']*+'|[{_CURLY}][^{_CURLY}]*+[{_CURLY}]|[^\s\"'<>]++))?+"
    r"(?=[\s/\"']|$)"
)
_SPOKEN_OF = re.compile(r"[\"'\u201d\u2019)]?\s(?:tags?|elements?|attributes?)\b")
_CODE = re.compile(r"[{}();=<>]")
_BLANKS = " \t"
_EDGES = "\r\n"

LONGEST_POST = 3_000
LONGEST_EMBED = 20_000


@dataclass(frozen=True, slots=True)
class _Tag:
    """One tag, comment or whole embed that goes."""

    start: int
    end: int
    name: str = ""
    closes: bool = False
    attributes: str = ""


def markup(text: str) -> list[Change]:
    """Take out tags of real elements; a block's tag between two texts leaves a line end, a cell's a blank."""
    tags = [tag for tag in _tags(text) if _is_plausible(tag)]
    if not tags:
        return []
    quoted = Quoted(text)
    tags = [
        tag for tag in tags if not quoted.holds(tag.start, tag.end) and not _SPOKEN_OF.match(text, tag.end)
    ]
    changes: list[Change] = []
    line_end = kind(text)
    for run in _runs(text, list(_wholes(text, _certain(tags)))):
        changes += _removed(text, run, line_end)
    return changes


def _tags(text: str) -> Iterator[_Tag]:
    """Read everything that has the form of a tag."""
    for found in _TAG.finditer(text):
        name = (found["name"] or "").lower()
        if found["name"] and found["name"] not in (name, name.upper()):
            continue  # `<String>`: a type, not an element
        if found["name"] and len(name) < 2 and name != found["name"] and text[found.start() - 1].isalnum():
            continue  # `Set<P>`
        yield _Tag(
            *found.span(), name, found["close"] == "/", (found["rest"] or "").strip().rstrip("/").rstrip()
        )


def _is_plausible(tag: _Tag) -> bool:
    """Tell whether a tag names an element of HTML and has only what can be attributes."""
    if not tag.name:
        return True
    if tag.name not in ALL or (tag.closes and tag.attributes):
        return False
    place = 0
    while place < len(tag.attributes):
        found = _ATTRIBUTE.match(tag.attributes, place)
        if not found or ("=" not in found.group() and found[1].lower() not in FLAGS):
            return False
        place = found.end()
    return True


def _certain(tags: list[_Tag]) -> list[_Tag]:
    """Leave out tags that may be words or variables: no attributes, and no other half in the text."""
    halves: dict[bool, set[str]] = defaultdict(set)
    for tag in tags:
        halves[tag.closes].add(tag.name)
    doubtful = SHORT | WORDS
    return [
        tag
        for tag in tags
        if tag.name not in doubtful
        or tag.attributes
        or tag.name in halves[not tag.closes]
        or (tag.closes and tag.name in SHORT)
    ]


def _wholes(text: str, tags: list[_Tag]) -> Iterator[_Tag]:
    """Join an embed's opening tag with all up to its closing one."""
    closers: dict[str, list[_Tag]] = defaultdict(list)
    for tag in reversed(tags):
        if tag.closes:
            closers[tag.name].append(tag)
    done = 0
    for tag in tags:
        if tag.start < done:
            continue
        ends = closers[tag.name]
        while ends and ends[-1].start < tag.end:
            ends.pop()
        if not tag.closes and ends and _is_embed(text, tag, ends[-1]):
            tag = _Tag(tag.start, ends[-1].end, tag.name)
        done = tag.end
        yield tag


def _is_embed(text: str, opening: _Tag, closing: _Tag) -> bool:
    """Tell whether what stands between two tags is no text of the article."""
    length = closing.start - opening.end
    if opening.name == "blockquote":
        return (
            bool(opening.attributes) and length <= LONGEST_POST and is_post(text[opening.start : closing.end])
        )
    if opening.name not in CONTAINERS or length > LONGEST_EMBED:
        return False
    if opening.name not in ("script", "style"):
        return length <= LONGEST_POST
    return len(_CODE.findall(text, opening.end, closing.start)) * 50 >= length


def _runs(text: str, tags: list[_Tag]) -> list[list[_Tag]]:
    """Gather tags that stand side by side, with at most blanks between them."""
    runs: list[list[_Tag]] = []
    for tag in tags:
        if runs and not text[runs[-1][-1].end : tag.start].strip(_BLANKS):
            runs[-1].append(tag)
        else:
            runs.append([tag])
    return runs


def _removed(text: str, run: list[_Tag], line_end: str) -> list[Change]:
    """Give the change that takes out tags which stand side by side."""
    start, end = run[0].start, run[-1].end
    while start and text[start - 1] in _BLANKS:
        start -= 1
    while end < len(text) and text[end] in _BLANKS:
        end += 1
    inside = start > 0 and text[start - 1] not in _EDGES and end < len(text) and text[end] not in _EDGES
    names = {tag.name for tag in run}
    if inside and names & BLOCKS:
        return [(start, end, line_end)]
    if inside and names & CELLS:
        return [(start, end, " ")]
    if inside:
        return close_gaps(text, [(run[0].start, run[-1].end)])
    return [(start, end, "")]
