"""The table of keys -> JSON schema (draft 2020-12), for editors: `python -m cleaner.rulefile.jsonschema`.

Editors read YAML's numbers and switches as such, so every value that the loader reads as a text may be a
number or a switch here.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from cleaner.rulefile.relations import CUT_EXCLUDES, EXCLUSIONS, NEEDS, ONE_OF, REPAIRS, SOME_OF
from cleaner.rulefile.schema import CHOICES, NUMBERS, RANGES, SECTIONS, VERSION, Key, Section
from cleaner.rulefile.texts import KEBAB
from cleaner.rulefile.values import DATE, HOST

Schema = dict[str, Any]

_SCALAR = ["string", "number", "boolean"]
_TEXT: Schema = {"type": _SCALAR, "minLength": 1}
_DIGITS = "[0-9]{1,9}"


def _ref(section: str) -> Schema:
    return {"$ref": f"#/$defs/{section.replace(' ', '-')}"}


def _many(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}]}


def _some(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _word(expression: str) -> Schema:
    return {"type": ["string", "number"], "pattern": f"^(?:{expression})$"}


def _kinds() -> dict[str, Schema]:
    """Give the schema of every kind of value."""
    kebab, host = _word(KEBAB), {"type": "string", "pattern": f"^(?:{HOST})$"}
    kinds: dict[str, Schema] = {kind: {"enum": list(choice.values)} for kind, choice in CHOICES.items()}
    kinds |= {f"{kind}s": _many(kinds[kind]) for kind in CHOICES}
    for kind, bounds in NUMBERS.items():
        number = {"type": ["integer", "string"], "pattern": f"^{_DIGITS}$"}
        kinds[kind] = number | {"minimum": bounds.low, "maximum": bounds.high}
    for kind, bounds in RANGES.items():
        span = {"type": ["integer", "string"], "pattern": rf"^{_DIGITS}(?:\.\.{_DIGITS})?$"}
        kinds[kind] = span | {"minimum": bounds.low, "maximum": bounds.high}
    test: Schema = _many({"anyOf": [_TEXT, _ref("line test")]})
    example = {"anyOf": [_TEXT, _ref("example")]}
    return kinds | {
        "beside": _ref("beside"),
        "condition": _ref("if"),
        "date": {"type": "string", "pattern": f"^{DATE}$"},
        "defs": {"type": "object", "propertyNames": kebab, "additionalProperties": _some(_TEXT)},
        "example-text": {"type": _SCALAR},
        "example-texts": _some(example),
        "expression": _TEXT,
        "hits": _some(example),
        "hosts": _many(host),
        "id": kebab,
        "ids": _many(kebab),
        "line-name": _TEXT,
        "list-name": _TEXT,
        "literals": _many(_TEXT),
        "max": {"anyOf": [kinds["lines-of-step"], {"const": "all"}]},
        "new-name": kebab,
        "patterns": _many(_TEXT),
        "pictures": _some(example),
        "replacement": {"type": _SCALAR},
        "rule-ids": _many(_word(rf"{KEBAB}(?:\.{KEBAB})*")),
        "rules": {"type": "array", "items": _ref("rule")},
        "selectors": _many(_TEXT),
        "sentence": _TEXT,
        "site": _ref("site"),
        "steps": _some(_ref("step")),
        "swaps": {"type": "object", "minProperties": 1, "additionalProperties": {"type": _SCALAR}},
        "switch": {"enum": [True, False, "yes", "no", "true", "false"]},
        "test": test,
        "total": _ref("total"),
        "version": {"enum": [int(VERSION), VERSION]},
        "zone": {"anyOf": [kinds["zone"], _ref("in")]},
    }


def _section(section: Section, kinds: dict[str, Schema]) -> Schema:
    schema: Schema = {
        "description": section.about,
        "type": "object",
        "properties": {key.name: _property(key, kinds) for key in section.keys.values()},
        "additionalProperties": False,
        "minProperties": 1,
    }
    if section.required:
        schema["required"] = [key.name for key in section.required]
    if section.name in SOME_OF:
        schema["allOf"] = [_any_of(names) for names in SOME_OF[section.name]]
    if section.name in ONE_OF:
        schema["oneOf"] = [{"required": [name]} for name in ONE_OF[section.name]]
    if section.name == "rule":
        schema["dependentSchemas"] = _relations()
    return schema


def _property(key: Key, kinds: dict[str, Schema]) -> Schema:
    return {"description": f"{key.about}. Example: {key.name}: {key.example}"} | kinds[key.kind]


def _any_of(names: tuple[str, ...]) -> Schema:
    return {"anyOf": [{"required": [name]} for name in names]}


def _relations() -> Schema:
    """Give what the keys of a rule exclude and need."""
    found: Schema = {}
    for need in NEEDS:
        found.setdefault(need.key, []).append(_any_of(need.others))
    for exclusion in EXCLUSIONS:
        found.setdefault(exclusion.key, []).append({"not": _any_of(exclusion.others)})
    found.setdefault("fix", []).append(_any_of(REPAIRS))
    whole = {"properties": {"cut": {"const": "line"}}}
    found.setdefault("cut", []).append({"anyOf": [whole, {"not": _any_of(CUT_EXCLUDES)}]})
    return {key: {"allOf": schemas} for key, schemas in sorted(found.items())}


def schema() -> Schema:
    """Give the JSON schema of rule files and of defs.yaml."""
    kinds = _kinds()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Rules of cleaner, version {VERSION}",
        "if": {"anyOf": [{"required": ["pack"]}, {"required": ["rules"]}]},
        "then": _ref("rule file"),
        "else": _ref("shared lists"),
        "$defs": {name.replace(" ", "-"): _section(section, kinds) for name, section in SECTIONS.items()},
    }


def text() -> str:
    """Give the schema as the file in `rules/schema` holds it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
