"""The plan leaves out nothing that a rule's anchor allows, and many documents come out as each alone."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import engine_texts as texts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import rulefile, shapes
from cleaner.bounds import ENDS, Flag
from cleaner.clues import clues
from cleaner.lines import Facts, split
from cleaner.model import Document
from cleaner.pipeline import Cleaner
from cleaner.plan import Plan
from cleaner.ready import WHOLE
from cleaner.rulemodel import Rule
from cleaner.survey import Survey

FEW = settings(max_examples=40, deadline=None)
LINES = st.lists(texts.ODD.filter(lambda line: "\n" not in line and "\r" not in line), min_size=1, max_size=8)


# ---------------------------------------------------------------------------------------------
# Nothing is left out


def _is_found_by_text(rule: Rule) -> bool:
    known = clues(rule)
    return known is not None and all(key.kind != "same" for key in known.keys)


@functools.cache
def plan() -> Plan:
    rules = [rule for rule in texts.shipped().rules if not (rule.css or rule.using or rule.swap)]
    return Plan([rule for rule in rules if _is_found_by_text(rule)])


@functools.cache
def lines() -> list[Facts]:
    """Give lines of every third example and of the clean corpus, each once."""
    shown = [one.before for rule in texts.shipped().rules[::5] for one in rule.examples[:2] if one.before]
    known = {line.text: line.facts for text in [*shown, *texts.body_lines()[::4]] for line in split(text)}
    return list(known.values())


@pytest.mark.parametrize("lang", ["en", "de", "fr", "ru"])
def test_no_line_that_an_anchor_allows_is_left_out(lang: str) -> None:
    langs, missed = frozenset({lang}), []
    plan().learn([[facts] for facts in lines()], langs)
    for facts in lines():
        found = {number for number, _ in facts.found[langs, True]}
        for number, rule in enumerate(plan().rules):
            meant = lang in rule.spoken if lang != "en" else not rule.spoken or lang in rule.spoken
            if meant and rule.site is None and number not in found:
                asked = plan().ready[number].allows(Facts(facts.text), number, (WHOLE,))
                missed += [(rule.id, facts.text)] if asked else []
    assert not missed


def test_what_is_found_is_little() -> None:
    """The sense of a plan: of a thousand rules a line is shown to a few."""
    langs = frozenset({"en"})
    plan().learn([[facts] for facts in lines()], langs)
    found = [len(facts.found[langs, True]) for facts in lines()]
    assert sum(found) / len(found) < 20 < len(plan().rules) / 50


# ---------------------------------------------------------------------------------------------
# What is counted


@FEW
@given(LINES)
def test_lines_are_counted_as_one_by_one(rows: list[str]) -> None:
    facts = [Facts(row) for row in rows]
    survey = Survey(facts)
    for index, one in enumerate(facts):
        line = one.normal
        assert survey.words[index] == shapes.words(line) == one.words
        assert (survey.chars[index], survey.blanks[index]) == (len(line), line.count(" "))
        flags = int(survey.flags[index])
        assert bool(flags & Flag.ITEM) == one.is_item
        assert bool(flags & Flag.DOTS) == line.endswith("...")
        assert bool(flags & Flag.STOP) == (line.endswith(".") and not line.endswith("..."))
        assert all(bool(flags & flag) == line.endswith(end) for end, flag in ENDS.items())
        assert not flags & Flag.LOWER or not shapes.is_upper(line)
        assert not flags & Flag.SMALL or not shapes.is_title_case(line)
        assert flags & Flag.DIGIT or not any(map(str.isdecimal, line))
        assert flags & Flag.DIGIT_FIRST or not line[:1].isdecimal()


@pytest.mark.parametrize(
    ("line", "flag", "wanted"),
    [
        ("The Harbour Opens Again", Flag.SMALL, False),
        ("The Harbour opens Again", Flag.SMALL, True),
        ("THE HARBOUR OPENS", Flag.LOWER, False),
        ("Émile Zola", Flag.SMALL, False),
        ("- A list item", Flag.ITEM, True),
        ("3 of 12", Flag.DIGIT_FIRST, True),
        ("\u0663 of \u0661\u0662", Flag.DIGIT_FIRST, True),
        ("Page 3", Flag.DIGIT_FIRST, False),
    ],
)
def test_flag(line: str, flag: int, wanted: bool) -> None:
    assert bool(Survey([Facts(line)]).flags[0] & flag) is wanted


# ---------------------------------------------------------------------------------------------
# Many at once


def _as_alone(documents: list[Document]) -> None:
    many = list(Cleaner(texts.shipped()).clean_documents(documents))
    alone = Cleaner(texts.shipped())
    assert many == [alone.clean_document(document) for document in documents]


@settings(max_examples=6, deadline=None)
@given(st.lists(texts.articles(), max_size=5), st.booleans())
def test_many_documents_come_out_as_each_alone(articles: list[str], known: bool) -> None:
    given_ = {"url": "https://www.kyivpost.com/post/1", "lang": "en"} if known else {}
    _as_alone([Document(text, **given_) for text in articles])


def test_examples_and_the_clean_corpus_come_out_as_each_alone() -> None:
    shown = [one.before for rule in texts.shipped().rules[::9] for one in rule.examples[:3] if one.before]
    pages = [Document("", page=f"<html><body><p>{line}</p></body></html>") for line in texts.body_lines()[:3]]
    _as_alone([*map(Document, shown), *pages, *map(Document, texts.body_lines()[::3]), Document("")])


def test_what_was_made_before_a_trouble_of_the_input_is_given() -> None:
    def broken() -> Iterator[Document]:
        yield Document("One line.")
        raise OSError("the disk is gone")

    results = texts.cleaner().clean_documents(broken())
    assert next(results).text == "One line."
    with pytest.raises(OSError, match="gone"):
        next(results)


def test_what_is_cut_off_while_it_looks_up_is_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cleaner = Cleaner(texts.shipped())
    text = "The ferry sails again on Sunday, the company said in a long statement today.\nAdvertisement"
    wanted = texts.cleaner().clean(text, lang="en").text
    with monkeypatch.context() as patch:
        patch.setattr("cleaner.tables.Tables.find", lambda *args, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            cleaner.clean(text, lang="en")
    assert cleaner.clean(text, lang="en").text == wanted != text


def test_an_alternative_beside_same_as_stays() -> None:
    rules = rulefile.load_texts(
        [
            (
                "p.yaml",
                "cleaner: 1\npack: p\nrules:\n"
                "  - {id: r, why: It stands twice., drop: promo, "
                "at: [{same-as: earlier, words: 1}, 'Zork tides for *'], hits: [Zork tides for Bray]}\n",
            )
        ]
    )
    text = "Hello you there\nThe mayor spoke.\nHello you there\nZork tides for Bray\nIt rained."
    assert "Zork" not in Cleaner(rules).clean(text).text


def test_a_long_text_is_asked_for_places_at_its_ends_alone() -> None:
    langs = frozenset({"en"})
    rows = [Facts(f"Team {number} of the league") for number in range(3 * plan().zone_reach)]
    plan().learn([rows], langs)
    near, far = rows[0].found[langs, True], rows[len(rows) // 2].found[langs, False]
    assert len(far) < len(near)


def test_a_text_may_share_one_language_with_the_pack_and_another_with_if() -> None:
    rule = "{id: box, why: Seen., drop: promo, at: Qzxv box, if: {lang: [en, fr]}, hits: [Qzxv box]}"
    pack = f"cleaner: 1\npack: two\nlang: [de, en]\nrules:\n  - {rule}\n"
    text = (
        "Der Mann und die Frau sind nicht auf dem Weg von hier.\nQzxv box\n"
        "Le chat est dans la maison avec une femme pour aux autres."
    )
    assert "Qzxv" not in Cleaner(rulefile.load_texts([("two.yaml", pack)])).clean(text).text
