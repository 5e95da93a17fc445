"""Bytes of a rule file -> Source: its text, its lines and the mistakes found in it.

Lines end where YAML says they end (also at NEL, LS and PS), so that line numbers agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from cleaner.errors import Address
from cleaner.rulefile.codes import CODES
from cleaner.rulefile.messages import RuleFileError

MAX_BYTES = 2_000_000

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
REFUSED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010feff]")
"""What YAML does not allow, and the last private characters, which `traps` uses for itself."""


class Place(NamedTuple):
    """Where something stands in a source: first line and column and end, counted from 0."""

    line: int
    column: int
    end_line: int
    end_column: int


WHOLE_FILE = Place(-1, -1, -1, -1)


@dataclass(slots=True)
class Source:
    """A rule file as text, and every mistake found in it so far."""

    path: str
    text: str
    lines: list[str] = field(default_factory=list)
    errors: list[RuleFileError] = field(default_factory=list)

    def report(
        self, code: str, place: Place, what: str, *, mark: str = "", note: str = "", help: str = ""
    ) -> None:
        """Record a mistake; note and help come from the table of codes unless they are given."""
        row = CODES[code]
        lines = self.lines[place.line : place.line + 1] if place.line >= 0 else []
        same_line = place.end_line == place.line
        end = place.end_column if same_line else len(lines[0]) if lines else 0
        self.errors.append(
            RuleFileError(
                address=Address(self.path, place.line + 1, place.column + 1),
                code=code,
                what=what,
                mark=mark,
                note=note or row.why,
                help=help or row.mend,
                line=lines[0] if lines else None,
                width=max(1, end - place.column),
            )
        )


def open_source(path: str, data: bytes) -> Source:
    """Decode a rule file; where that cannot be done a mistake is recorded and the text stays empty."""
    source = Source(path, "")
    if len(data) > MAX_BYTES:
        source.report("E002", WHOLE_FILE, f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read")
        return source
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start)
        source.report(
            "E003", WHOLE_FILE, f"the file is not UTF-8: byte {error.start + 1:,}, in line {line + 1:,}"
        )
        return source
    source.lines = _LINE_END.split(text)
    refused = REFUSED.search(text)
    if refused:
        before = _LINE_END.split(text[: refused.start()])
        place = Place(len(before) - 1, len(before[-1]), len(before) - 1, len(before[-1]) + 1)
        source.report("E004", place, f"the character U+{ord(refused[0]):04X} is not allowed in a rule file")
        return source
    source.text = text
    return source
