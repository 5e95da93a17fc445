"""Corpora -> cleaner/data/ngrams.txt: how often short pieces of text stand in lines of scraped articles.

    python benchmarks/ngrams.py CORPUS... > cleaner/data/ngrams.txt

Of folded lines, each with a line break at both ends, all pieces of one to four characters are counted; those
that stand in at least one of 700 lines are written, a line a power of the square root of two, so the table
holds statistics and no text. `cleaner.rarity` reads it.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from cleaner.corpus import records
from cleaner.folding import fold
from cleaner.rarity import BREAK, LONGEST, PER_LINES, SEPARATOR, STEPS

_LEAST = 1 / 700


def count(texts: Iterable[str]) -> tuple[Counter[str], int]:
    """Count the pieces of all lines, and the lines."""
    pieces: Counter[str] = Counter()
    lines = 0
    for text in texts:
        folded = [fold(line) for line in text.splitlines() if line.strip()]
        lines += len(folded)
        whole = "\n" + "\n".join(folded) + "\n"
        for size in range(1, LONGEST + 1):
            pieces.update(whole[at : at + size] for at in range(len(whole) - size + 1))
    return pieces, lines


def rows(pieces: Counter[str], lines: int) -> Iterator[str]:
    """Give the lines of the table: a level, and the pieces on it."""
    levels: dict[int, list[str]] = {}
    for piece, number in pieces.items():
        if number >= _LEAST * lines and SEPARATOR not in piece and "\n\n" not in piece:
            level = round(STEPS * math.log2(number / lines * PER_LINES))
            levels.setdefault(level, []).append(piece.replace("\n", BREAK))
    for level in sorted(levels):
        yield f"{level}{SEPARATOR}{SEPARATOR.join(sorted(levels[level]))}"


def main(paths: list[str]) -> int:
    """Print the table of some corpora."""
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    texts = (record.document.text for path in paths for record in records(path))
    for row in rows(*count(texts)):
        print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
