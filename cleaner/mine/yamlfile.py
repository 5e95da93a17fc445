"""Candidates -> rule files: one a host, as a person would write it; and the candidates as JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from cleaner.errors import UsageError
from cleaner.jsonline import dump
from cleaner.mine.candidate import Candidate
from cleaner.rulefile import writing
from cleaner.rulefile.source import REFUSED
from cleaner.shown import shown

CANDIDATES = "candidates.jsonl"
_UNPRINTABLE = re.compile(f"{REFUSED.pattern}|[\n\r\x85\u2028\u2029\ufeff]")
_RISK = "    risk: bold\n"
_SENTENCE = "The old bridge stayed shut all night."
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def file_text(host: str, candidates: Sequence[Candidate]) -> str:
    """Give the rule file of one host."""
    hosts = writing.scalar(host, outer=False)
    head = ["cleaner: 1", f"pack: {pack_of(host)}", "site:", f"  hosts: [{hosts}]", "rules:"]
    return "\n".join(head) + "\n" + "\n".join(map(rule_text, candidates))


def pack_of(host: str) -> str:
    """Give the name of the pack of a host.

    >>> pack_of("aldmouth-oar.co.uk")
    'aldmouth-oar-co-uk'
    """
    name = _NOT_IN_NAMES.sub("-", host.lower()).strip("-")
    return name if name[:1].isalpha() else f"site-{name}"


def rule_text(candidate: Candidate) -> str:
    """Give one rule as an entry under `rules:`."""
    rows = writing.rule_text(dict(_rule(candidate)))
    if not candidate.doubt:
        return rows
    said = _UNPRINTABLE.sub(" ", candidate.doubt)
    before, risk, behind = rows.rpartition(_RISK)
    return f"{before}    # doubtful: {said}\n{risk}{behind}"


def _rule(candidate: Candidate) -> Iterator[tuple[str, Any]]:
    """Give the keys of a rule with their values."""
    yield from (("id", candidate.id), ("why", candidate.why), ("drop", candidate.label))
    yield "at", _anchor(candidate)
    if candidate.zone:
        yield "in", candidate.zone
    if candidate.run:
        yield "run", f"{candidate.run[0]}..{candidate.run[1]}"
    if candidate.cut != "line":
        yield "cut", candidate.cut
    if candidate.headlines:
        yield "after", {"like": "headline", "max": candidate.headlines}
    if candidate.cut == "line":
        yield "hits", candidate.hits
    else:
        yield "hits", [{"before": f"{_SENTENCE} {text}", "after": _SENTENCE} for text in candidate.hits]
    yield from ((key, texts) for key in ("misses", "shows") if (texts := getattr(candidate, key)))
    if candidate.since:
        yield "since", candidate.since
    yield "source", candidate.source
    if candidate.doubt:
        yield "risk", "bold"
    yield "status", "trial"


def _anchor(candidate: Candidate) -> Any:
    patterns = candidate.at[0] if len(candidate.at) == 1 else candidate.at
    if candidate.words is None:
        return patterns
    return {"text": patterns, "words": f"{candidate.words[0]}..{candidate.words[1]}"}


def write(candidates: Iterable[Candidate], folder: Path) -> list[Path]:
    """Write DIR/<host>.yaml and DIR/candidates.jsonl; candidates come host by host. Give the rule files.

    Files of an earlier run are replaced; a rule file that was not mined is never written over.
    """
    old = mined_before(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    with (folder / CANDIDATES).open("wb") as rows:
        for host, group in groupby(candidates, key=lambda one: one.host):
            found = list(group)
            rows.writelines(dump(one.to_json()) + b"\n" for one in found)
            path = folder / f"{host}.yaml"
            path.write_text(file_text(host, found), encoding="utf-8", newline="\n")
            paths.append(path)
    for path in old.difference(paths):
        path.unlink(missing_ok=True)
    return paths


def mined_before(folder: Path) -> set[Path]:
    """Give the rule files of an earlier run into a folder; UsageError where it holds others."""
    listed = folder / CANDIDATES
    known = {folder / f"{one.host}.yaml" for one in read(listed)} if listed.is_file() else set()
    for path in sorted(folder.glob("*.yaml")):
        if path not in known:
            raise UsageError(f"{shown(path.as_posix())} was not mined; give a folder of its own with -o")
    return known


def read(path: Path) -> Iterator[Candidate]:
    """Read candidates back from their JSON lines."""
    with path.open(encoding="utf-8") as rows:
        for row in rows:
            yield Candidate.from_json(json.loads(row))
