"""What is written as YAML is read again as the same texts, whatever they hold."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.rulefile.nodes import ListNode, MapNode, Scalar, read_nodes
from cleaner.rulefile.source import open_source
from cleaner.rulefile.writing import pack_text, scalar

AWKWARD = st.text("ab :#,[]{}'\"\\*<>|-\t\n\r\x85\u2028\x1b\x00\ufeff©é日😀&!%@`?~=", min_size=1, max_size=12)


def values(node: object) -> object:
    """Give a node as plain data."""
    if isinstance(node, MapNode):
        return {key.value: values(value) for key, value in node.pairs}
    if isinstance(node, ListNode):
        return [values(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.value


@settings(max_examples=300)
@given(AWKWARD, AWKWARD)
def test_texts_come_back(one: str, other: str) -> None:
    rule = {"why": one, "at": {"text": [one, other]}, "hits": [other, one], "misses": [one]}
    source = open_source("p.yaml", pack_text({"pack": other, "site": {"hosts": [one]}}, [rule]).encode())
    root = read_nodes(source)
    assert not source.errors
    assert values(root) == {"cleaner": "1", "pack": other, "site": {"hosts": [one]}, "rules": [rule]}


def test_a_rule_looks_as_a_person_would_write_it() -> None:
    rule = {
        "id": "tide-card",
        "at": "Tide times: *",
        "after": [{"like": "headline", "min": 1}, {"text": "See, all"}],
        "shows": ["| He left.\n| \n- Tide times: noon"],
    }
    assert (
        pack_text({"pack": "oar", "lang": "en"}, [rule]).split("\n", 1)[1]
        == """\
cleaner: 1
pack: oar
lang: en
rules:
  - id: tide-card
    at: 'Tide times: *'
    after:
      - {like: headline, min: 1}
      - {text: 'See, all'}
    shows:
      - |
        | He left.
        |
        - Tide times: noon
"""
    )


def test_what_yaml_refuses_is_escaped() -> None:
    assert scalar("a\x1b\u2028\U0010ffff") == '"a\\u001b\\u2028\\U0010ffff"'
