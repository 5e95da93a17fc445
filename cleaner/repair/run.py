"""text -> text, Edit*: all repairs in the order of their table, before and after the drops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cleaner.model import Edit, apply
from cleaner.repair.table import AT_THE_END, REPAIRS, Repair
from cleaner.repair.trigger import scanner
from cleaner.spans import compose

LABEL = "debris"

ROUNDS = 8
"""What one repair uncovers another mends in the next round; real text settles in two."""

_START = tuple(one for one in REPAIRS.values() if one.on and one.name not in AT_THE_END)
_SCAN = scanner(one.signs for one in _START)
_SIGNS = {one.name: re.compile(f"[{one.signs}]") for one in _START if one.signs}

Repaired = tuple[str, tuple[Edit, ...]]


def repair(text: str, *, off: frozenset[str] = frozenset(), final_newline: bool = False) -> Repaired:
    """Mend a text: give the new one, and the edits that lead to it from the old one.

    ``off`` names repairs that do not run. Repairing twice changes nothing more.
    """
    started, edits = repair_start(text, off)
    ended, more = repair_end(started, off, final_newline)
    return ended, compose(edits, more, text)


def repair_start(text: str, off: frozenset[str] = frozenset()) -> Repaired:
    """Mend what is to be mended before rules see the text: all but blank lines and the final line end."""
    return _settle(text, [one for one in _START if one.name not in off])


def repair_end(text: str, off: frozenset[str] = frozenset(), final_newline: bool = False) -> Repaired:
    """Mend what drops leave behind: runs of blank lines and, when asked for, the final line end."""
    wanted = {"blank-lines"} | ({"final-newline"} if final_newline else set())
    return _once(text, [REPAIRS[name] for name in AT_THE_END if name in wanted - off], (), text)


def _settle(text: str, repairs: list[Repair]) -> Repaired:
    """Repair until a round changes nothing; of a text that never settles only the surrogates are repaired."""
    now: str = text
    edits: tuple[Edit, ...] = ()
    for _ in range(ROUNDS):
        before = now
        now, edits = _once(before, _wanted(before, repairs), edits, text)
        if now == before:
            return now, edits
    return _once(text, [one for one in repairs if one.name == "surrogates"], (), text)


def _wanted(text: str, repairs: Sequence[Repair]) -> list[Repair]:
    """Leave out repairs that are about characters which the text does not hold."""
    held = "".join(_SCAN(text))
    return [one for one in repairs if not one.signs or (held and _SIGNS[one.name].search(held))]


def _once(now: str, repairs: Iterable[Repair], edits: tuple[Edit, ...], source: str) -> Repaired:
    """Run each repair once and add its edits to those that led from ``source`` to ``now``."""
    for one in repairs:
        changes = one.find(now)
        if changes:
            rule = f"fix.{one.name}"
            step = tuple(Edit(start, end, now[start:end], new, rule, LABEL) for start, end, new in changes)
            edits = compose(edits, step, source)
            now = apply(now, step)
    return now, edits
