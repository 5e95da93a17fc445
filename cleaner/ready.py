"""Rule -> Ready: a rule with its tests as functions, made when a line first asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaner.asking import Ask, Full, Local, all_of, ask, cost, full
from cleaner.bounds import MOST, bounds
from cleaner.lines import Facts
from cleaner.model import Span
from cleaner.patterns import Pattern
from cleaner.rulemodel import Rule, Step
from cleaner.testmodel import AllTest, AnyTest, Test, TextTest

WHOLE, SURE = -1, -2
"""In place of the number of a pattern: the whole anchor must be asked; the line is one of its exact lines."""
_DEAR = 6
"""What costs as much is asked after the pattern."""


def lead_of(at: Test) -> TextTest | None:
    """Give the one list of patterns of an anchor, by which its lines may be found; None: it has not one."""
    if isinstance(at, TextTest):
        return at
    texts = [part for part in at.tests if isinstance(part, TextTest)] if isinstance(at, AllTest) else []
    return texts[0] if len(texts) == 1 else None


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """A step of growth with its tests as functions."""

    step: Step
    test: Full
    until: Full | None
    through: Full | None


class Ready:
    """A rule, ready to be asked."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @cached_property
    def anchor(self) -> Ask:
        """The whole anchor."""
        return ask(self.rule.at)

    @cached_property
    def is_open(self) -> bool:
        """Whether the anchor says nothing of how long its lines are: `*` would take an article in one."""
        said = bounds(self.rule.at)
        return said.most_words >= MOST and said.most_chars >= MOST

    @cached_property
    def steps(self) -> tuple[tuple[int, tuple[ReadyStep, ...]], ...]:
        """The steps after (1) and before (-1) the anchor."""
        return tuple(
            (direction, tuple(map(_ready_step, steps)))
            for direction, steps in ((1, self.rule.after), (-1, self.rule.before))
            if steps
        )

    @cached_property
    def beside(self) -> tuple[tuple[str, Full], ...]:
        """The tests of the neighbours, by side."""
        rows = (("before", self.rule.beside_before), ("after", self.rule.beside_after))
        return tuple((side, full(test)) for side, test in rows if test is not None)

    @cached_property
    def _parts(self) -> tuple[tuple[Pattern, ...], Local | None, Local | None]:
        """The patterns by which lines are found, and what else is asked before and after them."""
        at, lead = self.rule.at, lead_of(self.rule.at)
        others = [part for part in at.tests if part is not lead] if isinstance(at, AllTest) else []
        cheap = [part for part in others if cost(part) < _DEAR]
        dear = [part for part in others if cost(part) >= _DEAR]
        patterns = lead.texts.patterns if lead else ()
        return patterns, all_of(cheap).local, all_of(dear).local

    def allows(self, facts: Facts, number: int, found: Sequence[int]) -> bool:
        """Tell whether the text of a line allows the anchor; ``found``: the patterns it was found by.

        Of a rule that cuts the parts are left in the facts, under the rule's ``number`` in its plan.
        """
        if self.rule.cut != "line":
            return self._allows_cut(facts, number, found)
        if WHOLE in found:
            local = self.anchor.local
            return local is None or local(facts)
        patterns, cheap, dear = self._parts
        if cheap is not None and not cheap(facts):
            return False
        if SURE not in found and not _any_matches(patterns, found, facts):
            return False
        return dear is None or dear(facts)

    def _allows_cut(self, facts: Facts, number: int, found: Sequence[int]) -> bool:
        patterns = None if WHOLE in found else [self._parts[0][one] for one in sorted(set(found))]
        spans = cut_spans(self.rule.at, self.rule.cut, facts, _by_text_alone, patterns)
        if spans:
            facts.part(number, spans)
        return bool(spans)


def _any_matches(patterns: Sequence[Pattern], found: Sequence[int], facts: Facts) -> bool:
    for one in found:  # noqa: SIM110  # `any` with a generator costs twice as much
        if patterns[one].matches(facts.normal, facts.folded):
            return True
    return False


def _ready_step(step: Step) -> ReadyStep:
    return ReadyStep(
        step,
        full(step.test),
        None if step.until is None else full(step.until),
        None if step.through is None else full(step.through),
    )


# ---------------------------------------------------------------------------------------------
# Cuts


def _by_text_alone(others: Ask, part: Facts) -> bool:
    return others.local is None or others.local(part)


def cut_spans(
    test: Test,
    cut: str,
    facts: Facts,
    asked: Callable[[Ask, Facts], bool | None],
    patterns: Sequence[Pattern] | None = None,
) -> list[Span]:
    """Give the spans of the normal line that pass; other tests of a map are ``asked`` of the part that goes.

    ``patterns``: the only ones of the anchor's list that can be in the line.
    """
    if isinstance(test, TextTest):
        chosen = test.texts.patterns if patterns is None else patterns
        return sorted({span for pattern in chosen for span in pattern.find(facts.normal, cut)})
    if isinstance(test, AnyTest):
        return sorted({span for part in test.tests for span in cut_spans(part, cut, facts, asked)})
    if not isinstance(test, AllTest):
        return []
    texts = [part for part in test.tests if isinstance(part, TextTest)]
    others = all_of([part for part in test.tests if not isinstance(part, TextTest)])
    return [
        span
        for part in texts[:1]
        for span in cut_spans(part, cut, facts, asked, patterns)
        if asked(others, Facts(facts.normal[span.start : span.end]))
    ]
