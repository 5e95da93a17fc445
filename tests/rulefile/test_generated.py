"""What is printed from the tables is current, and the JSON schema judges as the loader does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from cleaner.rulefile import errordocs, readers
from cleaner.rulefile import jsonschema as generated
from cleaner.rulefile.codes import CODES, GROUPS
from cleaner.rulefile.schema import SECTIONS

ROOT = Path(__file__).parents[2]
BAD = ROOT / "fixtures" / "bad-rules"
GOOD = [Path(__file__).parent / "good.yaml", *sorted((ROOT / "rules").rglob("*.yaml"))]
ONLY_THE_LOADER_SEES = (
    *("yaml-", "pattern-", "expression-", "list-", "name-", "picture-", "pack-"),
    *("example-same", "long-line", "rule-cut-without-pattern", "rule-drops-body", "rule-fix-nothing"),
    *("rule-not-selective", "rule-with-whole-line", "site-file-name", "step-max-all", "step-min-above-max"),
    *("step-to-start-under-after", "step-two-ends", "value-date-impossible", "value-line-break"),
    *("value-range-backwards", "value-range-bounds", "value-selector", "many-mistakes"),
)
"""Beginnings of cases that a schema cannot refuse: about texts, keys far apart, or files."""


class _Texts(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML as editors read it, but dates stay texts."""


_Texts.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if not pair[0].endswith("timestamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def judge() -> Any:
    validator = jsonschema.Draft202012Validator(generated.schema())

    def is_valid(path: Path) -> bool:
        return validator.is_valid(yaml.load(path.read_text(encoding="utf-8"), Loader=_Texts))

    return is_valid


def test_schema_in_the_tree_is_current() -> None:
    file = ROOT / "rules" / "schema" / "rules.v1.json"
    command = "python -m cleaner.rulefile.jsonschema > rules/schema/rules.v1.json"
    assert file.read_text(encoding="utf-8") == generated.text(), command


def test_page_of_codes_is_current() -> None:
    file = ROOT / "docs" / "errors.md"
    command = "python -m cleaner.rulefile.errordocs > docs/errors.md"
    assert file.read_text(encoding="utf-8") == errordocs.text(), command


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(generated.schema())


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_good_rules_pass_the_schema(path: Path, judge: Any) -> None:
    assert judge(path)


SEEN = [path.stem for path in sorted(BAD.glob("*.yaml")) if not path.stem.startswith(ONLY_THE_LOADER_SEES)]


@pytest.mark.parametrize("name", SEEN)
def test_bad_rules_fail_the_schema(name: str, judge: Any) -> None:
    assert not judge(BAD / f"{name}.yaml")


def test_every_kind_has_a_reader_and_a_schema() -> None:
    kinds = {key.kind for section in SECTIONS.values() for key in section.keys.values()}
    assert kinds <= set(readers.READERS)
    assert kinds <= set(generated._kinds())


def test_every_code_has_a_group_and_a_case() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in BAD.glob("*.txt"))
    without = {code for code in CODES if f": {code} " not in said}
    assert all(code.startswith(tuple(GROUPS)) for code in CODES)
    assert without <= {"E001", "E002", "E401", "E402"}, "these stand in test_load, all others need a case"
