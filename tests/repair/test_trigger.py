"""The triggers miss nothing: the short cut gives what the long way gives, and sees all that ftfy changes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml
from ftfy import bad_codecs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.model import Edit, apply
from cleaner.repair import REPAIRS, needs_ending, needs_repair, repair_end, repair_start
from cleaner.repair.encoding import _decoder
from cleaner.repair.run import ROUNDS
from cleaner.repair.table import AT_THE_END
from cleaner.repair.trigger import Triggers
from cleaner.spans import compose
from tests.repair.test_properties import PIECES

bad_codecs.ok()
DATA = yaml.safe_load(Path(__file__).with_name("broken.yaml").read_text(encoding="utf-8"))
BEFORE = [one for one in REPAIRS.values() if one.on and one.name not in AT_THE_END]
TRIGGERS = Triggers({one.name: one.trigger for one in BEFORE})

letters = st.sampled_from("".join(DATA["sentences"]) + "\x80\x9d\xa0ÂÃâ€œ”“’‘™ðŸ�?¡²°√Ð× \n")
wrong = st.sampled_from([chain for chain in DATA["chains"] if len(chain) == 1]).map(lambda chain: chain[0])
nasty = st.lists(st.sampled_from(PIECES) | letters, max_size=24).map("".join)
any_text = st.text(st.characters(exclude_categories=[]), max_size=30)
characters = letters | st.characters(exclude_categories=["Cs"])
garbled = st.builds(lambda text, encoding: broken(text, [encoding]), st.text(characters, max_size=12), wrong)
texts = nasty | any_text | garbled


def broken(text: str, chain: list[str]) -> str:
    """Write a text as UTF-8 and read it in a wrong encoding, once for each."""
    for encoding in chain:
        text = text.encode("utf-8").decode(encoding, "replace")
    return text


def the_long_way(text: str) -> tuple[str, tuple[Edit, ...]]:
    """Run every repair in every round, whatever the text holds."""
    now, edits = text, ()
    for _ in range(ROUNDS):
        before = now
        for one in BEFORE:
            changes = one.find(now)
            rule = f"fix.{one.name}"
            step = tuple(Edit(low, high, now[low:high], new, rule, "debris") for low, high, new in changes)
            now, edits = apply(now, step), compose(edits, step, text)
        if now == before:
            return now, edits
    raise AssertionError("it does not settle")


@settings(max_examples=400, deadline=None)
@given(texts)
@example("&am&am&amp;p;p;lt;b&gt;")
@example("Ã\ud83d\ude00")
def test_the_short_cut_gives_what_the_long_way_gives(text: str) -> None:
    assert repair_start(text) == the_long_way(text)
    assert needs_repair(text) or the_long_way(text) == (text, ())


@settings(max_examples=400, deadline=None)
@given(texts)
def test_a_repair_that_changes_something_is_fired(text: str) -> None:
    fired = TRIGGERS.fired(text)
    assert {one.name for one in BEFORE if one.find(text)} <= fired


@pytest.mark.parametrize("number", range(len(DATA["chains"])))
def test_what_ftfy_would_change_is_fired(number: int) -> None:
    chain = DATA["chains"][number]
    for text in (broken(sentence, chain) for sentence in DATA["sentences"]):
        for line in (text, text.lower(), text.upper()):
            assert _decoder(True)(line) == line or "mojibake" in TRIGGERS.fired(line), line


def test_most_broken_sentences_are_ones_that_ftfy_changes() -> None:
    lines = [broken(sentence, chain) for sentence in DATA["sentences"] for chain in DATA["chains"]]
    changed = [line for line in lines if _decoder(True)(line) != line]
    assert len(changed) * 2 > len(lines)


@settings(max_examples=400, deadline=None)
@given(garbled)
def test_what_ftfy_would_change_of_garbled_text_is_fired(text: str) -> None:
    assert _decoder(True)(text) == text or "mojibake" in TRIGGERS.fired(text)


@given(st.lists(st.text(st.sampled_from([*"ab \n\t\r\x0b\x85\u2028é"]), max_size=8)))
def test_no_blank_line_is_missed(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert needs_ending(text) or not REPAIRS["blank-lines"].find(text)
    assert needs_ending(text, True) or repair_end(text, final_newline=True) == (text, ())
    assert needs_ending(text, True) or not REPAIRS["final-newline"].find(text)


def test_clean_text_needs_no_repair() -> None:
    assert not needs_repair("“Où est Noël?” – it’s a question, isn’t it? AT&T; x < 3 … é, ü.\n\nYes.\n")


def test_no_text_is_too_much_for_the_automaton() -> None:
    rest = random.Random(1)
    text = "".join(chr(rest.randrange(0x20, 0x3000)) for _ in range(200_000))
    assert TRIGGERS.fired(text + "\xad") >= {"soft-hyphen"}
