"""Notes and plan -> the end of a run: what has no input any more is named, and the ledger put in order."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from cleaner.batch.inputs import OWN
from cleaner.batch.ledgered import LedgerOfRun
from cleaner.batch.names import Plan
from cleaner.batch.partfile import part_path
from cleaner.batch.store import ORPHAN, Connection, bury, key, name_of
from cleaner.shown import shown

_MOST_SHOWN = 5


def settle(store: Connection, plan: Plan, root: Path, ledger: LedgerOfRun | None) -> list[str]:
    """End a run that went through all inputs; give what a person should know, as sentences."""
    store.execute("CREATE TEMP TABLE plan (target, name, place, PRIMARY KEY (target, name))")
    store.executemany(
        "INSERT OR REPLACE INTO temp.plan VALUES (?, ?, ?)",
        ((key(route.target), key(route.input.name), place) for place, route in enumerate(plan.routes)),
    )
    left = sorted({*_of_lost_inputs(store, root), *_orphans(store, root)})
    if ledger:
        ledger.tidy()
    _sweep(store, root)
    store.commit()
    return [_left(root, left)] if left else []


def _of_lost_inputs(store: Connection, root: Path) -> Iterator[str]:
    """Give the outputs of inputs that are no longer there; of what is gone on both sides, forget it."""
    lost = store.execute(
        "SELECT id, path, units.target, files FROM units LEFT JOIN temp.plan USING (target, name) "
        "WHERE plan.place IS NULL"
    ).fetchall()
    for unit, path, target, files in lost:
        if os.path.lexists(name_of(path)):
            continue
        made = store.execute("SELECT target FROM outputs WHERE unit = ?", (unit,)).fetchall()
        names = [name_of(name) for (name,) in (made if files else [(target,)])]
        there = [name for name in names if os.path.lexists(root / name)]
        if there:
            yield from there
        else:
            bury(store, [unit])


def _orphans(store: Connection, root: Path) -> Iterator[str]:
    """Give the outputs that an input gave once and gives no more."""
    for (target,) in store.execute("SELECT target FROM outputs WHERE unit = ?", (ORPHAN,)).fetchall():
        if os.path.lexists(root / name_of(target)):
            yield name_of(target)
        else:
            store.execute("DELETE FROM outputs WHERE target = ?", (target,))


def _sweep(store: Connection, root: Path) -> None:
    """Take away what is left of outputs in the making that nobody will go on with."""
    known = {
        part_path(root, name_of(target)).name
        for (target,) in store.execute("SELECT DISTINCT target FROM units WHERE at >= 0")
    }
    with contextlib.suppress(FileNotFoundError):
        for part in (root / OWN / "parts").iterdir():
            if part.name not in known:
                part.unlink()


def _left(root: Path, names: list[str]) -> str:
    more = f" and {len(names) - _MOST_SHOWN:,} more" if len(names) > _MOST_SHOWN else ""
    listed = ", ".join(shown(name) for name in names[:_MOST_SHOWN])
    outputs = f"{len(names):,} outputs" if len(names) > 1 else "one output"
    return (
        f"{outputs} in {shown(str(root))} without an input any more ({listed}{more}): "
        "nothing was deleted; do so if nobody needs them"
    )
