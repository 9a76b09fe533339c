"""Reads the program's own source for the tests that judge it, and says what they found. Runs nothing of it."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Without git: what work leaves in the folder, and the dotted folders that are the project's own.
MADE = {"build", "dist", "demo", "__pycache__"}
DOTTED = {".ci", ".github"}


@dataclass(frozen=True)
class Import:
    """Module `where` imports module `what` (both dotted) in `line`; `late`: inside a function."""

    where: str
    what: str
    line: int
    late: bool

    def imports(self, *names: str) -> bool:
        return within(self.what, *names)


def within(module: str, *packages: str) -> bool:
    """Is the dotted `module` one of `packages`, or inside one?"""
    return any(module == name or module.startswith(name + ".") for name in packages)


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[Import]:
    """Every import of a file; those for type checkers alone count too, since they tie the parts as well."""
    name = module_name(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]

    def walk(node: ast.AST, late: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(name, alias.name, child.lineno, late) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = child.module or ""
                if child.level:
                    above = package.split(".")[: len(package.split(".")) - child.level + 1]
                    base = ".".join([*above, base] if base else above)
                names = [_full(base, alias.name) for alias in child.names]
                yield from (Import(name, what, child.lineno, late) for what in names)
            else:
                inside = late or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
                yield from walk(child, inside)

    yield from walk(tree(path), False)


def _full(base: str, name: str) -> str:
    """`from cpdesk import i18n` imports a module of that name, `from cpdesk.i18n import _` does not."""
    folder = ROOT.joinpath(*base.split("."))
    if (folder / f"{name}.py").exists() or (folder / name).is_dir():
        return f"{base}.{name}"
    return base


def all_imports(*folders: str) -> list[Import]:
    return [one for path in sources(*folders) for one in imports(path)]


def tracked() -> list[Path]:
    """The files of the project: what git tracks, or, where there is no git, what a clone would hold."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
        if listed.returncode == 0:
            return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return [path for path in sorted(ROOT.rglob("*")) if path.is_file() and _belongs(path.relative_to(ROOT))]


def _belongs(path: Path) -> bool:
    top = path.parts[0]
    leftover = top.startswith(".") and len(path.parts) > 1 and top not in DOTTED
    return not leftover and not MADE.intersection(path.parts) and path.suffix != ".mo"


def text_of(path: Path) -> str | None:
    """The text of a file, None where it is none."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def report(said: list[str]) -> None:
    """Fail with these sentences, if there are any, and with nothing else around them."""
    if said:
        pytest.fail("\n".join(said), pytrace=False)
