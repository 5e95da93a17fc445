"""Labelled articles and corpora -> docs/quality.md: how much boilerplate goes, and what it costs.

    python benchmarks/quality.py --quality DIR --corpora DIR [--no-html]

The data is publishers' text and no part of the project. Without it the script names what is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import harm  # noqa: E402
import measure  # noqa: E402
import tables  # noqa: E402

from cleaner import __version__  # noqa: E402
from cleaner.pipeline import Cleaner  # noqa: E402

QUALITY = (
    "score_lines.py",
    "score_bodies.py",
    "dev.jsonl",
    "embeds_dev.jsonl",
    "outputs_dev.jsonl.xz",
    "outputs_dev_gold.json",
)
CORPORA = ("clean_dev.jsonl.gz", "mixed_dev.jsonl.gz", "sites_dev.jsonl.gz")
PAGES = ("pages_dev.jsonl", "pages_dev.tar.xz")

MARKS_WORDS = """129 labelled articles of as many sites. Rules were written from the wrong lines of the
even half; those of the odd half were left unread, so that it shows what travels to other sites."""

TEXT_WORDS = """Marks: behind trafilatura at least .450 exact and F1 .970, behind all of them at least F1
.870; harmed at most 3 %. `harmed` counts the articles that lose more than 1 % of the hand-made body.
Those bodies keep posts, credits, copyright lines and affiliate notices, which the default settings drop
on purpose: such an article counts as harmed, and cannot be exact."""

HARM_WORDS = """Articles harmed, by the label under which most of their loss went, and the same articles cleaned
with these labels kept: what is harmed then was a mistake."""

CLEAN_WORDS = """The mark is 0.02 % of the characters. `title` is shown apart: many articles of this
corpus begin with their headline, and where the record's URL says the same words it goes, as the policy
asks."""

MIXED_WORDS = """Local press of many countries, and the verdicts on removals judged by reading them with what
stands around them (`benchmarks/judged.tsv`, by document and line; in the first table those of this corpus
alone)."""

ROUNDS_WORDS = """All rounds of reading. A verdict speaks of the rules of its day and stays as it was given; rules
behind a wrong removal were mended after it, with others of their kind. Rounds drawn by chance say what share
of the removals is right; rounds of one removal a rule weigh a rule that fires once as much as one that always
does, and were drawn to find wrong rules."""


def missing(quality: Path | None, corpora: Path | None, pages: bool) -> list[str]:
    """Name every file that is wanted and not there."""
    wanted = [(quality, name) for name in (*QUALITY, *(PAGES if pages else ()))]
    wanted += [(corpora, name) for name in CORPORA]
    return [name for folder, name in wanted if folder is None or not (folder / name).is_file()]


def report(quality: Path, corpora: Path, pages: bool) -> str:
    """Measure everything and write the report."""
    cleaner = Cleaner()
    every, even, odd = (measure.lines(quality, "dev.jsonl", half) for half in (None, "even", "odd"))
    embeds = measure.lines(quality, "embeds_dev.jsonl")
    clean, mixed, sites = (corpora / name for name in CORPORA)
    parts = [
        _head(cleaner),
        f"## The marks\n\n{MARKS_WORDS}",
        tables.marks(every, even, odd) + "\n\n" + tables.travels(even, odd),
        "60 articles that hold flattened posts or promo lines:\n\n" + tables.embed_marks(embeds),
        "## By label\n\nLines removed of lines that should go.\n\n" + tables.labels(even, odd, embeds),
        f"## Behind extractors\n\n{TEXT_WORDS}\n\n" + tables.extractors(measure.bodies(quality, "text")),
        f"### Whose fault\n\n{HARM_WORDS}\n\n" + harm.report(quality),
        *(["## Whole pages\n\n" + tables.pages(measure.bodies(quality, "html"))] if pages else []),
        _clean(clean, cleaner),
        _mixed(mixed, cleaner),
        "## Many articles of few sites",
        tables.corpora({"200 English sites": measure.corpus(sites, cleaner)}),
        "## What resists\n\n" + (HERE / "resists.md").read_text(encoding="utf-8").strip(),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _head(cleaner: Cleaner) -> str:
    return f"""# Quality

Measured on {date.today().isoformat()} with news-cleaner {__version__}, default settings,
{len(cleaner.active)} active rules.
This page is made by `benchmarks/quality.py`; the data it reads is publishers' text and no part of the
project.

A junk line counts as removed where less than 30 % of it survives, a body line as lost where less than 70 %
does. An article is exact when every line, and every cut inside a line, is right; it is harmed when it loses a
body line."""


def _clean(file: Path, cleaner: Cleaner) -> str:
    total = measure.corpus(file, cleaner)
    by_label = measure.removed_by_label(total, cleaner)
    rows = [
        [f"`{name}`", f"{count:,}", tables.percent(count / total.characters)]
        for name, count in by_label.items()
    ]
    return "\n\n".join(
        [
            f"## Text that is clean already\n\n{CLEAN_WORDS}",
            tables.corpora({"Spanish and Portuguese articles": total}),
            tables.table(("label", "characters", "share"), rows),
        ]
    )


def _mixed(file: Path, cleaner: Cleaner) -> str:
    found = tables.mixed(measure.by_language(file, cleaner), HERE / "judged.tsv")
    read = tables.rounds(HERE / "judged.tsv")
    return f"## Articles of many countries\n\n{MIXED_WORDS}\n\n{found}\n\n{ROUNDS_WORDS}\n\n{read}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the report; without data say what is missing."""
    parser = argparse.ArgumentParser(description="Measure the cleaner and write docs/quality.md.")
    parser.add_argument("--quality", type=Path, help="folder of labelled articles and their scorers")
    parser.add_argument("--corpora", type=Path, help="folder of unlabelled corpora")
    parser.add_argument("--no-html", action="store_true", help="leave out the whole pages, which take long")
    parser.add_argument("--out", type=Path, default=HERE.parent / "docs" / "quality.md")
    options = parser.parse_args(arguments)
    gone = missing(options.quality, options.corpora, not options.no_html)
    if gone:
        print(f"Nothing was measured: there is no data. Missing: {', '.join(gone)}.")
        return 0
    options.out.write_text(report(options.quality, options.corpora, not options.no_html), encoding="utf-8")
    print(f"{options.out} is written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
