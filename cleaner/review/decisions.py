"""JSON lines -> Decisions: what a person said of candidates, so that nothing is asked twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from cleaner.cli.rewrite import rewrite
from cleaner.errors import UsageError
from cleaner.jsonline import dump, parse
from cleaner.shown import shown

ACCEPTED, REJECTED = "accepted", "rejected"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of one candidate."""

    key: str
    """What was asked: `Candidate.key`."""
    name: str
    """Host and id, for people."""
    verdict: str
    rule: str = ""
    """The rule that it became, and the file where it stands."""
    file: str = ""


class Decisions:
    """All decisions of a file, which is written whole with every change."""

    def __init__(self, path: Path) -> None:
        """Read the file, where it is there; a UsageError says what is wrong with it."""
        self.path = path
        self._rows: dict[str, Decision] = {}
        try:
            data = path.read_bytes() if path.exists() else b""
        except OSError as error:
            raise UsageError(f"{shown(str(path))}: {error.strerror or error}") from None
        for number, row in enumerate(data.splitlines(), 1):
            if row.strip():
                self._add(row, number)

    def _add(self, row: bytes, number: int) -> None:
        try:
            decision = Decision(**parse(row))
            if decision.verdict not in (ACCEPTED, REJECTED):
                raise ValueError(f"the verdict is neither {ACCEPTED} nor {REJECTED}")
        except (ValueError, TypeError) as error:
            place = f"{shown(str(self.path))}:{number}"
            raise UsageError(f"{place}: this is no decision: {error}; mend the line") from None
        self._rows[decision.key] = decision

    def __contains__(self, key: str) -> bool:
        """Tell whether a candidate was decided on."""
        return key in self._rows

    def get(self, key: str) -> Decision | None:
        """Give what was said of a candidate."""
        return self._rows.get(key)

    def add(self, decision: Decision) -> None:
        """Keep a decision."""
        self._rows[decision.key] = decision
        self._save()

    def drop(self, key: str) -> None:
        """Forget a decision."""
        self._rows.pop(key, None)
        self._save()

    def counts(self) -> Counter[str]:
        """Count the decisions by verdict."""
        return Counter(row.verdict for row in self._rows.values())

    def _save(self) -> None:
        lines = (dump(asdict(row)).decode("utf-8") for row in self._rows.values())
        rewrite(self.path, "".join(f"{line}\n" for line in lines))
