"""The keys of a rule together -> mistakes: what excludes, needs or contradicts what."""

from __future__ import annotations

from cleaner.rulefile.maps import Values
from cleaner.rulefile.nodes import Node
from cleaner.rulefile.relations import ANCHORS, CUT_EXCLUDES, EXCLUSIONS, NEEDS, ONE_OF, PROOFS, REPAIRS
from cleaner.rulefile.scope import Scope
from cleaner.rulefile.steps import ReadStep, asks
from cleaner.testmodel import AllTest, AnyTest, Test, TextTest


def check_rule(values: Values, scope: Scope) -> None:
    """Report what is wrong with the keys of a rule taken together."""
    for check in (_action, _exclusions, _needs, _anchor, _cut, _fix, _growth, _examples):
        check(values, scope)


def _report(code: str, node: Node, what: str, scope: Scope, note: str = "") -> None:
    scope.source.report(code, node.place, f"{what}{scope.in_rule()}", note=note)


def _action(values: Values, scope: Scope) -> None:
    actions = [key for key in values.nodes if key in ONE_OF["rule"]]
    if not actions:
        _report("E301", _first(values), "rule without 'drop', 'keep' or 'fix'", scope)
    for extra in actions[1:]:
        _report("E302", values.keys[extra], f"'{extra}' beside '{actions[0]}'", scope)
    if values.get("drop") == "body":
        _report("E320", values.nodes["drop"], "'body' is never dropped", scope)


def _exclusions(values: Values, scope: Scope) -> None:
    for row in EXCLUSIONS:
        for other in row.others if row.key in values else ():
            if other in values:
                _report("E304", values.keys[other], f"'{other}' beside '{row.key}'", scope, row.why)
    if values.get("cut", "line") != "line":
        for other in CUT_EXCLUDES:
            if other in values:
                _report(
                    "E304",
                    values.keys[other],
                    f"'{other}' beside 'cut: {values.get('cut')}'",
                    scope,
                    "a cut takes a part of one line, and nothing around it",
                )


def _needs(values: Values, scope: Scope) -> None:
    for row in NEEDS:
        if row.key in values and not any(other in values for other in row.others):
            others = " or ".join(f"'{other}'" for other in row.others)
            _report("E305", values.keys[row.key], f"'{row.key}' without {others}", scope)
    if "with" in values and values.get("cut") == "line":
        _report(
            "E305",
            values.keys["with"],
            "'with' beside 'cut: line'",
            scope,
            "'with' stands in the place of a part of a line; whole lines go",
        )


def _anchor(values: Values, scope: Scope) -> None:
    if not any(key in values for key in ANCHORS):
        _report("E303", _first(values), "rule without 'at'", scope)


def _cut(values: Values, scope: Scope) -> None:
    test = values.get("at")
    if values.get("cut", "line") != "line" and test is not None and not _covers(test):
        _report("E307", values.nodes["at"], "a cut whose 'at' has no pattern", scope)


def _covers(test: Test) -> bool:
    """Tell whether a test always says which part of a line it means."""
    if isinstance(test, AnyTest):
        return all(_covers(part) for part in test.tests)
    if isinstance(test, AllTest):
        return any(isinstance(part, TextTest) for part in test.tests)
    return isinstance(test, TextTest)


def _fix(values: Values, scope: Scope) -> None:
    found = [key for key in REPAIRS if key in values]
    if "fix" in values and (not found or (found == ["cut"] and values.get("cut") == "line")):
        _report("E306", values.keys["fix"], "a 'fix' that repairs nothing", scope)


def _examples(values: Values, scope: Scope) -> None:
    if not any(key in values for key in PROOFS):
        _report("E314", _first(values), "rule without 'hits' or 'shows'", scope)


def _growth(values: Values, scope: Scope) -> None:
    steps = [(side, step) for side in ("after", "before") for step in values.get(side) or ()]
    for side, step in steps:
        wrong = {"after": "start", "before": "end"}[side]
        if step.step.to == wrong:
            _report("E318", step.values.nodes["to"], f"'to: {wrong}' under '{side}'", scope)
        if step.values.get("max") == "all":
            _unbounded(side, step, _evident(values, [one for _, one in steps]), scope)


def _unbounded(side: str, step: ReadStep, evident: bool, scope: Scope) -> None:
    node = step.values.nodes["max"]
    if side != "after" or step.step.to != "end":
        _report("E308", node, "'max: all' without 'to: end'", scope)
    elif not evident:
        _report(
            "E308",
            node,
            "'max: all' without evidence",
            scope,
            "evidence is 'beside', 'run', 'times', or a step with a line test and 'min: 1'",
        )


def _evident(values: Values, steps: list[ReadStep]) -> bool:
    stands = any(key in values for key in ("beside", "run", "times"))
    return stands or any(step.step.min > 0 and asks(step.values) for step in steps)


def _first(values: Values) -> Node:
    """Give the node where a rule begins: its id, or its first key."""
    return values.nodes.get("id") or next((key for key, _ in values.node.pairs), values.node)
