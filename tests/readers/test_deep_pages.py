"""Pages that are nested deep, long or broken: every paragraph comes out, and soon."""

from __future__ import annotations

import time

import pytest

from cleaner.markup import parse
from cleaner.nesting import level, unbox
from tests.cli.runs import Run
from tests.readers.articles import BACK, LEFT

NESTS = {
    "div": ("<div>", "</div>"),
    "span": ("<span>", "</span>"),
    "font": ("<font size=2>", "</font>"),
    "b": ("<b>", "</b>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "ul": ("<ul><li>", "</li></ul>"),
    "table": ("<table><tr><td>", "</td></tr></table>"),
    "mixed": ("<div><span><b>", "</b></span></div>"),
    "named": ("<div class=x><section id=y>", "</section></div>"),
    "texts between": ("<div>x<i>", "</i></div>"),
    "wrong ends": ("<div><b></i></p>", "</b></td></div>"),
}
PARAGRAPHS = (LEFT, BACK, "The council will look into it, said a clerk.")


def paragraphs(page: str) -> list[str]:
    """Give the texts of the paragraphs that a parser finds."""
    return [found for item in parse(page).iter("p") if (found := (item.text or "").strip()) in PARAGRAPHS]


def nested(kind: str, depth: int, *, closed: bool = True) -> str:
    """Make a page with three paragraphs so deep inside."""
    start, end = NESTS[kind]
    count = depth // start.count("<")
    inner = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return f"<html><body><h1>A ferry</h1>{start * count}{inner}{end * count * closed}</body></html>"


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("kind", NESTS)
@pytest.mark.parametrize("depth", [200, 255, 300, 4000])
def test_every_paragraph_is_there(depth: int, kind: str, closed: bool) -> None:
    assert paragraphs(nested(kind, depth, closed=closed)) == list(PARAGRAPHS)


@pytest.mark.parametrize("kind", ["div", "mixed", "texts between"])
def test_a_hundred_thousand_levels(kind: str) -> None:
    begun = time.process_time()
    assert paragraphs(nested(kind, 100_000)) == list(PARAGRAPHS)
    assert time.process_time() - begun < 5  # 1 second on an idle machine


def test_the_command_gives_the_article(clean: Run) -> None:
    out = clean("-", "--from", "html", data=nested("div", 20_000).encode()).out.decode()
    assert [line for line in out.split("\n") if line in PARAGRAPHS] == list(PARAGRAPHS)


@pytest.mark.parametrize("way", [unbox, level])
def test_a_page_that_is_not_deep_stays_as_it_is(way: type[unbox]) -> None:
    page = (
        '<!doctype html><body class=a><!-- </div> --><script>"<div><div>"</script><div id="x>y">'
        "<p>a<p>b</div>"
        "<ul><li>1<li>2</ul><table><tr><td>x<td>y<tr><td>z</table><h2>t</h2>tail"
    )
    assert way(page) == page


@pytest.mark.parametrize(
    "page",
    [
        f"<p>a\0b</p><p>{LEFT}</p>",
        f"<p>\ud800</p><p>{LEFT}</p>",
        f"<?xml version='1.0' encoding='utf-16'?><html><p>{LEFT}</p>",
        f"<p>{'word ' * 3_000_000}</p><p>{LEFT}</p>",
        f"<img alt=x src='data:{'A/' * 6_000_000}'><p>{LEFT}</p>",
        f"<p {' '.join(f'a{n}=1' for n in range(60_000))}>x</p><p>{LEFT}</p>",
        f"<p>1 < 2 <<p>{LEFT}</p></b></b><p",
    ],
    ids=["nul", "half a pair", "declaration", "long text", "long attribute", "many attributes", "broken"],
)
def test_what_a_parser_stumbles_over(page: str) -> None:
    begun = time.process_time()
    assert LEFT in paragraphs(page)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("page", ["", " \n", "<!-- x", "<" * 10, "<a/" * 5000])
def test_nothing_is_nothing(page: str) -> None:
    try:
        assert not parse(page).text_content().strip("< \n")
    except ValueError as error:
        assert str(error) == "there is nothing in the page"
