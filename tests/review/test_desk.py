"""The desk: single keys and names decide, decisions are kept, and what is accepted stands in its pack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.mine import Candidate, Context, Counts, write
from cleaner.rulefile import load
from tests.cli.conftest import cleaner  # noqa: F401  # the run of a command
from tests.cli.runs import SMALL, Run

BODY = "He said that nobody could foresee the storm, and that the boats would have to stay in port."


PACK = """\
# mine
cleaner: 1
pack: oar
site: {hosts: [oar.example]}
rules:
  - {id: a, why: A., drop: ad, at: Advert, hits: [Advert], misses: [Advert here]}
  - id: b
    why: B.
    drop: ad
    at: Ad
    hits: [Ad]
    misses: [Ad here]
"""


def candidate(host: str, name: str, text: str, doubt: str = "") -> Candidate:
    return Candidate(
        host=host,
        id=name,
        kind="line",
        label="promo",
        why="In 9 of 10 articles.",
        at=(text,),
        counts=Counts(10, 9, 9, 0, 1),
        hits=(text,),
        misses=(f"He said: {text}, and left.",),
        contexts=(Context(f"{host}-1", 3, (BODY,), f"{text}\x1b[2J", ()),),
        evidence=("closes 9 of 9",),
        doubt=doubt,
        source="corpus: 9 of 10 articles",
        since="2024-05-01",
    )


@pytest.fixture
def mined(tmp_path: Path) -> Path:
    rows = [
        candidate("gull.example", "tides", "Tides of the week", "prose stands around it"),
        candidate("oar.example", "bells", "Ring the bells"),
        candidate("oar.example", "tides", "Tides of the week"),
    ]
    write(rows, tmp_path / "mined")
    return tmp_path / "mined"


@pytest.fixture
def desk(cleaner: Run, mined: Path, tmp_path: Path) -> Run:  # noqa: F811
    def run(*args: object, keys: str = "") -> object:
        into = ("--into", tmp_path / "packs")
        return cleaner("mine", *args, "-o", mined, *into, *SMALL, data=keys.encode())

    return run


def ids(folder: Path) -> list[str]:
    return [rule.id for rule in load([folder]).rules] if any(folder.glob("*.yaml")) else []


def test_keys_decide_and_nothing_is_asked_twice(desk: Run, tmp_path: Path) -> None:
    ran = desk("--interactive", keys="a?x q")
    out = ran.out.decode()
    assert ran.code == 0
    assert ids(tmp_path / "packs") == ["gull-example.tides"]
    assert "--- 1 of 3 ---" in out
    assert "doubtful: prose stands around it" in out
    assert out.count("--- 2 of 3 ---") == 1
    assert "\x1b" not in out
    assert "  - Tides of the week\\x1b[2J" in out
    assert ran.err == "1 accepted, 1 rejected; 1 candidates are left\n"
    again = desk("--interactive", keys="x")
    assert "--- 1 of 1 ---" in again.out.decode()
    assert again.err == "1 accepted, 2 rejected; 0 candidates are left\n"
    assert desk("--interactive").out == b""


def test_what_is_accepted_is_stable_with_its_examples(desk: Run, tmp_path: Path) -> None:
    desk("--interactive", keys="a")
    (rule,) = load([tmp_path / "packs"]).rules
    assert (rule.status, rule.risk, len(rule.examples)) == ("stable", "safe", 2)
    text = (tmp_path / "packs" / "gull.example.yaml").read_text("utf-8")
    assert "doubtful" not in text


def test_undo_takes_back_what_was_done(desk: Run, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "oar.example.yaml").write_text(PACK, "utf-8")
    before = (packs / "oar.example.yaml").read_bytes()
    ran = desk("--interactive", keys="u aauuuq")
    out = ran.out.decode()
    assert "there is nothing to undo" in out
    assert out.count("undone: oar.example:bells") == out.count("undone: gull.example:tides") == 1
    assert (packs / "oar.example.yaml").read_bytes() == before
    assert ids(packs) == ["oar.a", "oar.b"]
    assert ran.err == "no decision; 3 candidates are left\n"

    ran = desk("--interactive", keys=" a")
    assert ids(packs) == ["oar.a", "oar.b", "oar.bells"]


def test_a_rule_that_a_pack_cannot_take_is_told_and_asked_again(desk: Run, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "gull.example.yaml").write_text("cleaner: 1\npack: gull\nrules: {", "utf-8")
    ran = desk("--interactive", keys="ax")
    assert "gull.example.yaml" in ran.out.decode()
    assert ran.err == "1 rejected; 2 candidates are left\n"
    assert (packs / "gull.example.yaml").read_text("utf-8").endswith("rules: {")


def test_a_pack_that_changed_since_is_not_undone(desk: Run, tmp_path: Path) -> None:
    from cleaner.errors import UsageError
    from cleaner.mine import read
    from cleaner.review.decisions import Decisions
    from cleaner.review.desk import Desk

    one = next(read(tmp_path / "mined" / "candidates.jsonl"))
    desk_ = Desk(Decisions(tmp_path / "d.jsonl"), tmp_path / "packs")
    desk_.accept(one)
    pack = tmp_path / "packs" / "gull.example.yaml"
    pack.write_text(pack.read_text("utf-8") + "# more\n", "utf-8")
    with pytest.raises(UsageError, match="changed since"):
        desk_.undo()
    assert one.key in desk_.decisions


def test_names_decide(desk: Run, tmp_path: Path) -> None:
    ran = desk("--accept", "bells", "--reject", "gull.example:*")
    assert ran.code == 0
    assert ids(tmp_path / "packs") == ["oar-example.bells"]
    assert "1 accepted, 1 rejected; 1 candidates are left" in ran.err
    assert desk("--accept", "oar.example:*").code == 0
    assert ids(tmp_path / "packs") == ["oar-example.bells", "oar-example.tides"]


def test_a_corpus_says_what_today_leaves(desk: Run, tmp_path: Path) -> None:
    texts = [f"{BODY}\n{'Also read: ' * bool(number % 2)}Tides of the week" for number in range(4)]
    rows = [
        {"id": f"g{number}", "url": f"https://gull.example/{number}", "lang": "en", "text": text}
        for number, text in enumerate(texts)
    ]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    out = desk(tmp_path / "c.jsonl", "--interactive", keys="q").out.decode()
    assert "tried on 4 articles: it takes 2 lines in 2; today's rules leave some of it in 2 of 2" in out
    assert "left today: Tides of the week" in out


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--accept", "tides"], "say which, as HOST:ID"),
        (["--accept", "bell"], "no candidate is called `bell`; did you mean `bells`?"),
        (["--accept", "bells", "--reject", "oar.example:*"], "both accepted and rejected"),
        ([], "name the corpus"),
        (["--interactive", "--decisions", "bad.jsonl"], "bad.jsonl:1: this is no decision"),
    ],
)
def test_calls_that_cannot_be_used(
    desk: Run, tmp_path: Path, args: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.jsonl").write_text('{"key": 1}\n', "utf-8")
    ran = desk(*args)
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert not (tmp_path / "packs").exists()


def test_without_candidates_or_packs(cleaner: Run, mined: Path, tmp_path: Path) -> None:  # noqa: F811
    ran = cleaner("mine", "-o", tmp_path, "--interactive", "--into", tmp_path / "packs")
    assert (ran.code, "there are no candidates" in ran.err) == (2, True)
    ran = cleaner("mine", "-o", mined, "--accept", "bells", "--into", mined)
    assert (ran.code, "holds the candidates themselves" in ran.err) == (2, True)
    ran = cleaner("mine", "-o", mined, "--accept", "bells")
    assert (ran.code, "add --into PACKS" in ran.err) == (2, True)
    (mined / "candidates.jsonl").write_text('{"host": 3}\n', "utf-8")
    ran = cleaner("mine", "-o", mined, "--reject", "bells")
    assert (ran.code, "mine again" in ran.err) == (2, True)
