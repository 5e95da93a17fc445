"""What a rule asks of one line, as types: range and tests. `asking` says what each means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.patternlists import Items, Texts


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
