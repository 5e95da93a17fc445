"""text -> Change*: line ends of one kind, single blank lines, one line end at the end."""

from __future__ import annotations

import re

from cleaner.repair.gaps import Change

_END = r"(?:\r\n|\n|\r)"
_ANY_END = re.compile("\r+\n?|\n|[\x0b\x0c\x85\u2028\u2029]+")
UNUSUAL = "\r\x0b\x0c\x85\u2028\u2029"
"""Characters without which all line ends are of one kind."""

_BLANK_RUN_PLAIN = re.compile(r"\n(?:[^\S\n]*+\n){2,}+")
"""The same for text without carriage returns: eight times as fast."""

_BLANK_RUN = re.compile(rf"{_END}(?:[^\S\r\n]*+{_END}){{2,}}+")
_LEADING = re.compile(rf"\A(?:[^\S\r\n]*+{_END})++")
_FIRST_END = re.compile(_END)
_TWO_BLANKS = re.compile(r"\n[^\S\n]*+\n[^\S\n]*+\n")


def kind(text: str) -> str:
    """Give the line end that the text uses most (of equals, the plainer)."""
    crlf = text.count("\r\n")
    counts = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
    return max(counts, key=lambda kind: counts[kind])


def line_ends(text: str) -> list[Change]:
    """Give all lines the kind of end that most have; other breaks become one, beside a line end nothing."""
    own = kind(text)
    changes: list[Change] = []
    for found in _ANY_END.finditer(text):
        start, end = found.span()
        if found.group()[-1] == "\n":
            new = own  # also for the `\r\r\n` of text that was converted twice
        elif found.group()[-1] == "\r":
            new = own * (end - start)
        else:
            beside = text[start - 1 : start] in "\r\n" or text[end : end + 1] in "\r\n"
            new = "" if beside else own
        if new != found.group():
            changes.append((start, end, new))
    return changes


def needs_ending(text: str, final_newline: bool = False) -> bool:
    """Tell whether `blank_lines` or, where wanted, `final_newline` may change a text; False is certain."""
    if "\r" in text or text[:1].isspace() or _TWO_BLANKS.search(text):
        return True
    if text[-1:].isspace():
        return text[-1] != "\n" or text[-2:-1].isspace()
    return final_newline and text != ""


def blank_lines(text: str) -> list[Change]:
    """Leave one blank line of a run, none at the start, and at the end no more than the last line's end."""
    bare = text.rstrip()
    if not bare:
        return [(0, len(text), "")] if text else []
    changes: list[Change] = []
    leading = _LEADING.match(text)
    if leading:
        changes.append((0, leading.end(), ""))
    blank_run = _BLANK_RUN if "\r" in text else _BLANK_RUN_PLAIN
    for run in blank_run.finditer(text, leading.end() if leading else 0, len(bare)):
        ends = list(_FIRST_END.finditer(text, *run.span()))
        changes.append((ends[0].end(), ends[-1].start(), ""))
    last = _FIRST_END.search(text, len(bare))
    if last and last.end() < len(text):
        changes.append((last.end(), len(text), ""))
    return changes


def final_newline(text: str) -> list[Change]:
    """End the text with exactly one line end; a text without a line stays as it is."""
    bare = text.rstrip()
    if not bare:
        return []
    ends = list(_FIRST_END.finditer(text, len(bare)))
    if not ends:
        return [(len(text), len(text), kind(text))]
    return [(ends[0].end(), len(text), "")] if ends[0].end() < len(text) else []
