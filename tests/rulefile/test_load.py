"""Good rule files become the model; files and folders are found; the digest knows what has a meaning."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner import rulefile
from cleaner.rulefile.messages import RuleErrors
from cleaner.rulemodel import Rule, Total, Zone
from cleaner.shapes import SHAPES
from cleaner.testmodel import ANY_LINE, AllTest, AnyTest, HasTest, LikeTest, NotTest, Range, TextTest

HERE = Path(__file__).parent
GOOD = (HERE / "good.yaml").read_text(encoding="utf-8")
RULES = {rule.id.removeprefix("good."): rule for rule in rulefile.load([HERE / "good.yaml"]).rules}
HEAD = "cleaner: 1\npack: p\nrules:\n"


def one(body: str) -> Rule:
    text = f"{HEAD}  - id: lamp\n    why: A lamp.\n    drop: promo\n    hits: [All lamps]\n    {body}\n"
    return rulefile.load_texts([("p.yaml", text)]).rules[0]


def codes(*texts: tuple[str, str]) -> list[str]:
    with pytest.raises(RuleErrors) as caught:
        rulefile.load_texts(texts)
    return [error.code for error in caught.value.errors]


# What the values become


def test_rules_stand_in_the_order_of_their_ids() -> None:
    rules = rulefile.load_texts([("good.yaml", GOOD), ("p.yaml", HEAD + "  []\n")]).rules
    assert [rule.id for rule in rules] == sorted(rule.id for rule in rules)
    assert rules[0].langs == {"en", "fr"}


def test_steps_keep_their_bounds_and_names() -> None:
    card, teaser = RULES["other-topics"].after
    assert (card.test, card.name, card.min, card.max) == (LikeTest("headline"), "card", 1, 1)
    assert (teaser.min, teaser.max, teaser.whole) == (0, 1, False)
    (step,) = RULES["post"].before
    assert (step.max, step.whole, step.total) == (8, True, Total("chars", Range(1, 600)))
    assert step.test == HasTest(("#", " t.co/", "@"))


def test_all_the_rest_has_no_bound_and_asks_nothing() -> None:
    rest = RULES["comments"].after[1]
    assert (rest.max, rest.to, rest.test) == (None, "end", ANY_LINE)


def test_lists_are_any_of_and_maps_are_all_of() -> None:
    any_of = one("at: [All lamps, {text: More *, like: label}]").at
    assert isinstance(any_of, AnyTest)
    assert isinstance(any_of.tests[0], TextTest)
    assert [pattern.source for pattern in any_of.tests[0].texts.patterns] == ["All lamps"]
    both = one("at: {text: 'All *', not: {like: prose}}").at
    assert isinstance(both, AllTest)
    assert both.tests[1] == NotTest(LikeTest("prose"))


def test_single_numbers_are_ranges_and_zones_count_lines() -> None:
    assert one("at: All lamps\n    run: 3").run == Range(3, 3)
    assert one("at: All lamps\n    in: {first: 5}").zone == Zone("first", 5)


@pytest.mark.parametrize("text", ["10:32", "No", "1_000", "2026-01-31", "0x1F", "~", "null", "1e3"])
def test_yaml_changes_no_text(text: str) -> None:
    test = one(f"at: {text}").at
    assert isinstance(test, TextTest)
    assert test.texts.patterns[0].source == text


@pytest.mark.parametrize(
    ("written", "folded"), [("' Said '", " said "), ("STRASSE", "strasse"), ("'“No—yes”  x'", '"no-yes" x')]
)
def test_literals_are_folded_and_keep_their_edges(written: str, folded: str) -> None:
    assert one(f"at: {{has: [{written}]}}").at == HasTest((folded,))


def test_a_picture_is_read_as_before_and_after() -> None:
    (show,) = RULES["other-topics"].examples
    assert show.kind == "show"
    assert show.before.count("\n") == 4
    assert (
        show.after
        == "The council met in the old mill on Friday.\nThe mayor spoke about schools and roads for an hour."
    )
    assert (show.where.line, show.where.column) == (21, 9)


def test_a_picture_can_change_lines_and_keep_blank_ones() -> None:
    picture = '    shows: ["| A\\n|\\n< B. Read about lamps\\n> B.\\n- C"]'
    show = one(f"at: All lamps\n{picture}").examples[1]
    assert (show.before, show.after) == ("A\n\nB. Read about lamps\nC", "A\n\nB.")


def test_examples_may_have_a_title() -> None:
    titles = {example.kind: example.title for example in RULES["share-bar"].examples}
    assert titles == {"hit": None, "todo-hit": "On the wall", "todo-miss": None}


def test_swaps_are_longest_first() -> None:
    assert RULES["entity"].swap == (("&amp;nbsp;", " "), ("&amp;amp;", "&"))


def test_every_shape_can_be_asked_for() -> None:
    for shape in SHAPES:
        assert one(f"at: {{text: All *, like: {shape}}}")


# Files and folders


def test_folders_are_searched_and_schema_is_left_out(tmp_path: Path) -> None:
    for name in ("a.yaml", "sub/b.yml", "schema/c.yaml", ".hidden/d.yaml", "e.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"cleaner: 1\npack: {file.stem}\nrules: []\n", encoding="utf-8")
    assert [pack.name for pack in rulefile.load([tmp_path]).packs] == ["a", "b"]
    assert [pack.name for pack in rulefile.load([tmp_path, tmp_path / "a.yaml"]).packs] == ["a", "b"]


def test_shared_lists_are_seen_by_all_packs_and_by_a_single_file(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "defs.yaml").write_text("cleaner: 1\ndefs: {lamp: [Lamp, Lantern]}\n", encoding="utf-8")
    rule = "  - {id: lamp, why: A lamp., drop: promo, at: 'All <lamp>', hits: [All Lamp]}\n"
    site = "cleaner: 1\npack: site\nsite: {hosts: [lamps.example], signs: [The Lamp]}\nrules:\n"
    file = tmp_path / "sites" / "lamps.example.yaml"
    file.write_text(site + rule, encoding="utf-8")
    for paths in ([tmp_path], [file]):
        (loaded,) = rulefile.load(paths).rules
        assert loaded.site is not None
        assert (loaded.site.hosts, loaded.site.signs) == (("lamps.example",), ("the lamp",))


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "large.yaml").write_bytes(b"#" * 2_000_001)
    paths = [tmp_path / "none.yaml", tmp_path / "empty", tmp_path / "large.yaml"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.yaml")
        paths.append(tmp_path / "pipe.yaml")
    with pytest.raises(RuleErrors) as caught:
        rulefile.load(paths)
    assert {error.code for error in caught.value.errors} >= {"E401", "E402", "E002"}
    assert str(caught.value).endswith(f"{len(paths)} mistakes in {len(paths)} files")


def test_a_link_that_goes_round_is_no_trap(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("cleaner: 1\npack: a\nrules: []\n", encoding="utf-8")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    assert len(rulefile.load([tmp_path]).packs) == 1


def test_shipped_rules_can_be_loaded() -> None:
    assert rulefile.shipped_folder().is_dir()
    assert rulefile.load_shipped().rules


def test_a_mistake_in_one_file_hides_none_in_another() -> None:
    assert codes(("a.yaml", "[{"), ("b.yaml", HEAD + "  - id: X\n"), ("c.yaml", "")) == [
        "E018", "E102", "E113", "E301", "E303", "E314", "E019",
    ]  # fmt: skip


# The digest


def digest(*texts: str) -> str:
    return rulefile.load_texts((f"{number}.yaml", text) for number, text in enumerate(texts)).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# One rule", "# Another rule"),
        ("why: A run of share-button labels.", "why: Share-button labels in a run."),
        ("hits: [The lamps are lit]", "hits: [The lamps are out]"),
        ("at: Other Topics of the Week", "at: 'Other Topics of the Week'"),
        ("since: 2026-01-31", "since: 2026-02-01"),
    ],
)
def test_digest_leaves_out_what_has_no_meaning(old: str, new: str) -> None:
    assert old in GOOD
    assert digest(GOOD) == digest(GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("at: Other Topics of the Week", "at: Other Topics of the Day"),
        ("run: 2..15", "run: 2..16"),
        ("status: trial", "status: stable"),
        ("lang: [en, fr]", "lang: en"),
        ("[Facebook, Telegram", "[Facebook, Mastodon"),
        ("drop: social", "drop: interface"),
        ("in: body", "in: tail"),
        ("max-words: 80", "max-words: 81"),
    ],
)
def test_digest_knows_what_has_a_meaning(old: str, new: str) -> None:
    assert old in GOOD
    assert digest(GOOD) != digest(GOOD.replace(old, new))


def test_digest_does_not_depend_on_the_order_of_files_and_rules() -> None:
    rule = "  - {{id: {0}, why: A lamp., drop: promo, at: 'All {0}', hits: [All {0}]}}\n"
    first, second = rule.format("lamps"), rule.format("lights")
    assert digest(HEAD + first + second) == digest(HEAD + second + first)
    assert digest(GOOD, HEAD + first) == digest(HEAD + first, GOOD)
