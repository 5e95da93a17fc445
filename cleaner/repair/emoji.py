"""text -> Change*: runs of question marks that stand where a post had an emoji or a flag.

An encoder that cannot write an emoji puts `?` for it, often one for each of its two or four units. A real
question mark must stay, so each form below asks for evidence: a place where no question ends, and the signs
of a post beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.repair.gaps import Change, close_gaps

_RUN = re.compile(r"\?\?*")
TRIGGER = r"\?\?|(?:\A|[ \r\n])\?"
"""Any other question mark is a question's end."""

_POST = re.compile(r"(?<![\w.@/])[@#][^\W\d_]\w|\bt\.co/\w|\bpic\.twitter\.com/")
_LINK_NEXT = re.compile(r" (?:[@#][^\W\d_]\w|https?://|pic\.twitter\.com/|t\.co/)")
_LINK_GLUED = re.compile(r"[@#][^\W\d_]\w|https?://")
_HANDLE_NEXT = re.compile(r"[^\n()]{0,60}\(@\w{1,20}\)")
_DASH_BEFORE = re.compile(r"(?:^|\s)[-\u2010-\u2015]{1,2}\s?[^\n\u2010-\u2015]{0,60}$")
_SIGNATURE = re.compile(r"\(@\w{1,20}\)|\bpic\.twitter\.com/")
_SENTENCE_END = re.compile(r"(?:[^\W\d_]{3}|[)\]\d\"'\u201d\u2019])[.!][)\]\"'\u201d\u2019\u00bb]*\s*$")
"""Not an ellipsis, nor a French `!` with its blank: a question mark may follow them."""

_ABBREVIATION = re.compile(r"\b(?:etc|usw|ecc|approx|e\.g|i\.e)\.\s*$", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:[.!?:;\u2026]+[\"'\u201d\u2019)]*\s+|[\"\u201c\u2014\u2013]\s*|\n)")
_ASKS = re.compile(
    r"\b(?:what|why|who|whom|whose|how|when|where|which|you|your|u|ya|ready|anyone|any|right|really|or|wtf|huh|guess)\b"
    r"|^\W*(?:\w+\W+)?(?:is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|has|have|had|\w+n[\u2019']t)\b",
    re.IGNORECASE,
)
_NOT_ENGLISH = re.compile(
    r"[^\x00-\x7f\u2010-\u2030]|\b(?:le|la|les|des|du|est|une|et|pas|vous|il|elle|que|qui|el|los|las|es|por|der|die"
    r"|das|und|ist|nicht|het|een|niet|di|che|per|non|uma|um|com)\b",
    re.IGNORECASE,
)
_GLYPHS = re.compile(r"^(?:!!?|!\?|\?!) ", re.MULTILINE)
_LINES_NEAR = re.compile(r"\s*([^\r\n]*)")
_EDGES = "\r\n"

_WINDOW = 280
"""A post is no longer than this; evidence farther away belongs to something else."""

_LAST_WORD = 24
"""Enough of the text before to see how its last word ends."""

_WORDS_OF_PROSE = 5


class _Run:
    """One run of question marks and the line around it, as far as a post can reach."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        low, high = max(0, start - _WINDOW), end + _WINDOW
        self.before = text[max(low, 1 + max(text.rfind(edge, low, start) for edge in _EDGES)) : start]
        self.after = text[
            end : min(place if place >= 0 else high for place in (text.find(e, end, high) for e in _EDGES))
        ]
        self.length = end - start
        self.first = not self.before and (start == 0 or text[start - 1] in _EDGES)

    @property
    def alone(self) -> bool:
        """Blanks or line edges stand on both sides."""
        return self.before[-1:] in ("", " ") and self.after[:1] in ("", " ")

    @property
    def in_post(self) -> bool:
        """The signs of a post stand near on the line."""
        return bool(_POST.search(self.after) or _POST.search(self.before))


def lost_emoji(text: str) -> list[Change]:
    """Take out question marks that stand for an emoji, with one adjoining blank."""
    return close_gaps(text, _lost(text))


def _lost(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of question marks for which one of the forms holds."""
    for found in _RUN.finditer(text):
        start, end = found.span()
        if end - start == 1 and start and text[start - 1] not in " \r\n":
            continue  # by far the most: a question's end
        run = _Run(text, start, end)
        if any(form(run) for form in (_in_signature, _opens_line, _after_sentence, _before_link, _glued)):
            yield start, end


def _in_signature(run: _Run) -> bool:
    """Tell: `— MFA Somewhere ?? (@handle)`: inside the name that signs a post."""
    if run.length == 1 and not run.alone:
        return False
    return bool(_HANDLE_NEXT.match(run.after) and _DASH_BEFORE.search(run.before))


def _opens_line(run: _Run) -> bool:
    """Tell: `? Talks began in #Town`: no question mark opens a line; one alone needs a post as evidence."""
    rest = run.after.lstrip(" ")
    if not run.first or not rest or rest == run.after:
        return False
    if run.length > 1 and _LINK_NEXT.match(run.after):
        return True
    if rest[0] == "?" or rest[0].islower():
        return False
    if run.in_post or _SIGNATURE.search(_lines_below(run)):
        return True
    return run.length > 1 and len(rest.split()) >= _WORDS_OF_PROSE and not _GLYPHS.search(run.text)


def _lines_below(run: _Run) -> str:
    """Give the next two lines after the run's own."""
    below = run.text[run.end : run.end + 2 * _WINDOW].splitlines()[1:]
    return "\n".join([line for line in below if line.strip()][:2])


def _after_sentence(run: _Run) -> bool:
    """Tell: `Talks are over. ? pic.twitter.com/x`: alone after a sentence's end, in a post."""
    if not run.alone or not run.before.endswith(" "):
        return False
    near = run.before[-_LAST_WORD:]
    return bool(_SENTENCE_END.search(near)) and not _ABBREVIATION.search(near) and run.in_post


def _before_link(run: _Run) -> bool:
    """Tell: `Great win ??? #team`: alone before a hashtag, handle or link, after words that ask nothing."""
    if run.length < 2 or not run.before.endswith(" "):
        return False
    if not _LINK_NEXT.match(run.after) and not (
        run.after[:1] in (".", ",") and run.in_post and run.length % 2 == 0
    ):
        return False
    clause = _CLAUSE.split(run.before)[-1]
    return not _ASKS.search(clause) and not _NOT_ENGLISH.search(clause)


def _glued(run: _Run) -> bool:
    """Tell: `It is done!????@handle`: many, glued between a sentence's end and a handle."""
    return run.length >= 4 and run.before[-1:] in ("!", ".") and bool(_LINK_GLUED.match(run.after))
