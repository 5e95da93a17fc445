"""What holds of every text: nothing is lost, nothing is invented, twice is once, order means nothing."""

from __future__ import annotations

import random
import time

import engine_texts as texts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.model import Document, Options, apply
from cleaner.pipeline import Cleaner
from cleaner.rulemodel import RuleSet

FEW = settings(max_examples=60, deadline=None)


@FEW
@given(texts.articles())
def test_output_is_input_less_the_record(text: str) -> None:
    result = texts.cleaner().clean(text)
    assert apply(text, result.edits) == result.text
    assert result.restore() == text
    assert all(text[edit.start : edit.end] == edit.old for edit in result.edits)
    assert all(one.end <= two.start for one, two in zip(result.edits, result.edits[1:], strict=False))


@FEW
@given(texts.articles())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = texts.cleaner().clean(text).text
    assert texts.cleaner().clean(once).text == once


@FEW
@given(
    texts.articles(),
    st.sampled_from(["https://www.kyivpost.com/post/1", "https://example.org/a-b-c-d-e", None]),
)
def test_cleaning_twice_with_an_address_changes_nothing(text: str, url: str | None) -> None:
    once = texts.cleaner().clean(text, url=url, title="The Harbour Opens Again").text
    assert texts.cleaner().clean(once, url=url, title="The Harbour Opens Again").text == once


@FEW
@given(texts.articles())
def test_nothing_is_invented(text: str) -> None:
    for edit in texts.cleaner().clean(text).edits:
        if not edit.rule.startswith("fix."):
            assert edit.new == "" or edit.new.isspace() or edit.new in edit.old


@FEW
@given(st.text())
def test_any_text_goes_through(text: str) -> None:
    assert texts.cleaner().clean(text).restore() == text


def test_order_of_rules_means_nothing() -> None:
    rules = list(texts.shipped().rules)
    random.Random(7).shuffle(rules)
    shuffled = Cleaner(RuleSet((), tuple(rules), "shuffled"))
    rng = random.Random(11)
    for _ in range(25):
        pieces = rng.sample(texts.body_lines(), 6) + rng.sample(texts.junk_lines(), 6)
        rng.shuffle(pieces)
        text = "\n".join(pieces)
        assert shuffled.clean(text).edits == texts.cleaner().clean(text).edits


def test_removed_lines_are_the_boilerplate() -> None:
    """Of whole articles with boilerplate between the paragraphs no paragraph goes."""
    rng = random.Random(3)
    for lang in ("en", "de"):
        body = texts.paragraphs(lang)
        for _ in range(10):
            kept = rng.sample(body, 9)
            text = "\n\n".join([*kept[:5], "Advertisement" if lang == "en" else "Anzeige", *kept[5:]])
            assert texts.cleaner().clean(text, lang=lang).text == "\n\n".join(kept)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "(" * 200_000,
        "— " * 200_000,
        "\n" * 200_000,
        "read more: " * 50_000,
        "By A, " * 50_000,
    ],
    ids=["one letter", "brackets", "dashes", "line ends", "an anchor", "names"],
)
def test_pathological_lines_stay_fast(text: str) -> None:
    start = time.thread_time()
    result = Cleaner(texts.shipped(), options=Options(seconds=600)).clean(text)
    assert not result.failed
    assert time.thread_time() - start < 30


def test_time_is_linear_in_the_text() -> None:
    rng = random.Random(5)
    pieces = "\n".join(rng.choice(texts.body_lines()) for _ in range(150))

    def seconds(times: int) -> float:
        text = "\n".join(f"{number} {pieces}" for number in range(times))
        texts.cleaner().clean(text)
        start = time.thread_time()
        texts.cleaner().clean_document(Document(text))
        return time.thread_time() - start

    small, large = min(seconds(2) for _ in range(3)), min(seconds(16) for _ in range(2))
    assert large < small * 8 * 3


def test_replacements_without_an_end_leave_the_document_whole() -> None:
    from cleaner import rulefile

    rules = rulefile.load_texts(
        [
            (
                "grow.yaml",
                "cleaner: 1\npack: grow\nrules:\n"
                "  - {id: twice, why: It grows., fix: debris, swap: {'ab': 'aab'}, "
                "hits: [{before: 'ab', after: 'aab'}]}\n",
            )
        ]
    )
    result = Cleaner(rules).clean("Line one.\nSay ab now.")
    assert (result.failed, result.text) == (True, "Line one.\nSay ab now.")
    assert "swap" in result.notes[0].about
