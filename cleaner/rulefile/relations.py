"""The table of relations: which keys of a rule exclude or need one another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A key of a rule that leaves no room for others."""

    key: str
    others: tuple[str, ...]
    why: str


EXCLUSIONS: tuple[Exclusion, ...] = (
    Exclusion("run", ("times",), "a run stands in one place, 'times' counts lines wherever they stand"),
    Exclusion(
        "css",
        ("at", "in", "run", "times", "beside", "after", "before", "cut", "with", "swap", "using"),
        "'css' finds an element of a page, before there are lines",
    ),
    Exclusion(
        "using",
        ("at", "in", "run", "times", "beside", "after", "before", "cut", "with", "swap"),
        "a built-in repair finds its own places",
    ),
    Exclusion(
        "swap",
        ("at", "in", "run", "times", "beside", "after", "before", "cut", "with"),
        "'swap' replaces its literals wherever they stand",
    ),
)

CUT_EXCLUDES = ("run", "times", "beside", "after", "before")
"""What a rule cannot have that cuts a part of a line."""


@dataclass(frozen=True, slots=True)
class Need:
    """A key of a rule that only has a meaning beside one of others."""

    key: str
    others: tuple[str, ...]


NEEDS: tuple[Need, ...] = (
    Need("with", ("cut",)),
    Need("has", ("css",)),
    Need("max-words", ("css",)),
    Need("swap", ("fix",)),
    Need("using", ("fix",)),
    Need("css", ("drop",)),
    Need("cut", ("drop", "fix")),
)

ANCHORS = ("at", "css", "using", "swap")
"""What says which text a rule finds; a rule has one of them."""

PROOFS = ("hits", "shows", "using")
"""What shows that a rule takes something; a built-in repair is tested where it is written."""

REPAIRS = ("using", "swap", "cut")
"""What says what a `fix` makes of a text."""

ONE_OF: dict[str, tuple[str, ...]] = {
    "rule": ("drop", "keep", "fix"),
    "total": ("chars", "words"),
    "in": ("first", "last"),
}
"""Sections that hold exactly one of these keys."""

SOME_OF: dict[str, tuple[tuple[str, ...], ...]] = {
    "rule": (ANCHORS, PROOFS),
    "example": (("text", "before"), ("text", "after")),
}
"""Sections that hold at least one of each of these keys."""
