"""line -> labels: words by which a line that recurs tells what it is where no general rule does.

Words alone prove nothing: they are asked only of lines that stand in at least three articles of one site, and
count together with the place of the line. English, since the general packs are thinnest where sites speak for
themselves, and most of them do so in English.
"""

from __future__ import annotations

import re

from cleaner.folding import normal, unmarked
from cleaner.mine.telling_words import CALLS, ROLES, SHARE, TELLING
from cleaner.shapes import ends_like_sentence, words

_TESTS = {label: re.compile("|".join(phrases), re.IGNORECASE) for label, phrases in TELLING.items()}

_TITLE = r"(?:Sen|Rep|Dr|Gov|Gen|Mr|Ms|Mrs|Prof|Rev|Col|Lt)\."
_CAPITAL = r"[A-Z][\w.'\u00c0-\u017f-]*"
_NAME = rf"(?:{_TITLE} )?{_CAPITAL}(?: (?:{_CAPITAL}|de|van|von|bin|al|la))+"
_DOES = r"is|was|are|works|covers|writes|has been|served|serves|hosts|teaches|currently"
_BIO = re.compile(
    rf"^(?:{_NAME}|The (?:writer|author)s?)(?:, [^.;:!?]{{1,90}},?)?(?: and {_NAME})? (?:{_DOES})\b"
    rf".*\b(?:{ROLES})",
    re.DOTALL,
)
_BYLINE = re.compile(rf"^(?:(?:By|Analysis by) )?{_NAME}, (?P<house>[^.!?]{{2,60}})$")
_CALL = re.compile(rf"^(?:{CALLS})\b(?! (?:\w+ ){{0,4}}(?:said|says))", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|your|you'll|you're|our|us|we|we'll|we're)\b", re.IGNORECASE)
_SHARE = frozenset(SHARE.split("|"))
_WRITING = "story|article|post|piece|column|report|series|project"
_NOTE = re.compile(
    r"^\W*(?:editor'?s'? note|note|correction|clarification|update|disclosure)\b"
    rf"|\bthis (?:{_WRITING}) (?:is|was|has been|will be)"
    r" (?:part|a part|updated|corrected|adapted|supported|funded)"
    r"|\breceives? (?:support|funding)|\bfunded by|\bsupported by"
    r"|\bin collaboration with|\bbreaking news story",
    re.IGNORECASE,
)


def telling(line: str) -> list[str]:
    """Give the labels for which a normal line has telling words, the most telling first.

    >>> telling("Sign up for our newsletter")
    ['subscribe']
    """
    counts = {
        label: len({found[0].lower() for found in test.finditer(line)}) for label, test in _TESTS.items()
    }
    return sorted((label for label in counts if counts[label]), key=lambda label: -counts[label])


def weight(line: str) -> int:
    """Count the telling words and phrases of a line, whatever their label."""
    return sum(len({found[0].lower() for found in test.finditer(line)}) for test in _TESTS.values())


def names_site(line: str, host: str) -> bool:
    """Tell whether a line names the site that prints it, as far as its host says the name.

    >>> names_site("Jo Doe writes for The Aldmouth Oar.", "aldmouthoar.com")
    True
    """
    stem = host.split(".")[0].replace("-", "").lower()
    bare = stem.removeprefix("the")
    if len(bare) >= 5:
        squashed = "".join(letter for letter in line.lower() if letter.isalnum())
        return bare in squashed
    return re.search(rf"(?<![\w@])(?:the ?)?{re.escape(bare)}(?!\w)", line, re.IGNORECASE) is not None


def is_bio(line: str) -> bool:
    """Tell whether a line says what somebody is."""
    return _BIO.match(unmarked(normal(line)).lstrip("(_-[ ")) is not None


def is_house_byline(line: str, host: str) -> bool:
    """Tell whether a line is nothing but a name and the house."""
    found = _BYLINE.match(unmarked(normal(line)))
    return found is not None and words(line) <= 9 and names_site(found["house"], host)


def is_share(line: str) -> bool:
    """Tell whether a line is a word of a share bar."""
    parts = unmarked(normal(line)).lower().replace("share on ", "").replace("share this:", "").split()
    return 0 < len(parts) <= 3 and all(part in _SHARE for part in parts)


def is_note(line: str) -> bool:
    """Tell whether a line speaks of this article, as a note to the reader does."""
    return _NOTE.search(line) is not None


def speaks(line: str) -> bool:
    """Tell whether a line asks the reader to do something, or speaks of the house and the reader."""
    return _CALL.match(unmarked(normal(line))) is not None


def addresses(line: str) -> bool:
    """Tell whether a line has a `you` or an `our` in it."""
    return _YOU.search(line) is not None


def is_call(line: str) -> bool:
    """Tell whether a line is a call to the reader without the end of a sentence, such as that of a button."""
    return speaks(line) and not ends_like_sentence(line) and not line.endswith(":") and words(line) >= 2
