"""Candidates -> rule files: one a host, as a person would write it; and the candidates as JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.jsonline import dump
from cleaner.mine.candidate import Candidate
from cleaner.shown import shown

CANDIDATES = "candidates.jsonl"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_SENTENCE = "The old bridge stayed shut all night."
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def file_text(host: str, candidates: Sequence[Candidate]) -> str:
    """Give the rule file of one host."""
    head = ["cleaner: 1", f"pack: {pack_of(host)}", "site:", f"  hosts: [{_quoted(host)}]", "rules:"]
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
    rows = [
        f"  - id: {candidate.id}",
        f"    why: {_quoted(candidate.why)}",
        f"    drop: {candidate.label}",
        f"    at: {_anchor(candidate)}",
    ]
    if candidate.zone:
        rows.append(f"    in: {candidate.zone}")
    if candidate.run:
        rows.append(f"    run: {candidate.run[0]}..{candidate.run[1]}")
    if candidate.cut != "line":
        rows.append(f"    cut: {candidate.cut}")
    if candidate.headlines:
        rows.append(f"    after: {{like: headline, max: {candidate.headlines}}}")
    if candidate.cut == "line":
        rows += _texts("hits", candidate.hits)
    else:
        rows.append("    hits:")
        rows += [
            f"      - {{before: {_quoted(f'{_SENTENCE} {text}')}, after: {_quoted(_SENTENCE)}}}"
            for text in candidate.hits
        ]
    for key in ("misses", "shows"):
        rows += _texts(key, getattr(candidate, key))
    rows += [f"    since: {candidate.since}"] if candidate.since else []
    rows.append(f"    source: {_quoted(candidate.source)}")
    if candidate.doubt:
        rows += [f"    # doubtful: {_shown(candidate.doubt)}", "    risk: bold"]
    rows.append("    status: trial")
    return "\n".join(rows) + "\n"


def _anchor(candidate: Candidate) -> str:
    texts = [_quoted(text) for text in candidate.at]
    patterns = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
    if candidate.words is None:
        return patterns
    return f"{{text: {patterns}, words: {candidate.words[0]}..{candidate.words[1]}}}"


def _texts(key: str, texts: Sequence[str]) -> Iterator[str]:
    if not texts:
        return
    yield f"    {key}:"
    for text in texts:
        if "\n" in text and not _UNPRINTABLE.search(text.replace("\n", "")):
            yield "      - |"
            yield from (f"        {line}" for line in text.split("\n"))
        else:
            yield f"      - {_quoted(text)}"


def _quoted(text: str) -> str:
    """Write a text so that YAML reads it as it is."""
    if _UNPRINTABLE.search(text):
        return json.dumps(text)
    return "'" + text.replace("'", "''") + "'"


def _shown(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text)


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
