"""Rounds: what does not come to an end within their number passes through, so a second cleaning agrees."""

from __future__ import annotations

import pytest

from cleaner.pipeline import Cleaner


@pytest.mark.parametrize("copies", [60, 300])
def test_a_line_that_needs_too_many_rounds_stays(copies: int) -> None:
    text = "Follow us on Facebook. " * copies
    cleaner = Cleaner()
    once = cleaner.clean(text)
    assert cleaner.clean(once.text).text == once.text
    assert once.restore() == text
    assert any(note.kind == "over-sum" for note in once.notes)
