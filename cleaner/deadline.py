"""seconds -> Deadline: a budget of CPU time, so that a busy machine makes no difference to what comes out."""

from __future__ import annotations

import threading
import time

_STALE = 1.0
"""Seconds by which a budget may be longer than it says: a clock of CPU time is dear to read, half a
millisecond on some machines, and that is an article.
"""


class _Clock(threading.local):
    """What the CPU time of this thread was when it was last read, and when that was."""

    cpu = wall = -_STALE

    def most(self, wall: float, *, exactly: bool) -> float:
        """Give the CPU time of this thread, or more: it is never further on than the wall clock."""
        if exactly or wall - self.wall > _STALE:
            self.cpu, self.wall = time.thread_time(), wall
        return self.cpu + wall - self.wall


_clock = _Clock()


class Deadline:
    """So many seconds of this thread's CPU time from now on."""

    __slots__ = ("_cpu", "_wall")

    def __init__(self, seconds: float) -> None:
        now = time.perf_counter()
        self._wall = now + seconds
        self._cpu = _clock.most(now, exactly=seconds < _STALE) + seconds

    def check(self, rule: str) -> None:
        """Raise TimeoutError, with the rule that was to come, past the deadline."""
        if time.perf_counter() > self._wall and time.thread_time() > self._cpu:
            raise TimeoutError(rule)
