"""seconds -> Deadline: a budget of CPU time, so that a busy machine makes no difference to what comes out."""

from __future__ import annotations

import time


class Deadline:
    """So many seconds of this thread's CPU time from now on."""

    __slots__ = ("_cpu", "_wall")

    def __init__(self, seconds: float) -> None:
        self._cpu = time.thread_time() + seconds
        self._wall = time.perf_counter() + seconds

    def check(self, rule: str) -> None:
        """Raise TimeoutError, with the rule that was to come, past the deadline."""
        # the time of a thread is dear to ask for, and is never more than what passed on the wall
        if time.perf_counter() > self._wall and time.thread_time() > self._cpu:
            raise TimeoutError(rule)
