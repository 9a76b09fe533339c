"""A desk of ក្រុងតាខ្មៅ in a file, and a way to call the program on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cpdesk.cli import program

TAKHMAU = "0811"


@dataclass(frozen=True)
class Answer:
    """`status`, both streams, and standard output read as JSON: one value, or one a line."""

    status: int
    out: str
    told: str

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        (one,) = self.lines
        return one


Call = Callable[..., Answer]


def run(*words: object, stdin: str | bytes = "") -> Answer:
    done = CliRunner().invoke(program, [str(word) for word in words], input=stdin, prog_name="cpdesk")
    return Answer(done.exit_code, done.stdout, done.stderr)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "takhmau.cpdesk"
    made = run("init", path, "--office", TAKHMAU, "--name", "សុខ សុភា")
    assert made.status == 0, made.told
    return path


@pytest.fixture
def call(desk: Path) -> Call:
    """`call("list", "meeting")` on that desk, with --json."""

    def on_desk(*words: object, stdin: str | bytes = "", status: int = 0) -> Answer:
        answer = run("--desk", desk, *words, "--json", stdin=stdin)
        assert answer.status == status, answer.told or answer.out
        return answer

    return on_desk


def line(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
