"""text -> text, Edit*: all repairs in the order of their table, before and after the drops."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from cleaner.model import Edit, apply
from cleaner.repair.line_ends import needs_ending
from cleaner.repair.table import AT_THE_END, REPAIRS, Repair
from cleaner.repair.trigger import Triggers
from cleaner.spans import compose

LABEL = "debris"

ROUNDS = 8
"""What one repair uncovers another mends in the next round; real text settles in two."""

_START = tuple(one for one in REPAIRS.values() if one.on and one.name not in AT_THE_END)
Repaired = tuple[str, tuple[Edit, ...]]


def repair(text: str, *, off: frozenset[str] = frozenset(), final_newline: bool = False) -> Repaired:
    """Mend a text: give the new one, and the edits that lead to it from the old one.

    ``off`` names repairs that do not run. Repairing twice changes nothing more.
    """
    started, edits = repair_start(text, off)
    ended, more = repair_end(started, off, final_newline)
    return ended, compose(edits, more, text)


def needs_repair(text: str) -> bool:
    """Tell whether `repair_start` may change a text; False is certain."""
    return bool(_triggers().fired(text))


def repair_start(text: str, off: frozenset[str] = frozenset()) -> Repaired:
    """Mend what is to be mended before rules see the text: all but blank lines and the final line end."""
    if _triggers().fired(text) <= off:
        return text, ()
    return settle(text, _triggers().fired, off)


def repair_end(text: str, off: frozenset[str] = frozenset(), final_newline: bool = False) -> Repaired:
    """Mend what drops leave behind: runs of blank lines and, when asked for, the final line end."""
    if not needs_ending(text, final_newline):
        return text, ()
    now: str = text
    edits: tuple[Edit, ...] = ()
    wanted = {"blank-lines"} | ({"final-newline"} if final_newline else set())
    for name in AT_THE_END:
        if name in wanted - off:
            now, edits = _once(now, REPAIRS[name], edits, text)
    return now, edits


@cache
def _triggers() -> Triggers:
    return Triggers({one.name: one.trigger for one in _START})


def settle(text: str, fired: Callable[[str], frozenset[str]], off: frozenset[str] = frozenset()) -> Repaired:
    """Repair until a round changes nothing; of a text that never settles only the surrogates are repaired.

    ``fired`` says which repairs may change a text. If it says all of them always, the outcome is the same.
    """
    now: str = text
    edits: tuple[Edit, ...] = ()
    wanted = fired(text) - off
    for _ in range(ROUNDS):
        before = now
        for one in _START:
            if one.name in wanted:
                last = now
                now, edits = _once(last, one, edits, text)
                wanted = wanted if now == last else fired(now) - off
        if now == before:
            return now, edits
    return (text, ()) if "surrogates" in off else _once(text, REPAIRS["surrogates"], (), text)


def _once(now: str, one: Repair, edits: tuple[Edit, ...], source: str) -> Repaired:
    """Run a repair once and add its edits to those that led from ``source`` to ``now``."""
    changes = one.find(now)
    if not changes:
        return now, edits
    rule = f"fix.{one.name}"
    step = tuple(Edit(start, end, now[start:end], new, rule, LABEL) for start, end, new in changes)
    return apply(now, step), compose(edits, step, source)
