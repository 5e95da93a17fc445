"""The words of a rule as types: zone, step, condition, site, rule, pack, rule set.

Everything here is plain and frozen. What a rule asks of a line, `testmodel` says; what a document and an edit
are, `model`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from cleaner.errors import Address
from cleaner.testmodel import Range, Test

if TYPE_CHECKING:
    from cleaner.clues import Clues


@dataclass(frozen=True, slots=True)
class Zone:
    """Where an anchor may stand: `head`, `body`, `tail`, `edges` (head or tail), `first`/`last` n lines."""

    kind: str
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """A bound on all that one step takes together, in `chars` or `words`."""

    unit: str
    range: Range


@dataclass(frozen=True, slots=True)
class Step:
    """One step of growth: lines taken while they pass `test`, never more than `max`."""

    test: Test
    max: int | None
    """None only for `max: all` on a `to: end` step with evidence."""
    min: int = 0
    name: str | None = None
    until: Test | None = None
    through: Test | None = None
    to: str | None = None
    whole: bool = False
    total: Total | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """Whose articles a site pack is for."""

    hosts: tuple[str, ...]
    signs: tuple[str, ...] = ()
    until: date | None = None
    body: tuple[str, ...] = ()
    """Selectors of the element that holds the article on a page of the site."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of the whole document before a rule is tried (`if`)."""

    text_has: tuple[str, ...] = ()
    langs: frozenset[str] = frozenset()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a rule: the text before and, where it is a change, the text after."""

    kind: str
    """`hit`, `miss`, `show`, `todo-hit` or `todo-miss`."""
    before: str
    after: str
    where: Address
    title: str | None = None
    """The headline of the document, for rules that ask for it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, read and checked; `id` is its whole name, pack first (`kyivpost.other-topics`)."""

    id: str
    why: str
    action: str
    """`drop`, `keep` or `fix`."""
    label: str
    at: Test
    where: Address
    zone: Zone | None = None
    run: Range | None = None
    times: Range | None = None
    beside_before: Test | None = None
    beside_after: Test | None = None
    after: tuple[Step, ...] = ()
    before: tuple[Step, ...] = ()
    cut: str = "line"
    put: str = ""
    """What a cut leaves in its place (`with`)."""
    swap: tuple[tuple[str, str], ...] = ()
    using: str | None = None
    condition: Condition | None = None
    css: tuple[str, ...] = ()
    css_has: tuple[str, ...] = ()
    css_max_words: int = 150
    examples: tuple[Example, ...] = ()
    status: str = "stable"
    risk: str = "safe"
    since: date | None = None
    source: str = ""
    replaces: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    langs: frozenset[str] = frozenset()
    """Languages of the pack; empty: any."""
    site: Site | None = None
    clues: Clues | None = field(default=None, compare=False, repr=False)
    """What the plan finds the anchor by, where the loader has worked it out."""

    @property
    def spoken(self) -> frozenset[str]:
        """Languages of which a text must be in one, the fewest of those that pack and `if` say; empty: any.

        A text in two languages may be in one of the pack and in another of `if`.
        """
        asked = self.condition.langs if self.condition is not None else frozenset()
        return min(filter(None, (self.langs, asked)), key=len, default=self.langs)


@dataclass(frozen=True, slots=True)
class Pack:
    """A rule file, read and checked."""

    name: str
    path: str
    rules: tuple[Rule, ...]
    langs: frozenset[str] = frozenset()
    site: Site | None = None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules of a run, in the order of their ids, with a digest of everything that has a meaning."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    digest: str
