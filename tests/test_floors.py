"""Imports go down: a file imports from its own floor or from those below, stages never from each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "cleaner"
FLOORS: tuple[tuple[str, str], ...] = (
    (
        "ground",
        "__init__ charsets columns csvline deadline errors jsonarray jsonline markup marks model nesting "
        "packing record rulemodel shown spans testmodel",
    ),
    (
        "vocabulary",
        "dates expressions folding labels languages lines months narrow parts patternlists patternreading "
        "patterns rarity reliterals repair_names retree safe_re sentences shapes slots titles",
    ),
    (
        "rules",
        "asking bounds candidates clues plan ready rulecache rulefile rulestore rulevalues scan sheet survey "
        "tables",
    ),
    ("stages", "budget edits ledger match page readers repair report scope swaps writers"),
    ("drivers", "batch pipeline rounds settings"),
    ("tools", "audit corpus drafts drift examples explain failing golden lint mine pictures tidy why"),
    ("surfaces", "__main__ adapters cli review"),
)
"""From the ground up."""

HEIGHT = {unit: height for height, (_, units) in enumerate(FLOORS) for unit in units.split()}
STAGES = HEIGHT["match"]
FILES = {
    ".".join(("cleaner", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def unit_of(module: str) -> str:
    """Give the part of the package that has a floor: a module of its own, or a package."""
    return module.split(".")[1] if "." in module else "__init__"


def imports(path: Path, *, deep: bool) -> Iterator[str]:
    """Give the modules of the package that a file imports; `deep`: inside functions too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typed = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree) if deep else tree.body:
        if (
            id(node) not in typed
            and isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("cleaner")
        ):
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in FILES else str(node.module)
        elif id(node) not in typed and isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in FILES)


@pytest.mark.parametrize("module", FILES)
def test_imports_go_down(module: str) -> None:
    unit = unit_of(module)
    assert unit in HEIGHT, f"give {unit} a floor in {__file__}"
    if module == "cleaner":
        return  # it hands on the public names, when they are asked for
    for other in imports(FILES[module], deep=True):
        wanted = unit_of(other)
        assert wanted == unit or HEIGHT[wanted] <= HEIGHT[unit], (
            f"{module} imports {other} from a floor above"
        )
        both_stages = HEIGHT[wanted] == HEIGHT[unit] == STAGES
        assert wanted == unit or not both_stages, f"{module} imports {other}; stages never import each other"


def test_no_cycle() -> None:
    graph = {module: set(imports(path, deep=False)) - {module} for module, path in FILES.items()}
    packages = {module for module, path in FILES.items() if path.name == "__init__.py"}
    for module, others in graph.items():
        # a module imports its own package first, whatever that holds
        others -= {package for package in packages if module.startswith(f"{package}.")}
    TopologicalSorter(graph).prepare()


def test_the_check_can_fail(tmp_path: Path) -> None:
    file = tmp_path / "wrong.py"
    file.write_text("def f():\n    from cleaner.cli import main\n", encoding="utf-8")
    assert list(imports(file, deep=True)) == ["cleaner.cli"]
    assert list(imports(file, deep=False)) == []
