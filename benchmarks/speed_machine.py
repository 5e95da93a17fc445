"""A computer -> one sentence: what the figures were measured on."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path

from cleaner import __version__


def sentence(data: str, articles: int) -> str:
    """Say when, with what and on what was measured."""
    return (
        f"Measured on {date.today()} with news-cleaner {__version__}, Python {platform.python_version()}, "
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}; {articles:,} articles of {data}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]} ({platform.machine()})" if names else platform.machine()
