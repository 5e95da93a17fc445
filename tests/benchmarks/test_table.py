"""The speed benchmark: its texts and rules are what they say, its table tells what is reached."""

from __future__ import annotations

import gzip
import json
import math
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

import speed  # noqa: E402
import speed_plot  # noqa: E402
import speed_rules  # noqa: E402
from speed_engine import Bench, floor  # noqa: E402
from speed_table import BEGIN, END, Row, as_data, exponent, from_data, markdown, put_between  # noqa: E402
from speed_texts import generated, read, stretched  # noqa: E402

from cleaner.clues import clues  # noqa: E402

TEXTS = generated(40)


def test_made_up_articles_are_the_same_every_time_and_look_like_articles() -> None:
    assert generated(40) == TEXTS
    assert generated(40, seed=1) != TEXTS
    assert 1_500 < sum(map(len, TEXTS)) / len(TEXTS) < 4_500
    assert 15 < sum(text.count("\n") + 1 for text in TEXTS) / len(TEXTS) < 40
    assert any("“" in text for text in TEXTS)


def test_texts_are_read_from_packed_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    rows = [{"text": f"Text {number}"} for number in range(9)] + [{"title": "no text"}]
    file.write_bytes(gzip.compress("\n\n".join(map(json.dumps, rows)).encode()))
    assert sorted(read(file, 100)) == [f"Text {number}" for number in range(9)]
    assert len(read(file, 4)) == 4


@pytest.mark.parametrize("size", [1, 1_000, 300_000])
@pytest.mark.parametrize("joint", ["\n", " "])
def test_a_text_is_stretched_to_its_size(size: int, joint: str) -> None:
    text = stretched(TEXTS, size, joint)
    assert len(text) == size
    assert joint == "\n" or "\n" not in text


def test_the_floor_gives_back_what_it_took() -> None:
    texts = [*TEXTS, "", "half \ud83d", "\xff"]
    assert floor(texts) == texts


def test_made_up_rules_are_selective_and_the_same_every_time() -> None:
    rules = list(speed_rules.made_up(300, TEXTS))
    assert [rule.id for rule in rules] == [rule.id for rule in speed_rules.made_up(300, TEXTS)]
    assert len({rule.id for rule in rules}) == 300
    assert all(clues(rule) is not None for rule in rules)
    assert len(speed_rules.patterns(rules)) == 300
    assert sum(cut == "line" for _, cut in speed_rules.FORMS) >= 70


def test_slices_are_of_one_size_and_apart() -> None:
    bench = Bench(TEXTS, runs=3, articles=5)
    assert [len(texts) for texts in (bench.warm, *bench.slices)] == [15, 5, 5, 5]
    assert len({text for texts in (bench.warm, *bench.slices) for text in texts}) == 30
    assert [len(texts) for texts in Bench(TEXTS, runs=1, articles=999).slices] == [10]


def test_the_table_says_what_is_reached() -> None:
    rows = [
        Row("a", "under", 5.9, "×", 6.0),
        Row("a", "over", 6.1, "×", 6.0),
        Row("a", "enough", 20.5, "×", 20.0, at_least=True),
        Row("a", "free", 1234.5, " µs"),
        Row("a", "missing", math.nan, note="not installed"),
    ]
    assert [row.reached for row in rows] == [True, False, True, None, None]
    lines = markdown(rows).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[3].split("|")[3:6] == ["    6.10× ", " ≤ 6.00× ", " **no**  "]
    assert "1,234 µs" in lines[5]
    assert " - " in lines[6]
    assert markdown(from_data(json.loads(json.dumps(as_data(rows))))) == markdown(rows)


def test_the_table_goes_into_its_place_of_a_page() -> None:
    page = f"Above.\n\n{BEGIN}\nold\n{END}\n\nBelow.\n"
    new = put_between(page, "| new |\n")
    assert "old" not in new
    assert put_between(new, "| new |\n") == new
    assert new.startswith("Above.")
    assert new.endswith("Below.\n")
    with pytest.raises(ValueError, match="no place"):
        put_between("nothing here", "| new |")


def test_the_exponent_is_the_slope() -> None:
    assert exponent([(10, 1), (100, 10), (1000, 100)]) == pytest.approx(1)
    assert exponent([(10, 1), (100, 100)]) == pytest.approx(2)


def test_the_picture_is_xml_and_leaves_out_what_was_not_measured() -> None:
    from xml.etree import ElementTree

    rules = [Row("rules", f"{more:,} rules more", 50.0 + more / 1000) for more in (0, 1_000, 10_000)]
    lengths = [
        Row("length", f"one {kind} of {size} KB", 20.0) for kind in ("document", "line") for size in (1, 10)
    ]
    both, one = speed_plot.svg([*rules, *lengths]), speed_plot.svg(rules)
    assert len(ElementTree.fromstring(both).findall("{*}polyline")) == 4
    assert len(ElementTree.fromstring(one).findall("{*}polyline")) == 1


def test_an_unknown_part_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        speed.main(["--only", "flor"])
    assert "no part is named 'flor'" in capsys.readouterr().err
