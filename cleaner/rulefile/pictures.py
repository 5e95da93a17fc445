"""A picture of a passage -> the text before and after: `| ` stays, `- ` goes, `< ` becomes `> `."""

from __future__ import annotations

from cleaner.rulefile.nodes import Scalar
from cleaner.rulefile.scope import Scope
from cleaner.rulefile.source import Place

SIGNS = "|-<>"


def read_picture(node: Scalar, scope: Scope) -> tuple[str, str] | None:
    """Read a picture; None where a line has no sign, or `<` and `>` do not come in pairs."""
    lines = node.value.removesuffix("\n").split("\n")
    for number, line in enumerate(lines):
        if line[:1] not in SIGNS or line[1:2] not in ("", " ") or not line:
            what = f"'{line}' has no sign" if line.strip() else "a blank line has no sign"
            scope.source.report("E315", _line_of(node, number, scope), f"{what}{scope.in_rule()}")
            return None
    torn = _torn([line[0] for line in lines])
    if torn is not None:
        scope.source.report(
            "E316", _line_of(node, torn, scope), f"'<' and '>' do not come in pairs{scope.in_rule()}"
        )
        return None
    before = [line[2:] for line in lines if line[0] != ">"]
    after = [line[2:] for line in lines if line[0] in "|>"]
    return "\n".join(before), "\n".join(after)


def _torn(signs: list[str]) -> int | None:
    """Find the first sign at which a pair is torn: a `>` behind no `<`, or a `<` before no `>`."""
    for number, (last, sign) in enumerate(zip(["", *signs], [*signs, ""], strict=True)):
        if sign == ">" and last not in ("<", ">"):
            return number
        if last == "<" and sign not in ("<", ">"):
            return number - 1
    return None


def _line_of(node: Scalar, number: int, scope: Scope) -> Place:
    """Give the place of a line of a block text; of the whole text where it is none."""
    if node.style != "|":
        return node.place
    at = node.place.line + 1 + number
    line = scope.source.lines[at] if at < len(scope.source.lines) else ""
    return Place(at, len(line) - len(line.lstrip()), at, len(line))
