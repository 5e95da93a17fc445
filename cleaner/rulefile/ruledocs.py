"""The tables of the rule language -> docs/rule-reference.md: `python -m cleaner.rulefile.ruledocs`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from cleaner.labels import LABELS
from cleaner.languages import LANGUAGES
from cleaner.rulefile.schema import CHOICES, NUMBERS, RANGES, SECTIONS, Key, Section
from cleaner.shapes import SHAPES
from cleaner.slots import SLOTS

_HEAD = """\
# Reference of the rule language

<!-- Printed by `python -m cleaner.rulefile.ruledocs`; do not edit. -->

Every key, every value of a closed set, every slot, shape and label, as the loader knows them. What they mean
together stands in [rules.md](rules.md).
"""


def text() -> str:
    """Give the whole page."""
    return "".join((_HEAD, *_sections(), *_values(), *_slots(), *_shapes(), *_labels()))


def _sections() -> Iterator[str]:
    for section in SECTIONS.values():
        yield f"\n## Keys: {section.name}\n\n{_sentence(section.about)}\n\n"
        yield "| key | value | meaning | example |\n|---|---|---|---|\n"
        yield from (_row(key, section) for key in section.keys.values())


def _row(key: Key, section: Section) -> str:
    name = f"`{key.name}`" + (" (required)" if key in section.required else "")
    return f"| {name} | {_kind(key.kind)} | {_cell(key.about)} | {_cell(f'`{key.name}: {key.example}`')} |\n"


def _kind(kind: str) -> str:
    """Give the kind of a value as a reader of the page would say it."""
    one = kind.removesuffix("s")
    if kind in CHOICES:
        return f"a {CHOICES[kind].noun}"
    if one in CHOICES:
        return f"a {CHOICES[one].noun}, or a list"
    if kind in NUMBERS:
        return f"a number, {NUMBERS[kind].low:,} to {NUMBERS[kind].high:,}"
    if kind in RANGES:
        return f"a range `a..b`, {RANGES[kind].low:,} to {RANGES[kind].high:,}"
    return kind.replace("-", " ")


def _values() -> Iterator[str]:
    yield "\n## Closed sets of values\n\n| what | values |\n|---|---|\n"
    for kind, choice in CHOICES.items():
        if kind != "shape" and kind != "label":
            yield f"| {choice.noun} (`{kind}`) | {', '.join(f'`{value}`' for value in choice.values)} |\n"


def _slots() -> Iterator[str]:
    yield "\n## Slots\n\n*Elastic* slots are taken as short as what follows allows; the others take all "
    yield "they can.\n\n"
    yield "| slot | what it is | most characters | elastic |\n|---|---|---|---|\n"
    for slot in SLOTS.values():
        yield f"| `<{slot.name}>` | {_cell(slot.about)} | {slot.most} | {'yes' if slot.elastic else ''} |\n"


def _shapes() -> Iterator[str]:
    yield "\n## Shapes\n\n| shape | what it is |\n|---|---|\n"
    yield from (f"| `{shape.name}` | {_cell(shape.about)} |\n" for shape in SHAPES.values())


def _labels() -> Iterator[str]:
    yield "\n## Labels\n\n| label | by default | what it is |\n|---|---|---|\n"
    for label in LABELS.values():
        yield f"| `{label.name}` | {'stays' if label.keep else 'goes'} | {_cell(label.about)} |\n"
    yield f"\n## Languages\n\n{', '.join(f'`{code}`' for code in sorted(LANGUAGES))}\n"


def _sentence(about: str) -> str:
    return f"{about[:1].upper()}{about[1:]}."


def _cell(text: str) -> str:
    shown = re.sub(r"`[^`]*`|<", lambda found: found[0] if len(found[0]) > 1 else "&lt;", text)
    return shown.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(text())
