"""Articles -> a table of speed: the cleaner against the floor, others, more rules, longer texts, its marks.

    python benchmarks/speed.py [articles.jsonl.gz] [--only floor,rules] [--page docs/performance.md]

Figures are CPU time and medians; ratios are of runs side by side. Without a file articles are made up.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import speed_machine  # noqa: E402
import speed_parts  # noqa: E402
import speed_plot  # noqa: E402
import speed_repairs  # noqa: E402
import speed_runs  # noqa: E402
from speed_engine import WARM, Bench  # noqa: E402
from speed_table import Row, as_data, from_data, markdown, put_between  # noqa: E402
from speed_texts import generated, read  # noqa: E402

STOCK = 11_000
"""So many articles are read; what the runs leave goes into long texts and files."""
MADE_UP = 3_000

PARTS = {**speed_parts.PARTS, "repairs": speed_repairs.of_repairs, **speed_runs.PARTS}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts that are asked for and print their rows; exit 1 where a mark is not reached and --strict."""
    given = _arguments(arguments)
    texts = read(given.data, STOCK) if given.data else generated(MADE_UP)
    if len(texts) < given.runs + WARM:
        sys.exit(f"{given.data}: {len(texts)} articles with a text are too few for {given.runs} runs")
    bench = Bench(texts, given.runs, given.articles, given.whole_memory)
    rows: list[Row] = []
    for name in given.only:
        print(f"{name} ...", file=sys.stderr, flush=True)
        for row in PARTS[name](bench):
            rows.append(row)
            print("   ", *filter(None, row.cells()[1:]), sep="  ", file=sys.stderr, flush=True)
    if given.json and given.json.exists():
        rows += [row for row in from_data(json.loads(given.json.read_bytes())) if row.part not in given.only]
        rows.sort(key=lambda row: list(PARTS).index(row.part))
    heading = speed_machine.sentence(given.data.name if given.data else "made-up articles", len(texts))
    table = f"{heading}\n\n{markdown(rows)}"
    print(table)
    _write(given, rows, table)
    return 1 if given.strict and any(row.reached is False for row in rows) else 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "data", nargs="?", type=Path, help="articles as JSON lines, packed or not; a 'text' each"
    )
    parser.add_argument("--only", type=_parts, default=list(PARTS), help=f"parts: {','.join(PARTS)}")
    parser.add_argument("--articles", type=int, default=150, help="how many articles a run is of")
    parser.add_argument("--runs", type=int, default=5, help="how many runs the medians are of")
    parser.add_argument("--whole-memory", action="store_true", help="measure memory with 1 GB in; takes long")
    parser.add_argument(
        "--json", type=Path, help="write the rows to this file; other parts that it holds stay"
    )
    parser.add_argument("--plot", type=Path, help="draw growth with rules and length into this SVG file")
    parser.add_argument("--page", type=Path, help="put the table into this page, between its two marks")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a mark is not reached")
    return parser.parse_args(arguments)


def _parts(listed: str) -> list[str]:
    names = listed.split(",")
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no part is named {unknown[0]!r}; there are {', '.join(PARTS)}")
    return names


def _write(given: argparse.Namespace, rows: list[Row], table: str) -> None:
    if given.json:
        given.json.write_text(
            json.dumps(as_data(rows), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    if given.plot:
        given.plot.write_text(speed_plot.svg(rows), encoding="utf-8")
    if given.page:
        page = put_between(given.page.read_text(encoding="utf-8"), table)
        given.page.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
