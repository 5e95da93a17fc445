"""A corpus in, candidates out: what is proposed, what is doubtful, what stays, and what is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cleaner import examples, lint, rulefile
from cleaner.errors import UsageError
from cleaner.mine import Candidate, Court, mine, read, write
from cleaner.model import Document, Options
from cleaner.pipeline import Cleaner
from tests.mine.articles import HOST, article, corpus, paragraph

ABOUT = ("oar", "2024-05-31")


@pytest.fixture(scope="module")
def court() -> Court:
    return Court()


@pytest.fixture(scope="module")
def candidates(court: Court) -> list[Candidate]:
    return list(mine(corpus, about=ABOUT, court=court))


def by_pattern(candidates: list[Candidate]) -> dict[str, Candidate]:
    return {one.at[0]: one for one in candidates}


def test_what_varies_becomes_a_slot(candidates: list[Candidate]) -> None:
    found = by_pattern(candidates)
    assert "Follow <name> on Twitter @<handle>" in found
    legal = found["Copyright © <year> The Aldmouth Oar. All rights reserved."]
    assert (legal.label, legal.counts.found, legal.counts.articles, legal.counts.closing) == (
        "legal",
        18,
        18,
        18,
    )
    assert legal.why == "It stands in 18 of 18 articles, 18 of them after the last paragraph."


def test_labels_come_from_the_general_packs(candidates: list[Candidate]) -> None:
    found = by_pattern(candidates)
    assert found["Advertisement"].label == "ad"
    assert found["Sign up for our weekly newsletter and never miss a tide."].label == "subscribe"
    assert any(one.startswith("rule ") for one in found["Advertisement"].evidence)


def test_a_sentence_glued_to_a_paragraph_is_cut(candidates: list[Candidate]) -> None:
    tail = by_pattern(candidates)["Follow him on Twitter at @jodoe."]
    assert (tail.kind, tail.cut, tail.label) == ("tail", "tail", "social")


@pytest.mark.parametrize("text", ["What happened next?", "TOM POE:", "ANN ROE:", "Correction: an earlier"])
def test_body_that_recurs_is_not_proposed(candidates: list[Candidate], text: str) -> None:
    assert not [one for one in candidates if one.at[0].startswith(text) and not one.doubt]


def test_a_refrain_at_the_end_is_doubtful(candidates: list[Candidate]) -> None:
    refrain = by_pattern(candidates)["It is what it is, and the river does not care for any of us."]
    assert refrain.doubt
    assert candidates.index(refrain) >= sum(not one.doubt for one in candidates)


def test_rule_files_pass_their_own_judges(candidates: list[Candidate], tmp_path: Path) -> None:
    paths = write(candidates, tmp_path)
    assert paths == [tmp_path / f"{HOST}.yaml"]
    rules = rulefile.load([tmp_path])
    assert len(rules.rules) == len(candidates)
    assert [one for one in examples.check(rules.rules) if one.fails] == []
    assert list(lint.advise(rules, date(2024, 6, 1))) == []
    assert {rule.status for rule in rules.rules} == {"trial"}
    assert list(read(tmp_path / "candidates.jsonl")) == candidates


def test_the_rules_clean_an_article_that_was_not_mined(candidates: list[Candidate], tmp_path: Path) -> None:
    write(candidates, tmp_path)
    cleaner = Cleaner(rulefile.load([tmp_path]), options=Options(trial=True))
    left = cleaner.clean_document(article(33)).text
    for text in ("Copyright", "Follow", "newsletter", "Advertisement", "@jodoe"):
        assert text not in left
    assert "It is what it is" in left
    assert paragraph(33, 3) in left


def test_the_same_corpus_gives_the_same_candidates(court: Court, candidates: list[Candidate]) -> None:
    assert list(mine(corpus, about=ABOUT, court=court)) == candidates


def test_lines_that_yaml_or_patterns_could_misread(court: Court, tmp_path: Path) -> None:
    odd = [
        "Follow us: *all* of <us> on Facebook 'today' # now",
        "Subscribe to our \\newsletter\u2028today",
        '- Sign up for our newsletter: it\'s {free} & "easy"',
        "\ufeffSign up for our \x07newsletter [today], friends",
    ]

    def corpus_of_odd() -> list[Document]:
        return [
            Document("\n".join([paragraph(one, at) for at in range(4)] + odd), url="https://odd.example/")
            for one in range(5)
        ]

    found = list(mine(corpus_of_odd, about=ABOUT, court=court))
    assert len(found) >= len(odd)
    write(found, tmp_path)
    rules = rulefile.load([tmp_path])
    assert [one for one in examples.check(rules.rules) if one.fails] == []


def test_a_rule_file_that_was_not_mined_is_not_written_over(
    candidates: list[Candidate], tmp_path: Path
) -> None:
    (tmp_path / f"{HOST}.yaml").write_text("cleaner: 1\n")
    with pytest.raises(UsageError, match="was not mined"):
        write(candidates, tmp_path)
    assert (tmp_path / f"{HOST}.yaml").read_text() == "cleaner: 1\n"


def test_a_second_run_takes_away_what_is_no_more(candidates: list[Candidate], tmp_path: Path) -> None:
    other = [replace(one, host="other.example") for one in candidates]
    write([*candidates, *other], tmp_path)
    write(candidates, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{HOST}.yaml", "candidates.jsonl"]
