"""The page on security claims nothing that no test holds."""

from __future__ import annotations

import ast
import re

from tests.house.source import ROOT, report, tree

PAGE = ROOT / "cpdesk" / "SECURITY.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_the_tests_that_it_names_are_there() -> None:
    named = NAMED.findall(PAGE.read_text("utf-8"))
    assert len(named) > 25
    said = []
    for file, name in named:
        path = ROOT / file
        if not path.is_file():
            said.append(f"{PAGE.name}: there is no {file}")
        elif name and name not in {one.name for one in ast.walk(tree(path)) if isinstance(one, ast.FunctionDef)}:
            said.append(f"{PAGE.name}: {file} has no {name}")
    report(said)


def test_its_table_leaves_no_claim_without_a_test() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ") and "---" not in line]
    report([f"{PAGE.name}: nothing holds “{row[:60]}…”" for row in rows[1:] if not NAMED.search(row)])


def test_its_numbers_are_those_of_the_program() -> None:
    from cpdesk.store.keyring import Lock
    from cpdesk.tasks.passwords import words

    text = PAGE.read_text("utf-8")
    stretch = Lock.new(bytes(16)).stretch
    assert f"{stretch.memory // 1024} MiB, {stretch.passes} passes and {stretch.lanes} lanes" in text
    assert f"come from {len(words()):,}" in text
