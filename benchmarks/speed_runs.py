"""Bench -> Rows: the parts of the speed benchmark that run commands, with their CPU time and peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from speed_engine import Bench, cpu
from speed_table import Row

ROOT = Path(__file__).parent.parent
CLEANER = (sys.executable, "-m", "cleaner")
COPIES = 10
SAMPLE = (20, 2_000)
"""Of so many articles at least and at most the commands get ten copies, as many as a minute allows."""
SECONDS = 60.0
MEGABYTES = (2, 8)
WHOLE = 1_000
START = "import time; from cleaner.pipeline import Cleaner; Cleaner(); print(time.process_time())"
FIRST = START.replace("Cleaner();", "Cleaner().clean('The bridge opens.\\nRead more: The old bridge');")


_INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}
_LAUNCH = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.call(sys.argv[1:], stdout=2)
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, wall, used.ru_maxrss]))
"""
"""A small process that starts a command: the peak of a process is never below that of the one it is started by."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command cost."""

    cpu: float
    wall: float
    peak: float
    """Megabytes; of the process that takes most, where there are several."""


def run(*words: str, env: dict[str, str] | None = None) -> Run:
    """Run a command to its end, with its bytecode kept, as where it is installed.

    Raises RuntimeError, with what it said, where it fails.
    """
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        (sys.executable, "-c", _LAUNCH, *words),
        env={**os.environ, **_INSTALLED, "PYTHONPATH": paths, **(env or {})},
        capture_output=True,
        check=True,
    )
    code, seconds, wall, peak = json.loads(done.stdout)
    if code:
        told = done.stderr.decode("utf-8", "replace")
        raise RuntimeError(f"{' '.join(words)} ended with {code} and said: {told}")
    return Run(seconds, wall, peak / (1024 if sys.platform == "darwin" else 1) / 1024)


@dataclass(frozen=True, slots=True)
class Field:
    """A folder with a file of JSON lines, ten copies of some articles, and one with a single line."""

    folder: Path
    many: Path
    one: Path

    def clean(self, source: Path, *options: str, jobs: int = 1) -> Run:
        """Run `cleaner clean` on a file of JSON lines."""
        kinds = ("--from", "jsonl", "--to", "jsonl", "--jobs", str(jobs), "-q")
        return run(*CLEANER, "clean", str(source), "-o", str(self.folder / "out.jsonl"), *kinds, *options)


@contextmanager
def field(bench: Bench) -> Iterator[Field]:
    """Write the files into a folder that goes at the end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many, one = folder / "many.jsonl", folder / "one.jsonl"
        sample = bench.texts[: max(SAMPLE[0], min(SAMPLE[1], int(SECONDS / COPIES / bench.pace)))]
        lines = [_line(number, text) for number, text in enumerate(sample)]
        many.write_bytes(b"".join(lines) * COPIES)
        one.write_bytes(_line(0, "He left."))
        yield Field(folder, many, one)


def _line(number: int, text: str) -> bytes:
    return (
        json.dumps({"id": f"a{number}", "text": text}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    )


def of_json(bench: Bench) -> Iterator[Row]:
    """Compare a run over JSON lines with reading and writing them alone; then the ledger, then two processes."""
    with field(bench) as here:
        start = median(here.clean(here.one).cpu for _ in range(3))
        bare = median(cpu(lambda: _copy(here.many, here.folder / "copy.jsonl")) for _ in range(5))
        plain, ledger, two = [], [], []
        for turn in range(2):
            plain.append(here.clean(here.many))
            ledger.append(here.clean(here.many, "--ledger", str(here.folder / f"ledger{turn}.jsonl")))
            two.append(here.clean(here.many, jobs=2))
        data = here.many.read_bytes()
    alone = median(one.cpu for one in plain) - start
    logged = median(one.cpu for one in ledger) - start
    count = data.count(b"\n") // COPIES
    note = f"{len(data) / 1e6:.1f} MB, {COPIES} copies of {count} articles, without the start"
    yield Row("json", "cleaner clean, JSON lines, CPU", alone, " s", note=note)
    yield Row("json", "orjson loads and dumps, CPU", bare, " s")
    yield Row("json", "cleaner clean / orjson", alone / bare, "×", 8.0)
    yield Row("json", "with the ledger / without", logged / alone, "×", 1.25)
    yield Row("json", "two processes / one, CPU", _middle(two, "cpu") / _middle(plain, "cpu"), "×")
    yield Row("json", "two processes / one, time", _middle(two, "wall") / _middle(plain, "wall"), "×")


def _middle(runs: list[Run], what: str) -> float:
    return median(getattr(one, what) for one in runs)


def _copy(source: Path, target: Path) -> None:
    import orjson

    with source.open("rb") as lines, target.open("wb") as out:
        for line in lines:
            out.write(orjson.dumps(orjson.loads(line)) + b"\n")


def of_memory(bench: Bench) -> Iterator[Row]:
    """Find the peak memory of a run over JSON lines, for files of several sizes."""
    peaks: list[float] = []
    sizes = (*MEGABYTES, *((WHOLE,) if bench.whole_memory else ()))
    with field(bench) as here:
        here.clean(here.one)  # now the rules are in the cache, and reading them is no part of the peak
        empty = here.clean(here.one).peak
        for megabytes in sizes:
            lines = (_line(number, text) for number, text in enumerate(bench.texts))
            block = b"".join(lines)
            with here.many.open("wb") as file:
                for _ in range(-(-megabytes * 1_000_000 // len(block))):
                    file.write(block)
            peaks.append(here.clean(here.many).peak)
    yield Row("memory", "peak for one short line", empty, " MB")
    for megabytes, peak in zip(sizes, peaks, strict=True):
        mark = 600.0 if megabytes == WHOLE else None
        yield Row("memory", f"peak for {megabytes:,} MB of JSON lines", peak, " MB", mark)


def of_start(bench: Bench) -> Iterator[Row]:
    """Start Python, the command and a cleaner with the shipped packs, without and with their cache."""
    with tempfile.TemporaryDirectory() as cache:
        run(sys.executable, "-c", START, env={"XDG_CACHE_HOME": f"{cache}/other"})  # bytecode is made now
        env = {"XDG_CACHE_HOME": cache}
        bare = median(run(sys.executable, "-c", "pass").cpu for _ in range(5))
        cold = run(sys.executable, "-c", START, env=env).cpu
        cached = median(run(sys.executable, "-c", START, env=env).cpu for _ in range(5))
        first = median(run(sys.executable, "-c", FIRST, env=env).cpu for _ in range(5))
        version = median(run(*CLEANER, "--version", env=env).cpu for _ in range(5))
    yield Row("start", "python alone", bare, " s")
    yield Row("start", "the shipped packs, cold", cold, " s", 3.0, note="CPU of the whole process")
    yield Row("start", "the shipped packs, cached", cached, " s", 0.3, note="CPU of the whole process")
    yield Row("start", "the same and a first short text", first, " s", note="tables of its language are made")
    yield Row("start", "cleaner --version", version, " s")


PARTS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "json": of_json,
    "memory": of_memory,
    "start": of_start,
}
