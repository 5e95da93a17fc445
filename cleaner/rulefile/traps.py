"""A stop of the YAML parser -> a mistake in words, and the text to go on with.

Most stops are texts that were not quoted (`*news*`, `@handle`, `Von: <name>`). The character that YAML trips
over is hidden behind a private one of the same width and the file is parsed again, so that one such text does
not hide the other mistakes of its file.
"""

from __future__ import annotations

import re
from typing import Any

from cleaner.rulefile.source import Place, Source

_SPECIAL = "*@?%`&!|>:#-[]{},'\""
_HIDDEN = {char: chr(0x10FF00 + ord(char)) for char in _SPECIAL}
_REVEALED = {ord(hidden): char for char, hidden in _HIDDEN.items()}
_LEAD = re.compile(r"\s*(?:(?:- +)+)?(?:(?:[A-Za-z][\w-]*|'[^']*'|\"[^\"]*\")\s*:\s+)?(?:- +)*")
_FLOW_LEAD = re.compile(r"\s*(?:(?:[A-Za-z][\w-]*|'[^']*'|\"[^\"]*\")\s*:\s+)?")
_BARE_KEY = re.compile(r"\s*(?:- +)*[\w-]+\s*")
_FIRST = "*@?%`&!|>"
_LINES = re.compile("(\r\n|[\n\r\x85\u2028\u2029])")
_COMMENT = re.compile(r"[^\s,\[{#][^,\[{#]*?\s(#)")


class Stop(Exception):
    """The parser cannot go on: a code, where, and what the parser said."""

    def __init__(
        self, code: str, place: Place, said: str = "", *, context: Place | None = None, flow: bool = False
    ):
        super().__init__(code, place, said)
        self.code, self.place, self.said = code, place, said
        self.context, self.flow = context, flow


def stopped_by(error: Any, *, flow: bool) -> Stop:
    """Turn a parser's exception into a stop."""
    mark = error.problem_mark or error.context_mark
    context = error.context_mark
    said = ", ".join(part for part in (error.context, error.problem) if part)
    place = Place(mark.line, mark.column, mark.line, mark.column + 1) if mark else Place(0, 0, 0, 1)
    around = Place(context.line, context.column, context.line, context.column + 1) if context else None
    return Stop("E007", place, said, context=around, flow=flow)


def hide(text: str) -> frozenset[str]:
    """Give the hidden characters that a text holds (none in almost every file)."""
    return frozenset(filter(text.__contains__, _HIDDEN.values()))


def reveal(text: str) -> str:
    """Put the hidden characters of a text back."""
    return text.translate(_REVEALED)


def quoted(text: str) -> str:
    r"""Write a text in quotes so that YAML reads it as it stands.

    >>> quoted("*Don't miss*"), quoted("Von: <name>")
    ('"*Don\'t miss*"', "'Von: <name>'")
    """
    if "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def mend(source: Source, text: str, stop: Stop) -> str | None:
    """Report a stop; give the text to go on with, or None when the file cannot be used any further."""
    lines = source.lines
    if stop.code in ("E009", "E010", "E011"):
        return _mend_mark(source, text, stop)
    if stop.code != "E007":
        source.report(stop.code, stop.place, _PLAIN_WORDS[stop.code])
        return None
    for place in (stop.context, stop.place):
        if place and place.line < len(lines) and _starts_value(lines[place.line], place.column):
            return _mend_first(source, text, place, stop)
    if _char(lines, stop.place) == ":":
        return _mend_colon(source, text, stop)
    if stop.context and "flow" in stop.said:
        mended = _mend_comment(source, text, stop.context.line, stop)
        if mended:
            return mended
    _report_syntax(source, stop)
    return None


_MARKS = {"E009": "an anchor", "E010": "an alias", "E011": "a tag"}
_MARK_OF_A_COLLECTION = re.compile(r"([&!]\S*)\s*(?:[\[{]|#|$)")
_PLAIN_WORDS = {
    "E005": "more than 40 levels of lists and maps",
    "E006": "a second document begins here",
    "E017": "a list or a map cannot be a key",
}


def _mend_mark(source: Source, text: str, stop: Stop) -> str:
    """Report an alias, an anchor or a tag: almost always a text that was not quoted."""
    place = stop.place
    line = source.lines[place.line]
    bare = _MARK_OF_A_COLLECTION.match(line, place.column)
    if bare:
        wide = Place(place.line, place.column, place.line, bare.end(1))
        source.report(stop.code, wide, f"{_MARKS[stop.code]} is refused", help=f"delete '{bare[1]}'")
        return _replaced(text, place.line, place.column, " " * len(bare[1]))
    value = _value(line, place.column, stop)
    wide = Place(place.line, place.column, place.line, place.column + max(1, len(value)))
    source.report(
        stop.code,
        wide,
        f"an unquoted '{value[:1]}' makes {_MARKS[stop.code]} of this text",
        help=f"write {quoted(value)}",
    )
    return _hidden(text, source, place.line, place.column)


def _mend_first(source: Source, text: str, place: Place, stop: Stop) -> str | None:
    line = source.lines[place.line]
    value = _value(line, place.column, stop)
    wide = Place(place.line, place.column, place.line, place.column + len(value))
    source.report(
        "E012", wide, f"a text that begins with '{value[0]}' must be quoted", help=f"write {quoted(value)}"
    )
    return _hidden(text, source, place.line, place.column)


def _mend_colon(source: Source, text: str, stop: Stop) -> str | None:
    line, column = source.lines[stop.place.line], stop.place.column
    start = _value_start(line, column, stop)
    if start >= column or _BARE_KEY.fullmatch(line, 0, column):
        _report_syntax(source, stop)
        return None
    value = _value(line, start, stop)
    source.report(
        "E013",
        Place(stop.place.line, start, stop.place.line, start + len(value)),
        "a text that holds ': ' must be quoted",
        help=f"write {quoted(value)}",
    )
    return _hidden(text, source, stop.place.line, column)


def _mend_comment(source: Source, text: str, first: int, stop: Stop) -> str | None:
    """Find the text in an unclosed list of which ' #' has cut the rest, and the bracket with it."""
    for number in range(first, min(stop.place.line + 1, len(source.lines))):
        line = source.lines[number]
        found = _COMMENT.search(_LINES.split(text)[2 * number])
        if found and "'" not in found[0] and '"' not in found[0]:
            value = _value(line, found.start(), Stop("E014", stop.place, flow=True))
            source.report(
                "E014",
                Place(number, found.start(), number, found.start() + len(value)),
                "YAML cuts this text at ' #', and the bracket with it",
                help=f"write {quoted(value)}",
            )
            return _hidden(text, source, number, found.start(1))
    return None


def _report_syntax(source: Source, stop: Stop) -> None:
    """Say in words what can be said about a stop that is no unquoted text."""
    line, column = stop.place.line, stop.place.column
    text = source.lines[line] if line < len(source.lines) else ""
    if line >= len(source.lines) or not "".join([text[column:], *source.lines[line + 1 :]]).strip():
        place = stop.context or Place(max(0, len(source.lines) - 1), 0, max(0, len(source.lines) - 1), 1)
        source.report("E018", place, "what is opened here is never closed")
    elif text[column : column + 1] == "\t" or text[:column].endswith("\t"):
        source.report("E016", stop.place, "a tab stands where blanks are wanted")
    elif text[:column].rstrip().endswith(("'", '"')) and text[:column].strip():
        rest = Place(line, column, line, len(text.rstrip()))
        source.report("E015", rest, "text after a closing quote")
    elif _BARE_KEY.fullmatch(text, 0, column) and text[column : column + 1] == ":":
        source.report(
            "E007",
            Place(line, 0, line, column),
            "this key is indented deeper than the line above allows",
            help="begin it in the same column as the keys above",
        )
    else:
        source.report("E007", stop.place, f"not valid YAML: {stop.said}")


def _char(lines: list[str], place: Place) -> str:
    return lines[place.line][place.column : place.column + 1] if place.line < len(lines) else ""


def _starts_value(line: str, column: int) -> bool:
    """Tell whether a value begins here with a character that YAML keeps for itself."""
    if line[column : column + 1] not in _FIRST or not line[column : column + 1]:
        return False
    before = line[:column].rstrip()
    return not before or before.endswith((":", "-", "[", "{", ","))


def _value_start(line: str, column: int, stop: Stop) -> int:
    """Find where the text that holds this column begins, as its author meant it."""
    opened = max(line.rfind(char, 0, column) for char in "[{,")
    lead = (
        _FLOW_LEAD.match(line, opened + 1)
        if _in_flow(line, column, stop) and opened >= 0
        else _LEAD.match(line)
    )
    return lead.end() if lead and lead.end() <= column else len(line) - len(line.lstrip())


def _value(line: str, start: int, stop: Stop) -> str:
    """Give the text that begins here: to the end of the line, or in a flow list to its next sign."""
    if _in_flow(line, start, stop):
        found = re.compile(r"[^,\]}]*").match(line, start)
        return found[0].rstrip() if found else ""
    return line[start:].rstrip()


def _in_flow(line: str, column: int, stop: Stop) -> bool:
    opened = sum(map(line[:column].count, "[{")) - sum(map(line[:column].count, "]}"))
    return opened > 0 or (stop.flow and opened == 0)


def _hidden(text: str, source: Source, line: int, column: int) -> str:
    """Hide one character of a text, so that the parser reads it as a plain one."""
    return _replaced(text, line, column, _HIDDEN[source.lines[line][column]])


def _replaced(text: str, line: int, column: int, new: str) -> str:
    """Put as many characters in the place of others, so that all places stay true."""
    parts = _LINES.split(text)
    part = parts[2 * line]
    parts[2 * line] = part[:column] + new + part[column + len(new) :]
    return "".join(parts)
