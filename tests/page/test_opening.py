"""From a page to the article, through the whole cleaner."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.model import Document, Options
from cleaner.page import Opener
from cleaner.pipeline import Cleaner
from cleaner.rulefile import load, shipped_folder

HERE = Path(__file__).parent
RULES = load([shipped_folder() / "page.yaml"])
PAGE = (HERE / "harbour.html").read_text("utf-8")


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


def test_the_page_becomes_the_article(cleaner: Cleaner) -> None:
    assert cleaner.clean_page(PAGE).text == (HERE / "harbour.txt").read_text("utf-8").rstrip("\n")


def test_every_element_that_went_is_named(cleaner: Cleaner) -> None:
    result = cleaner.clean_page(PAGE)
    assert {(note.rule, note.about) for note in result.notes if note.kind == "element"} >= {
        ("page.newsletter", "subscribe, 8 words: Get the tides in your inbox every day."),
    }
    assert result.restore() == result.source


def test_what_is_known_of_the_document(cleaner: Cleaner) -> None:
    document = cleaner.open(Document("", id="a", page=PAGE))
    assert (document.title, document.lang, document.url) == (
        "Boats came home",
        "en",
        "https://oar.example/boats-came-home",
    )
    told = cleaner.open(Document("", url="https://else.example/", title="T", lang="de", page=PAGE))
    assert (told.title, told.lang, told.url) == ("T", "de", "https://else.example/")


def test_marks_are_by_line_number(cleaner: Cleaner) -> None:
    document = cleaner.open(Document("", page=PAGE))
    lines = document.text.split("\n")
    assert document.marks is not None
    assert document.marks[lines.index("A long night") + 1] == {"heading"}
    assert document.marks[lines.index("- Two nets were lost near the point.") + 1] == {"list"}


@pytest.mark.parametrize(
    "page",
    [
        "",
        " ",
        "<html></html>",
        "<p></p>",
        "\x00",
        "<nav><a href=/>Home</a></nav>",
        "no",
        "<li><a href=/>The sea</a></li>" * 20,
    ],
)
def test_a_page_without_a_body_gives_no_text_and_the_reason(cleaner: Cleaner, page: str) -> None:
    result = cleaner.clean_page(page)
    assert (result.text, result.failed) == ("", True)
    assert result.notes[0].kind == "failed" and result.notes[0].about


def test_a_label_that_is_kept_keeps_its_elements() -> None:
    kept = Cleaner(RULES, options=Options(keep=frozenset({"subscribe"}))).clean_page(PAGE)
    assert "page.newsletter" not in {note.rule for note in kept.notes}
    assert "page.related" in {note.rule for note in kept.notes}


def test_the_body_that_a_site_pack_names(tmp_path: Path) -> None:
    pack = tmp_path / "oar.example.yaml"
    pack.write_text(
        "cleaner: 1\npack: oar\nsite: {hosts: [oar.example], body: ['.nowhere', 'div.facts']}\nrules:\n"
        "  - {id: x, why: A box., drop: promo, css: ['.y'], hits: ['<p class=\"y\">Z</p>']}\n",
        encoding="utf-8",
    )
    cleaner = Cleaner(load([tmp_path]))
    facts = cleaner.clean_page(PAGE).text
    assert facts.startswith("The harbour in figures") and "came home at seven" not in facts
    elsewhere = cleaner.clean_page(PAGE, url="https://else.example/").text
    assert "came home at seven" in elsewhere


def test_rules_for_marks_never_fire_on_plain_text(cleaner: Cleaner) -> None:
    document = cleaner.open(Document("", page=PAGE))
    edits = cleaner.clean(document.text, title=document.title).edits
    assert not any(edit.rule.startswith("page-lines.") for edit in edits)


def test_article_body_brings_a_paragraph_back() -> None:
    lost = "The harbour master counted every boat twice and wrote the number on the wall of the old shed."
    data = json.dumps({"articleBody": " ".join(part for part in ARTICLE) + " " + lost})
    page = (
        f'<html><body><h1>H</h1><script type="application/ld+json">{data}</script>'
        + "".join(f"<p>{part}</p>" for part in ARTICLE)
        + f'<div class="widget-x"><p>{lost}</p></div></body></html>'
    )
    assert Opener().open(Document("", page=page)).text.split("\n") == [*ARTICLE, lost]


ARTICLE = [
    "The boats of the town came home at seven in the morning, when the light was grey and the quay empty.",
    "Nobody had expected them before noon, and so nobody had made breakfast for the men, who were cold.",
    "The mayor said that the town would help the owners to buy new nets before the season begins in spring.",
]
