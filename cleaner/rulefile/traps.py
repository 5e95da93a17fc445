"""A stop of the YAML parser -> a mistake in words, and the text to go on with.

Most stops are texts that were not quoted (`*news*`, `@handle`, `Von: <name>`). The character that YAML
trips over is hidden and the file is parsed again, so that one such text hides no other mistake of its file.
"""

from __future__ import annotations

import re
from typing import Any

from cleaner.rulefile.hiding import blank, hide, line_of, quoted
from cleaner.rulefile.source import Place, Source

_KEY = r"(?:[A-Za-z][\w-]*|'[^']*'|\"[^\"]*\")\s*:\s+"
_LEAD = re.compile(rf"\s*(?:- +)*(?:{_KEY})?(?:- +)*")
_FLOW_LEAD = re.compile(rf"\s*(?:{_KEY})?")
_FLOW_VALUE = re.compile(r"[^,\]}]*")
_BARE_KEY = re.compile(r"\s*(?:- +)*[\w-]+\s*")
_COMMENT = re.compile(r"\s#")
_MARK_OF_A_COLLECTION = re.compile(r"([&!]\S*)\s*(?:[\[{]|#|$)")
_FIRST = "*@?%`&!|>"

_MARKS = {"E009": "an anchor", "E010": "an alias", "E011": "a tag"}
_PLAIN_WORDS = {
    "E005": "more than 40 levels of lists and maps",
    "E006": "a second document begins here",
    "E017": "a list or a map cannot be a key",
}
_IN_WORDS = {
    "escape": "this escape does not exist; in double quotes a backslash is written \\\\",
    "flow sequence": "a comma or the closing ']' of a list is wanted here",
    "flow mapping": "a comma or the closing '}' of a map is wanted here",
}
"""What the parser says, in words that help; by a part that all parsers have in common."""

_Told = tuple[str, Place, str, str]
"""A code, where, what is wrong and what helps."""


class Stop(Exception):
    """The parser cannot go on: a code, where, and what the parser said."""

    def __init__(self, code: str, place: Place, said: str = "") -> None:
        super().__init__(code, place, said)
        self.code, self.place, self.said = code, place, said
        self.context: Place | None = None
        """Where the thing begins that could not be read."""
        self.bracket: Place | None = None
        """The last bracket that is open there."""
        self.quote: Place | None = None
        """The quoted text of several lines that was read last."""


def stopped_by(error: Any, *, bracket: Place | None, quote: Place | None) -> Stop:
    """Turn a parser's exception into a stop."""
    said = ", ".join(part for part in (error.context, error.problem) if part)
    stop = Stop("E007", _at(error.problem_mark or error.context_mark) or Place(0, 0, 0, 1), said)
    stop.context, stop.bracket, stop.quote = _at(error.context_mark), bracket, quote
    return stop


def _at(mark: Any) -> Place | None:
    return Place(mark.line, mark.column, mark.line, mark.column + 1) if mark else None


def mend(source: Source, text: str, stop: Stop) -> str | None:
    """Report a stop; give the text to go on with, or None when the file cannot be used any further."""
    if stop.code in _PLAIN_WORDS:
        source.report(stop.code, stop.place, _PLAIN_WORDS[stop.code])
        return None
    return _Mender(source, text, stop).run()


class _Mender:
    """One stop, the text in which it happened and where its mistake is told."""

    def __init__(self, source: Source, text: str, stop: Stop) -> None:
        self.source, self.text, self.stop = source, text, stop
        self.told = False

    def run(self) -> str | None:
        if self.stop.code in _MARKS:
            return self._mark()
        for place in (self.stop.context, self.stop.place):
            if place and self._starts_value(place):
                return self._tell(
                    "E012", place, f"a text that begins with '{self._char(place)}' must be quoted"
                )
        if self._char(self.stop.place) == ":":
            return self._colon()
        mended = self._comment() or self._quote()
        if mended is None and not self.told:
            self._give_up()
        return mended

    # What can be mended

    def _mark(self) -> str:
        """Report an alias, an anchor or a tag: almost always a text that was not quoted."""
        place, word = self.stop.place, _MARKS[self.stop.code]
        bare = _MARK_OF_A_COLLECTION.match(self._line(place.line), place.column)
        if bare:
            wide = Place(place.line, place.column, place.line, bare.end(1))
            self.source.report(self.stop.code, wide, f"{word} is refused", help=f"delete '{bare[1]}'")
            return blank(self.text, place.line, place.column, bare.end(1))
        return self._tell(
            self.stop.code, place, f"an unquoted '{self._char(place)}' makes {word} of this text"
        )

    def _colon(self) -> str | None:
        line, column = self.stop.place.line, self.stop.place.column
        start = self._value_start(line, column)
        if start >= column or _BARE_KEY.fullmatch(self._line(line), 0, column):
            self._give_up()
            return None
        return self._tell(
            "E013", Place(line, start, line, start), "a text that holds ': ' must be quoted", at=column
        )

    def _comment(self) -> str | None:
        """Find the text in an unclosed list of which ' #' has cut the rest, and the bracket with it."""
        if self.stop.context is None or "flow" not in self.stop.said:
            return None
        for number in range(self.stop.context.line, min(self.stop.place.line + 1, len(self.source.lines))):
            line = line_of(self.text, number)
            cut = _COMMENT.search(line)
            start = max(line.rfind(char, 0, cut.start()) for char in ",[{") + 1 if cut else 0
            text = line[start : cut.start()].strip() if cut else ""
            if cut and text and not set("'\"") & set(text):
                self.stop.bracket = self.stop.context
                start += len(line[start:]) - len(line[start:].lstrip())
                what = "YAML cuts this text at ' #', and the bracket with it"
                return self._tell("E014", Place(number, start, number, start), what, at=cut.end() - 1)
        return None

    def _quote(self) -> str | None:
        """Find a text that does not end with its closing quote."""
        line, column = self.stop.place.line, self.stop.place.column
        before = self._line(line)[:column].rstrip()
        if self.stop.quote is not None or not before.endswith(("'", '"')) or self._rest_is_blank():
            return None
        text = self._line(line)
        start = self._value_start(line, column)
        end = start + len(self._value(line, start))
        inside = text[start:end]
        whole = inside[1:-1] if len(inside) > 1 and inside[0] == inside[-1] and inside[0] in "'\"" else inside
        self.source.report(
            "E015", Place(line, start, line, end), "text after a closing quote", help=f"write {quoted(whole)}"
        )
        self.told = True
        return hide(self.text, line, start, end) if end > column else None

    def _tell(self, code: str, place: Place, what: str, *, at: int | None = None) -> str:
        """Report a text that should be quoted and hide the character that YAML trips over."""
        value = self._value(place.line, place.column)
        wide = Place(place.line, place.column, place.line, place.column + max(1, len(value)))
        self.source.report(code, wide, what, help=f"write {quoted(value)}")
        column = place.column if at is None else at
        return hide(self.text, place.line, column, column + 1)

    # What cannot

    def _give_up(self) -> None:
        """Say in words what can be said about a stop that is no unquoted text."""
        code, place, what, help = (
            self._open_quote()
            or self._open_bracket()
            or self._open_end()
            or self._wrong_blanks()
            or self._other()
        )
        self.source.report(code, place, what, help=help)

    def _open_quote(self) -> _Told | None:
        quote = self.stop.quote
        return (
            ("E018", quote, f"this quote is closed only in line {quote.end_line + 1}", "") if quote else None
        )

    def _open_bracket(self) -> _Told | None:
        bracket = self.stop.bracket or self.stop.context
        if bracket is None or "flow" not in self.stop.said or not (self._is_key() or self._is_first("- ")):
            return None
        first = Place(bracket.line, bracket.column, bracket.line, bracket.column + 1)
        return "E018", first, "this bracket is never closed", ""

    def _open_end(self) -> _Told | None:
        last = max(0, len(self.source.lines) - 1)
        place = self.stop.context or Place(last, 0, last, 1)
        return ("E018", place, "what is opened here is never closed", "") if self._rest_is_blank() else None

    def _wrong_blanks(self) -> _Told | None:
        line, column = self.stop.place.line, self.stop.place.column
        if "\t" in self._line(line)[max(0, column - 1) : column + 1]:
            return "E016", self.stop.place, "a tab stands where blanks are wanted", ""
        if not self._is_key() and not (self._is_first() and "block" in self.stop.said):
            return None
        what = "this line begins in a column that fits nothing above"
        help = "begin it in the same column as the lines that it belongs to"
        return "E007", Place(line, 0, line, max(1, column)), what, help

    def _other(self) -> _Told:
        return "E007", self.stop.place, f"not valid YAML: {self._in_words()}", ""

    def _in_words(self) -> str:
        return next((words for part, words in _IN_WORDS.items() if part in self.stop.said), self.stop.said)

    # Looking at the file

    def _is_key(self) -> bool:
        """Tell whether it stopped at the colon of a key that stands first in its line."""
        line, place = self._line(self.stop.place.line), self.stop.place
        return self._char(place) == ":" and _BARE_KEY.fullmatch(line, 0, place.column) is not None

    def _is_first(self, sign: str = "") -> bool:
        """Tell whether it stopped at the first character of a line, and at this sign."""
        line, column = self._line(self.stop.place.line), self.stop.place.column
        return not line[:column].strip() and line.startswith(sign, column)

    def _line(self, number: int) -> str:
        return self.source.lines[number] if number < len(self.source.lines) else ""

    def _char(self, place: Place) -> str:
        return self._line(place.line)[place.column : place.column + 1]

    def _rest_is_blank(self) -> bool:
        line, column = self.stop.place.line, self.stop.place.column
        return not self._line(line)[column:].strip() and not "".join(self.source.lines[line + 1 :]).strip()

    def _starts_value(self, place: Place) -> bool:
        """Tell whether a value begins here with a character that YAML keeps for itself."""
        char = self._char(place)
        before = self._line(place.line)[: place.column].rstrip()
        return bool(char) and char in _FIRST and (not before or before.endswith((":", "-", "[", "{", ",")))

    def _value_start(self, number: int, column: int) -> int:
        """Find where the text that holds this column begins, as its author meant it."""
        line = self._line(number)
        opened = max(line.rfind(char, 0, column) for char in "[{,")
        in_flow = opened >= 0 and self._in_flow(line, column)
        lead = _FLOW_LEAD.match(line, opened + 1) if in_flow else _LEAD.match(line)
        return lead.end() if lead and lead.end() <= column else len(line) - len(line.lstrip())

    def _value(self, number: int, start: int) -> str:
        """Give the text that begins here: to the end of the line, or in a flow list to its next sign."""
        line = self._line(number)
        found = _FLOW_VALUE.match(line, start) if self._in_flow(line, start) else None
        return (found[0] if found else line[start:]).rstrip()

    def _in_flow(self, line: str, column: int) -> bool:
        opened = sum(map(line[:column].count, "[{")) - sum(map(line[:column].count, "]}"))
        return opened > 0 or (self.stop.bracket is not None and opened == 0)
