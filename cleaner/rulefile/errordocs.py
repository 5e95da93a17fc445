"""The table of codes -> docs/errors.md: `python -m cleaner.rulefile.errordocs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from cleaner.rulefile.codes import CODES, GROUPS, Code

_HEAD = """\
# Mistakes in rule files

<!-- Printed by `python -m cleaner.rulefile.errordocs`; do not edit. -->

Every mistake of every rule file is told in one run, sorted by file and line, unknown keys first in each
file. A message gives the place, the code, the line with the mistake marked, why it matters and what to write
instead.
"""


def text() -> str:
    """Give the page with all codes."""
    return _HEAD + "".join(part for group, title in GROUPS.items() for part in _group(group, title))


def _group(group: str, title: str) -> Iterator[str]:
    yield f"\n## {title}\n\n| code | meaning | why | what to do |\n|---|---|---|---|\n"
    yield from (_row(code) for code in CODES.values() if code.code.startswith(group))


def _row(code: Code) -> str:
    return f"| {code.code} | {_cell(code.meaning)} | {_cell(code.why)} | {_cell(code.mend)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


if __name__ == "__main__":
    sys.stdout.write(text())
