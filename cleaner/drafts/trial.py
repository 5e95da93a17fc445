"""Rules + corpus -> Figures: what rules would take from real articles, and what of it today's rules leave.

The rules run alone, all in one pass. What today's rules leave is asked of the first articles of each rule
only: they are a thousand times as many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cleaner.clues import keys
from cleaner.folding import fold
from cleaner.lines import Line, split
from cleaner.model import Document, Match, Options
from cleaner.pipeline import Cleaner
from cleaner.rounds import Trace
from cleaner.rulemodel import Rule, RuleSet
from cleaner.scope import host_of, on_host

MOST_CONTEXTS = 3
MOST_TEXTS = 200
SAMPLE = 20
AROUND = 2
_ANYWHERE = frozenset({"place", "same"})


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a rule fires: the lines around it, and what goes."""

    document: str
    line: int
    above: tuple[str, ...]
    taken: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(slots=True)
class Figures:
    """What one rule would do to a corpus."""

    rule: str
    documents: int = 0
    lines: int = 0
    hosts: set[str] = field(default_factory=set)
    sampled: int = 0
    """Articles of which it is known what today's rules leave."""
    fresh: int = 0
    """Those of them in which today's rules leave something that this rule takes."""
    texts: Counter[str] = field(default_factory=Counter)
    """What the anchor was."""
    places: list[Place] = field(default_factory=list)
    fresh_places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Tried:
    """What came out of a corpus."""

    documents: int = 0
    hosts: Counter[str] = field(default_factory=Counter)
    """Articles by host."""
    rules: dict[str, Figures] = field(default_factory=dict)

    def articles(self, host: str) -> int:
        """Give the number of articles of a site; of all where ``host`` is empty."""
        return sum(count for name, count in self.hosts.items() if not host or (name and on_host(name, host)))


def alone(rules: Sequence[Rule], today: Cleaner | None = None) -> Cleaner:
    """Give a cleaner with these rules and no others but the repairs of today, whatever their status."""
    labels = frozenset(rule.label for rule in rules)
    fixes = (rule for rule in today.rules.rules if rule.action == "fix") if today else ()
    options = Options(trial=True, bold=True, drop=labels)
    return Cleaner(RuleSet((), (*rules, *fixes), "drafts"), options=options)


def claimed(document: Document, cleaner: Cleaner) -> Iterator[tuple[Match, tuple[Line, ...]]]:
    """Give every firing of the rules on a document, with the lines that it is about."""
    trace = Trace()
    cleaner.clean_document(document, trace=trace)
    yield from trace.matches


def try_out(rules: Sequence[Rule], corpus: Iterable[Document], today: Cleaner | None = None) -> Tried:
    """Run rules over a corpus and count; ``today``: the cleaner whose leavings are of interest."""
    tried = Tried(rules={rule.id: Figures(rule.id) for rule in rules})
    cleaner = alone(rules, today)
    literals = _literals(rules)
    for document in corpus:
        tried.documents += 1
        tried.hosts[host_of(document.url) or ""] += 1
        folded = fold(document.text)
        if literals and not any(text in folded for text in literals):
            continue
        found: dict[str, list[tuple[Match, tuple[Line, ...]]]] = {}
        for match, lines in claimed(document, cleaner):
            found.setdefault(match.rule.id, []).append((match, lines))
        left = _Left(document, today)
        for name, matches in found.items():
            _count(tried.rules[name], matches, document, left)
    return tried


def _literals(rules: Sequence[Rule]) -> tuple[str, ...]:
    """Give texts of which an article must hold one for any rule to fire; none where that is not known."""
    found = [key for rule in rules for key in keys(rule) or ()]
    if any(keys(rule) is None for rule in rules) or any(key.kind in _ANYWHERE for key in found):
        return ()
    return tuple(dict.fromkeys(text.strip() for key in found for text in key.texts))


class _Left:
    """What today's rules leave of one document, found out when it is first asked for."""

    def __init__(self, document: Document, today: Cleaner | None) -> None:
        self._document, self._today = document, today
        self._text: str | None = None
        self._lines: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        return self._today is not None

    def holds(self, texts: Sequence[str], *, whole: bool) -> bool:
        """Tell whether one of these texts is left, as a line of its own or inside one."""
        if self._text is None and self._today is not None:
            self._text = self._today.clean_document(self._document).text
            self._lines = frozenset(line.folded for line in split(self._text))
        if whole:
            return any(fold(text) in self._lines for text in texts)
        return any(text in (self._text or "") for text in texts)


def _count(
    row: Figures, matches: list[tuple[Match, tuple[Line, ...]]], document: Document, left: _Left
) -> None:
    row.documents += 1
    host = host_of(document.url)
    if host:
        row.hosts.add(host)
    asked = left.known and row.sampled < SAMPLE
    row.sampled += asked
    fresh = False
    for match, lines in matches:
        place = _place(match, lines, document.id)
        row.lines += len(place.taken)
        if len(row.texts) < MOST_TEXTS:
            row.texts.update(lines[index].normal for index in match.anchor)
        if len(row.places) < MOST_CONTEXTS and not any(one.document == document.id for one in row.places):
            row.places.append(place)
        if asked and left.holds(place.taken, whole=not match.cuts):
            fresh = True
            if len(row.fresh_places) < MOST_CONTEXTS:
                row.fresh_places.append(place)
    row.fresh += fresh


def _place(match: Match, lines: Sequence[Line], name: str) -> Place:
    if match.cuts:
        index, (start, end) = match.cuts[0][0], match.cuts[0][1]
        line = lines[index]
        return Place(name, line.number, (line.text[:start],), (line.text[start:end],), (line.text[end:],))
    block = sorted((*match.anchor, *match.after, *match.before))
    first, last = block[0], block[-1]
    return Place(
        name,
        lines[first].number,
        tuple(line.text for line in lines[max(0, first - AROUND) : first]),
        tuple(lines[index].text for index in block),
        tuple(line.text for line in lines[last + 1 : last + 1 + AROUND]),
    )
