"""Draft + figures -> Proposal: the whole rule file, that loads, needs no advice and passes its examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cleaner.drafts.pointed import Pointed
from cleaner.drafts.proposals import Draft, Entry, shape_of
from cleaner.drafts.trial import Figures, Tried, claimed
from cleaner.examples import check_rule
from cleaner.folding import fold
from cleaner.lint import advise
from cleaner.pipeline import Cleaner
from cleaner.rulefile import RuleErrors, load_texts
from cleaner.rulefile.writing import pack_text
from cleaner.rulemodel import Rule, RuleSet

_STAND_INS = {
    "prose": (
        "The council met on Monday and spoke for two hours about the old bridge.",
        "It will meet again in the autumn, when the plans for the harbour are drawn.",
    ),
    "headline": ("Ten bridges that want a coat of paint", "What the ferry brings to the island"),
    "label": ("Old bridge", "New ferry"),
    "short": ("They rowed.", "Nobody came."),
    "any": ("They rowed home in the rain, all of them.", "Nobody came to the quay that night."),
}
"""Lines of each shape that stand above and below in pictures."""
_PICTURES = ((True, True), (True, False), (False, False))
"""Which neighbours a picture may have; the fewer, the less the zones hang on them."""
_MOST_HITS = 3
_FORMS = {
    "line": "as it stands",
    "template": "whatever its numbers, dates and names",
    "like": "whatever varies in it",
    "start": "however it goes on",
    "family": "on any site",
    "anywhere": "wherever it stands",
}
_PLACES = {"head": "at the head of", "tail": "at the end of", "": "in"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft that holds: its file, its rule, and what it would do."""

    draft: Draft
    path: str
    text: str
    entry: Entry
    """The rule as plain data, as it stands in the text."""
    rule: Rule
    figures: Figures | None = None
    golden: tuple[str, ...] | None = None
    """Cases that it would change; None where there are none to ask."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says besides its rule."""

    today: date
    source: str
    tried: Tried | None = None


def written(draft: Draft, pointed: Pointed, facts: Facts) -> Proposal | None:
    """Write a draft out; None where no form of it is a sound rule."""
    figures = facts.tried.rules.get(draft.reach) if facts.tried else None
    for around in _PICTURES:
        entry = _entry(draft, pointed, facts, around)
        proposal = _sound(draft, entry)
        if proposal is not None:
            return replace(proposal, figures=figures)
    return None


def fitting(proposals: Sequence[Proposal], pointed: Pointed, today: Cleaner) -> list[Proposal]:
    """Give those whose rule, together with the rules of today, finds the very lines that were pointed at.

    Rules that take these lines today are left out: they would be there first.
    """
    rules = [replace(one.rule, status="stable", id=f"draft.{at}") for at, one in enumerate(proposals)]
    first = {name for edit in pointed.edits for name in (edit.rule, *edit.also)}
    others = (rule for rule in today.rules.rules if rule.action == "fix" or rule.id not in first)
    both = RuleSet(today.rules.packs, (*others, *rules), "drafts")
    left = {rule.id: {line.folded for line in pointed.lines} for rule in rules}
    for match, lines in claimed(pointed.document, Cleaner(both, options=today.options)):
        if match.rule.id in left:
            block = (*match.anchor, *match.after, *match.before)
            left[match.rule.id] -= {lines[index].folded for index in block}
    return [one for one, rule in zip(proposals, rules, strict=True) if not left[rule.id]]


def _sound(draft: Draft, entry: Entry) -> Proposal | None:
    """Read a rule back; examples that say nothing go, and a rule that is not in order is no proposal."""
    path = f"{draft.host or draft.header['pack']}.yaml"
    for _ in range(len(_PICTURES)):
        text = pack_text(draft.header, [entry])
        try:
            rules = load_texts([(path, text)])
        except RuleErrors:
            return None
        failing = {finding.example.before for finding in check_rule(rules.rules[0]) if finding.fails}
        if not failing:
            sound = not advise(rules, entry["since"])
            return Proposal(draft, path, text, entry, rules.rules[0]) if sound else None
        if not any(example in failing for key in ("hits", "misses") for example in entry.get(key, ())):
            return None
        for key in ("hits", "misses"):
            entry = entry | {key: [text for text in entry.get(key, ()) if text not in failing]}
        entry = {key: value for key, value in entry.items() if value != []}
    return None


def _entry(draft: Draft, pointed: Pointed, facts: Facts, around: tuple[bool, bool]) -> Entry:
    """Give the whole rule, with its examples and what is known of it."""
    figures = facts.tried.rules.get(draft.reach) if facts.tried else None
    entry = draft.rule | {"why": _why(draft, pointed, facts)}
    if len(pointed.lines) == 1:
        entry["hits"] = list(_hits(draft.anchor, figures))
    entry["misses"] = [_miss(draft.anchor)]
    entry["shows"] = [_picture(pointed, around)]
    return entry | {"since": facts.today, "source": facts.source, "status": "trial"}


def _why(draft: Draft, pointed: Pointed, facts: Facts) -> str:
    """Say in one sentence what it takes, and how often a corpus has it."""
    several = len(pointed.lines) > 1
    articles = f"{_PLACES[str(draft.rule.get('in', ''))]} {draft.host + ' ' if draft.host else ''}articles"
    what = f"{'A block' if several else 'A line'} {articles}, {_FORMS[draft.kind]}"
    figures = facts.tried.rules.get(draft.reach) if facts.tried else None
    if figures is None or facts.tried is None:
        return f"{what}."
    return f"{what}; in {figures.documents:,} of {facts.tried.articles(draft.host):,} articles."


def _hits(line: str, figures: Figures | None) -> Iterator[str]:
    """Give the line, and what else the rule finds, the most frequent first."""
    seen = {fold(line)}
    yield line
    for text, _ in figures.texts.most_common() if figures else ():
        if len(seen) < _MOST_HITS and fold(text) not in seen:
            seen.add(fold(text))
            yield text


def _miss(line: str) -> str:
    """Give a sentence that says what the line says, and is body."""
    return f'"{line}" is what the sign at the harbour said.'


def _picture(pointed: Pointed, around: tuple[bool, bool]) -> str:
    """Draw the lines as they go, between sentences that stay where the article has some."""
    drawn = [f"- {line.text}" for line in pointed.lines]
    for side, (line, may) in enumerate(zip(pointed.neighbours, around, strict=True)):
        if line is not None and may:
            drawn.insert(side * len(drawn), f"| {_STAND_INS[shape_of(line)][side]}")
    return "\n".join(drawn)
