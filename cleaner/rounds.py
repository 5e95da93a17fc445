"""text -> Edits of the drop stage: rounds until one changes nothing, within the budgets.

Each round depends on nothing but the lines still there, so cleaning a cleaned text changes nothing: the last
round of one run is the first of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from cleaner import edits as editing
from cleaner import match as matching
from cleaner import shapes
from cleaner.budget import Budget
from cleaner.candidates import Candidates
from cleaner.deadline import Deadline
from cleaner.edits import Claim, Verdict
from cleaner.lines import Line, split
from cleaner.model import Document, Edit, Match, Miss, Note, apply
from cleaner.plan import Plan
from cleaner.rulemodel import Rule
from cleaner.scope import Scope, host_of, on_host
from cleaner.sheet import Sheet
from cleaner.spans import compose
from cleaner.titles import Title

MOST_ROUNDS = 40
MOST_PASSES = 6


@dataclass(slots=True)
class Trace:
    """What `why` and `explain` want to know: every match and miss, round by round."""

    matches: list[tuple[Match, tuple[Line, ...]]] = field(default_factory=list)
    misses: list[tuple[Miss, Line]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Job:
    """One document on its way through the rounds."""

    document: Document
    lines: list[Line]
    """Of the repaired text."""
    scope: Scope
    """What is known of the document by these lines."""
    plan: Plan
    limited: bool
    """Budgets hold (examples of rules run without)."""
    deadline: Deadline
    off: frozenset[str] = frozenset()
    trace: Trace | None = None
    kept: frozenset[str] = frozenset()
    """Labels that the user keeps; the rules that find them protect their lines from all others."""

    def runs(self, number: int, scope: Scope) -> bool:
        """Tell whether a rule of the plan is on and meant for the document."""
        rule = self.plan.rules[number]
        return rule.id not in self.off and (number in self.plan.free or scope.tier(rule) is not None)

    def without(self, rules: Iterable[str]) -> Job:
        """The same with more rules switched off."""
        return replace(self, off=self.off | frozenset(rules))


@dataclass(slots=True)
class Taken:
    """What the rounds took so far: lines by number, parts of lines, and the budget."""

    budget: Budget
    lines: dict[int, Claim] = field(default_factory=dict)
    parts: dict[int, list[tuple[tuple[int, int, str], Claim]]] = field(default_factory=dict)

    def edits(self, text: str, lines: Sequence[Line]) -> tuple[Edit, ...]:
        """Give all that went as edits on the text, in order."""
        whole = editing.line_edits(text, lines, self.lines)
        cuts = [
            editing.part_edit(text, cut, claim)
            for number, rows in self.parts.items()
            if number not in self.lines
            for cut, claim in rows
        ]
        return tuple(sorted([*whole, *cuts], key=lambda edit: (edit.start, edit.end)))


def drop(text: str, job: Job) -> tuple[tuple[Edit, ...], tuple[Note, ...]]:
    """Give what the drop and keep rules take from a repaired text, and notes on budgets.

    Where a rule went over its budget the text that is left is cleaned again with it, until nothing changes,
    so that a second cleaning agrees; if all that is over the sum, or leaves nothing, no drop applies.
    """
    edits: tuple[Edit, ...] = ()
    notes: list[Note] = []
    left = text
    whole: Budget | None = None
    for _ in range(MOST_PASSES):
        fresh, off = _within_budget(left, job, notes)
        if not fresh:
            return edits, tuple(notes)
        edits = compose(edits, fresh, text)
        left = apply(left, fresh)
        if not off:
            return edits, tuple(notes)
        whole = whole or Budget(job.lines)
        lines = split(left, job.plan.facts_of)
        job = replace(job, lines=lines, scope=Scope(job.document, lines, job.kept))
        for edit in fresh:
            whole.spend(shapes.words(edit.old), (), prose=shapes.is_prose(edit.old))
        if job.limited and whole.over_sum():
            break
    return (), (*notes, _OVER_SUM)


_OVER_SUM = Note("over-sum", "all rules together took too much of the text, so none was applied")
_UNSETTLED = Note("over-sum", f"rules still found something after {MOST_ROUNDS} rounds, so none was applied")


class Unsettled(Exception):
    """The rounds did not come to an end; a second cleaning would go on where they stopped."""


def _within_budget(text: str, job: Job, notes: list[Note]) -> tuple[tuple[Edit, ...], frozenset[str]]:
    """Run the rounds, again without the rules that go over their budget; give the edits and those rules."""
    while True:
        try:
            taken, left = _rounds(job)
        except Unsettled:
            notes.append(_UNSETTLED)
            return (), job.off
        over = taken.budget.over() if job.limited else frozenset()
        if over:
            known = {note.rule for note in notes}
            notes += [
                Note("over-budget", "took too much of the text, so it is off for this document", rule)
                for rule in sorted(over - known)
            ]
            job = job.without(over)
            continue
        if job.limited and taken.lines and (taken.budget.over_sum() or not left):
            notes.append(_OVER_SUM)
            return (), job.off
        return taken.edits(text, job.lines), job.off


def _rounds(job: Job) -> tuple[Taken, int]:
    """Take lines and parts, round by round; give what went, and how many lines are left."""
    taken = Taken(Budget(job.lines))
    alive: Sequence[Line] = job.lines
    scope = job.scope
    title = Title(job.document.title, job.document.url)
    for _ in range(MOST_ROUNDS):
        sheet = Sheet(alive, title, job.document.marks, traced=job.trace is not None)
        verdict = _round(sheet, scope, job)
        if not verdict:
            break
        alive = _without(alive, verdict, taken)
        scope = Scope(job.document, alive, job.kept)
    else:
        raise Unsettled
    return taken, len(alive)


def _round(sheet: Sheet, scope: Scope, job: Job) -> Verdict:
    plan, alive = job.plan, sheet.lines
    plan.learn([[line.facts for line in alive]], scope.langs)
    matches: list[Match] = []
    candidates = Candidates(sheet, plan, job.deadline)
    for number, indexes in candidates.of(scope.langs, lambda number: job.runs(number, scope)):
        for found in matching.find(plan.ready[number], number, indexes, sheet):
            if isinstance(found, Match):
                matches.append(found)
                if job.trace is not None:
                    job.trace.matches.append((found, tuple(alive)))
            elif job.trace is not None:
                job.trace.misses.append((found, alive[found.line]))
    return editing.resolve(matches, scope.tier) if matches else Verdict()


def _without(alive: Sequence[Line], verdict: Verdict, taken: Taken) -> list[Line]:
    """Give the lines that a verdict leaves, and enter what it takes."""
    left = []
    for index, line in enumerate(alive):
        if index in verdict.lines:
            _take_line(line, verdict.lines[index], alive, taken)
        elif index in verdict.parts:
            rest = _take_parts(line, verdict.parts[index], alive, taken)
            if rest is not None:
                left.append(rest)
        else:
            left.append(line)
    return left


def _take_line(line: Line, matches: list[Match], alive: Sequence[Line], taken: Taken) -> None:
    taken.lines[line.number] = editing.claim(matches, alive)
    if not any(match.unbounded or _is_certain(match, line, alive) for match in matches):
        taken.budget.spend(line.words, [match.rule for match in matches], prose=line.like("prose"))


def _is_certain(match: Match, line: Line, alive: Sequence[Line]) -> bool:
    """Articles made of posts are common; a line that carries a post's own signature needs no budget."""
    return match.rule.label == "embed" and any(alive[index] is line for index in match.anchor)


def _take_parts(line: Line, parts: list, alive: Sequence[Line], taken: Taken) -> Line | None:  # type: ignore[type-arg]
    """Cut a line; None where nothing is left of it, and then the whole line goes."""
    rest, cuts = editing.shortened(line, [(span, match.rule.put) for span, match in parts])
    if not rest.text.strip():
        _take_line(line, [match for _, match in parts], alive, taken)
        return None
    claim = editing.claim([match for _, match in parts], alive)
    rows = [row for row in taken.parts.get(line.number, []) if row[0] in rest.cuts]
    taken.parts[line.number] = rows + [(cut, claim) for cut in cuts]
    rules = [match.rule for _, match in parts]
    taken.budget.spend(max(line.words - rest.words, 0), rules, prose=line.like("prose"))
    return rest


def is_selected(rule: Rule, names: Sequence[str]) -> bool:
    """Tell whether a rule is named: by its id, its pack, or a glob over its id."""
    from fnmatch import fnmatchcase

    pack = rule.id.rpartition(".")[0]
    return any(name in (rule.id, pack) or fnmatchcase(rule.id, name) for name in names)


def off_on_site(
    document: Document, rows: Sequence[tuple[str, tuple[str, ...]]], rules: Sequence[Rule]
) -> frozenset[str]:
    """Give the ids of the rules that a person switched off for the document's site."""
    host = host_of(document.url)
    if not rows or host is None:
        return frozenset()
    names = [name for site, listed in rows if on_host(host, site) for name in listed]
    return frozenset(rule.id for rule in rules if names and is_selected(rule, names))
