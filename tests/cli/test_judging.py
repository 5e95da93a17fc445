"""The commands that judge rules: test, lint, golden, audit, plan."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.runs import Run, files_of

WRONG = """\
cleaner: 1
pack: p
defs:
  word: [Watch, Listen, WATCH]  # two of them are one
  unused: [Nothing]
rules:
  - id: also
    why: A pointer to another story
    drop: promo
    at: ['Also read: *', 'Also read: the *', '* Promo']
    hits: ['Also read: A', 'Also read B']
    misses: ['He said: also read: this.', 'No word of it.', 'A Promo']
    todo-misses: ['Also read this', 'Also read: that']
    shows:
      # what the card looks like
      - |
        | He left.
        | Also read: this
        - She stayed.
  - {id: call, why: A call., drop: promo, at: '<word> this', hits: [Watch this], misses: [He said watch this]}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "p.yaml"
    path.write_text(WRONG, "utf-8")
    return path


def test_test_tells_each_kind_with_its_address_and_picture(cleaner: Run, rules: Path) -> None:
    ran = cleaner("test", rules)
    out = ran.out.decode()
    assert ran.code == 1
    kinds = [line.split(": ")[1].split()[0] for line in out.split("\n") if line and not line.startswith(" ")]
    assert sorted(kinds) == ["idle", "missing", "noisy", "promote", "wrong"]
    assert f"{rules}:11:28: missing in rule p.also" in out
    assert "   | He left.\n   - Also read: this\n   | She stayed.\n" in out
    assert ran.err.splitlines()[-1].split() == ["all", "2", "10", "1", "1", "1", "1", "1", "1"]


def test_test_of_one_rule(cleaner: Run, rules: Path) -> None:
    assert cleaner("test", rules, "-k", "p.c*").code == 0
    assert cleaner("test", rules, "-k", "also").code == 1


def test_update_draws_pictures_anew_and_touches_nothing_else(cleaner: Run, rules: Path) -> None:
    cleaner("test", rules, "-U")
    assert rules.read_text("utf-8") == WRONG.replace(
        "        | Also read: this\n        - She stayed.\n",
        "        - Also read: this\n        | She stayed.\n",
    )
    assert "wrong" not in cleaner("test", rules).out.decode()


def test_lint_advises_and_mends_what_is_safe(cleaner: Run, rules: Path) -> None:
    ran = cleaner("lint", rules)
    codes = {line.split()[1] for line in ran.out.decode().split("\n") if line.startswith(str(rules))}
    assert ran.code == 1
    assert codes == {"A103", "A108", "A109", "A110"}

    assert cleaner("lint", rules, "--fix").code == 1
    wanted = (
        WRONG.replace(", WATCH]", "]")
        .replace("'Also read: the *', ", "")
        .replace("to another story\n", "to another story.\n")
    )
    assert rules.read_text("utf-8") == wanted
    assert cleaner("lint", rules, "--except", "A110").code == 0


def test_lint_of_a_file_with_mistakes_says_them_and_ends_with_2(cleaner: Run, rules: Path) -> None:
    rules.write_text(WRONG.replace("drop: promo", "drop: promos"), "utf-8")
    before = files_of(rules.parent)
    for args in (["lint"], ["lint", "--fix"], ["test"], ["plan"]):
        ran = cleaner(*args, rules)
        assert ran.code == 2
        assert f"{rules}:9:" in ran.err
    assert files_of(rules.parent) == before


def test_golden_check_and_accept(cleaner: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)  # nothing is accepted there
    case = tmp_path / "cases" / "one"
    case.mkdir(parents=True)
    (case / "input.txt").write_text("He left.\nRing the bell\n", "utf-8")
    (case / "case.yaml").write_text("shipped: no\nabout: A bell.\n", "utf-8")
    new = cleaner("golden", "check", tmp_path)
    assert (new.code, new.err) == (1, "0 same, 0 differs, 1 new\n")
    assert cleaner("golden", "accept", tmp_path).code == 0
    assert cleaner("golden", "check", tmp_path).code == 0
    (case / "expected.txt").write_text("He left.\n", "utf-8")
    differs = cleaner("golden", "check", tmp_path)
    assert differs.code == 1
    assert "   +Ring the bell" in differs.out.decode()
    assert cleaner("golden", "check", tmp_path / "gone").code == 2
    (tmp_path / "empty").mkdir()
    assert "a case is a folder" in cleaner("golden", "check", tmp_path / "empty").err


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    row = {"id": "a", "url": "https://www.example.com/x", "text": "He left.\nAlso read: Dogs\nShe stayed."}
    with gzip.open(folder / "some.jsonl.gz", "wb") as file:
        file.write(b"\n".join([json.dumps(row).encode(), b"{", json.dumps(row | {"id": "b"}).encode()]))
    (folder / "one.txt").write_text("He left.\nA fine Promo\n", "utf-8")
    (folder / "notes.md").write_text("Also read: no\n", "utf-8")
    return folder


def test_audit_counts_and_names_dead_rules(cleaner: Run, corpus: Path, rules: Path) -> None:
    ran = cleaner("audit", corpus, "--no-shipped-rules", "--rules", rules)
    lines = ran.out.decode().split("\n")
    assert lines[1].split() == ["p.also", "promo", "3", "3", "1", "42", "0%", "0%"]
    assert lines[3:5] == ["dead: 1", "  p.call"]
    assert ran.code == 3
    assert "some.jsonl.gz:2: the line is not valid JSON" in ran.err
    assert "3 documents, 3 changed; " in ran.err


def test_audit_as_json(cleaner: Run, corpus: Path, rules: Path) -> None:
    ran = cleaner("audit", corpus / "one.txt", "--json", "--no-shipped-rules", "--rules", rules)
    figures = json.loads(ran.out)
    assert (ran.code, figures["documents"], figures["dead"]) == (0, 1, ["p.call"])
    assert figures["rules"][0]["samples"] == ["A fine Promo"]


def test_audit_of_clean_text_fails_on_hits_that_are_not_known(
    cleaner: Run, corpus: Path, rules: Path, tmp_path: Path
) -> None:
    args = ("audit", corpus / "one.txt", "--clean", "--no-shipped-rules", "--rules", rules)
    ran = cleaner(*args)
    assert ran.code == 1
    assert ran.out.decode() == f"{corpus}/one.txt:2: p.also\tA fine Promo\n"
    known = tmp_path / "known.txt"
    known.write_text("# seen, and right\np.also\tA fine Promo\n", "utf-8")
    assert cleaner(*args, "--known", known).code == 0
    assert cleaner(*args, "--known", tmp_path / "gone").code == 2


def test_plan_names_how_rules_are_found_and_which_are_dear(cleaner: Run, rules: Path) -> None:
    ran = cleaner("plan", rules)
    rows = {line.split()[0]: line for line in ran.out.decode().splitlines()}
    assert "general drop" in rows["p.also"]
    assert "end ' promo'; start 'also read: '" in rows["p.also"]
    assert "exact 'watch this', 'listen this'" in rows["p.call"]
    rules.write_text(WRONG.replace("at: '<word> this'", "at: {like: short}, in: {first: 1}"), "utf-8")
    (_, dear) = cleaner("plan", rules, "--dear").out.decode().splitlines()
    assert (dear.split()[0], dear.split()[-1]) == ("p.call", "place")
    assert " 0..6 words, at most 200 characters " in dear
