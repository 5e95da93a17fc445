"""The words of the flow as types: span, document, rule, match, edit, result.

Everything here is plain and frozen. Offsets are half-open and count code points of the text they
speak of; nothing on this floor imports anything of the package but `errors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.errors import Address

if TYPE_CHECKING:
    from cleaner.clues import Clues
    from cleaner.patternlists import Items, Texts


class Span(NamedTuple):
    """Half-open: ``text[start:end]``, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One article as text, and what is known about it from elsewhere."""

    text: str
    id: str = ""
    url: str | None = None
    title: str | None = None
    lang: str | None = None
    marks: Mapping[int, frozenset[str]] | None = None
    """What a page said of its lines, by line number from 1; None for plain text."""
    page: str | None = None
    """A page whose article was not taken out of it yet; the text is empty then."""
    notes: tuple[Note, ...] = ()
    """What happened to the document before it had a text."""


@dataclass(frozen=True, slots=True)
class Range:
    """``a..b``, both ends included; ``high`` None is open (only `max: all` makes one)."""

    low: int
    high: int | None

    def __contains__(self, number: object) -> bool:
        """Tell whether an integer lies inside."""
        return isinstance(number, int) and self.low <= number and (self.high is None or number <= self.high)

    def __str__(self) -> str:
        """Give the text that a rule file would hold."""
        return f"{self.low}..{'' if self.high is None else self.high}"


# ---------------------------------------------------------------------------------------------
# Tests: what a rule asks of one line. `cleaner.match` says what each means.


@dataclass(frozen=True, slots=True)
class TextTest:
    """The whole line looks like one of the patterns."""

    texts: Texts


@dataclass(frozen=True, slots=True)
class HasTest:
    """The line contains one of the literals (folded, see `folding.fold`)."""

    literals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeOfTest:
    """The line is nothing but items of a list of `defs`, in any order, with separators between."""

    name: str
    items: Items


@dataclass(frozen=True, slots=True)
class ReTest:
    """The whole line matches a safe regular expression, on the line as `folding.normal` gives it."""

    source: str
    compiled: Any
    """What `safe_re.compile_re` gives: it has a `fullmatch`."""
    literals: tuple[str, ...] = ()
    """Folded literals of which every matching line holds at least one; empty: none is known."""


@dataclass(frozen=True, slots=True)
class LikeTest:
    """The line has a built-in shape (`shapes.SHAPES`)."""

    shape: str


@dataclass(frozen=True, slots=True)
class WordsTest:
    """The number of words of the line (or of the part that a cut takes)."""

    range: Range


@dataclass(frozen=True, slots=True)
class CharsTest:
    """The number of characters of the line (or of the part that a cut takes)."""

    range: Range


@dataclass(frozen=True, slots=True)
class EndsTest:
    """The last characters of the line are one of the literals (folded)."""

    literals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlankTest:
    """The number of blank lines directly `above` or `below` the line, in the text as it came in."""

    side: str
    range: Range


@dataclass(frozen=True, slots=True)
class ItemTest:
    """Whether the line began with a list mark (`- `, `• `), which all other tests do not see."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class CaseTest:
    """How the line is written: `upper` (no lower-case letter) or `title` (every long word capital)."""

    kind: str


@dataclass(frozen=True, slots=True)
class MarkedTest:
    """What the page said about the line; unknown for plain text."""

    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameAsTest:
    """The same folded text as a named line, the `anchor`, an `earlier` line or the `title`."""

    name: str


@dataclass(frozen=True, slots=True)
class NotTest:
    """The contrary; unknown stays unknown."""

    test: Test


@dataclass(frozen=True, slots=True)
class AllTest:
    """All of these (an empty one is true of every line)."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AnyTest:
    """Any of these."""

    tests: tuple[Test, ...]


Test = (
    TextTest
    | HasTest
    | MadeOfTest
    | ReTest
    | LikeTest
    | WordsTest
    | CharsTest
    | EndsTest
    | BlankTest
    | ItemTest
    | CaseTest
    | MarkedTest
    | SameAsTest
    | NotTest
    | AllTest
    | AnyTest
)

ANY_LINE = AllTest(())


# ---------------------------------------------------------------------------------------------
# Rules


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


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose for a run; everything here may change the output."""

    keep: frozenset[str] = frozenset()
    """Labels that stay although they are dropped by default."""
    drop: frozenset[str] = frozenset()
    """Labels that go although they are kept by default."""
    select: tuple[str, ...] = ()
    """Only these rules: ids, packs or globs (`en.*`); empty: all."""
    ignore: tuple[str, ...] = ()
    per_site_ignore: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Pairs of a host and the rules that are off on it."""
    trial: bool = False
    bold: bool = False
    repairs_off: frozenset[str] = frozenset()
    seconds: float = 30.0
    """Budget of CPU time for 100,000 characters; past it the document passes through whole, named."""
    final_newline: bool = False
    """The output ends with exactly one line end (text files)."""


# ---------------------------------------------------------------------------------------------
# What happened to a document


@dataclass(frozen=True, slots=True)
class Match:
    """One firing of a rule: indexes into the lines of one round.

    `after` and `before` run from the anchor outwards. `cuts` holds, for a cut rule, the line and the span of
    its text that goes; then no whole line does.
    """

    rule: Rule
    anchor: tuple[int, ...]
    after: tuple[int, ...] = ()
    before: tuple[int, ...] = ()
    evidence: frozenset[int] = frozenset()
    cuts: tuple[tuple[int, Span], ...] = ()
    unbounded: bool = False
    """It took all the rest on evidence, so the budgets do not count it."""


@dataclass(frozen=True, slots=True)
class Miss:
    """Why an anchor came to nothing: the first test that failed, as a phrase."""

    rule: Rule
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A span of the input and what stands there instead, with the rule that says so.

    ``old`` is ``input[start:end]``; ``new`` is empty for a removal.
    """

    start: int
    end: int
    old: str
    new: str
    rule: str
    label: str
    evidence: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Other rules that claim the same span."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know about a document: a rule over its budget, a time-out."""

    kind: str
    """`over-budget`, `over-sum`, `time-out`, `failed`, `encoding` or `element`."""
    about: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A cleaned document: the text, every edit in input order, and notes."""

    text: str
    edits: tuple[Edit, ...] = ()
    notes: tuple[Note, ...] = ()
    failed: bool = False
    """The document passed through whole because a time-out or an error stopped its cleaning."""
    source: str = field(default="", repr=False)

    def restore(self) -> str:
        """Rebuild the input from the output and the edits alone."""
        return restore(self.text, self.edits)


def restore(text: str, edits: tuple[Edit, ...]) -> str:
    """Undo ``edits`` (sorted, not overlapping, offsets in the input) on the output ``text``."""
    parts: list[str] = []
    at = 0  # place in the output
    done = 0  # place in the input
    for edit in edits:
        keep = edit.start - done
        parts += (text[at : at + keep], edit.old)
        at += keep + len(edit.new)
        done = edit.end
    parts.append(text[at:])
    return "".join(parts)


def apply(text: str, edits: tuple[Edit, ...]) -> str:
    """Carry out ``edits`` (sorted, not overlapping) on the input ``text``."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.new)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)
