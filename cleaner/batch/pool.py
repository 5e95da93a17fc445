"""Task* -> Done*, in order: over several processes, of which any may die.

Every process has one task at a time, so the task that killed one is known. It is cut in halves until one
document is left, which passes through whole.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Generator, Iterable, Iterator
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from typing import Any

from cleaner.batch.parcels import Done, Setup, Task
from cleaner.batch.work import halves, lost, pass_through, work

_AHEAD = 3
"""Tasks for each process that may be under way or wait for their turn in the output."""
_DIED = "the process that cleaned it died"


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_tasks(
    tasks: Iterable[Task | Done], setup: Setup, jobs: int, *, guarded: bool = False
) -> Generator[Done, None, None]:
    """Work on tasks in ``jobs`` processes (this one alone, if there is one job or one task).

    What is done already passes through in its turn. ``guarded``: no task may end this process.
    """
    gc.freeze()  # the rules stay: no collection need look at them, and no process copies their pages
    waiting = iter(tasks)
    first = list(islice(waiting, 2))
    if not guarded and (jobs <= 1 or len(first) < 2):
        for task in chain(first, waiting):
            yield task if isinstance(task, Done) else work(task, setup)
        return
    with contextlib.closing(_Pool(setup, jobs)) as pool:
        yield from pool.run(chain(first, waiting))


class _Worker:
    """A process and the pipe to it."""

    def __init__(self, setup: Setup, others: Iterable[_Worker]) -> None:
        # A forked process shares the rules that are loaded by now.
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.pipe, theirs = context.Pipe()
        inherited = [worker.pipe for worker in others] + [self.pipe] if sys.platform == "linux" else []
        self.process = context.Process(target=_serve, args=(theirs, inherited, setup), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.number = -1

    def give(self, number: int, task: Task) -> None:
        """Hand over a task; a process that is dead by now is met when its answer is read."""
        self.number, self.task = number, task
        with contextlib.suppress(BrokenPipeError):
            self.pipe.send(task)

    def answer(self) -> Done | None:
        """Read what became of the task; None: the process died."""
        try:
            done: Done = self.pipe.recv()
        except (EOFError, ConnectionError):
            return None
        return done

    def stop(self) -> None:
        """End the process."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()


def _serve(pipe: Connection, inherited: list[Connection], setup: Setup) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    for other in inherited:
        other.close()  # so that the end of the parent is the end of every pipe
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            pipe.send(work(pipe.recv(), setup))


class _Pool:
    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._workers: list[_Worker] = []

    def run(self, tasks: Iterator[Task | Done]) -> Iterator[Done]:
        """Give the answers in the order of the tasks."""
        ready: dict[int, Done] = {}
        given = taken = 0
        while True:
            while given - taken < _AHEAD * self._jobs and (worker := self._free()):
                task = next(tasks, None)
                if task is None:
                    break
                if isinstance(task, Done):
                    ready[given] = task
                else:
                    worker.give(given, task)
                given += 1
            if taken in ready:
                yield ready.pop(taken)
                taken += 1
            elif not self._collect(ready):
                return

    def _free(self) -> _Worker | None:
        """Give a process without a task; one that is not needed is not started."""
        for worker in self._workers:
            if worker.task is None:
                return worker
        if len(self._workers) == self._jobs:
            return None
        self._workers.append(_Worker(self._setup, self._workers))
        return self._workers[-1]

    def _collect(self, ready: dict[int, Done]) -> bool:
        """Wait for answers; tell whether there was anything to wait for."""
        busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
        for pipe in wait(list(busy)) if busy else ():
            worker = busy[pipe]
            task, worker.task = worker.task, None
            done = worker.answer()
            if done is None and task is not None:
                worker = self._replace(worker)
                done = self._rescue(task)
            if done is not None:
                ready[worker.number] = done
        return bool(busy)

    def _replace(self, dead: _Worker) -> _Worker:
        dead.stop()
        others = [worker for worker in self._workers if worker is not dead]
        fresh = _Worker(self._setup, others)
        fresh.number = dead.number
        self._workers[self._workers.index(dead)] = fresh
        return fresh

    def _rescue(self, task: Task) -> Done:
        """Find the document that kills a process, and clean the others of its task."""
        done = Done(0)
        try:
            parts = halves(task)
            if len(parts) == 1:
                return pass_through(task, self._setup, _DIED)
        except OSError as error:
            return lost(task, error)
        for part in parts:
            worker = _Worker(self._setup, self._workers)
            worker.give(0, part)
            answer = worker.answer()
            worker.stop()
            done.extend(self._rescue(part) if answer is None else answer)
        return done

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.stop()
