"""css rules take elements, and only those."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.errors import Address
from cleaner.markup import parse
from cleaner.page.elements import Finder, Removal, remove
from cleaner.page.facts import Facts
from cleaner.page.selectors import Elements, compile_selector, name_in, question
from cleaner.rulemodel import Rule
from cleaner.testmodel import AllTest

PROSE = "<p>" + "The boats of the town came home at seven in the morning light. " * 10 + "</p>"


def rule(*css: str, label: str = "promo", **more: Any) -> Rule:
    return Rule("page.box", "A box.", "drop", label, AllTest(()), Address("page.yaml", 1, 1), css=css, **more)


def left(html: str, *rules: Rule, facts: Facts | None = None) -> tuple[str, list[Removal]]:
    tree = parse(f"<html><body>{html}{PROSE}</body></html>")
    gone, _ = remove(tree, [Finder(one) for one in rules], facts or Facts())
    return " ".join(tree.text_content().split()), gone


def test_an_element_goes_and_is_on_record() -> None:
    text, gone = left(
        '<div>Before <span class="Related-Box">A storm</span> behind</div>', rule(".related-box")
    )
    assert text.startswith("Before behindThe boats")
    assert [(one.rule.id, one.words, one.text) for one in gone] == [("page.box", 2, "A storm")]
    assert gone[0].note.about == "promo, 2 words: A storm"


@pytest.mark.parametrize(
    "html",
    [
        '<div class="box"><h1>Boats came home</h1></div>',
        '<main class="box">The whole page</main>',
        '<div class="box">one two three four five six</div>',
    ],
    ids=["headline", "main", "too-many-words"],
)
def test_what_stays(html: str) -> None:
    assert left(html, rule(".box", css_max_words=5))[1] == []


def test_has_asks_for_one_of_its_literals() -> None:
    html = '<div class="box">Subscribe now</div><div class="box">The tide</div>'
    assert [one.text for one in left(html, rule(".box", css_has=("subscribe",)))[1]] == ["Subscribe now"]


def test_elements_inside_each_other_go_once() -> None:
    html = '<div class="box">A <p class="box">B</p></div>'
    assert [one.text for one in left(html, rule(".box"))[1]] == ["A B"]
    assert len(left(html, rule(".box"), rule("div.box"))[1]) == 1


def test_a_rule_that_finds_the_article_is_off() -> None:
    tree = parse(f"<html><body>{PROSE.replace('<p>', '<p class=ad>')}{PROSE}</body></html>")
    gone, notes = remove(tree, [Finder(rule(".ad", css_max_words=500))])
    assert not gone
    assert [note.kind for note in notes] == ["over-budget"]


def test_the_comments_of_readers_may_be_longer_than_the_article() -> None:
    tree = parse(f"<html><body>{PROSE}<div id=comments>{PROSE * 3}</div></body></html>")
    gone, notes = remove(tree, [Finder(rule("#comments", label="comment", css_max_words=9999))])
    assert (len(gone), notes) == (1, [])


def test_the_summary_and_the_body_of_the_publisher_stay() -> None:
    said = "The boats of the town came home in the grey light of the early morning"
    html = f'<div class="byline">Ada Reed <p>{said}.</p></div>'
    assert not left(html, rule(".byline"), facts=Facts(summaries=frozenset({said})))[1]
    html = f'<div class="promo-box">{said}.</div>'
    assert not left(html, rule(".promo-box"), facts=Facts(body=f"One {said} Two"))[1]


@pytest.mark.parametrize(
    ("selector", "name"),
    [
        ("#comments", "comments"),
        ('div.story aside[class*="Related"]', "related"),
        (".a.long-name", "long-name"),
        ("figcaption", ""),
        ('[data-x="1"]', ""),
        ('[role="note"]', ""),
        ('[class*="ad Long-slot "]', "long-slot"),
        ('[class*="subscribe-"]:not([class*="subscriber"])', "subscribe-"),
        (".list > li", ""),
        (".one, .two", ""),
    ],
)
def test_names(selector: str, name: str) -> None:
    assert name_in(selector) == name


def test_no_selector_finds_anything_without_its_name() -> None:
    from cleaner.rulefile import load, shipped_folder

    html = (
        '<div class="sharebar x" id="q"><p class="imageCaption">A</p><ul class="TAGS"><li>B</li></ul></div>'
    )
    tree = parse(f"<html><body>{html}</body></html>")
    names = Elements(tree).names
    hits = 0
    for one in load([shipped_folder() / "page.yaml"]).rules:
        for selector in one.css:
            if compile_selector(selector)(tree):
                hits += 1
                assert name_in(selector) in names
    assert hits >= 2


def test_a_selector_that_cannot_be_read_says_so() -> None:
    with pytest.raises(ValueError):
        compile_selector("div[")


SELECTORS = """.b; #Q; p; div p; p.b; [class*='ag']; [class^=a]; [class$=b]; [id=q]; [class~=b]; .a, p
p:not(.b); :not([class*='b']); [hidden]; div > p; *; [class='']"""


@pytest.mark.parametrize("selector", SELECTORS.replace("\n", "; ").split("; "))
def test_both_ways_to_find_agree(selector: str) -> None:
    inner = '<p class="Tags b">x</p><p hidden>y</p><ul class="ab"><li class="">z</li></ul>'
    tree = parse(f'<html><body><div id="q" class="a b">{inner}</div></body></html>')
    asks = question(selector)
    if asks is None:
        assert selector in ("div p", "[hidden]", "div > p", "[class='']")
    else:
        assert Elements(tree).of(asks) == compile_selector(selector)(tree)
