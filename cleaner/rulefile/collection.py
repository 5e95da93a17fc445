"""Nothing -> nothing: a stretch without garbage collection, for work that leaves none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_off() -> Iterator[None]:
    """Hold the garbage collector off; what it has to look at then is looked at afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def no_collection() -> Iterator[None]:
    """Hold the garbage collector off while much is read that stays: looking costs a quarter of the time."""
    was_on = gc.isenabled()
    with held_off():
        try:
            yield
        finally:
            if was_on and not gc.get_freeze_count():  # nobody else froze any; counting is slow
                gc.freeze()
                gc.unfreeze()  # what was read is old at once, and not looked through as new
