"""`FILE:18-23` -> Pointed: the article, the lines that a person points at, and where they stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.corpus import article
from cleaner.errors import UsageError
from cleaner.golden import find_cases
from cleaner.lines import Line, split
from cleaner.model import Document, Edit
from cleaner.pipeline import Cleaner
from cleaner.repair import repair_start
from cleaner.scope import host_of
from cleaner.sheet import Sheet
from cleaner.shown import shown
from cleaner.titles import Title

MOST_LINES = 40
_WHERE = re.compile(r"(?P<path>.+?)(?::(?P<record>\d+))?:(?P<first>\d+)(?:-(?P<last>\d+))?", re.DOTALL)
_FORMS = "FILE:18-23, FILE:18 or, in JSON lines, FILE:RECORD:18-23"


@dataclass(frozen=True, slots=True)
class Where:
    """A place that a person names: a file, in JSON lines the line of the article, and lines of its text."""

    path: str
    record: int
    first: int
    last: int

    def __str__(self) -> str:
        """Give it as it may be written."""
        record = f"{self.record}:" if self.record > 1 else ""
        return f"{self.path}:{record}{self.first}" + (f"-{self.last}" if self.last > self.first else "")


@dataclass(frozen=True, slots=True)
class Known:
    """What a person says of the article besides."""

    site: str = ""
    url: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Pointed:
    """Lines of one article, as rules see them."""

    document: Document
    where: Where
    lines: tuple[Line, ...]
    zone: str
    """`head`, `tail` or empty: where they stand when all other furniture is gone."""
    neighbours: tuple[Line | None, Line | None]
    """What stands above and below them when all other furniture is gone."""
    edits: tuple[Edit, ...]
    """What the rules of today take of them."""


def read_where(text: str) -> Where:
    """Read `FILE:18-23`; a UsageError says what is wrong with it."""
    found = _WHERE.fullmatch(text)
    if not found:
        raise UsageError(f"{shown(text)}: add the lines that are furniture; write {_FORMS}")
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if not 1 <= first <= last:
        raise UsageError(f"{shown(text)}: lines are counted from 1, the smaller number first; write {_FORMS}")
    return Where(found["path"], max(int(found["record"] or 1), 1), first, last)


def point(where: Where, known: Known, today: Cleaner) -> Pointed:
    """Read the article and find the lines in it; a UsageError says why they cannot be found."""
    document = _document(where, known)
    lines = split(document.text)
    chosen = [line for line in lines if where.first <= line.number <= where.last]
    if not chosen:
        last = len(document.text.splitlines())
        what = "these lines are blank" if where.first <= last else f"the text has {last:,} lines"
        raise UsageError(f"{shown(str(where))}: {what}; name lines that hold something")
    if len(chosen) > MOST_LINES:
        raise UsageError(f"{shown(str(where))}: {len(chosen)} lines; point at {MOST_LINES} at most")
    edits = today.clean_document(document).edits
    start, end = chosen[0].start, chosen[-1].end
    mine = tuple(edit for edit in edits if edit.start < end and edit.end > start)
    left = [line for line in lines if line in chosen or not _is_taken(line, edits)]
    first, last = left.index(chosen[0]), left.index(chosen[-1])
    neighbours = (left[first - 1] if first else None, left[last + 1] if last + 1 < len(left) else None)
    zone = _zone(Sheet(left, Title(document.title, document.url)), chosen)
    return Pointed(document, where, tuple(map(_repaired, chosen)), zone, neighbours, mine)


def _document(where: Where, known: Known) -> Document:
    """Read the article; a folder is a case, and says what is known of its text."""
    path, facts = where.path, dict[str, str]()
    if Path(path).is_dir():
        cases = [case for case in find_cases(Path(path)) if case.folder == Path(path)]
        if len(cases) != 1:
            raise UsageError(f"{shown(path)} is a folder; give one file, or the folder of one case")
        path, facts = str(cases[0].input), cases[0].facts
    url, lang = known.url or facts.get("url"), known.lang or facts.get("lang")
    if known.site and url is None:
        url = f"https://{known.site}/"
    document = article(path, url, lang, where.record).document
    return replace(document, title=document.title or facts.get("title"))


def _is_taken(line: Line, edits: Sequence[Edit]) -> bool:
    return any(edit.start <= line.start and edit.end >= line.end and not edit.new for edit in edits)


def _zone(sheet: Sheet, chosen: Sequence[Line]) -> str:
    """Say where the lines stand; where both hold, the end that is nearer."""
    first, last = sheet.lines.index(chosen[0]), sheet.lines.index(chosen[-1])
    head, tail = last < sheet.head_end, first >= sheet.tail_start
    if head and tail:
        return "head" if first < len(sheet.lines) - 1 - last else "tail"
    return "head" if head else "tail" if tail else ""


def _repaired(line: Line) -> Line:
    """Give a line as the rules see it."""
    found = split(repair_start(line.text)[0])
    return found[0] if found else line


def site_of(document: Document) -> str:
    """Give the host of an article without `www.`; empty where it is not known."""
    return (host_of(document.url) or "").removeprefix("www.")
