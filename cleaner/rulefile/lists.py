"""`defs` -> Lists: named lists of patterns, each compiled after those that it names."""

from __future__ import annotations

from cleaner.rulefile.nodes import MapNode, Node, Scalar
from cleaner.rulefile.patterntexts import MOST_WRITTEN_OUT, pattern, slots_in, written_out
from cleaner.rulefile.scope import Lists, Scope
from cleaner.rulefile.texts import items, kebab
from cleaner.slots import SLOTS

MOST_LEVELS = 10


def compile_lists(node: MapNode, shared: Lists, scope: Scope) -> None:
    """Add the lists of a file to those of its scope, on top of the shared ones."""
    scope.lists = Lists(dict(shared.items), dict(shared.sizes), set(shared.broken))
    own = {key.value: (key, value) for key, value in node.pairs if _may_be_named(key, shared, scope)}
    _Compiler(own, scope).run()


def _may_be_named(key: Scalar, shared: Lists, scope: Scope) -> bool:
    if kebab(key, scope) is None:
        return False
    code = ""
    if key.value in SLOTS:
        code, what = "E207", f"<{key.value}> is a built-in slot"
    elif key.value in shared.items or key.value in shared.broken:
        code, what = "E208", f"<{key.value}> is a shared list"
    if code:
        scope.source.report(code, key.place, what)
    return not code


class _Compiler:
    """Compiles lists in the order of their names' dependencies."""

    def __init__(self, own: dict[str, tuple[Scalar, Node]], scope: Scope) -> None:
        self.own = own
        self.scope = scope
        self.open: list[str] = []

    def run(self) -> None:
        for name in self.own:
            self._compile(name)

    def _compile(self, name: str) -> None:
        lists = self.scope.lists
        if name in lists.items or name in lists.broken or name not in self.own:
            return
        key, value = self.own[name]
        if name in self.open or len(self.open) >= MOST_LEVELS:
            self._refuse_circle(name, key)
            return
        self.open.append(name)
        for item in value.items if not isinstance(value, Scalar | MapNode) else [value]:
            for slot in slots_in(item.value) if isinstance(item, Scalar) else ():
                self._compile(slot)
        self.open.pop()
        if name not in lists.broken:
            self._read(name, value)

    def _refuse_circle(self, name: str, key: Scalar) -> None:
        way = [*self.open[self.open.index(name) :], name] if name in self.open else []
        what = (
            f"the lists go round in a circle: {' -> '.join(way)}"
            if way
            else "lists in lists, more than 10 deep"
        )
        self.scope.source.report("E206", key.place, what)
        self.scope.lists.broken.update(self.open)

    def _read(self, name: str, value: Node) -> None:
        scope, lists = self.scope, self.scope.lists
        known = len(scope.source.errors)
        parts = list(items(value, scope))
        patterns = tuple(one for part in parts if (one := pattern(part, scope)) is not None)
        size = sum(written_out(one.source, lists) for one in patterns)
        if size > MOST_WRITTEN_OUT:
            scope.source.report(
                "E206",
                value.place,
                "a list that is too large when its lists are written out",
                help="name fewer lists in it",
            )
        if len(scope.source.errors) > known or not patterns:
            lists.broken.add(name)
        else:
            lists.items[name], lists.sizes[name] = patterns, size
