"""text -> Change*: links written out in the text become their words; pictures and lists of addresses go.

Four forms: `[words](address)`, `![picture](address)`, `[words][7]` with its line `[7]: address`, and
`words (address)`. The first three can be nothing else, like an `<a href>`; the last may stand in any article,
so it goes only where a whole page was written so and its furniture shows it, many times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.gaps import Change
from cleaner.repair.quoted import Quoted

TRIGGER = r"\]\(|\]\[\d{1,4}\]|\((?:[Hh][Tt][Tt][Pp][Ss]?:/|mailto:|tel:|/|#)"

LONGEST_WORDS = 2_000
LONGEST_ADDRESS = 2_000
LEAST_BRACKETED = 20
"""So many addresses in brackets at the ends of lines are no author's."""

_REPEATED = f"{{0,{LONGEST_ADDRESS}}}+"
_SIGN = r"[^\s()<>]"
_FILE = r"[\w%~-]{1,80}\.(?:html?|php|aspx?|jpe?g|png|gif|webp|svg|pdf)\b"
_BEGINS = rf"(?:[A-Za-z][A-Za-z0-9+.-]{{1,15}}:|[/#?]|\.{{1,2}}/|{_FILE})"
_ADDRESS = rf"{_BEGINS}(?:{_SIGN}|\({_SIGN}{{0,200}}\)){_REPEATED}"
_TITLE = r"\s{1,3}\"[^\"\n]{0,300}\""
_TARGET = re.compile(rf"\(\s?\\?<?({_ADDRESS})?>?(?:{_TITLE})?\s?\)")
_NUMBER = re.compile(r"\[(\d{1,4})\]")
_BRACKET = re.compile(r"[\[\]]")
_DEFINED = re.compile(
    rf"^[ \t]{{0,3}}\[(\d{{1,4}})\]:(?:[ \t]+\S{_REPEATED})?(?:[ \t][^\r\n]{{0,300}})?(?:\r?\n|\r|\Z)",
    re.MULTILINE,
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_BROKEN = r"\r?\n[ \t]{0,30}(?=[^\s()*\u2022-])"
"""Where a program broke a long address to go on in the next line."""
_BRACKETED = re.compile(
    r"\((?:[Hh][Tt][Tt][Pp][Ss]?://|mailto:|tel:|/|#)"
    rf"(?:[^\s()]|{_BROKEN}|\([^\s()]{{0,80}}\)){_REPEATED}\)"
)
_REST_OF_LINE = re.compile(r"[ \t]*(?=\r|\n|\Z)")


def links(text: str) -> list[Change]:
    """Take away the addresses of links, and the brackets around their words."""
    quoted = Quoted(text)
    found = [change for change in _changes(text) if not quoted.holds(change[0], change[1])]
    return _apart(sorted(found))


def _changes(text: str) -> Iterator[Change]:
    defined = {found[1]: found.span() for found in _DEFINED.finditer(text)}
    used = False
    pictures: dict[int, int] = {}
    for start, end in _pairs(text):
        words = text[start + 1 : end]
        number = _NUMBER.match(text, end + 1)
        if number and number[1] in defined:
            used = True
            after, is_picture = number.end(), words[:1] == "[" and words[-1:] == "]"
        else:
            target = _TARGET.match(text, end + 1)
            is_picture = text[start - 1 : start] == "!"
            if not target or not (is_picture or target[1] or not words.strip()):
                continue
            after = target.end()
        first = start + 1 + len(words) - len(words.lstrip())
        last = end - len(words) + len(words.rstrip())
        if is_picture:
            start -= text[start - 1 : start] == "!"
            pictures[start] = after
        if is_picture or first >= last or pictures.get(first) == last:
            yield _whole(text, start, after)
        else:
            yield start, first, ""
            yield last, after, ""
    if used:
        for span in defined.values():
            yield *span, ""
    for one in _bracketed(text):
        yield *one, ""


def _whole(text: str, start: int, end: int) -> Change:
    """Give the change that takes a whole span, with the blank behind it where none is wanted."""
    is_double = text[end : end + 1] == " " and text[max(0, start - 1) : start] in ("", " ", "\n")
    return start, end + is_double, ""


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of brackets that belong together and hold no blank line."""
    open_ones: list[int] = []
    for found in _BRACKET.finditer(text):
        if found.group() == "[":
            open_ones.append(found.start())
        elif open_ones:
            start = open_ones.pop()
            if found.start() - start > LONGEST_WORDS:
                continue
            if not _BLANK_LINE.search(text, start, found.start()):
                yield start, found.start()


def _bracketed(text: str) -> list[tuple[int, int]]:
    """Find the addresses in brackets behind words, if so many of them stand at the ends of lines."""
    if text.count("(") < LEAST_BRACKETED:
        return []
    spans = [(_begin(text, one.start()), one.end()) for one in _BRACKETED.finditer(text)]
    found = [(start, end) for start, end in spans if text[start - 1 : start] != "]"]
    at_ends = sum(bool(_REST_OF_LINE.match(text, end)) for _, end in found)
    return found if at_ends >= LEAST_BRACKETED else []


def _begin(text: str, at: int) -> int:
    """Give where the blanks before a bracket begin, and the line end among them."""
    while at and text[at - 1] in " \t":
        at -= 1
    if not at or text[at - 1] != "\n":
        return at
    at -= 2 if text[at - 2 : at] == "\r\n" else 1
    while at and text[at - 1] in " \t":
        at -= 1
    return at


def _apart(changes: list[Change]) -> list[Change]:
    """Leave out what lies in another change; what overlaps in part is left for the next round."""
    kept: list[Change] = []
    for change in changes:
        if kept and change[0] < kept[-1][1]:
            if change[1] > kept[-1][1] and change[0] == kept[-1][0]:
                kept[-1] = change
            continue
        kept.append(change)
    return kept
