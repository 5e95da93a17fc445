"""`cleaner new`: from lines that a person points at to rules that hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.examples import check_rule
from cleaner.lint import advise
from cleaner.rulefile import load, load_texts
from tests.cli.runs import SMALL, Run

ARTICLE = """\
The council met on Monday and spoke for two hours about the old bridge over the river.
It will meet again in the autumn, when the plans for the harbour are drawn up and shown.

Advert {number}
He said that nobody could foresee the storm, and that the boats would have to stay in port.
The captain agreed and walked home along the quay in the rain with his dog.
Tides of the week:
Ten bridges that {fell}
What the harbour master saw
Copyright © 20{number} The Aldmouth Oar, LLC. All rights reserved.
"""
HOST = "aldmouthoar.example"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [
        {"id": f"a{number}", "url": f"https://www.{HOST}/{number}", "lang": "en"}
        | {"text": ARTICLE.format(number=number, fell=fell)}
        for number, fell in ((19, "fell"), (20, "stand"), (21, "shine"))
    ]
    rows.append({"id": "b", "url": "https://other.example/", "text": "Advert 12\nHe left.", "lang": "en"})
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join([*map(json.dumps, rows), "{"]), "utf-8")
    return path


@pytest.mark.parametrize("lines", ["4", "7-9", "8", "10", "1", "1-10"])
def test_every_proposal_holds_as_written(cleaner: Run, corpus: Path, lines: str) -> None:
    ran = cleaner("new", f"{corpus}:2:{lines}", *SMALL, "--json")
    found = json.loads(ran.out)
    assert ran.code == 0
    assert "the line is not valid JSON" in ran.err
    assert 2 <= len(found["proposals"]) <= 5
    assert len({one["text"] for one in found["proposals"]}) == len(found["proposals"])
    for one in found["proposals"]:
        rules = load_texts([(one["path"], one["text"])])
        assert not advise(rules, rules.rules[0].since or 0)  # type: ignore[arg-type]
        assert not [finding for finding in check_rule(rules.rules[0]) if finding.fails]
        assert rules.rules[0].status == "trial"
        assert "shows:" in one["text"]
        assert one["corpus"]["articles"] >= 1


def test_proposals_go_from_narrow_to_broad(cleaner: Run, corpus: Path) -> None:
    found = json.loads(cleaner("new", f"{corpus}:2:10", *SMALL, "--label", "legal", "--json").out)
    rows = [(one["reach"], one["corpus"]["articles"]) for one in found["proposals"]]
    assert rows == [
        (f"this line on {HOST}", 1),
        (f"its template on {HOST}", 3),
        (f"what begins so on {HOST}", 3),
        (f"its template on {HOST}, at any place", 3),
        ("its family on any site", 3),
    ]
    texts = [one["text"] for one in found["proposals"]]
    assert "    at: Copyright © <year> The Aldmouth Oar, LLC. All rights reserved.\n" in texts[1]
    assert "    at: Copyright © <year> <name>, LLC. All rights reserved.\n" in texts[4]
    assert "in 3 of 3 articles." in texts[1]
    assert "in 3 of 4 articles." in texts[4]


def test_a_corpus_shows_what_varies(cleaner: Run, corpus: Path) -> None:
    rows = [json.loads(row) for row in corpus.read_text("utf-8").split("\n")[:3]]
    for row, word in zip(rows, ("noon", "dusk", "dawn"), strict=True):
        row["text"] = row["text"].replace("Advert ", f"Tides at {word} for the west pier\nAdvert ")
    corpus.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    found = json.loads(cleaner("new", f"{corpus}:2:4", *SMALL, "--json").out)["proposals"]
    (like,) = (one for one in found if one["kind"] == "like")
    assert "text: Tides at * for the west pier, words: " in like["text"]
    assert like["corpus"]["articles"] == 3


def test_a_block_grows_from_the_line_that_recurs(cleaner: Run, corpus: Path) -> None:
    found = json.loads(cleaner("new", f"{corpus}:2:7-9", *SMALL, "--json").out)
    assert "    at: 'Tides of the week:'\n" in found["proposals"][1]["text"]
    assert "    after: [{like: headline, min: 1, max: 2}]\n" in found["proposals"][1]["text"]
    assert [one["corpus"]["articles"] for one in found["proposals"]][:2] == [1, 3]


def test_the_chosen_one_goes_into_a_pack(cleaner: Run, corpus: Path, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    for number in (2, 1):
        ran = cleaner("new", f"{corpus}:2:10", *SMALL, "--choose", number, "--write", packs)
        assert ran.code == 0, ran.err
    rules = load([packs]).rules
    assert [rule.id.rpartition(".")[2] for rule in rules] == [
        "copyright-the-aldmouth-oar-llc",
        "copyright-the-aldmouth-oar-llc-2",
    ]
    assert [path.name for path in packs.iterdir()] == [f"{HOST}.yaml"]
    assert cleaner("test", packs).code == cleaner("lint", packs).code == 0


def test_golden_cases_that_change_are_named(cleaner: Run, corpus: Path, tmp_path: Path) -> None:
    for name, text in (("hit", "He left.\nAdvert 7\nShe stayed.\n"), ("miss", "He left the Advert 7.\n")):
        (tmp_path / "cases" / name).mkdir(parents=True)
        (tmp_path / "cases" / name / "input.txt").write_text(text, "utf-8")
        (tmp_path / "cases" / name / "case.yaml").write_text("shipped: no\nlang: en\n", "utf-8")
    args = ("new", f"{corpus}:2:4", *SMALL, "--cases", tmp_path / "cases", "--json")
    found = json.loads(cleaner(*args).out)["proposals"]
    touched = {one["reach"]: one["golden"] for one in found}
    assert touched["its family on any site"] == [(tmp_path / "cases" / "hit").as_posix()]
    assert touched[f"this line on {HOST}"] == []


def test_the_folder_of_a_case_and_a_site_that_is_said(cleaner: Run, tmp_path: Path) -> None:
    (tmp_path / "input.txt").write_text(ARTICLE.format(number=22, fell="fell"), "utf-8")
    out = cleaner("new", f"{tmp_path}:4", *SMALL, "--site", f"www.{HOST}").out.decode()
    assert f"# --- 1 of 5: this line on {HOST}" in out
    plain = cleaner("new", f"{tmp_path}:4", *SMALL, "--choose", 1).out.decode()
    assert "site:" not in plain
    assert load_texts([("p.yaml", plain)])


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["in.txt"], "add the lines that are furniture"),
        (["in.txt:0"], "lines are counted from 1"),
        (["in.txt:9-4"], "the smaller number first"),
        (["in.txt:3"], "these lines are blank"),
        (["in.txt:99"], "the text has 10 lines"),
        (["gone.txt:1"], "there is no such file"),
        ([".:1"], "is a folder; give one file"),
        (["in.txt:4", "--corpus", "gone"], "there is no such file"),
        (["in.txt:4", "--cases", "gone"], "is no folder"),
        (["in.txt:4", "--site", "not a host"], "is no host"),
        (["in.txt:4", "--choose", "9"], "there are 3 proposals"),
        (["in.txt:4", "--write", "x.yaml"], "add --choose N"),
    ],
)
def test_calls_that_cannot_be_used(
    cleaner: Run, tmp_path: Path, args: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.txt").write_text(ARTICLE.format(number=22, fell="fell"), "utf-8")
    (tmp_path / "deep").mkdir()
    ran = cleaner("new", *args, *SMALL)
    assert (ran.code, told in ran.err) == (2, True), ran.err


def test_lines_as_the_rules_see_them(cleaner: Run, tmp_path: Path) -> None:
    odd = "\x1b[31m* <Read more> \\ here\0 #x: 'y' * z"
    (tmp_path / "in.txt").write_text(f"{odd}\nHe said no.\n", "utf-8")
    found = json.loads(cleaner("new", f"{tmp_path / 'in.txt'}:1", "--site", HOST, *SMALL, "--json").out)
    assert len(found["proposals"]) == 5
    (hit, *_) = load_texts([(found["proposals"][0]["path"], found["proposals"][0]["text"])]).rules[0].examples
    assert hit.before == "* <Read more> \\ here #x: 'y' * z"
