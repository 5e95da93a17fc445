"""Candidates -> decisions: one at a time at a terminal, or by name; what is accepted goes into a pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from cleaner.cli.rewrite import rewrite
from cleaner.errors import UsageError
from cleaner.mine import Candidate, rule_text
from cleaner.mine.yamlfile import pack_of
from cleaner.review.decisions import ACCEPTED, REJECTED, Decision, Decisions
from cleaner.review.packs import Entry, add_rule
from cleaner.settings import nearest
from cleaner.shown import shown

KEYS = {"a": "accept", "x": "reject", " ": "skip", "u": "undo", "q": "quit"}
HELP = "a accept   x reject   space skip   u undo   q quit"
_ALL_ANSWERED = "all are answered; u takes the last one back, any other of the keys ends"
_TRIAL = "    status: trial\n"


@dataclass(frozen=True, slots=True)
class Step:
    """What was done last, so that it can be undone."""

    candidate: Candidate
    path: Path | None = None
    before: bytes | None = None
    """The pack as it was; None where there was none."""
    after: bytes | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """How the desk speaks with a person."""

    show: Callable[[Candidate, int, int], None]
    """Show a candidate, its number and how many there are."""
    ask: Callable[[], str]
    """Give the next key; empty where no more will come."""
    say: Callable[[str], None]


def name_of(candidate: Candidate) -> str:
    """Give the name of a candidate: its host and its id."""
    return f"{candidate.host}:{candidate.id}"


class Desk:
    """Decisions on candidates, each kept at once."""

    def __init__(self, decisions: Decisions, into: Path) -> None:
        """Take the file of decisions and the folder (or the file) of the packs."""
        self.decisions = decisions
        self._into = into
        self._steps: list[Step] = []

    def waiting(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Give the candidates that nobody decided on."""
        return [one for one in candidates if one.key not in self.decisions]

    def accept(self, candidate: Candidate) -> str:
        """Put the rule of a candidate into the pack of its site, as a stable one; give where it stands.

        A UsageError says why it cannot be; then nothing has changed.
        """
        text = rule_text(replace(candidate, doubt="")).replace(_TRIAL, "")
        header = {"pack": pack_of(candidate.host), "site": {"hosts": [candidate.host]}}
        known = {path: path.read_bytes() for path in self._files()}
        path, rule = add_rule(Entry(candidate.id, text, header), self._into)
        step = Step(candidate, path, known.get(path), path.read_bytes())
        try:
            self.decisions.add(Decision(candidate.key, name_of(candidate), ACCEPTED, rule, path.as_posix()))
        except UsageError:
            _restore(step)
            raise
        self._steps.append(step)
        return f"{shown(path.as_posix())}: {rule}"

    def _files(self) -> list[Path]:
        return [self._into] if self._into.is_file() else sorted(self._into.rglob("*.yaml"))

    def reject(self, candidate: Candidate) -> None:
        """Keep that a candidate is no rule."""
        self.decisions.add(Decision(candidate.key, name_of(candidate), REJECTED))
        self._steps.append(Step(candidate))

    def skip(self, candidate: Candidate) -> None:
        """Leave a candidate for another time."""
        self._steps.append(Step(candidate))

    def undo(self) -> Candidate | None:
        """Take the last step back; give its candidate, None where there is none.

        A UsageError says why a pack cannot be as it was; then nothing has changed.
        """
        if not self._steps:
            return None
        step = self._steps[-1]
        _restore(step)
        self.decisions.drop(step.candidate.key)
        return self._steps.pop().candidate


def _restore(step: Step) -> None:
    """Make a pack as it was before a step."""
    if step.path is None:
        return
    if not step.path.is_file() or step.path.read_bytes() != step.after:
        raise UsageError(f"{shown(step.path.as_posix())} changed since; take the rule out by hand")
    if step.before is None:
        step.path.unlink()
    else:
        rewrite(step.path, step.before.decode("utf-8"))


def sit(desk: Desk, candidates: Sequence[Candidate], talk: Talk) -> None:
    """Ask about one candidate after another until the person leaves, or has answered all."""
    queue = desk.waiting(candidates)
    at = 0
    while queue:
        if at < len(queue):
            talk.show(queue[at], at + 1, len(queue))
        else:
            talk.say(_ALL_ANSWERED)
        verdict = KEYS.get(key := talk.ask())
        while verdict is None and key:
            talk.say(HELP)
            verdict = KEYS.get(key := talk.ask())
        if verdict in (None, "quit") or (at == len(queue) and verdict != "undo"):
            return
        try:
            at += _follow(desk, queue[min(at, len(queue) - 1)], verdict or "", talk)
        except UsageError as error:
            talk.say(str(error))


def _follow(desk: Desk, candidate: Candidate, verdict: str, talk: Talk) -> int:
    """Do what was said; give how far to go on."""
    if verdict == "undo":
        undone = desk.undo()
        talk.say("there is nothing to undo" if undone is None else f"undone: {name_of(undone)}")
        return 0 if undone is None else -1
    if verdict == "accept":
        talk.say(desk.accept(candidate))
    elif verdict == "reject":
        desk.reject(candidate)
    else:
        desk.skip(candidate)
    return 1


def named(candidates: Sequence[Candidate], names: Iterable[str]) -> list[Candidate]:
    """Give the candidates of some names: an id, HOST:ID or a pattern such as HOST:*; in the order of names.

    A UsageError names what no candidate, or more than one of different hosts, is called.
    """
    found: dict[str, Candidate] = {}
    for name in names:
        wild = ":" in name
        rows = [one for one in candidates if (fnmatchcase(name_of(one), name) if wild else one.id == name)]
        if not rows:
            known = [name_of(one) for one in candidates] + [one.id for one in candidates]
            raise UsageError(f"no candidate is called `{shown(name)}`{nearest(name, known)}")
        if not wild and len(rows) > 1:
            raise UsageError(f"`{shown(name)}` is {', '.join(map(name_of, rows[:4]))}; say which, as HOST:ID")
        found.update((one.key, one) for one in rows)
    return list(found.values())
