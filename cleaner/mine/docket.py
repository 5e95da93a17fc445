"""Site -> Docket: what one site has proposed so far, and how a candidate is filled in."""

from __future__ import annotations

from dataclasses import dataclass, field

from cleaner.mine.candidate import Candidate, Counts
from cleaner.mine.gathering import Seen, Site
from cleaner.mine.judging import Judgement, Places
from cleaner.mine.verdicts import Bar
from cleaner.patterns import Pattern
from cleaner.shapes import words

HITS = 2
MOSTLY = 0.5
FEW_WORDS = 3
_ALWAYS = 0.95


@dataclass(slots=True)
class Docket:
    """What one site has proposed so far."""

    site: Site
    bar: Bar
    about: tuple[str, str]
    """The name of the corpus, and the date of the rules."""
    patterns: list[tuple[Pattern, tuple[int, int]]] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    taken: dict[str, Judgement] = field(default_factory=dict)
    """Lines that are proposed, with what they were judged to be."""

    def covers(self, text: str) -> bool:
        """Tell whether a normal line without its list mark is proposed already."""
        count = words(text)
        return any(low <= count <= high and pattern.matches(text) for pattern, (low, high) in self.patterns)


def zone_of(places: Places, fixed: int) -> str:
    """Bind a rule with few fixed words to the end of the article where it always stands."""
    if fixed > FEW_WORDS:
        return ""
    if places.closing >= _ALWAYS:
        return "tail"
    return "head" if places.opening >= _ALWAYS else ""


def candidate_of(
    docket: Docket, seen: Seen, judged: Judgement, sources: tuple[str, ...], *, kind: str
) -> Candidate:
    """Fill in a candidate from where it was seen; its name, examples and bounds come later."""
    site = docket.site
    counts = Counts(site.articles, seen.found, seen.closing, seen.opening, 1)
    corpus, since = docket.about
    return Candidate(
        host=site.host,
        id="",
        kind=kind,
        label=judged.label,
        why=_why(counts),
        at=sources,
        counts=counts,
        contexts=tuple(seen.contexts),
        evidence=judged.evidence,
        doubt=judged.doubt,
        source=f"{corpus}: {counts.found:,} of {counts.articles:,} articles",
        since=since,
    )


def _why(counts: Counts) -> str:
    """Say in one sentence how often it was found, and where."""
    places = []
    if counts.closing:
        places.append(f"{counts.closing:,} of them after the last paragraph")
    if counts.opening:
        places.append(f"{counts.opening:,} of them before the first")
    return ", ".join((f"It stands in {counts.found:,} of {counts.articles:,} articles", *places)) + "."
