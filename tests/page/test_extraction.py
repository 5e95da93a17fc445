"""The article comes from trafilatura's fast way where that is enough, else from all of its ways."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.markup import parse
from cleaner.page.extraction import extract, stripped
from cleaner.page.units import units_of

SENTENCE = "The boats of the town came home at seven in the morning, when the light was grey and cold. "
ARTICLE = "".join(f"<p>{number}. {SENTENCE * 3}</p>" for number in range(6))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Give a list that notes how trafilatura was asked: whether fast."""
    import trafilatura

    ways: list[bool] = []
    full = trafilatura.bare_extraction

    def noting(tree: Any, *, fast: bool = False, **more: Any) -> Any:
        ways.append(fast)
        return full(tree, fast=fast, **more)

    monkeypatch.setattr(trafilatura, "bare_extraction", noting)
    return ways


def lines(html: str) -> list[str]:
    tree = parse(f"<html><body>{html}</body></html>")
    before = tree.text_content()
    found = extract(tree, units_of(tree))
    assert tree.text_content() == before
    return found


def test_one_way_is_enough_where_it_gives_most_of_the_prose(asked: list[bool]) -> None:
    assert len(lines(f"<article>{ARTICLE}</article>")) == 6
    assert asked == [True]


def test_all_ways_are_asked_where_one_gives_little(asked: list[bool]) -> None:
    text = f"<p>{SENTENCE * 4}</p>" * 3
    lines(f"<article>{text}</article><div class='comments'>{ARTICLE * 4}</div>")
    assert asked == [True, False]


def test_a_page_without_words_gives_none(asked: list[bool]) -> None:
    assert lines("<div></div><img>") == []
    assert asked == [True, False]


def test_empty_boxes_go_where_they_part_no_words() -> None:
    tree = parse(
        "<div>dusk<div> </div><b>dawn</b><div></div></div><div><ul><li></li></ul></div><nav>tide</nav>"
    )
    assert tree.text_content() == "dusk dawntide"
    left = stripped(tree)
    assert left.text_content() == "dusk dawn"
    assert len(left.findall(".//div")) == 2
    assert tree.text_content() == "dusk dawntide"
