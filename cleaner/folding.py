"""str -> str: the forms in which lines are compared.

Letters compare case-blind, canonically equivalent and full-width forms are equal, curly and straight
quotes are equal, all dashes are equal, any white space is one blank. `normal` gives a line in that form
with its case kept, `fold` without.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import regex

_DROPPED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\u02bc"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63"
_TABLE: dict[str, str] = (
    dict.fromkeys(_DROPPED, "")
    | dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DOUBLE, '"')
    | dict.fromkeys(_DASHES, "-")
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {"\u2026": "..."}
)
_NAMED = re.compile("[" + "".join(map(re.escape, _TABLE)) + "]")
LIST_MARKS = "-*\u2022\u00b7\u25aa\u25cf\u25a0\u25e6\u2023\u25b8\u25ba\u27a4\u2219"
"""Characters that, with a blank behind them, open an item of a list; tests do not see them."""
_MARKS = re.compile(f"(?:(?:[{re.escape(LIST_MARKS)}]|#{{2,6}}) )+")
"""A single `#` may open a topic as well, so it stays."""
BLANKS = re.compile(r"\s+")
"""Any white space: one blank in the normal form."""


def normal(text: str) -> str:
    """Give the form in which lines are compared, with its case: one-blank white space, plain quotes and
    dashes.

    >>> normal("  Don\\u2019t \\u2014 miss\\u00a0it\\u2026 ")
    "Don't - miss it..."
    """
    return " ".join(plain(text).split())


def marks(line: str) -> str:
    """Give what opens a normal line and is not of its words: marks of list items, and of headings as Markdown
    writes them.

    >>> marks("## Related stories"), marks("* - Home"), marks("#Related")
    ('## ', '* - ', '')
    """
    found = _MARKS.match(line)
    return found[0] if found else ""


def unmarked(line: str) -> str:
    """Give a normal line without what `marks` gives."""
    return line[len(marks(line)) :]


def fold(text: str) -> str:
    """Give the case-blind form of `normal`; all four letters i are one."""
    return casefold(normal(text))


def fold_literal(text: str) -> str:
    """Fold a literal of a rule: like `fold`, but one blank at either end stays where there was one."""
    return casefold(normal_part(text))


def casefold(text: str) -> str:
    """Fold the case of a normal text; all four letters i are one."""
    if text.isascii():
        return text.lower()
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def normal_part(text: str) -> str:
    """Give the normal form of a piece of text; one blank at either end stays where there was one."""
    return BLANKS.sub(" ", plain(text))


def plain(text: str) -> str:
    """Compose, and replace what the table names, white space apart; no line break comes or goes."""
    if text.isascii():
        return text.replace("`", "'")  # all of the table that is ASCII
    # `str.translate` would cost ten times as much
    return _NAMED.sub(lambda found: _TABLE[found[0]], unicodedata.normalize("NFC", text))


def normal_spans(text: str) -> tuple[str, list[int]] | None:
    """Give `normal(text)` and, for each of its characters and its end, the offset in ``text``.

    None where the two cannot be aligned (conjoining letters that compose over several characters).
    """
    out: list[str] = []
    offsets: list[int] = []
    whole = (0, len(text))
    for low, high in [whole] if _COMBINING.search(text) else _between(_GAP, text, whole, 0):
        form = normal(text[low:high])
        if _is_one_to_one(text[low:high], form):
            offsets.extend(range(low, high + 1))  # its end is the place of the blank behind it
            out.append(form)
            continue
        for start, end in _between(_SEAM, text, (low, high), _PIECE_CHARS):
            form = normal(text[start:end])
            aligned = _aligned(text[start:end], form)
            if aligned is None:
                return None
            offsets.extend([offset + start for offset in aligned])
            out.append(form)
    return " ".join(out), offsets


def _between(
    seam: re.Pattern[str], text: str, place: tuple[int, int], least: int
) -> Iterator[tuple[int, int]]:
    """Part a place of a text at seams, into stretches of at least so many characters but for the last."""
    at, end = place
    while found := seam.search(text, at + least, end):
        yield at, found.start()
        at = found.end()
    yield at, end


_SEAM = re.compile(" (?<=[!-~] )(?=[!-~])")
"""A blank over which nothing composes, so that what stands before and behind it can be aligned alone."""
_GAP = re.compile(" (?<=[!-~] ) +(?=[!-~])")
"""Blanks that become one; between them most lines are their own normal forms, but for quotes and dashes."""
_COMBINING = regex.compile(r"\P{ccc=0}")
"""A mark lies where its letter does, unless all about it is in normal form, so how far that goes matters."""
_PIECE_CHARS = 200


def _is_one_to_one(text: str, form: str) -> bool:
    """Tell whether each character of a normal form stands for one of the text."""
    return form == text or (
        len(form) == len(text) and not _RESIZED.search(text) and unicodedata.is_normalized("NFC", text)
    )


def _aligned(text: str, whole: str) -> list[int] | None:
    """Give the offsets of a normal form's characters, worked out run by run; None where it cannot be done."""
    if _is_one_to_one(text, whole):
        return list(range(len(text) + 1))
    out: list[str] = []
    offsets: list[int] = []
    at, size, blank = 0, len(text), -1
    while at < size:
        end = _run_end(text, at)
        if text[at:end].isspace():
            blank = at if blank < 0 else blank
        else:
            if blank >= 0 and out:
                out.append(" ")
                offsets.append(blank)
            piece = normal(text[at:end])
            if piece:
                blank = -1
                out.append(piece)
            offsets.extend(range(at, end) if text[at:end].isascii() else [at] * len(piece))
        at = end
    offsets.append(len(text.rstrip()))
    return offsets if "".join(out) == whole else None


_RESIZED = regex.compile(
    "[" + "".join(re.escape(old) for old, new in _TABLE.items() if len(new) != 1) + r"\P{ccc=0}]"
)
"""What does not stand for one character alone."""
_PLAIN_RUN = re.compile("[!-~]+(?: [!-~]+)*")


def _run_end(text: str, at: int) -> int:
    """Give the end of what is normalised together: a run of ASCII, or a character with its marks."""
    run = _PLAIN_RUN.match(text, at)
    end = run.end() if run else at + 1
    if end == len(text) or not unicodedata.combining(text[end]):
        return end
    if run and (before := text[at : end - 1].rstrip()):
        return at + len(before)
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
