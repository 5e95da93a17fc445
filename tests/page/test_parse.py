"""A page is read whole: what no parser takes is left out, and nothing else."""

from __future__ import annotations

import pytest

from cleaner.markup import parse

WORDS = "tide " * 2000


@pytest.mark.parametrize(
    "broken", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"], ids=lambda one: f"{ord(one):x}"
)
def test_characters_that_no_parser_takes_go(broken: str) -> None:
    assert parse(f"<p>At{broken} dusk \t\n</p>").text_content() == "At dusk \t\n"


@pytest.mark.parametrize("start", ["<!doctype html>", '<!DOCTYPE html SYSTEM "a/b">', "<html/>", ""])
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_repaired_start_changes_no_words(start: str, end: str) -> None:
    words = WORDS.replace(" ", "")
    assert parse(f"{start}{end}<p>{words}</p>").text_content().strip() == words


def test_a_tag_with_too_many_attributes_keeps_its_name() -> None:
    tree = parse(f"<p {'a=1 ' * 5000}>At dusk</p>")
    assert tree.text_content() == "At dusk"
    assert not tree.xpath("//p")[0].attrib
