"""The cache of rules: what comes out of it is what went in, and nothing that is wrong with it does harm."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from cleaner import rulecache, rulefile, rulestore
from cleaner.pipeline import Cleaner
from cleaner.rulemodel import RuleSet

RULES = """\
cleaner: 1
pack: lamps
lang: [en]
defs:
  share: [Copy link, "Share <num>", Friends]
rules:
  - id: more
    why: links to other articles
    drop: promo
    at: ["More lamps", "Read more: *", "\\u2018Lamps\\u2019 by <share> <date>"]
    after: [{made-of: share, max: 3}]
    hits: ["More lamps"]
  - id: code
    why: a code of the archive
    drop: debris
    at: {re: 'Lamp \\d{1,4}', not: {has: bulb}}
    hits: ["Lamp 77"]
"""
TEXT = "He left the house.\nMore lamps\nFriends\nShe stayed.\nLamp 77\nRead more: lamps\nLamp bulb"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, and none of the user's settings."""
    monkeypatch.delenv(rulecache.SWITCH, raising=False)
    monkeypatch.setattr(rulecache, "cache_folder", lambda: tmp_path / "cache" / "news-cleaner")
    return tmp_path / "cache" / "news-cleaner"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    file = tmp_path / "lamps.yaml"
    file.write_text(RULES, encoding="utf-8")
    return file


@pytest.fixture
def no_yaml(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often rules are read from YAML."""
    reads: list[int] = []
    load = rulefile.load
    monkeypatch.setattr(rulefile, "load", lambda paths: (reads.append(1), load(paths))[1])
    return reads


def without_examples(rules: RuleSet) -> RuleSet:
    packs = tuple(
        replace(one, rules=tuple(replace(rule, examples=()) for rule in one.rules)) for one in rules.packs
    )
    return replace(rules, packs=packs, rules=tuple(replace(rule, examples=()) for rule in rules.rules))


def shape(value: object) -> str:
    """Everything about a value, patterns too, as a text."""
    return re.sub("_Stored(Texts|Items|Rule)", r"\1", repr(value))


def test_second_start_reads_no_yaml_and_cleans_alike(folder: Path, pack: Path, no_yaml: list[int]) -> None:
    cold, warm = rulecache.load([pack]), rulecache.load([pack])
    assert len(no_yaml) == 1
    assert cold.digest == warm.digest
    assert Cleaner(cold).clean(TEXT) == Cleaner(warm).clean(TEXT)
    assert "More lamps" not in Cleaner(warm).clean(TEXT).text


def test_every_shipped_rule_survives() -> None:
    cold = rulefile.load_shipped()
    warm = rulestore.unpack(rulestore.pack(cold))
    plain = without_examples(cold)
    for before, after in zip(plain.rules, warm.rules, strict=True):
        assert shape(before.clues) == shape(after.clues) or before.clues == after.clues, before.id
        assert expressionless(shape(before)) == expressionless(shape(after)), before.id
    assert [one.name for one in plain.packs] == [one.name for one in warm.packs]
    assert warm.digest == cold.digest
    assert rulestore.pack(warm) == rulestore.pack(cold)


def expressionless(text: str) -> str:
    """Leave out the addresses of objects in memory, and the order of sets, which is chance."""
    text = re.sub(r"frozenset\(\{([^{}]*)\}\)", lambda found: str(sorted(found[1].split(", "))), text)
    return re.sub(r" object at 0x[0-9a-f]+", "", text)


def test_shipped_rules_clean_the_cases_alike() -> None:
    cold = rulefile.load_shipped()
    one, other = Cleaner(cold), Cleaner(rulestore.unpack(rulestore.pack(cold)))
    root = Path(__file__).parents[1]
    for file in sorted([*root.glob("seeds/*.txt"), *root.glob("fixtures/**/input.txt")]):
        text = file.read_text(encoding="utf-8", errors="replace")
        assert one.clean(text) == other.clean(text), file


@pytest.mark.parametrize("change", ["truncated", "flipped", "empty", "other-version", "no-json", "other-key"])
def test_damage_is_found_and_mended(change: str, folder: Path, pack: Path, no_yaml: list[int]) -> None:
    before = rulecache.load([pack])
    (file,) = folder.iterdir()
    data = file.read_bytes()
    flipped = data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]
    other_key = rulecache._head("0" * 64, data.split(b"\n", 1)[1]) + data.split(b"\n", 1)[1]
    file.write_bytes(
        {
            "truncated": data[: len(data) // 2],
            "flipped": flipped,
            "empty": b"",
            "other-version": data.replace(b"rules 2", b"rules 0"),
            "no-json": b"\x80\x04pickle",
            "other-key": other_key,
        }[change]
    )
    assert rulecache.load([pack]).digest == before.digest
    assert len(no_yaml) == 2
    assert file.read_bytes() == data


@pytest.mark.parametrize(
    "break_it",
    [
        lambda front: front["packs"][0]["rules"][0].update(label=3),
        lambda front: front["packs"][0]["rules"][0].update(nonsense="x"),
        lambda front: front["packs"][0]["rules"][0].update(why="x"),
        lambda front: front["packs"][0]["rules"][0].pop("id"),
        lambda front: front["packs"].pop(),
        lambda front: front["sizes"].append(1),
        lambda front: front["sizes"].pop(),
        lambda front: front.pop("digest"),
        lambda front: front["packs"][0].update(langs=[1]),
    ],
)
def test_a_front_of_the_wrong_type_is_not_trusted(break_it, folder, pack, no_yaml) -> None:  # type: ignore[no-untyped-def]
    before = rulecache.load([pack])
    key = rulecache.key_of([pack])
    (file,) = folder.iterdir()
    data = file.read_bytes().split(b"\n", 1)[1]
    end = 8 + int.from_bytes(data[:8])
    front = orjson.loads(data[8:end])
    break_it(front)
    forged = orjson.dumps(front)
    forged = len(forged).to_bytes(8) + forged + data[end:]
    file.write_bytes(rulecache._head(str(key), forged) + forged)
    assert rulecache.load([pack]).digest == before.digest
    assert len(no_yaml) == 2


def test_a_rule_from_the_cache_is_a_rule(folder: Path, pack: Path) -> None:
    cold, warm = rulecache.load([pack]).rules[0], rulecache.load([pack]).rules[0]
    assert (warm.why, warm.where, warm.cut, warm.examples) == (cold.why, cold.where, cold.cut, ())
    assert replace(warm, action="keep").action == "keep"
    assert replace(warm, risk="bold") == replace(replace(warm, why="x"), why=warm.why, risk="bold")
    with pytest.raises(AttributeError, match="colour"):
        warm.colour  # type: ignore[attr-defined]  # noqa: B018


def test_a_changed_rule_file_is_read_again(folder: Path, pack: Path, no_yaml: list[int]) -> None:
    first = rulecache.load([pack])
    times = pack.stat().st_mtime_ns
    pack.write_text(RULES.replace("Lamp 77", "Lamp 78").replace("More", "Mere"), encoding="utf-8")
    os.utime(pack, ns=(times, times))
    assert rulecache.load([pack]).digest != first.digest
    assert len(no_yaml) == 2


def test_a_mistake_in_a_rule_is_told_and_not_kept(folder: Path, pack: Path) -> None:
    pack.write_text(RULES.replace("drop: promo", "drop: nonsense"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(rulefile.RuleErrors):
            rulecache.load([pack])
    assert not folder.exists()
    with pytest.raises(rulefile.RuleErrors):
        rulecache.load([pack, pack.parent / "missing.yaml"])


def test_few_files_are_kept(folder: Path, pack: Path) -> None:
    for number in range(rulecache.MOST_FILES + 3):
        pack.write_text(RULES.replace("More lamps", f"More lamps {number}"), encoding="utf-8")
        rulecache.load([pack])
    assert len(list(folder.iterdir())) == rulecache.MOST_FILES
    (folder / "mine.txt").write_text("stays")
    pack.write_text(RULES, encoding="utf-8")
    rulecache.load([pack])
    assert (folder / "mine.txt").exists()


def test_a_folder_that_cannot_be_written_is_no_error(folder: Path, pack: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file stands where the folder should")
    assert rulecache.load([pack]).rules


def test_where_the_cache_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv(rulecache.SWITCH, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert rulecache.cache_folder() == tmp_path / ".cache" / "news-cleaner"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert rulecache.cache_folder() == tmp_path / "x" / "news-cleaner"
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert rulecache.cache_folder() == tmp_path / "Library/Caches/news-cleaner"
    monkeypatch.setenv(rulecache.SWITCH, "off")
    assert rulecache.cache_folder() is None


def test_a_warm_command_loads_no_yaml(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    program = "import sys; from cleaner.__main__ import main\ntry: main()\nexcept SystemExit: pass\n"
    program += "print('yaml' in sys.modules, file=sys.stderr)"
    command = [
        sys.executable,
        "-c",
        program,
        "clean",
        "a.txt",
        "--no-shipped-rules",
        "--rules",
        str(pack),
        "-q",
    ]
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(tmp_path / "c"),
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    environment.pop(rulecache.SWITCH, None)
    runs = [
        subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert [run.stderr.strip() for run in runs] == ["True", "False"]
    assert runs[0].stdout == runs[1].stdout != TEXT
