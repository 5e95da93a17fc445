"""What the words of the rule language mean, one picture at a time; the pictures stand in language/*.yaml.

A case is a map: `name`, `rules` (without reasons and examples), perhaps `head` (keys of the header) and
`and` (further packs by name), what is known (`url`, `title`, `lang`), `options`, `notes` (the kinds of notes
that are wanted), and `shows`: pictures that must come out, to the last blank line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cleaner.model import Document, Options, Result
from cleaner.pipeline import Cleaner
from cleaner.rulefile import load_texts

FOLDER = Path(__file__).parent / "language"


def cases() -> Iterator[Any]:
    """Give all cases with a readable id."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.load(path.read_text("utf-8"), yaml.BaseLoader):
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


def pack(name: str, rules: list[dict[str, Any]], head: dict[str, Any]) -> tuple[str, str]:
    """Make a rule file; each rule gets a reason and an example, which nobody runs."""
    whole = [{"why": "A test.", "hits": ["a proof"], **rule} for rule in rules]
    text = yaml.safe_dump({"cleaner": "1", "pack": name, **head, "rules": whole}, allow_unicode=True)
    return f"{head['site']['hosts'][0] if 'site' in head else name}.yaml", text


def options(row: dict[str, Any]) -> Options:
    """Read options as a case has them."""
    makers: dict[str, Callable[[Any], Any]] = {
        "keep": frozenset,
        "drop": frozenset,
        "select": tuple,
        "ignore": tuple,
        "per_site_ignore": lambda sites: tuple((host, tuple(names)) for host, names in sites.items()),
        "trial": lambda word: word == "yes",
        "bold": lambda word: word == "yes",
    }
    return Options(**{key: makers[key](value) for key, value in row.items()})


def run(case: dict[str, Any], text: str) -> Result:
    """Clean a text as a case says."""
    named = {"t": case, **case.get("and", {})}
    packs = [pack(name, one["rules"], one.get("head", {})) for name, one in named.items()]
    known = {key: case.get(key) for key in ("url", "title", "lang")}
    return Cleaner(load_texts(packs), options=options(case.get("options", {}))).clean_document(
        Document(text, **known)
    )


def drawn(picture: str) -> tuple[str, str]:
    """Read a picture: the text before and after."""
    lines = picture.removesuffix("\n").split("\n")
    assert all(line[:2] in ("| ", "- ", "< ", "> ", "|", "-") for line in lines), picture
    before = "\n".join(line[2:] for line in lines if line[0] != ">")
    return before, "\n".join(line[2:] for line in lines if line[0] in "|>")


@pytest.mark.parametrize("case", list(cases()))
def test_picture_comes_out(case: dict[str, Any]) -> None:
    for picture in case["shows"]:
        before, after = drawn(picture)
        result = run(case, before)
        assert result.text == after
        assert result.restore() == before
        assert [note.kind for note in result.notes] == case.get("notes", [])
        assert run(case, after).text == after
