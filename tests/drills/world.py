"""What each drill begins with: a district's desk with some meetings, its province, a stick."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.drills.walk import Computer
from tests.house.source import ROOT

DISTRICT, PROVINCE = "0811", "08"
SOPHEA, THEARY = "សុខ សុភា", "ចាន់ ធារី"
FIRST, SECOND, THIRD = "ស្វាយ ចន្ទី ដូង ម្នាស់", "ទន្លេ មេឃ ផ្កា ភ្នំ", "ដំរី ខ្លា ត្រី អណ្តើក"
MEETINGS = 12

Run = Callable[..., tuple[int, str]]


def as_a_program(*words: str) -> tuple[int, str]:
    """A command as a person starts it: a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "cpdesk", "--lang", "en", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def in_this_process(*words: str) -> tuple[int, str]:
    """The same without a process, for the tests."""
    from cpdesk.i18n import language, set_language
    from tests.cli.conftest import run

    before = language()
    try:
        done = run("--lang", "en", *words)
    finally:
        set_language(before)
    return done.status, done.out + done.told


@dataclass
class World:
    """`desk` on `laptop`; `above` at the `province`; `stick` goes to and fro."""

    folder: Path
    run: Run
    laptop: Computer
    province: Computer
    desk: Path
    above: Path
    stick: Path
    code: str = ""

    @property
    def backup(self) -> Path:
        return self.stick / "backup.cpbackup"

    def another(self, name: str) -> Computer:
        return Computer.make(name, self.folder, self.run)

    def titles(self, computer: Computer, desk: Path, password: str = "") -> list[str]:
        """What the meetings of a desk are about."""
        said = computer.type(None, "--desk", desk, "list", "meeting", "--json", password=password)
        return sorted(json.loads(line)["subject"] for line in said.splitlines())

    def refused(self, computer: Computer, desk: Path, password: str) -> str:
        """Somebody tries a password that opens nothing; what is said to them."""
        return computer.type(None, "--desk", desk, "check", status=1, password=password)


def subject(number: int) -> str:
    return f"កិច្ចប្រជុំលើកទី {number}"


def build(folder: Path, run: Run, *, locked: bool = True, joined: bool = True) -> World:
    """The district's desk, `locked` with the password `FIRST` or open; with its province's card where `joined`."""
    stick = folder / "stick"
    stick.mkdir(parents=True)
    laptop, province = (Computer.make(name, folder, run) for name in ("laptop", "province"))
    world = World(folder, run, laptop, province, laptop.path("0811.cpdesk"), province.path("08.cpdesk"), stick)
    made = ("init", world.desk, "--office", DISTRICT, "--name", SOPHEA)
    if locked:
        world.code = code_in(laptop.type(None, *made, "--locked", new=FIRST))
    else:
        laptop.type(None, *made)
    secret = FIRST if locked else ""
    laptop.type(None, "--desk", world.desk, "put", "meeting", _lines(folder), password=secret)
    province.type(None, "init", world.above, "--office", PROVINCE, "--name", "ខេត្ត", "--locked", new=THIRD)
    if joined:
        befriend(world, laptop, world.desk, secret)
    return world


def befriend(world: World, computer: Computer, desk: Path, password: str = "") -> None:
    """Cards go to and fro, and a first package up."""
    ours, theirs = world.stick / "0811.cpcard", world.stick / "08.cpcard"
    computer.type(None, "--desk", desk, "card", ours, password=password)
    world.province.type(None, "--desk", world.above, "card", theirs, password=THIRD)
    world.province.type(None, "--desk", world.above, "enrol", ours, password=THIRD)
    computer.type(None, "--desk", desk, "join", theirs, password=password)
    computer.type(None, "--desk", desk, "export", world.stick / "up.cpsync", password=password)
    world.province.type(None, "--desk", world.above, "merge", world.stick / "up.cpsync", password=THIRD)


def _lines(folder: Path) -> Path:
    file = folder / "meetings.jsonl"
    lines = [json.dumps({"subject": subject(n), "date": "2022-06-23"}, ensure_ascii=False) for n in range(MEETINGS)]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def code_in(said: str) -> str:
    """The recovery code in what a command printed."""
    found = re.search(r"\b[0-9A-Z]{5}(-[0-9A-Z]{5}){4}\b", said)
    assert found is not None, said
    return found[0]
