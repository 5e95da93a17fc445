"""Nodes -> Steps: growth from the anchor, each step bounded."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.rulefile.hiding import quoted
from cleaner.rulefile.linetests import MAKERS, test_of
from cleaner.rulefile.maps import Values, read_map
from cleaner.rulefile.nodes import Node, Scalar
from cleaner.rulefile.schema import SECTIONS
from cleaner.rulefile.scope import Scope
from cleaner.rulefile.texts import items
from cleaner.rulemodel import Step, Total
from cleaner.testmodel import ANY_LINE

NO_BOUND = "may take any number of lines"
_ENDS = ("until", "through", "to")


@dataclass(slots=True)
class ReadStep:
    """A step, what it was read from and the name that it gives."""

    step: Step
    values: Values
    gives: Scalar | None


def steps(node: Node, scope: Scope) -> list[ReadStep] | None:
    """Read one step or a list of steps."""
    read = [one for item in items(node, scope) if (one := _step(item, scope)) is not None]
    return read or None


def _step(node: Node, scope: Scope) -> ReadStep | None:
    if isinstance(node, Scalar):
        scope.source.report(
            "E104",
            node.place,
            f"step without 'max'{scope.in_rule()}",
            mark=NO_BOUND,
            help=f"write {{text: {quoted(node.value)}, max: 1}}",
        )
        return None
    values = read_map(node, SECTIONS["step"], scope)
    if values is None:
        return None
    _check(values, scope)
    most: int | str | None = values.get("max")
    step = Step(
        test=test_of(values) or ANY_LINE,
        max=None if most == "all" else int(most or 1),
        min=values.get("min", 0),
        name=values.get("as") and values.get("as").value,
        until=values.get("until"),
        through=values.get("through"),
        to=values.get("to"),
        whole=values.get("whole", False),
        total=values.get("total"),
    )
    return ReadStep(step, values, values.get("as"))


def asks(values: Values) -> bool:
    """Tell whether a step asks anything of its lines or of the line where it ends."""
    return any(key in values for key in (*MAKERS, "until", "through"))


def _check(values: Values, scope: Scope) -> None:
    most = values.get("max")
    if "max" not in values:
        scope.source.report("E104", values.node.place, f"step without 'max'{scope.in_rule()}", mark=NO_BOUND)
    elif isinstance(most, int) and values.get("min", 0) > most:
        scope.source.report(
            "E309",
            values.nodes["min"].place,
            f"'min' is {values.get('min')} and 'max' only {most}{scope.in_rule()}",
        )
    ends = [key for key in values.nodes if key in _ENDS]
    for extra in ends[1:]:
        scope.source.report(
            "E304",
            values.keys[extra].place,
            f"'{extra}' beside '{ends[0]}'{scope.in_rule()}",
            note="a step ends in one way only",
        )


def total(node: Node, scope: Scope) -> Total | None:
    """Read the bound on all that a step takes together."""
    values = read_map(node, SECTIONS["total"], scope)
    if values is None:
        return None
    names = list(values.nodes)
    if len(names) != 1:
        code, what = ("E124", "'chars' and 'words' at once") if names else ("E105", "an empty total")
        scope.source.report(code, node.place, f"{what}{scope.in_rule()}", help="write {chars: 1..280}")
        return None
    bounds = values.get(names[0])
    return Total(names[0], bounds) if bounds is not None else None
