"""The lines of a page and their marks."""

from __future__ import annotations

import pytest

from cleaner.markup import parse
from cleaner.page.units import key_of, units_of


def marks_of(html: str) -> dict[str, frozenset[str]]:
    return {unit.text: unit.marks for unit in units_of(parse(f"<html><body>{html}</body></html>"))}


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ('<p><a href="/a">A storm in the bay</a></p>', {"link"}),
        ('<p>Read: <a href="/a">a storm in the bay of gulls</a></p>', {"link"}),
        ('<p>The mayor said <a href="/a">a storm</a> was near.</p>', set()),
        ("<h2>A long night</h2>", {"heading"}),
        ("<ul><li>Ropes</li></ul>", {"list"}),
        ("<blockquote><p>We saw the tide.</p></blockquote>", {"quote"}),
        ("<figure><figcaption>The quay at dawn</figcaption></figure>", {"caption"}),
        ("<p><b>The mayor</b> <strong>spoke</strong></p>", {"bold"}),
        ("<p><b>The mayor</b> spoke</p>", set()),
        ('<ul><li><a href="/a"><b>Ropes and nets</b></a></li></ul>', {"list", "link", "bold"}),
    ],
)
def test_marks(html: str, marks: set[str]) -> None:
    assert list(marks_of(html).values()) == [frozenset(marks)]


def test_lines_end_at_blocks_and_breaks() -> None:
    found = marks_of(
        "<div>One <i>and</i> a half<br>Two<p>Three</p>Four<table><tr><td>5</td><td>6</td></tr></table></div>"
    )
    assert list(found) == ["One and a half", "Two", "Three", "Four", "5", "6"]


def test_what_no_reader_sees_is_no_line() -> None:
    assert marks_of("<script>var a = 1</script><style>p {}</style><noscript>no</noscript><p>Yes</p>") == {
        "Yes": frozenset()
    }


def test_beside_the_article() -> None:
    units = units_of(parse("<html><body><p>In</p><aside><p>Out</p></aside><p>In again</p></body></html>"))
    assert [unit.aside for unit in units] == [False, True, False]


def test_key_is_the_same_for_both_ways_to_write_a_letter() -> None:
    assert key_of("Vögel, heute!") == key_of("Vo\u0308gel heute") == "Vögel heute"
