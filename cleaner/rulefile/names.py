"""The names of a rule -> mistakes: what `same-as` compares with must be known where it is asked.

`at` and `beside` are tested first, then the steps of `after`, then those of `before`, each from the nearest
on; a step's name is known after the step.
"""

from __future__ import annotations

from difflib import get_close_matches

from cleaner.rulefile.maps import Values
from cleaner.rulefile.nodes import ListNode, MapNode, Node, Scalar
from cleaner.rulefile.schema import BUILT_IN_NAMES
from cleaner.rulefile.scope import Scope
from cleaner.rulefile.steps import ReadStep


def check_names(values: Values, scope: Scope) -> None:
    """Report names that are unknown, not known yet, taken or given twice."""
    steps: list[ReadStep] = [step for side in ("after", "before") for step in values.get(side) or ()]
    given = _given(steps, scope)
    for key in ("at", "beside"):
        known = set(BUILT_IN_NAMES) - ({"anchor"} if key == "at" else set())
        for use in _uses(values.nodes.get(key)):
            _check(use, known, given, scope)
    known = set(BUILT_IN_NAMES)
    for step in steps:
        for use in _uses(step.values.node):
            _check(use, known, given, scope)
        if step.gives is not None:
            known.add(step.gives.value)


def _given(steps: list[ReadStep], scope: Scope) -> set[str]:
    given: set[str] = set()
    for step in steps:
        name = step.gives
        if name is None:
            continue
        if name.value in BUILT_IN_NAMES:
            scope.source.report("E313", name.place, f"the name '{name.value}' is taken{scope.in_rule()}")
        elif name.value in given:
            scope.source.report(
                "E310", name.place, f"the name '{name.value}' is given twice{scope.in_rule()}"
            )
        given.add(name.value)
    return given


def _check(use: Scalar, known: set[str], given: set[str], scope: Scope) -> None:
    if use.value in known:
        return
    if use.value in given or use.value in BUILT_IN_NAMES:
        scope.source.report("E312", use.place, f"'{use.value}' is not known yet here{scope.in_rule()}")
        return
    near = get_close_matches(use.value, [*given, *BUILT_IN_NAMES], n=1)
    scope.source.report(
        "E311",
        use.place,
        f"no line is named '{use.value}'{scope.in_rule()}",
        help=f"did you mean '{near[0]}'?" if near else "",
    )


def _uses(node: Node | None) -> list[Scalar]:
    """Find the values of `same-as` in a line test."""
    if isinstance(node, ListNode):
        return [use for item in node.items for use in _uses(item)]
    if not isinstance(node, MapNode):
        return []
    found = [use for _, value in node.pairs for use in _uses(value)]
    own = node.get("same-as")
    return [*found, own] if isinstance(own, Scalar) and own.value.strip() else found
