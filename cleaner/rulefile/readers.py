"""The table of kinds: which reader turns the value of a key into what the model wants."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.rulefile import examples, linetests, packs, patterntexts, rules, steps, texts, values
from cleaner.rulefile.schema import CHOICES, NUMBERS, RANGES
from cleaner.rulefile.scope import Reader
from cleaner.rulefile.texts import many

READERS: Mapping[str, Reader] = {
    **{kind: values.choice(kind) for kind in CHOICES},
    **{f"{kind}s": many(values.choice(kind)) for kind in CHOICES},
    **{kind: values.number(kind) for kind in NUMBERS},
    **{kind: values.span_of(kind) for kind in RANGES},
    "beside": rules.beside,
    "condition": rules.condition,
    "date": values.day,
    "defs": packs.defs,
    "example-text": examples.example_text,
    "example-texts": examples.texts_that_stay,
    "expression": patterntexts.expression,
    "hits": examples.texts_that_go,
    "hosts": many(values.host),
    "id": texts.kebab,
    "ids": many(texts.kebab),
    "line-name": linetests.line_name,
    "list-name": linetests.list_name,
    "literals": many(patterntexts.literal),
    "max": values.most,
    "new-name": linetests.new_name,
    "patterns": many(patterntexts.pattern),
    "pictures": examples.pictures,
    "replacement": texts.replacement,
    "rule-ids": many(texts.rule_id),
    "rules": packs.rules,
    "selectors": many(values.selector),
    "sentence": texts.sentence,
    "site": packs.site,
    "steps": steps.steps,
    "swaps": rules.swaps,
    "switch": values.switch,
    "test": linetests.line_test,
    "total": steps.total,
    "version": values.version,
    "zone": rules.zone,
}
