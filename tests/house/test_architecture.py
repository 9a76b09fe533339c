"""Who may import whom. A failure reads as a sentence: what is imported where, and why that does not do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec

import pytest

from tests.house.source import ROOT, Import, all_imports, module_name, report, sources, within

CORE = all_imports("cpdesk")
WINDOW = all_imports("ui")

# Low to high. A part imports those before its own line; parts on one line are blind to one another.
LAYERS = (
    ("errors", "paths"),
    ("i18n",),
    ("files", "settings", "logs"),
    ("khmer",),
    ("gazetteer",),
    ("kinds",),
    ("records",),
    ("charts",),
    ("help",),
    ("store", "sync", "analysis", "printing", "tables"),
    ("tasks",),
    ("cli", "__main__"),
)
# The exceptions on one line: who leans on whom, and why.
NEIGHBOURS = {
    ("settings", "files"): "settings are written whole or not at all",
    ("logs", "files"): "what is carried away is written whole or not at all",
    ("sync", "store"): "a package carries the lines of the log as the store defines them",
    ("__main__", "cli"): "it only starts it",
}
# What the window may know of the core. Everything that a user does goes through tasks.
FOR_THE_WINDOW = (
    "tasks", "help", "records", "kinds", "charts", "khmer", "gazetteer", "i18n", "errors", "paths", "settings", "logs",
)  # fmt: skip


def layer(part: str) -> int:
    return next(n for n, parts in enumerate(LAYERS) if part in parts)


def part_of(module: str) -> str:
    """The part of the core that a dotted module belongs to; "" for the package `cpdesk` itself."""
    return module.split(".")[1] if "." in module else ""


def complain(found: Iterable[Import], why: str | Callable[[Import], str]) -> None:
    said = [
        f"{one.where} imports {one.what} in line {one.line}: {why if isinstance(why, str) else why(one)}"
        for one in found
    ]
    report(said)


def test_each_part_of_the_core_has_a_place() -> None:
    known = {part for parts in LAYERS for part in parts}
    strangers = {part for path in sources("cpdesk") if (part := part_of(module_name(path)))} - known
    assert not strangers, f"{', '.join(sorted(strangers))}: give it a line in LAYERS, low to high."


def test_imports_go_from_high_to_low() -> None:
    def wrong(one: Import) -> bool:
        here, there = part_of(one.where), part_of(one.what)
        if not one.imports("cpdesk") or not here or not there or here == there:
            return False
        if layer(here) == layer(there):
            return (here, there) not in NEIGHBOURS
        return layer(here) < layer(there)

    complain(
        filter(wrong, CORE),
        lambda one: f"{part_of(one.where)} must not know {part_of(one.what)}; hand the value in from above.",
    )


def test_the_core_knows_no_window() -> None:
    complain(
        (one for one in CORE if one.imports("PySide6", "shiboken6")),
        "Qt belongs in ui alone; the core must run where there is no screen.",
    )
    complain(
        (one for one in CORE if one.imports("ui") and not (one.late and part_of(one.where) == "cli")),
        "only the command line opens the window, inside the function that does so.",
    )


def test_the_window_goes_through_tasks() -> None:
    complain(
        (one for one in WINDOW if one.imports("cpdesk") and part_of(one.what) not in ("", *FOR_THE_WINDOW)),
        "the window asks cpdesk.tasks for it, as the command line does.",
    )


@pytest.mark.parametrize(
    ("libraries", "owners", "why"),
    [
        (
            ("sqlite3", "sqlcipher3", "pysqlite3", "sqlite_utils"),
            ("cpdesk.store",),
            "SQL is spoken in cpdesk.store alone, where a desk is opened in one place.",
        ),
        (("reportlab",), ("cpdesk.printing",), "paper is made in cpdesk.printing, where Khmer is shaped."),
        (
            ("cryptography", "pyrage", "securesystemslib", "argon2", "nacl"),
            ("cpdesk.sync", "cpdesk.store.keyring", "cpdesk.store.pages"),
            "keys and ciphers stay in cpdesk.sync, the store's key ring and its pages.",
        ),
        (
            ("xlsxwriter", "openpyxl", "docx"),
            ("cpdesk.tables", "cpdesk.printing.excel", "cpdesk.printing.word"),
            "tables are read and written in cpdesk.tables, papers laid out in cpdesk.printing.",
        ),
        (("click",), ("cpdesk.cli", "cpdesk.__main__"), "only the command line knows how it was called."),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_each_library_has_one_owner(libraries: tuple[str, ...], owners: tuple[str, ...], why: str) -> None:
    everywhere = CORE + WINDOW
    complain((one for one in everywhere if one.imports(*libraries) and not within(one.where, *owners)), why)


def loaded_by(code: str) -> set[str]:
    """The top-level modules that are there after a fresh interpreter ran `code`."""
    code += "\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_whole_core_loads_without_qt() -> None:
    modules = [module_name(path) for path in sources("cpdesk") if path.name != "__main__.py"]
    came = loaded_by(f"import {', '.join(modules)}")
    assert not came & {"PySide6", "shiboken6", "ui"}, "Importing cpdesk brought Qt along."


@pytest.mark.skipif(not find_spec("cpdesk.cli"), reason="no command line yet")
def test_the_command_line_starts_light() -> None:
    heavy = {"reportlab", "pypdfium2", "xlsxwriter", "openpyxl", "docx", "numpy"}
    came = heavy & loaded_by("import cpdesk.cli")
    assert not came, f"Every start loads {', '.join(came)}; import it inside the function that needs it."
