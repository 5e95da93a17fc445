"""Plan -> files and Report: a batch from its first byte to its last, in the order of its inputs."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from cleaner.batch.names import Plan
from cleaner.batch.outputs import Books, OutputLost, Outputs
from cleaner.batch.parcels import Done, Setup
from cleaner.batch.pool import run_tasks
from cleaner.batch.streams import encoder
from cleaner.batch.tasks import tasks
from cleaner.report import Report


@dataclass(frozen=True, slots=True)
class Streams:
    """The two standard streams, as bytes."""

    stdin: BinaryIO
    stdout: BinaryIO


def run(
    plan: Plan,
    setup: Setup,
    streams: Streams,
    *,
    jobs: int = 1,
    books: Books | None = None,
    dry: bool = False,
    tell: Callable[[int], None] | None = None,
) -> Report:
    """Clean all inputs of ``plan``; ``tell`` is called with the number of bytes that were done.

    The bytes of every output are the same for any number of ``jobs``.
    """
    books = books or Books()
    notes = books.notes
    report = Report(left=plan.left)
    for name, reason in plan.unread:
        report.fail(name, reason)
    encoders = {route.target: make for route in plan.routes if (make := encoder(route))}
    outputs = None if dry else Outputs(plan.root, books, report, streams.stdout, encoders)
    whole = False
    try:
        cut = tasks(plan, streams.stdin, notes)
        guarded = notes is not None and notes.cut_off  # perhaps by a document, which comes next
        with contextlib.closing(run_tasks(cut, setup, jobs, guarded=guarded)) as answers:
            for done in answers:
                _take(done, report, outputs)
                if tell:
                    tell(done.size)
        if outputs:
            outputs.finish()
        whole = True
    except BrokenPipeError:
        raise
    except (OutputLost, OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        report.fail("the rest", f"not written: {why}", counted=True)
    finally:
        if outputs:
            outputs.abort()
    if notes:
        notes.end(report, whole=whole)
    return report


def _take(done: Done, report: Report, outputs: Outputs | None) -> None:
    report.merge(done.report)
    if outputs:
        outputs.put(done)
    if done.broken:
        source, target, reason = done.broken
        report.fail(source, reason)
        if outputs:
            outputs.drop(target, source)
