"""Figures -> Markdown: the tables of the quality report, and the sentences that can be read from them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cleaner.audit import Audit

Score = dict[str, Any]

# figure, its key in the scorer's answer, before there was a cleaner, mark, whether more is better
MARKS = (
    ("junk lines removed", "junk lines removed", "0", 0.75, True),
    ("junk characters removed", "junk characters removed", "0", 0.70, True),
    ("body characters lost", "body characters lost", "0", 0.001, False),
    ("removals that were right", "removals that were right", "-", 0.99, True),
    ("documents exact", "documents exact", "17 %", 0.50, True),
    ("documents harmed", "documents harmed", "0", 0.03, False),
)
EMBED_MARKS = (
    ("junk lines removed", "junk lines removed", "0", 0.80, True),
    ("body characters lost", "body characters lost", "0", 0.0015, False),
    ("documents exact", "documents exact", "1.7 %", 0.50, True),
)
TRAVELS = 0.10
VERDICTS = ("right", "wrong", "unsure")
ROUNDS = {
    "1": "many countries, spread over languages and rules",
    "2": "many countries, removals that newer rules added",
    "3": "many countries, by chance, some of every language",
    "4": "200 English sites, one removal of each rule that acts alone",
    "5": "four scrapers' texts, one removal of each further rule that acts alone",
    "6": "many countries, by chance, some of every language left, after the mends",
    "7": "many countries, by chance, what was left of English, Vietnamese and Dutch, after all mends",
}


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Give a Markdown table."""
    names = list(head)
    body = [names, ["---"] * len(names), *[[str(cell) for cell in row] for row in rows]]
    return "\n".join(f"| {' | '.join(row)} |" for row in body)


def percent(share: float | None) -> str:
    """Give a share as a percentage that shows small ones too."""
    if share is None:
        return "-"
    return f"{share:.1%}" if share >= 0.01 or not share else f"{share:.3%}"


def marks(every: Score, even: Score, odd: Score) -> str:
    """Give the figures on the labelled articles beside what was to be reached, for both halves."""
    rows = []
    for name, key, before, mark, more in MARKS:
        values = [percent(score[key]) for score in (every, even, odd)]
        rows.append([name, before, _wanted(mark, more), *values, _reached(every[key], mark, more)])
    return table(("figure", "before", "mark", "all", "even half", "odd half", "reached"), rows)


def embed_marks(score: Score) -> str:
    """Give the figures on the articles with posts beside what was to be reached."""
    rows = [
        [name, before, _wanted(mark, more), percent(score[key]), _reached(score[key], mark, more)]
        for name, key, before, mark, more in EMBED_MARKS
    ]
    return table(("figure", "before", "mark", "now", "reached"), rows)


def labels(even: Score, odd: Score, embeds: Score) -> str:
    """Give the removed share of each label's lines."""
    names = list(dict.fromkeys([*even["by label"], *odd["by label"], *embeds["by label"]]))
    rows = [[name, *[_of(score["by label"].get(name)) for score in (even, odd, embeds)]] for name in names]
    return table(("label", "even half", "odd half", "articles with posts"), rows)


def travels(even: Score, odd: Score) -> str:
    """Say in words which figures and labels of the half that was not read stay behind."""
    behind = [name for name, key, _, _, more in MARKS if more and odd[key] < even[key] * (1 - TRAVELS)]
    words = (
        f"More than a tenth lower on the odd half than on the even one: {', '.join(behind)}."
        if behind
        else "No figure is more than a tenth lower on the odd half than on the even one."
    )
    gaps = []
    for name, text in even["by label"].items():
        there, here = _share(odd["by label"].get(name)), _share(text)
        if there is not None and here is not None and here - there > TRAVELS:
            gaps.append(f"`{name}` ({here:.0%} against {there:.0%})")
    return words + (f" By label the odd half is behind for {', '.join(gaps)}." if gaps else "")


def extractors(rows: list[list[str]]) -> str:
    """Give the table of the body scorer for stored outputs of other extractors."""
    cells = [[row[0], row[1], row[5], row[4], row[8], percent(float(row[9]))] for row in rows]
    return table(("behind", "F1 before", "F1 now", "exact before", "exact now", "harmed"), cells)


def pages(rows: list[list[str]]) -> str:
    """Give the table of the body scorer for whole pages."""
    return table(("source", "pages", "F1", "precision", "recall", "exact"), rows)


def mixed(audits: dict[str, Audit], judged: Path) -> str:
    """Give what happened to the articles of many countries, with what was judged by reading."""
    verdicts = _verdicts(judged, "lang", "mixed")
    rows = []
    for lang, total in audits.items():
        seen = verdicts.get(lang, Counter())
        rows.append([lang, *_shares(total), *[seen[key] for key in VERDICTS]])
    head = ("language", "articles", "with a removal", "characters removed", "judged right", "wrong", "unsure")
    return table(head, rows)


def rounds(judged: Path) -> str:
    """Give the verdicts of every round of reading, as they were before anything was mended."""
    rows = []
    for number, seen in _verdicts(judged, "round").items():
        sure = seen["right"] + seen["wrong"]
        share = percent(seen["right"] / sure if sure else None)
        rows.append([number, ROUNDS[number], seen.total(), *[seen[key] for key in VERDICTS], share])
    return table(("round", "what was drawn", "read", *VERDICTS, "right of the sure ones"), rows)


def corpora(audits: dict[str, Audit]) -> str:
    """Give the shares of whole corpora that were changed."""
    return table(
        ("corpus", "articles", "with a removal", "characters removed"),
        [[name, *_shares(total)] for name, total in audits.items()],
    )


def _shares(total: Audit) -> list[str]:
    documents, characters = max(1, total.documents), max(1, total.characters)
    return [f"{total.documents:,}", percent(total.changed / documents), percent(total.removed / characters)]


def _verdicts(judged: Path, key: str, corpus: str = "") -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    with judged.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if corpus in ("", row["corpus"]):
                found.setdefault(row[key], Counter())[row["verdict"]] += 1
    return found


def _wanted(mark: float, more: bool) -> str:
    return f"{'≥' if more else '≤'} {percent(mark)}"


def _reached(value: float | None, mark: float, more: bool) -> str:
    if value is None:
        return "-"
    return "yes" if (value >= mark if more else value <= mark) else "no"


def _share(text: str | None) -> float | None:
    if not text:
        return None
    done, every = map(int, text.split("/"))
    return done / every


def _of(text: str | None) -> str:
    share = _share(text)
    return f"{text} ({share:.0%})" if text and share is not None else "-"
