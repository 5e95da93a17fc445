"""Text before + text after -> picture, and the pictures of rule files brought up to date.

`| ` stays, `- ` goes, `< ` becomes `> `: the signs that rule files use. Blank lines stay as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from cleaner.examples import Finding

_SIGNS = "|-<>"


def picture(before: str, after: str) -> list[str]:
    """Draw what became of a passage, a line each.

    >>> picture("He left.\\nRead more\\nShe stayed.", "He left.\\nShe stayed.")
    ['| He left.', '- Read more', '| She stayed.']
    """
    lines = before.split("\n")
    full = [number for number, line in enumerate(lines) if line.strip()]
    left = [line.strip() for line in after.split("\n") if line.strip()]
    drawn: dict[int, list[str]] = {number: ["|"] for number in range(len(lines)) if number not in full}
    old = [lines[number].strip() for number in full]
    for kind, low, high, first, last in SequenceMatcher(None, old, left, autojunk=False).get_opcodes():
        numbers, fresh = full[low:high], left[first:last]
        if kind == "insert" and low:  # what comes needs a line that it comes from
            numbers, fresh = [full[low - 1]], [old[low - 1], *fresh]
        sign = {"equal": "|", "delete": "-"}.get(kind, "<")
        for number in numbers:
            drawn[number] = [f"{sign} {lines[number]}".rstrip()]
        if sign == "<" and numbers:
            drawn[numbers[-1]] += [f"> {line}" for line in fresh]
    return [line for number in range(len(lines)) for line in drawn[number]]


def updated(findings: Iterable[Finding]) -> Iterator[tuple[Path, str]]:
    """Give the texts of the files whose pictures came out otherwise, with the pictures that came out."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.kind == "wrong":
            by_path.setdefault(finding.example.where.path, []).append(finding)
    for name, group in by_path.items():
        text = Path(name).read_bytes().decode("utf-8")
        lines = text.split("\n")
        for finding in sorted(group, key=lambda one: -one.example.where.line):
            _redraw(lines, finding)
        fresh = "\n".join(lines)
        if fresh != text:
            yield Path(name), fresh


def _redraw(lines: list[str], finding: Finding) -> None:
    """Put the picture that came out in the place of the one that stands there, in its layout."""
    first = finding.example.where.line - 1
    while first < len(lines) and not _opens_block(lines[first]):
        first += 1
    start = end = first + 1
    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())] if start < len(lines) else ""
    while (
        end < len(lines)
        and lines[end].startswith(indent)
        and lines[end][len(indent) : len(indent) + 1] in _SIGNS
    ):
        if not lines[end][len(indent) :]:
            break
        end += 1
    if indent and _before(lines[start:end], indent) == finding.example.before:
        lines[start:end] = [indent + line for line in picture(finding.example.before, finding.got)]


def _opens_block(line: str) -> bool:
    return line.split(" #")[0].rstrip().rstrip("-+0123456789").endswith("|")


def _before(rows: list[str], indent: str) -> str:
    """Read the text that a picture began with, to be sure that it is the picture of the example."""
    signed = (row[len(indent) :] for row in rows)
    return "\n".join(row[2:] for row in signed if not row.startswith(">"))
