"""Names of the built-in repairs -> tuple: what `using` may say, in the order in which they run.

The functions stand in `cleaner.repair`, a floor above; rule files are checked against this table.
"""

from __future__ import annotations

REPAIR_NAMES: tuple[str, ...] = (
    "surrogates",
    "line-ends",
    "wrapped",
    "mojibake",
    "lost-emoji",
    "replacement-char",
    "zero-width",
    "soft-hyphen",
    "control",
    "bidi",
    "entities",
    "markup",
    "links",
    "spaces",
    "blank-lines",
    "final-newline",
)
