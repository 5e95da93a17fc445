"""What holds of one document besides its text: budget of time, marks of its page, being watched."""

from __future__ import annotations

import pytest

from cleaner.model import Document, Options
from cleaner.pipeline import Cleaner
from cleaner.rounds import Trace
from cleaner.rulefile import load_texts

RULES = load_texts(
    [
        (
            "t.yaml",
            """\
cleaner: 1
pack: t
rules:
  - id: more
    why: A list.
    drop: promo
    at: 'More:'
    after: {like: headline, max: 2, min: 1}
    hits: ["More:\\nTen bridges that fell"]
  - id: link
    why: A link.
    drop: promo
    at: {text: 'Read *', marked: link}
    hits: [Read on]
""",
        )
    ]
)
TEXT = "He left.\nMore:\nTen bridges that fell\nRead this\nShe stayed."


def test_document_over_its_time_passes_through_whole_and_is_named() -> None:
    result = Cleaner(RULES, options=Options(seconds=1e-9)).clean(TEXT)
    assert (result.failed, result.text, result.edits) == (True, TEXT, ())
    assert [note.kind for note in result.notes] == ["time-out"]
    assert result.restore() == TEXT


def test_marks_of_a_page_decide() -> None:
    marks = {4: frozenset({"link"})}
    assert Cleaner(RULES).clean_document(Document(TEXT, marks=marks)).text == "He left.\nShe stayed."
    assert "Read this" in Cleaner(RULES).clean_document(Document(TEXT, marks={})).text


def test_being_watched_changes_nothing() -> None:
    cleaner, trace = Cleaner(RULES), Trace()
    watched = cleaner.clean_document(Document(TEXT + "\nMore:\n"), trace=trace)
    assert watched.edits == cleaner.clean(TEXT + "\nMore:\n").edits
    assert [match.rule.id for match, _ in trace.matches] == ["t.more"]
    # once a round: the anchor at the end has no headline behind it
    assert {(miss.rule.id, line.number) for miss, line in trace.misses} == {("t.more", 6)}


def test_every_edit_is_told_with_rule_label_and_evidence() -> None:
    edits = Cleaner(RULES).clean(TEXT).edits
    assert [(edit.rule, edit.label) for edit in edits] == [("t.more", "promo")] * 2
    assert edits[1].evidence == ("line 2: More:", "with line 3: Ten bridges that fell")


def test_many_texts_come_out_as_one_by_one() -> None:
    cleaner = Cleaner(RULES)
    assert cleaner.clean_texts([TEXT, "", "x"]) == ["He left.\nRead this\nShe stayed.", "", "x"]


def test_digest_is_that_of_rules_and_options() -> None:
    assert Cleaner(RULES).digest == Cleaner(RULES).digest
    assert Cleaner(RULES).digest != Cleaner(RULES, options=Options(bold=True)).digest


OPEN = load_texts(
    [
        (
            "open.yaml",
            """\
cleaner: 1
pack: open
rules:
  - id: signed
    why: A letter.
    drop: subscribe
    at: ['Sign up*', '*to your inbox!']
    hits: [Sign up now]
  - id: long
    why: A notice that is long.
    drop: legal
    at: {text: 'This notice*', words: 0..300}
    hits: [This notice is long.]
""",
        )
    ]
)


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        (f"Sign up for the walk. {'word ' * 90}", True),
        (f"Sign up for the walk. {'word ' * 100}", False),
        (f"{'word ' * 100} straight to your inbox!", False),
        (f"This notice is long. {'word ' * 200}", True),
    ],
)
def test_a_paragraph_is_an_anchor_only_where_a_rule_says_so(line: str, goes: bool) -> None:
    body = "She rowed over the river with twelve bridges behind her and a long day ahead of her."
    result = Cleaner(OPEN).clean("\n".join([body] * 60 + [line]))
    assert (line[:7] not in result.text) is goes
    if not goes:
        assert any("too long" in miss.reason for miss, _ in _watched(line).misses)


def _watched(line: str) -> Trace:
    trace = Trace()
    Cleaner(OPEN).clean_document(Document(f"{TEXT}\n{line}"), trace=trace)
    return trace
