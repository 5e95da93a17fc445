"""What the first two passes know of a corpus, and what they must not."""

from __future__ import annotations

import pytest

from cleaner.mine import survey
from cleaner.mine.counting import GAP, count, forms_of, site_of, tails_of
from cleaner.model import Document
from tests.mine.articles import HOST, article, corpus, paragraph


def test_lines_are_counted_by_article_and_place() -> None:
    site = survey(corpus).sites[HOST]
    assert site.articles == 18
    legal = {text: seen for text, seen in site.lines.items() if text.startswith("Copyright")}
    assert [seen.found for seen in legal.values()] == [6, 6, 6]
    assert all(seen.closing == seen.last == seen.found for seen in legal.values())
    assert site.lines["Advertisement"].found == 18
    assert site.lines["Advertisement"].closing == 0
    assert "Follow him on Twitter at @jodoe." in site.tails


def test_an_article_that_repeats_another_is_not_counted() -> None:
    assert survey(corpus).census.repeated == {18}


def test_a_line_twice_in_one_article_counts_once() -> None:
    def twice() -> list[Document]:
        return [
            Document(f"Read on\n{paragraph(one, 0)}\nRead on", url="https://a.example/") for one in range(3)
        ]

    assert survey(twice).sites["a.example"].lines["Read on"].found == 3


def test_what_stands_in_two_articles_does_not_recur() -> None:
    found = survey(lambda: [article(0), article(1)])
    assert not any(site.lines for site in found.sites.values())


def test_articles_without_an_address_are_told_or_have_a_home() -> None:
    bare = [Document(article(one).text) for one in range(4)]
    assert count(bare).homeless == 4
    assert survey(lambda: bare, "oar.example").sites["oar.example"].articles == 4


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.news.example.co.uk/a", "example.co.uk"),
        ("https://m.example.org", "example.org"),
        ("https://10.0.0.1/a", "10.0.0.1"),
        ("https://[::1]/a", ""),
        ("https://../etc/passwd", ""),
        ("https://exa mple/", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_sites(url: str | None, site: str) -> None:
    assert site_of(url) == site


def test_forms_of_odd_lines() -> None:
    assert forms_of("") == forms_of("word") == []
    assert forms_of("Photos: a") == [f"Photos: {GAP}"]
    assert all(GAP in form for form in forms_of("Write to Jo Doe at jo@example.org  twice"))


def test_only_a_short_last_sentence_is_a_tail() -> None:
    long = paragraph(1, 1)
    assert list(tails_of([long])) == []
    assert list(tails_of([long + " Read more: hens", "Short. Read more"])) == [(0, "Read more: hens")]
