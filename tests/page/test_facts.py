"""What a page says of its article."""

from __future__ import annotations

import json

import pytest

from cleaner.markup import parse
from cleaner.page.facts import facts_of


def page(head: str, body: str = "<h1>Boats came home</h1>", lang: str = "") -> str:
    return f"<html{lang and f' lang={lang}'}><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Boats came home - The Oar</title>", "<h1>Boats came  home</h1>", "Boats came home"),
        (
            "<title>Boats came home - The Oar</title>",
            "<h1>A paper</h1>",
            "Boats came home - The Oar",
        ),
        (
            "<title>Boats came home</title>",
            "<h1>The Oar</h1><h1>Boats came home early</h1>",
            "Boats came home early",
        ),
        ("<title>Boats | The Oar</title>", "<h1>The Oar</h1><h1>Boats</h1>", "Boats | The Oar"),
        ('<meta property="og:title" content="Boats"><title>x</title>', "", "Boats"),
        ("", "<h1></h1>", None),
    ],
)
def test_title(head: str, body: str, title: str | None) -> None:
    assert facts_of(parse(page(head, body + "<p>x</p>"))).title == title


def test_language_and_address() -> None:
    head = (
        '<link rel="canonical" href="https://oar.example/a"><meta property="og:site_name" content="The Oar">'
    )
    facts = facts_of(parse(page(head, lang="en-GB")))
    assert (facts.lang, facts.url, facts.site) == ("en-GB", "https://oar.example/a", "The Oar")
    assert facts_of(parse(page('<link rel="canonical" href="javascript:x">', lang='"<x>"'))).url is None


def test_json_ld_in_a_graph() -> None:
    data = {
        "@graph": [
            {"@type": "NewsArticle", "articleBody": "<p>One &amp; two.</p>", "description": "Three, four."}
        ]
    }
    facts = facts_of(parse(page(f'<script type="application/ld+json">{json.dumps(data)}</script>')))
    assert (facts.body, facts.summaries) == ("One two", frozenset({"Three four"}))


@pytest.mark.parametrize(
    "broken", ['{"articleBody": ', '"articleBody"', "[" * 5000 + '"articleBody"', "\x00"]
)
def test_broken_json_ld_is_nothing(broken: str) -> None:
    assert facts_of(parse(page(f'<script type="application/ld+json">{broken}</script>'))).body == ""
