"""Bytes done -> talk on standard error: a bar on a terminal, else a line each 30 seconds."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_BAR_AFTER = 0.5
"""Seconds: a shorter run is not worth a bar, nor the import of rich."""
_LINE_EACH = 30.0


class Progress:
    """Says how far a run is; ``total`` 0 is a run of unknown length."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        """Start the clock."""
        self._total = total
        self._quiet = quiet
        self._done = 0
        self._began = self._said = time.monotonic()
        self._bar: Bar | None = None

    def tell(self, size: int) -> None:
        """Count bytes that were done."""
        self._done += size
        if self._quiet:
            return
        now = time.monotonic()
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._done)
        elif sys.stderr.isatty():
            if now - self._began > _BAR_AFTER:
                self._bar = self._start()
        elif now - self._said > _LINE_EACH:
            self._said = now
            share = f" of {self._total / 1e6:,.1f}" if self._total else ""
            click.echo(f"cleaner: {self._done / 1e6:,.1f}{share} MB in {now - self._began:.0f} s", err=True)

    def _start(self) -> Bar:
        from rich import progress
        from rich.console import Console

        columns = (
            progress.TextColumn("cleaning"),
            progress.BarColumn(),
            progress.DownloadColumn(),
            progress.TransferSpeedColumn(),
            progress.TimeRemainingColumn(),
        )
        bar = progress.Progress(*columns, console=Console(stderr=True), transient=True)
        bar.add_task("", total=self._total or None, completed=self._done)
        bar.start()
        return bar

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
