"""A rule goes behind the others of a pack; what a person wrote stays, and no file is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import UsageError
from cleaner.review.packs import Entry, add_rule
from cleaner.rulefile import load
from cleaner.rulefile.writing import rule_text

PACK = """\
# a note of mine
cleaner: 1
pack: oar
site: {hosts: [oar.example, oar2.example]}
rules:
    # the first
    - id: bell   # why not
      why: A bell.
      drop: promo
      at: 'Ring the bell'
      hits: [Ring the bell]
# what follows is old
      misses: [Ring the bell twice]

    # the end of it
"""
RULE = {
    "id": "bell",
    "why": "A horn: here.",
    "drop": "promo",
    "at": "Blow the horn",
    "hits": ["Blow the horn"],
    "misses": ['"Blow the horn", he said.'],
    "shows": ["| He left.\n- Blow the horn"],
}
SITE = Entry("bell", rule_text(RULE), {"pack": "oar", "site": {"hosts": ["oar.example"]}})


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_and_format_stay(tmp_path: Path, end: str) -> None:
    path = tmp_path / "oar.example.yaml"
    path.write_bytes(PACK.replace("\n", end).encode())
    assert add_rule(SITE, path) == (path, "oar.bell-2")
    text = path.read_bytes().decode()
    assert text.count("\n") == text.count(end)
    before, behind = PACK.split("\n    # the end")
    assert text.replace("\r\n", "\n").startswith(before)
    assert text.replace("\r\n", "\n").endswith("\n    # the end" + behind)
    assert [rule.id for rule in load([path]).rules] == ["oar.bell", "oar.bell-2"]
    assert add_rule(SITE, path)[1] == "oar.bell-3"


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_the_end_of_a_file(tmp_path: Path, end: str) -> None:
    path = tmp_path / "oar.example.yaml"
    path.write_text(PACK.split("# what follows")[0].rstrip("\n") + end, "utf-8")
    add_rule(SITE, path)
    assert len(load([path]).rules) == 2


def test_the_pack_of_the_host_is_found_in_a_folder_or_made(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    path = tmp_path / "sites" / "oar.example.yaml"
    path.write_text(PACK, "utf-8")
    second = Entry("bell", SITE.text, {"pack": "x", "site": {"hosts": ["oar2.example"]}})
    third = Entry("bell", SITE.text, {"pack": "new", "lang": "en", "site": {"hosts": ["new.example"]}})
    assert add_rule(second, tmp_path) == (path, "oar.bell-2")
    assert add_rule(third, tmp_path) == (tmp_path / "new.example.yaml", "new.bell")
    assert len(load([tmp_path]).rules) == 3


@pytest.mark.parametrize(
    ("change", "header", "told"),
    [
        (("rules:", "rulez:"), {"pack": "x"}, "is for oar.example alone"),
        (("rules:", "rulez:"), SITE.header, "which does not stand in lines of its own"),
        (("oar.example,", "tide.example,"), SITE.header, "is no pack of oar.example"),
        (("promo", "promos"), SITE.header, "stays as it is"),
        (("pack: oar", "pack: oar\nlang: de"), SITE.header | {"lang": "en"}, "is for de, the rule for en"),
        (("A bell", "A\u00e9 bell"), SITE.header, ""),
    ],
)
def test_a_file_that_cannot_take_it_stays(
    tmp_path: Path, change: tuple[str, str], header: dict[str, object], told: str
) -> None:
    path = tmp_path / "oar.example.yaml"
    path.write_text(PACK.replace(*change), "utf-8")
    before = path.read_bytes()
    if not told:
        add_rule(SITE, path)
        return
    with pytest.raises(UsageError, match=told):
        add_rule(Entry("bell", SITE.text, header), path)
    assert path.read_bytes() == before


def test_a_rule_for_all_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs a file"):
        add_rule(Entry("bell", SITE.text, {"pack": "x"}), tmp_path)
    wrong = Entry("bell", SITE.text.replace("- Blow the horn", "- Blow it"), {"pack": "x"})
    with pytest.raises(UsageError, match=r"an example of x\.bell fails"):
        add_rule(wrong, tmp_path / "x.yaml")
    assert not list(tmp_path.iterdir())
