"""Corpus -> Audit: what each rule does to real articles, in figures.

Per rule: hits, documents, sites, characters, the share of what it took that is prose, and hits outside head
and tail. A rule is *dead* where it never fired, *shadowed* where other rules claim all that it takes. On text
that is known to be clean every hit is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cleaner import shapes
from cleaner.folding import normal
from cleaner.lines import Line, split
from cleaner.model import Document, Edit
from cleaner.pipeline import Cleaner
from cleaner.rulemodel import Zone
from cleaner.scope import host_of
from cleaner.sheet import Sheet
from cleaner.titles import Title

SAMPLES = 3
_MOST_HOSTS = 1_000


@dataclass(slots=True)
class RuleFigures:
    """What one rule did over a corpus."""

    rule: str
    label: str
    hits: int = 0
    documents: int = 0
    characters: int = 0
    prose: int = 0
    """Hits on prose lines."""
    inside: int = 0
    """Hits outside head and tail."""
    alone: int = 0
    """Hits that no other rule claims as well."""
    hosts: set[str] = field(default_factory=set)
    samples: list[str] = field(default_factory=list)

    @property
    def shadowed(self) -> bool:
        """Whether others claim all that it takes."""
        return self.hits > 0 and self.alone == 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One removal from a corpus that is known to be clean."""

    document: str
    line: int
    rule: str
    text: str

    @property
    def key(self) -> str:
        """How a list of known hits names it."""
        return f"{self.rule}\t{self.text}"


@dataclass(slots=True)
class Audit:
    """The figures of a corpus."""

    documents: int = 0
    changed: int = 0
    characters: int = 0
    removed: int = 0
    rules: dict[str, RuleFigures] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)

    def dead(self) -> list[str]:
        """The rules that never fired."""
        return sorted(name for name, row in self.rules.items() if not row.hits)


def audit(documents: Iterable[Document], cleaner: Cleaner) -> Audit:
    """Clean every document and count what each rule did. Repairs are left out."""
    total = Audit(rules={rule.id: RuleFigures(rule.id, rule.label) for rule in cleaner.active})
    for document in documents:
        total.documents += 1
        total.characters += len(document.text)
        edits = [edit for edit in cleaner.clean_document(document).edits if edit.rule in total.rules]
        if edits:
            total.changed += 1
            _count(document, edits, total)
    return total


def _count(document: Document, edits: list[Edit], total: Audit) -> None:
    lines = split(document.text)
    sheet = Sheet(lines, Title(document.title, document.url))
    middle = sheet.zone(Zone("body"))
    host = host_of(document.url)
    seen: set[str] = set()
    for edit in edits:
        total.removed += len(edit.old) - len(edit.new)
        index = _line_at(lines, edit)
        total.hits.append(Hit(document.id, lines[index].number if lines else 1, edit.rule, edit.old.strip()))
        for name in (edit.rule, *edit.also):
            row = total.rules.get(name)
            if row is None:
                continue
            row.hits += 1
            row.documents += name not in seen
            seen.add(name)
            row.characters += len(edit.old.strip())
            row.prose += shapes.is_prose(normal(edit.old))
            row.inside += index in middle
            row.alone += not edit.also
            if host and len(row.hosts) < _MOST_HOSTS:
                row.hosts.add(host)
            if len(row.samples) < SAMPLES:
                row.samples.append(edit.old.strip()[:120])


def _line_at(lines: list[Line], edit: Edit) -> int:
    """The index of the line that an edit takes, or takes from."""
    low, high = 0, len(lines) - 1
    start = edit.start + len(edit.old) - len(edit.old.lstrip())
    while low < high:
        middle = (low + high) // 2
        if lines[middle].next <= start:
            low = middle + 1
        else:
            high = middle
    return low


def unknown_hits(total: Audit, known: frozenset[str]) -> Iterator[Hit]:
    """Give the hits of a clean corpus that no list of known ones names."""
    return (hit for hit in total.hits if hit.key not in known)
