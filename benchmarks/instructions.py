"""A few made-up articles -> instructions an article, counted by valgrind and compared with what is stored.

    python benchmarks/instructions.py [--accept]

Valgrind counts what the processor is told to do, so a busy machine changes nothing; but another Python or another
version of a library does, so figures are stored by these and only compared with their own. A figure that is a tenth
above the stored one ends with exit code 1.

What is counted lies inside one process, behind a mark: the start and the first articles, for which most expressions
are compiled, come before it. One thread runs, so the same code gives the same number but for some thousandths.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
STORED = HERE / "instructions.json"
TOLERANCE = 1.10
WARM, ARTICLES = 30, 40
MARK = "getppid"
"""A function of the system that nothing else calls; valgrind forgets, when it is called, what it has counted."""
LIBRARIES = ("ahocorasick_rs", "google-re2", "regex")
FRAME = f"""
import os
from pathlib import Path
from cleaner import rulefile
from cleaner.pipeline import Cleaner
from cleaner.repair import repair_end, repair_start
from speed_texts import generated
texts = generated({WARM + ARTICLES})
{{work}}
work(texts[:{WARM}])
os.{MARK}()
work(texts[{WARM}:])
os._exit(0)  # what a process does at its end is no work on articles
"""
WORK = {
    "repairs": "work = lambda texts: [(repair_start(text), repair_end(text)) for text in texts]",
    "clean_texts": "work = Cleaner(rulefile.load([Path('rules/legal.yaml')])).clean_texts",
}
"""What is counted: repairs alone, and all with one pack, because the start with all takes minutes in valgrind."""


def instructions(code: str) -> int:
    """Run a piece of Python in valgrind and give the number of instructions behind its mark."""
    env = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join((str(HERE.parent), str(HERE))),
        "NEWS_CLEANER_CACHE": "off",
        "OPENBLAS_NUM_THREADS": "1",  # threads of numpy that wait for work are counted, for as long as they wait
    }
    with TemporaryDirectory() as folder:
        counts = Path(folder, "counts")
        options = ("--tool=callgrind", f"--callgrind-out-file={counts}", f"--zero-before={MARK}")
        words = ("valgrind", *options, sys.executable, "-c", code)
        done = subprocess.run(words, env=env, cwd=HERE.parent, capture_output=True, text=True, check=False)
        # what valgrind prints still holds some of what came before the mark; its file does not
        found = re.search(r"^summary: (\d+)", counts.read_text() if counts.exists() else "", re.MULTILINE)
    if done.returncode or not found:
        sys.exit(f"valgrind ended with {done.returncode} and said: {done.stderr[-2000:]}")
    return int(found[1])


def an_article(work: str) -> int:
    """Count what one article more takes, once some have been seen."""
    return instructions(FRAME.format(work=work)) // ARTICLES


def key() -> str:
    """Name what the figures hang on besides the code."""
    libraries = " ".join(f"{name}-{version(name)}" for name in LIBRARIES)
    return f"python-{platform.python_version()} {platform.machine()} {libraries}"


def main() -> int:
    """Count, compare, and store where it is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--accept", action="store_true", help="store the figures of today")
    given = parser.parse_args()
    if not shutil.which("valgrind"):
        print("valgrind is not here, so nothing is counted; tests/benchmarks counts calls instead")
        return 0
    stored = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
    before = stored.get(key(), {})
    now = {name: an_article(work) for name, work in WORK.items()}
    worse = [name for name, count in now.items() if count > before.get(name, count) * TOLERANCE]
    for name, count in now.items():
        print(f"{name}: {count:,} instructions an article, stored {before.get(name, 'nothing')}")
    if given.accept:
        stored[key()] = now
        STORED.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    elif worse:
        print(f"more than a tenth above what is stored: {', '.join(worse)}; --accept if that is meant")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
