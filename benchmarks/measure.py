"""Folders of data + the cleaner -> figures: scorers run as commands, corpora through `cleaner.audit`."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner.audit import Audit, audit
from cleaner.model import Document
from cleaner.pipeline import Cleaner

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-m", "cleaner", "clean", "--from", "jsonl", "--to", "jsonl", "-")

Score = dict[str, Any]


def lines(quality: Path, data: str, half: str | None = None) -> Score:
    """Run the line scorer on one data file, or on one half of it."""
    options = ["--json", *(["--half", half] if half else [])]
    score: Score = json.loads(_run(quality, "score_lines.py", [*options, str(quality / data)]))
    return score


def bodies(quality: Path, kind: str) -> list[list[str]]:
    """Run the body scorer on `text` or `html`; give its table as rows of words, without the heading."""
    return [row.split() for row in _run(quality, "score_bodies.py", [kind]).splitlines()[1:]]


def _run(quality: Path, scorer: str, options: list[str]) -> str:
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, str(quality / scorer), *options, "--", *COMMAND],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{scorer} {' '.join(options)} ended with exit code {done.returncode}; it says why above")
    return done.stdout


def corpus(file: Path, cleaner: Cleaner) -> Audit:
    """Count what every rule takes from a corpus of JSON lines."""
    return audit(documents(file), cleaner)


def by_language(file: Path, cleaner: Cleaner) -> dict[str, Audit]:
    """Count what every rule takes, by the language that the records name."""
    groups = defaultdict(list)
    for document in documents(file):
        groups[document.lang or "?"].append(document)
    most_first = sorted(groups.items(), key=lambda item: -len(item[1]))
    return {lang: audit(rows, cleaner) for lang, rows in most_first}


def documents(file: Path) -> Iterator[Document]:
    """Read the articles of a packed file of JSON lines."""
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            known = {key: row.get(key) for key in ("url", "title", "lang")}
            yield Document(row["text"], id=row.get("id", ""), **known)


def removed_by_label(total: Audit, cleaner: Cleaner) -> dict[str, int]:
    """Give the characters that went, by label, the most first."""
    labels = {rule.id: rule.label for rule in cleaner.active}
    sums: dict[str, int] = defaultdict(int)
    for hit in total.hits:
        sums[labels[hit.rule]] += len(hit.text)
    return dict(sorted(sums.items(), key=lambda item: -item[1]))
