"""The shipped rules: their examples hold, each rule is needed, and clean text stays as it is."""

from __future__ import annotations

from pathlib import Path

import engine_texts as texts
import pytest

from cleaner.examples import FAILING, check_rule, examples_without
from cleaner.model import Document
from cleaner.rulemodel import Rule

PACKS = sorted({rule.id.rpartition(".")[0] for rule in texts.shipped().rules})


def rules_of(pack: str) -> list[Rule]:
    return [rule for rule in texts.shipped().rules if rule.id.rpartition(".")[0] == pack]


@pytest.mark.parametrize("pack", PACKS)
def test_examples_hold(pack: str) -> None:
    found = [
        f"{finding.example.where}: {finding.kind}: {finding.example.before!r} -> {finding.got!r}"
        for rule in rules_of(pack)
        for finding in check_rule(rule)
        if finding.kind in FAILING
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("pack", PACKS)
def test_no_rule_could_be_left_out(pack: str) -> None:
    """Without its rule an example comes out otherwise, so taking any rule away makes a test fail."""
    idle = [
        rule.id for rule in rules_of(pack) if not rule.using and not rule.css and not examples_without(rule)
    ]
    assert not idle


@pytest.mark.parametrize("path", sorted(texts.CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_clean_corpus_stays(path: Path) -> None:
    text = path.read_text("utf-8")
    assert texts.cleaner().clean_document(Document(text, lang=path.stem)).text == text


@pytest.mark.parametrize("path", sorted(texts.CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_clean_paragraphs_stay(path: Path) -> None:
    taken = [
        (edit.rule, paragraph)
        for paragraph in texts.paragraphs(path.stem)
        for edit in texts.cleaner().clean(paragraph, lang=path.stem).edits
    ]
    assert not taken
