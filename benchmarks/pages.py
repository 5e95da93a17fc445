"""Whole pages with hand-made bodies -> Markdown: how well pages are opened and cleaned, part by part, how fast.

    python benchmarks/pages.py --quality DIR [--every N] [--speed-only]

DIR holds `pages_dev.jsonl`, `pages_dev.tar.xz` and `score_bodies.py`. The data is publishers' text and no part of
the project. Each part is switched off in turn, the others stay on.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent)]

from cleaner.model import Document  # noqa: E402
from cleaner.page import extraction, opening  # noqa: E402
from cleaner.page.fill import ALL  # noqa: E402
from cleaner.pipeline import Cleaner  # noqa: E402

SOURCES = ("np4k", "fundus", "zyte")


def pages(folder: Path, every: int) -> Iterator[tuple[dict[str, Any], str]]:
    """Give the rows of the data, each with its page."""
    with (folder / "pages_dev.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][::every]
    with tarfile.open(folder / "pages_dev.tar.xz") as tar:
        found = {Path(one.name).stem: tar.extractfile(one).read() for one in tar if one.isfile()}  # type: ignore[union-attr]
    for row in rows:
        yield row, found[row["id"]].decode("utf-8", "replace")


def scorer(folder: Path) -> Any:
    """Load the public measure."""
    spec = importlib.util.spec_from_file_location("score_bodies", folder / "score_bodies.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Arms:
    """Every way to clean a page that is compared."""

    def __init__(self) -> None:
        """Make the cleaners ready."""
        self.cleaner = Cleaner()
        self._no_css = opening.Opener()

    def alone(self, page: str, url: str) -> str:
        """Extract with trafilatura and nothing else."""
        import trafilatura

        return trafilatura.extract(page, url=url, include_comments=False) or ""

    def all_on(self, page: str, url: str) -> str:
        """Clean as `cleaner clean` does."""
        return self.cleaner.clean_page(page, url).text

    def lines_only(self, page: str, url: str) -> str:
        """Clean what trafilatura gives as plain text, knowing the address alone."""
        return self.cleaner.clean(self.alone(page, url), url).text

    def without_css(self, page: str, url: str) -> str:
        """Open the page without css rules."""
        return self.cleaner.clean_document(self._no_css.open(Document("", url=url, page=page))).text

    def without_marks(self, page: str, url: str) -> str:
        """Forget the marks before the lines are cleaned."""
        document = self.cleaner.open(Document("", url=url, page=page))
        return self.cleaner.clean_document(replace(document, marks=None)).text

    def without_title(self, page: str, url: str) -> str:
        """Forget the headline before the lines are cleaned."""
        document = self.cleaner.open(Document("", url=url, page=page))
        return self.cleaner.clean_document(replace(document, title=None)).text

    def opened_only(self, page: str, url: str) -> str:
        """Open the page and clean no lines."""
        return self.cleaner.open(Document("", url=url, page=page)).text

    def without(self, *kinds: str) -> Callable[[str, str], str]:
        """Give an arm in which some of what was lost does not come back."""

        def arm(page: str, url: str) -> str:
            full = opening.fill
            opening.fill = lambda texts, units, facts: full(texts, units, facts, ALL - set(kinds))
            try:
                return self.all_on(page, url)
            finally:
                opening.fill = full

        return arm

    def thorough(self, page: str, url: str) -> str:
        """Ask all of trafilatura's ways on every page."""
        ample = extraction.AMPLE
        extraction.AMPLE = float("inf")
        try:
            return self.all_on(page, url)
        finally:
            extraction.AMPLE = ample

    def fast_only(self, page: str, url: str) -> str:
        """Ask trafilatura's fast way alone."""
        ample = extraction.AMPLE
        extraction.AMPLE = 0.0
        try:
            return self.all_on(page, url)
        finally:
            extraction.AMPLE = ample

    def focused(self, **how: bool) -> Callable[[str, str], str]:
        """Give an arm in which trafilatura runs otherwise."""

        def arm(page: str, url: str) -> str:
            import trafilatura

            full = trafilatura.bare_extraction
            trafilatura.bare_extraction = lambda tree, **rest: full(tree, **{**rest, **how})
            try:
                return self.all_on(page, url)
            finally:
                trafilatura.bare_extraction = full

        return arm


def table(arms: dict[str, Callable[[str, str], str]], folder: Path, every: int) -> str:
    """Score every arm; F1, precision, recall and the share of exact articles."""
    score = scorer(folder)
    rows = list(pages(folder, every))
    lines = [
        "| | pages | F1 | precision | recall | exact | zyte: F1 | exact |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, arm in arms.items():
        found = [(row["source"], score.measure(row["gold"], arm(page, row["url"]))) for row, page in rows]
        every_one = score.summary([one for _, one in found]).split()
        zyte = score.summary([one for source, one in found if source == "zyte"]).split()
        lines.append(f"| {name} | {len(found)} | {' | '.join(every_one)} | {zyte[0]} | {zyte[3]} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return "\n".join(lines)


def speed(arms: Arms, folder: Path, every: int) -> str:
    """Measure both ways in one process, page by page in turn, in CPU time: the first time and once more."""
    rows = list(pages(folder, every))
    said = []
    for name in ("first time, rules are made ready", "once more"):
        spent = {"alone": 0.0, "all_on": 0.0}
        for number, (row, page) in enumerate(rows):
            for arm in spent:
                start = time.process_time()
                getattr(arms, arm)(page, row["url"])
                spent[arm] += (time.process_time() - start) * bool(number)  # the first page pays for imports
        alone, both = (1000 * spent[arm] / max(len(rows) - 1, 1) for arm in spent)
        said.append(
            f"{len(rows)} pages, {name}: CPU milliseconds a page: trafilatura alone {alone:.1f}, opened and "
            f"cleaned {both:.1f}; pages a second against trafilatura alone: {alone / both:.2f}"
        )
    return "\n".join(said)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quality", type=Path, required=True, metavar="DIR")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth page")
    parser.add_argument("--speed-only", action="store_true")
    given = parser.parse_args()
    arms = Arms()
    if not given.speed_only:
        every_arm: dict[str, Callable[[str, str], str]] = {
            "trafilatura alone": arms.alone,
            "its text, lines cleaned": arms.lines_only,
            "page opened, no lines cleaned": arms.opened_only,
            "**all**": arms.all_on,
            "without css rules": arms.without_css,
            "without marks": arms.without_marks,
            "without the title": arms.without_title,
            "without standfirsts": arms.without("lead"),
            "without subheadings": arms.without("heading"),
            "without `articleBody`": arms.without("body"),
            "without lost paragraphs": arms.without("paragraph"),
            "without all that came back": arms.without(*ALL),
            "trafilatura for recall": arms.focused(favor_recall=True),
            "trafilatura for precision": arms.focused(favor_precision=True),
            "trafilatura fast on every page": arms.fast_only,
            "all of trafilatura's ways on every page": arms.thorough,
        }
        print(table(every_arm, given.quality, given.every), end="\n\n")
    print(speed(arms, given.quality, given.every))


if __name__ == "__main__":
    main()
