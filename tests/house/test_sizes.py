"""Files and functions stay small enough to be read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ROOT, report, sources, tree

FILE, FUNCTION = 600, 80
CODE = sources("cpdesk", "ui", "tests", "resources")


def test_no_file_is_too_long() -> None:
    lines = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in CODE}
    said = [f"{path} has {n} lines; over {FILE} it is time for two." for path, n in lines.items() if n > FILE]
    report(said)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and number of lines of every function of a file, decorators left out."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_too_long() -> None:
    said = [
        f"{path.relative_to(ROOT)}: {name} has {n} lines; over {FUNCTION} nobody sees what it does."
        for path in CODE
        for name, n in functions(path)
        if n > FUNCTION
    ]
    report(said)
