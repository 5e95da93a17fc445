"""The trigger of `mojibake` misses no line that ftfy would change, and the change is ftfy's."""

from __future__ import annotations

import itertools
import random
import re

import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import given
from hypothesis import strategies as st

from cleaner.repair.encoding import _SIGN, _decoded, mojibake
from cleaner.repair.table import REPAIRS
from cleaner.repair.trigger import Triggers

TRIGGER = Triggers({"mojibake": REPAIRS["mojibake"].trigger})
SPECIAL = "aZ .1\nВГРСвЂΒΞβ€āØÙÂÃÎÐàŒœ√≈‚Ä°×²¡\xa0“”«»’"
SENTENCES = [
    "“Où est Noël ?” – à l’œuvre, ½ prix, 5 € … ¡Qué!",
    "Größe, Übermaß und „Öl“ für 3 m² § 5",
    "Что это? «Ёлка» — № 5",
    "Zażółć gęślą jaźń „Łódź”",
    "İstanbul’da ağaç, şişe",
    "日本語の文章です。",
    "مرحبا بالعالم",
    "👍 नमस्ते",
]
ENCODINGS = [
    "latin-1",
    "sloppy-windows-1252",
    "sloppy-windows-1251",
    "macroman",
    "sloppy-windows-1250",
    "iso-8859-2",
]


def samples() -> list[str]:
    """Give some characters of every group that ftfy distinguishes, and those of its special cases."""
    chosen = set(SPECIAL)
    for name, group in MOJIBAKE_CATEGORIES.items():
        members = re.findall(f"[{group}]", "".join(map(chr, range(0x10000))))
        chosen |= set(random.Random(name).sample(members, min(3, len(members))))
    return sorted(chosen)


def test_no_three_characters_are_bad_without_a_sign() -> None:
    texts = map("".join, itertools.product(samples(), repeat=3))
    assert not [text for text in texts if is_bad(text) and not (_SIGN.search(text) and TRIGGER.fired(text))]


@given(st.text(st.sampled_from(samples()), max_size=12))
def test_no_bad_line_is_without_a_sign(text: str) -> None:
    assert not is_bad(text) or (_SIGN.search(text) and TRIGGER.fired(text))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_way_to_break_a_sentence_is_mended_as_ftfy_does(sentence: str, encoding: str) -> None:
    import ftfy.bad_codecs

    ftfy.bad_codecs.ok()
    broken = sentence.encode("utf-8").decode(encoding, "replace")
    text = f"First line.\n{broken}\nLast line."
    for start, end, new in reversed(mojibake(text)):
        text = text[:start] + new + text[end:]
    assert text == f"First line.\n{_decoded(broken)}\nLast line."
    assert sentence in text or encoding not in ("latin-1", "sloppy-windows-1252")
