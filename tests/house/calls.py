"""Which function of the core leads to which, read from its source: names are followed, objects are not.

A function leads to whatever it names: a function that it calls or hands on, every method of a class that it makes one
of, and its own class's methods on `self`. Methods of other objects are followed only where `METHODS` knows them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.house.source import ROOT, module_name, sources, tree, within

Bound = Mapping[str, Mapping[str, str]]  # module → its names and what they stand for
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MATTERS = (ast.Name, ast.Attribute, ast.Call, ast.Constant)
_IMPORTS = re.compile(r"^ *from ([\w.]+) import (\([^)]*\)|[^\n]+)", re.MULTILINE)
_NAMES = re.compile(r"(\w+)( as (\w+))?")
METHODS = {  # called on a desk, wherever it came from
    name: f"cpdesk.store.desk.Desk.{name}" for name in ("set_meta", "rename_officer", "become_new_site")
}


@dataclass
class Function:
    """A function or method by its dotted name, with what it leads to and the texts that stand in it."""

    name: str
    where: str
    leads: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)

    @property
    def public(self) -> bool:
        return not any(part.startswith("_") for part in self.name.split(".")[2:])


@cache
def graph(*folders: str) -> Mapping[str, Function]:
    """Every function and method of these folders."""
    paths = sources(*folders)
    bound = {module_name(path): _bindings(path) for path in paths}
    found = {name: (path, node, owner) for path in paths for name, node, owner in _functions(path)}
    methods: dict[str, set[str]] = {}
    for name, (_path, _node, owner) in found.items():
        methods.setdefault(owner, set()).add(name)
    made: dict[str, Function] = {}
    for name, (path, node, owner) in found.items():
        names = bound[module_name(path)]
        one = made[name] = Function(name, f"{path.relative_to(ROOT)}:{node.lineno}")
        for part in _flat(node):
            if isinstance(part, ast.Constant):
                one.texts += [part.value] if isinstance(part.value, str) else []
            elif isinstance(part, ast.Call) and (said := _said(part.func, names, owner)) is not None:
                one.leads |= methods.get(_defined(said, bound), set())
            elif (said := _said(part, names, owner)) is not None:
                one.leads.add(_defined(said, bound))
        one.leads &= found.keys()
    return made


def named_in(folder: str, *folders: str) -> set[str]:
    """The dotted names of `folder` that the modules of the others use, by their text alone."""
    bound = {module_name(path): _bindings(path) for path in sources(folder)}
    package = folder.replace("/", ".")
    found: set[str] = set()
    for path in sources(*folders):
        text = path.read_text("utf-8")
        for module, listed in _IMPORTS.findall(text):
            for name, _as, other in _NAMES.findall(listed) if within(module, package) else ():
                whole = f"{module}.{name}"
                used = re.findall(rf"\b{other or name}\.(\w+)", text)
                found |= {_defined(one, bound) for one in (whole, *(f"{whole}.{attribute}" for attribute in used))}
    return found


def _flat(node: ast.AST) -> list[ast.AST]:
    """What matters here of all that stands in a node. (`ast.walk` takes three times as long.)"""
    found: list[ast.AST] = []
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, _MATTERS):
            found.append(one)
        for name in one._fields:
            value = getattr(one, name, None)
            if isinstance(value, list):
                stack += [part for part in value if isinstance(part, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                stack.append(value)
    return found


def _functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef, str]]:
    """(dotted name, function, dotted name of its class or ""); what is defined inside of a function belongs to it."""
    module = module_name(path)
    for node in tree(path).body:
        if isinstance(node, _FUNCTIONS):
            yield f"{module}.{node.name}", node, ""
        elif isinstance(node, ast.ClassDef):
            owner = f"{module}.{node.name}"
            yield from ((f"{owner}.{one.name}", one, owner) for one in node.body if isinstance(one, _FUNCTIONS))


@cache
def _bindings(path: Path) -> dict[str, str]:
    """What the names of a module stand for, those imported inside of functions too."""
    module = module_name(path)
    found: dict[str, str] = {}
    for source, listed in _IMPORTS.findall(path.read_text("utf-8")):
        found |= {other or name: f"{source}.{name}" for name, _as, other in _NAMES.findall(listed)}
    for node in tree(path).body:
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            found[node.name] = f"{module}.{node.name}"
    return found


def _said(node: ast.AST, names: Mapping[str, str], owner: str) -> str | None:
    """What a name, or a name behind a dot, stands for."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if not isinstance(node, ast.Attribute):
        return None
    if node.attr in METHODS:
        return METHODS[node.attr]
    if not isinstance(node.value, ast.Name):
        return None
    if owner and node.value.id in ("self", "cls"):
        return f"{owner}.{node.attr}"
    return f"{names[node.value.id]}.{node.attr}" if node.value.id in names else None


def _defined(name: str, bound: Bound) -> str:
    """Where that name is defined, through modules that only hand it on."""
    for _step in range(5):
        module, _dot, last = name.rpartition(".")
        there = bound.get(module, {}).get(last, name)
        if there == name:
            break
        name = there
    return name
