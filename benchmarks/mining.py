"""Corpus + labelled recurring lines -> a table: how good mined rules are, on articles seen and unseen, and how fast.

    python benchmarks/mining.py --corpus sites_dev.jsonl.gz --labels recurring_dev.jsonl [--seed N]

The data is publishers' text and no part of the project. A labelled line is `site`, `line`, `label`, `unsure`. It
weighs the number of its articles in the corpus, at most 20, and counts as taken by the share of them in which the
mined rules, alone, remove it. The sites are split by a hash of their host: one half was read when the miner was
written, the other was not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).absolute().parent
sys.path[:0] = [str(HERE.parent)]

from cleaner import examples, lint, mine, rulefile  # noqa: E402
from cleaner.corpus import records  # noqa: E402
from cleaner.mine.counting import lines_of, site_of  # noqa: E402
from cleaner.model import Document, Options  # noqa: E402
from cleaner.pipeline import Cleaner  # noqa: E402

MOST = 20
LEAST = 3
BODY = frozenset({"body", "note", "dateline"})
FIFTHS = 5


@dataclass
class Line:
    """A labelled line, and what became of it in the articles that hold it."""

    site: str
    text: str
    label: str
    found: int = 0
    asked: int = 0
    taken: int = 0
    articles: list[Document] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """The number of its articles, at most 20."""
        return min(self.found, MOST)

    @property
    def share(self) -> float:
        """The share of its articles in which it went."""
        return self.taken / self.asked if self.asked else 0.0


def labelled(path: Path) -> list[Line]:
    """Read the labelled lines that are sure."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [Line(row["site"], row["line"], row["label"]) for row in rows if not row["unsure"]]


def documents(path: Path) -> Iterator[Document]:
    """Read the corpus."""
    return (record.document for record in records(str(path)) if not record.error)


def fifth(document: Document) -> int:
    """Put an article into one of five parts, by its name."""
    return hashlib.sha256(document.id.encode()).digest()[0] % FIFTHS


def half(site: str) -> int:
    """Put a site into one of two halves; half 1 was read."""
    return hashlib.sha256(site.encode()).digest()[0] & 1


def take(
    lines: list[Line], corpus: Iterable[Document], folder: Path, *, seen: Callable[[Document], bool]
) -> None:
    """Clean the articles that hold labelled lines with the mined rules alone, and note which lines went."""
    cleaner = Cleaner(rulefile.load([folder]), options=Options(trial=True))
    by_site: dict[str, dict[str, Line]] = defaultdict(dict)
    for line in lines:
        by_site[line.site][line.text] = line
    for document in corpus:
        wanted = by_site.get(site_of(document.url))
        if not wanted:
            continue
        held = set(lines_of(document.text))
        held &= wanted.keys()
        for text in held:
            wanted[text].found += 1
        asked = [wanted[text] for text in held if wanted[text].asked < MOST] if seen(document) else []
        if asked:
            left = Counter(lines_of(cleaner.clean_document(document).text))
            for line in asked:
                line.asked += 1
                line.taken += not left[line.text]


def figures(lines: Iterable[Line]) -> tuple[float, float]:
    """Give precision and recall of lines."""
    good = bad = wanted = got = 0.0
    for line in lines:
        if line.label in BODY:
            bad += line.weight * line.share
        else:
            good += line.weight * line.share
            if line.found >= LEAST and line.asked:
                wanted += line.weight
                got += line.weight * line.share
    return (good / (good + bad) if good + bad else float("nan")), (got / wanted if wanted else float("nan"))


def mean(values: Iterable[float]) -> float:
    """Give the mean of those that are known."""
    known = [value for value in values if value == value]
    return sum(known) / len(known) if known else float("nan")


def row(name: str, lines: list[Line]) -> str:
    """Give one row of the table: over all lines, and as a mean over sites."""
    sites: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        sites[line.site].append(line)
    precision, recall = figures(lines)
    each = [figures(group) for group in sites.values()]
    cells = (precision, recall, mean(one[0] for one in each), mean(one[1] for one in each))
    return f"| {name} | {len(sites)} | " + " | ".join(f"{cell:.1%}" for cell in cells) + " |"


def mined(corpus: Callable[[], Iterable[Document]], folder: Path) -> Counter[str]:
    """Mine a corpus into a folder; give how many candidates are sure and how many doubtful."""
    counts: Counter[str] = Counter()

    def counted() -> Iterator[mine.Candidate]:
        for candidate in mine.mine(corpus, about=("corpus", "2026-01-01")):
            counts["doubtful" if candidate.doubt else "sure"] += 1
            yield candidate

    mine.write(counted(), folder)
    return counts


def judged(folder: Path) -> tuple[int, int, int]:
    """Give the number of rules, of examples that fail, and of pieces of advice."""
    from datetime import date

    rules = rulefile.load([folder])
    failing = [one for one in examples.check(rules.rules) if one.fails]
    for one in failing[:10]:
        print("fails:", one.kind, one.rule.id, repr(one.example.before[:100]), file=sys.stderr)
    advice = list(lint.advise(rules, date.today()))
    for text in advice[:10]:
        print(text, file=sys.stderr)
    return len(rules.rules), len(failing), len(advice)


def wrong(lines: list[Line]) -> None:
    """Print the lines that went and are body, and those that should have gone."""
    for line in lines:
        body = line.label in BODY
        if (body and line.share) or (not body and line.share < 0.5 and line.found >= LEAST):
            print(
                f"{'BODY' if body else 'left'}\t{line.site}\t{line.found}\t{line.share:.2f}\t{line.label}\t{line.text[:110]}"
            )


def report(arguments: argparse.Namespace) -> None:
    """Mine, score and print."""

    def whole() -> Iterator[Document]:
        return documents(arguments.corpus)

    with tempfile.TemporaryDirectory() as place:
        folder = arguments.folder or Path(place, "all")
        start = time.process_time()
        if not arguments.scored:
            plain: dict[str, Counter[str]] = defaultdict(Counter)
            for document in whole():
                plain[site_of(document.url)].update(text.strip() for text in document.text.split("\n"))
            counted = time.process_time()
            counts = mined(whole, folder)
            done = time.process_time()
            print(f"candidates: {counts['sure']:,} sure, {counts['doubtful']:,} doubtful")
            print(
                f"time: plain count {counted - start:.1f} s, mining {done - counted:.1f} s, ratio {(done - counted) / (counted - start):.1f}"
            )
        print("rules {}, failing examples {}, advice {}".format(*judged(folder)))
        lines = labelled(arguments.labels)
        take(lines, whole(), folder, seen=lambda document: True)
        print(
            "| articles | sites | precision | recall | precision, mean | recall, mean |\n|---|---|---|---|---|---|"
        )
        print(row("all", lines))
        for number, name in ((1, "sites that were read"), (0, "sites that were not")):
            print(row(name, [line for line in lines if half(line.site) == number]))
        if arguments.wrong:
            wrong(lines)
        if arguments.unseen:
            part = Path(place, "part")
            mined(lambda: (one for one in whole() if fifth(one)), part)
            lines = labelled(arguments.labels)
            take(lines, whole(), part, seen=lambda document: not fifth(document))
            print(row("a fifth that was not mined", lines))


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--folder", type=Path, help="where the mined rules go, or are with --scored")
    parser.add_argument("--scored", action="store_true", help="the rules are there: only score them")
    parser.add_argument("--unseen", action="store_true", help="mine four fifths as well, and score the rest")
    parser.add_argument("--wrong", action="store_true", help="print the lines that came out wrong")
    report(parser.parse_args())


if __name__ == "__main__":
    main()
