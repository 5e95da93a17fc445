"""A piece of work -> calls: how many functions Python calls for it, which no busy machine changes.

A guard against work that grows without anybody's notice: it is counted, not timed, so the same code gives the same
number everywhere. What happens inside one call of C (a scan, a search) is not seen; `instructions.py` sees that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, of Python and of C, that a piece of work makes in this thread."""
    count = 0

    def see(frame: FrameType, event: str, about: Any) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
