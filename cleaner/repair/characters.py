"""text -> Change*: characters that no reader sees or should see, one function for each kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner.repair.gaps import Change, close_gaps
from cleaner.repair.scripts import JOINING, PICTURES, RTL, TAGS, UNSPACED, WIDE

SURROGATES = "\ud800-\udfff"
REPLACEMENTS = "\ufffc\ufffd"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
ZERO_WIDTH = f"\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff{TAGS}"
CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
NARROW = "\xa0\u1680\u2000-\u200a\u202f\u205f"
SPACES = NARROW + "\u2800\u3000"

# A class at the head of a pattern is found twice as fast as a repeat or a look-ahead, hence the look-behinds.
_PAIR_OR_LONE = re.compile(f"[{SURROGATES}](?:(?<=[\ud800-\udbff])[\udc00-\udfff])?")
_REPLACEMENT = re.compile(f"[{REPLACEMENTS}][{REPLACEMENTS}]*")
_SOFT_HYPHEN = re.compile(SOFT_HYPHEN)
_ZERO_WIDTH = re.compile(
    f"[{ZERO_WIDTH}](?:"
    "(?<=[\u2060-\u2065\u206a-\u206f\ufeff])"
    "|(?<=\u180e)(?<![\u1800-\u180d\u180f-\u18af]\u180e)"
    f"|(?<=\u200b)(?:(?<![{UNSPACED}]\u200b)|(?![{UNSPACED}]))"
    f"|(?<=\u200c)(?<![{JOINING}]\u200c)(?![{JOINING}])"
    f"|(?<=\u200d)(?<![{JOINING}]\u200d)(?![{JOINING}])(?:(?<![{PICTURES}]\u200d)|(?![{PICTURES}]))"
    f"|(?<=[{TAGS}])(?<![\U0001f3f4{TAGS}][{TAGS}])[{TAGS}]*)"
)
_CONTROL = re.compile(f"[{CONTROLS}](?:(?<=\x1b)\\[[0-?]{{0,30}}[@-~])?")
"""Behind ESC what it commands, a colour or a move of the cursor, goes too."""

_BIDI = re.compile(f"[{BIDI}]")
_RTL = re.compile(f"[{RTL}]")
_SPACES = re.compile(f"[{SPACES}](?:(?<=\u3000)\u3000*|(?<=\u2800)\u2800*|(?<=[{NARROW}])[{NARROW}]*)")
_BRAILLE = re.compile("[\u2801-\u28ff]")
_WIDE = re.compile(f"[{WIDE}\U00020000-\U0003ffff]")

_EMBEDDINGS = "\u202a\u202b"
_OVERRIDES = "\u202d\u202e"
_POP = "\u202c"
_ISOLATES = "\u2066\u2067\u2068"
_POP_ISOLATE = "\u2069"
_MARKS = "\u061c\u200e\u200f"


def surrogates(text: str) -> list[Change]:
    """Join the two halves of a character; a half without its other goes."""
    changes: list[Change] = []
    for found in _PAIR_OR_LONE.finditer(text):
        half = found.group()
        whole = half.encode("utf-16", "surrogatepass").decode("utf-16") if len(half) == 2 else ""
        changes.append((*found.span(), whole))
    return changes


def replacement_char(text: str) -> list[Change]:
    """Take out U+FFFD and U+FFFC: what stood there is lost."""
    return close_gaps(text, (found.span() for found in _REPLACEMENT.finditer(text)))


def zero_width(text: str) -> list[Change]:
    """Take out characters without width, but leave joiners where a script or an emoji needs them."""
    return _without(_ZERO_WIDTH, text)


def soft_hyphen(text: str) -> list[Change]:
    """Take out hints where a word may be hyphenated."""
    return _without(_SOFT_HYPHEN, text)


def control(text: str) -> list[Change]:
    """Take out control characters, terminal sequences and code points that are no characters."""
    return _without(_CONTROL, text)


def _without(pattern: re.Pattern[str], text: str) -> list[Change]:
    """Remove all that a pattern finds."""
    return _removals(found.span() for found in pattern.finditer(text))


def _removals(spans: Iterable[tuple[int, int]]) -> list[Change]:
    """Make removals of spans; those side by side become one."""
    changes: list[Change] = []
    for start, end in spans:
        if changes and changes[-1][1] == start:
            changes[-1] = (changes[-1][0], end, "")
        else:
            changes.append((start, end, ""))
    return changes


def bidi(text: str) -> list[Change]:
    """Take out directional controls that no right-to-left text beside them needs."""
    return _removals(found.span() for controls in _by_line(text) for found in _stray(text, controls))


def _by_line(text: str) -> Iterator[list[re.Match[str]]]:
    """Give the directional controls of each line that holds some."""
    controls: list[re.Match[str]] = []
    end = -1
    for found in _BIDI.finditer(text):
        if found.start() > end:
            if controls:
                yield controls
            controls, end = [], _line_end(text, found.start())
        controls.append(found)
    if controls:
        yield controls


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _stray(text: str, controls: list[re.Match[str]]) -> list[re.Match[str]]:
    """Give the controls of one line that go: all, or in right-to-left text the overrides and the unpaired."""
    begin = text.rfind("\n", 0, controls[0].start()) + 1
    if not _RTL.search(text, begin, _line_end(text, controls[-1].start())):
        return controls
    kept = _paired(controls)
    return [found for found in controls if found.start() not in kept]


def _paired(controls: list[re.Match[str]]) -> frozenset[int]:
    """Give the places of marks and of controls that open and close in order."""
    kept: set[int] = set()
    opened: list[re.Match[str]] = []
    isolated: list[re.Match[str]] = []
    for found in controls:
        sign = found.group()
        if sign in _MARKS:
            kept.add(found.start())
        elif sign in _EMBEDDINGS + _OVERRIDES:
            opened.append(found)
        elif sign in _ISOLATES:
            isolated.append(found)
        elif sign == _POP and opened:
            opener = opened.pop()
            if opener.group() in _EMBEDDINGS:
                kept |= {opener.start(), found.start()}
        elif sign == _POP_ISOLATE and isolated:
            kept |= {isolated.pop().start(), found.start()}
    return frozenset(kept)


def spaces(text: str) -> list[Change]:
    """Put a plain blank for every other kind, but leave U+3000 in East Asian text and blank Braille cells."""
    changes: list[Change] = []
    for found in _SPACES.finditer(text):
        start, end = found.span()
        beside = text[max(0, start - 2) : start] + text[end : end + 2]  # a quote may stand between
        at_home = {"\u3000": _WIDE, "\u2800": _BRAILLE}.get(found.group()[0])
        if at_home is None or not at_home.search(beside):
            changes.append((start, end, " " * (end - start)))
    return changes
