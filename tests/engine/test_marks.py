"""What opens a line and is not of its words: marks of items and of headings."""

from __future__ import annotations

import pytest

from cleaner.folding import marks
from cleaner.lines import Facts


@pytest.mark.parametrize(
    ("line", "seen", "is_item"),
    [
        ("- The mill", "The mill", True),
        ("* * - Home", "Home", True),
        ("## Related stories", "Related stories", False),
        ("###### Newsletter", "Newsletter", False),
        ("- ## Related", "Related", True),
        ("# Mills", "# Mills", False),
        ("##Mills", "##Mills", False),
        ("####### Mills", "####### Mills", False),
        ("-5 degrees at noon", "-5 degrees at noon", False),
        ("-", "-", False),
        ("##", "##", False),
        ("", "", False),
    ],
)
def test_tests_see_the_line_behind_its_marks(line: str, seen: str, is_item: bool) -> None:
    facts = Facts(line)
    assert (facts.normal, facts.folded, facts.is_item) == (seen, seen.lower(), is_item)
    assert marks(line) + seen == line


def test_a_cut_takes_its_part_and_not_the_marks() -> None:
    from cleaner import Cleaner

    body = "The council voted on Tuesday to keep the pool open for two more years after a long debate."
    text = f"{body}\n\n## The mill pond was drained on Monday. Read more: Who owns the weir?\n\n{body}"
    result = Cleaner().clean(text)
    assert "## The mill pond was drained on Monday.\n" in result.text
    assert "Read more" not in result.text
    assert result.restore() == text
