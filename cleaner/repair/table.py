"""Repairs as a table: name, what it does, function; the one place that knows them all and their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cleaner.repair import characters, emoji, encoding, entities, line_ends, links, markup, wrapped
from cleaner.repair.gaps import Change
from cleaner.repair.trigger import one_of


@dataclass(frozen=True, slots=True)
class Repair:
    """One named fix: a function from a text to the changes that it wants, sorted and apart."""

    name: str
    about: str
    find: Callable[[str], list[Change]]
    trigger: str = ""
    """For RE2: holds wherever it changes something; empty: it is about half characters, or looks itself."""
    on: bool = True
    """It runs unless it is switched off; a repair that is off by default runs only when asked for."""


REPAIRS: dict[str, Repair] = {
    repair.name: repair
    for repair in (
        Repair(
            "surrogates",
            "halves of a character are joined; one without its other goes",
            characters.surrogates,
        ),
        Repair(
            "wrapped", "paragraphs broken at a fixed width are one line", wrapped.wrapped, wrapped.TRIGGER
        ),
        Repair(
            "mojibake",
            "text that was decoded with the wrong encoding is decoded again",
            encoding.mojibake,
            encoding.TRIGGER,
        ),
        Repair(
            "entities",
            "escaped characters of HTML become the characters",
            entities.entities,
            entities.TRIGGER,
        ),
        Repair("markup", "tags, comments and embed code left in the text go", markup.markup, markup.TRIGGER),
        Repair("links", "links that are written out become their words", links.links, links.TRIGGER),
        Repair(
            "replacement-char",
            "U+FFFD and U+FFFC go: what they stood for is lost",
            characters.replacement_char,
            one_of(characters.REPLACEMENTS),
        ),
        Repair(
            "zero-width",
            "characters without width go where no script or emoji needs them",
            characters.zero_width,
            one_of(characters.ZERO_WIDTH),
        ),
        Repair(
            "soft-hyphen",
            "hints for hyphenation go",
            characters.soft_hyphen,
            one_of(characters.SOFT_HYPHEN),
        ),
        Repair(
            "control",
            "control characters and terminal sequences go",
            characters.control,
            one_of(characters.CONTROLS),
        ),
        Repair(
            "bidi",
            "directional controls go where no right-to-left text needs them",
            characters.bidi,
            one_of(characters.BIDI),
        ),
        Repair(
            "spaces",
            "every kind of blank becomes the plain one",
            characters.spaces,
            one_of(characters.SPACES),
        ),
        Repair(
            "line-ends",
            "all lines end the way that most do",
            line_ends.line_ends,
            one_of(line_ends.UNUSUAL),
        ),
        Repair(
            "lost-emoji",
            "question marks where an emoji or a flag stood go",
            emoji.lost_emoji,
            emoji.TRIGGER,
        ),
        Repair("blank-lines", "one blank line stays of several, none at either end", line_ends.blank_lines),
        Repair("final-newline", "the text ends with one line end", line_ends.final_newline, on=False),
    )
}

AT_THE_END: tuple[str, ...] = ("blank-lines", "final-newline")
"""Repairs that run after the drops, which leave blank lines behind; all others run before."""
