"""Bench -> Rows: the parts of the speed benchmark that measure the library; those about commands are in `speed_runs`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from statistics import median

from speed_engine import Bench, Engine, cpu
from speed_table import Row, exponent, middle_ratio
from speed_texts import stretched

MORE_RULES = (0, 1_000, 10_000, 50_000)
RULE_MARKS = {10_000: 1.4, 50_000: 2.0}
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
LONGEST_SECONDS = 60.0
"""A size ten times as large is not tried once one has taken longer than this."""
NAN = math.nan


def of_floor(bench: Bench) -> Iterator[Row]:
    """Compare with merely taking strings in and out."""
    ours, floors, cold = bench.measure()
    size = len(bench.slices[0])
    kilobytes = sum(len(text.encode("utf-8", "surrogatepass")) for text in bench.slices[0]) / size / 1000
    yield Row("floor", "encode, join, split, decode", median(floors) / size * 1e6, " µs", note="an article")
    note = f"an article of {kilobytes:.1f} KB, not seen before"
    yield Row("floor", "clean_texts", median(ours) / size * 1e6, " µs", note=note)
    yield Row("floor", "the first articles", cold * 1e6, " µs", note="nothing compiled yet")
    yield Row("floor", "clean_texts / floor", middle_ratio(ours, floors), "×", 6.0)


def of_ftfy(bench: Bench) -> Iterator[Row]:
    """Compare with `ftfy.fix_text` on the same articles."""
    import ftfy

    theirs = [cpu(lambda texts=texts: [ftfy.fix_text(text) for text in texts]) for texts in bench.slices]
    yield Row("ftfy", "ftfy.fix_text", median(theirs) / len(bench.slices[0]) * 1e6, " µs", note="an article")
    yield Row(
        "ftfy", "ftfy.fix_text / clean_texts", middle_ratio(theirs, bench.ours), "×", 20.0, at_least=True
    )


def of_naive(bench: Bench) -> Iterator[Row]:
    """Compare with one expression of `re` after the other."""
    texts = bench.slices[0][:5]
    with Engine(0, bench.texts) as engine:
        seconds, tried, every = engine.patterns_seconds(texts, 300)
    whole = seconds / len(texts) * every / tried * 1e6
    note = f"an article; scaled from {tried} of {every:,} patterns"
    yield Row("re", "a loop of re", whole, " µs", note=note)
    ours = median(bench.ours) / len(bench.slices[0]) * 1e6
    yield Row("re", "a loop of re / clean_texts", whole / ours, "×")


def of_c4(bench: Bench) -> Iterator[Row]:
    """Compare with the line filter of C4 as datatrove has it."""
    name = "C4 line filter of datatrove / clean_texts"
    try:
        from datatrove.data import Document
        from datatrove.pipeline.filters import C4QualityFilter
    except ImportError:
        yield Row("c4", name, NAN, note="datatrove is not installed")
        return
    kept = C4QualityFilter(
        min_num_sentences=-1
    )  # counting sentences needs a model, and is no filter of lines

    def run(texts: list[str]) -> None:
        for text in texts:
            kept.filter(Document(text=text, id=""))

    theirs = [cpu(lambda texts=texts: run(texts)) for texts in bench.slices]
    yield Row("c4", "C4 line filter of datatrove", median(theirs) / len(bench.slices[0]) * 1e6, " µs")
    yield Row("c4", name, middle_ratio(theirs, bench.ours), "×")


def of_rules(bench: Bench) -> Iterator[Row]:
    """Add rules and see what that costs; the cleaners take turns on every slice."""
    with ExitStack() as stack:
        engines = {more: stack.enter_context(Engine(more, bench.texts)) for more in MORE_RULES}
        seconds: dict[int, list[float]] = {more: [] for more in MORE_RULES}
        for engine in engines.values():
            engine.seconds(bench.warm)
        for texts in bench.slices:
            for more, engine in engines.items():
                seconds[more].append(engine.seconds(texts))
        built = {more: engine.built for more, engine in engines.items()}
    for more in MORE_RULES:
        micros = median(seconds[more]) / len(bench.slices[0]) * 1e6
        yield Row(
            "rules",
            f"{more:,} rules more",
            micros,
            " µs",
            note=f"an article; made ready in {built[more]:.1f} s",
        )
    for more in MORE_RULES[1:]:
        ratio = middle_ratio(seconds[more], seconds[0])
        yield Row("rules", f"{more:,} rules more / none", ratio, "×", RULE_MARKS.get(more))


def of_length(bench: Bench) -> Iterator[Row]:
    """Clean longer and longer documents, of many lines and of one.

    Texts of the same kind and sizes, made of the last third of the articles, come first: else the smallest
    size would pay for what is compiled once, and the growth would seem less than it is.
    """
    articles = bench.texts[len(bench.warm) :]
    behind = len(articles) * 2 // 3
    for kind, joint in (("document", "\n"), ("line", " ")):
        points: list[tuple[float, float]] = []
        with Engine(0, bench.texts) as engine:
            engine.seconds(bench.warm)
            for size in SIZES[:-1]:
                engine.seconds(_long_texts(articles[behind:], size, joint))
            for size in SIZES:
                texts = _long_texts(articles[:behind], size, joint)
                points.append((size, engine.seconds(texts) / len(texts)))
                name = f"one {kind} of {size // 1000:,} KB"
                yield Row("length", name, points[-1][1] / size * 1e6, " ms", note="for each KB")
                if points[-1][1] > LONGEST_SECONDS:
                    break
        last = f"{int(points[-1][0]) // 1000:,} KB"
        mark = 1.1 if points[-1][0] == SIZES[-1] else None
        note = "" if mark else f"stopped at {last}, which took {points[-1][1]:.0f} s"
        yield Row("length", f"exponent, {kind} of 1 KB to {last}", exponent(points), "", mark, note=note)


def _long_texts(articles: Sequence[str], size: int, joint: str) -> list[str]:
    """Give some texts of a size, as many as make 100 KB together but at most 30, each from other articles on."""
    copies = max(1, min(30, 100_000 // size))
    return [stretched(articles[turn * 7 :] or articles, size, joint) for turn in range(copies)]


PARTS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "floor": of_floor,
    "ftfy": of_ftfy,
    "re": of_naive,
    "c4": of_c4,
    "rules": of_rules,
    "length": of_length,
}
