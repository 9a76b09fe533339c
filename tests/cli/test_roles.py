"""The command line is held to the roles as the window is: a refusal is one line and status 1, and changes nothing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from cpdesk.records.officers import ROLES
from cpdesk.store import Desk, keyring
from cpdesk.tasks import officers
from tests.cli.conftest import run
from tests.tasks.roles_world import PASSWORD, World, build, everything, quick
from tests.tasks.test_roles import MAY

FORM = "invitation"


@dataclass(frozen=True)
class Laptop:
    """A locked desk with an officer for each role, who is called by it."""

    world: World
    path: Path

    def all_of_it(self) -> str:
        with Desk.open(self.path, key=self.world.key) as desk:
            return everything(desk)


def password(role: str) -> str:
    return f"{PASSWORD} {ROLES.index(role)}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = build(tmp_path_factory.mktemp("roles"))
    with pytest.MonkeyPatch.context() as patch, Desk.open(world.path, key=world.key) as desk:
        patch.setenv("CPDESK_HOME", str(world.folder / "home"))
        quick(patch)
        officers.enter(desk, world.ids["writer"])
        for role in ROLES:
            officers.add(desk, role, [role], password(role))
    return world


@pytest.fixture
def laptop(built: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    quick(monkeypatch)
    path = tmp_path / built.path.name
    shutil.copy(built.path, path)
    shutil.copy(keyring.beside(built.path), keyring.beside(path))
    return Laptop(built, path)


def commands(laptop: Laptop) -> dict[str, list[list[object]]]:
    """By the act that they take."""
    ids, files, folder = laptop.world.ids, laptop.world.files, laptop.path.parent
    return {
        "draft": [["put", "body", "-"], ["delete", ids["body"]], ["undelete", ids["binned"]]],
        "export": [["export", folder / "out.cpsync", "--to", "0801"]],
        "merge": [
            ["merge", files["waiting"]],
            ["resolve", ids["differing"], "subject", "--value", '"ពាក្យរួម"'],
            ["undo-merge", ids["can be taken back"]],
        ],
        "keys": [
            ["enrol", files["0802"]],
            ["join", files["00"]],
            ["revoke", "0801"],
            ["officer", "reader", "--role", "keeper"],
            ["code"],
        ],
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_role_by_command(laptop: Laptop, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPDESK_PASSWORD", password(role))
    before = laptop.all_of_it()
    wanted = commands(laptop)
    for act in wanted.keys() - set(MAY[role].split()):
        for words in wanted[act]:
            refused = run("--desk", laptop.path, "--lang", "en", *words, stdin='{"name_km": "ថ្មី"}')
            assert refused.status == 1, words
            assert refused.out == "", words
            assert refused.told.startswith(f"{role} may not do this: "), refused.told
            assert refused.told.count("\n") == 1, refused.told
    assert laptop.all_of_it() == before
    for act in wanted.keys() & set(MAY[role].split()):
        for words in wanted[act]:
            done = run("--desk", laptop.path, *words, stdin='{"name_km": "ថ្មី"}')
            assert done.status == 0, done.told


def test_what_everybody_may(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader looks, prints and backs up; of a letter that waits for its number they are told so."""
    monkeypatch.setenv("CPDESK_PASSWORD", password("reader"))
    ids, files, folder = laptop.world.ids, laptop.world.files, laptop.path.parent
    for words in (
        ["list", "meeting"],
        ["get", ids["meeting"]],
        ["inspect", files["waiting"]],
        ["merge", "--dry-run", files["waiting"]],
        ["undo-merge", "--dry-run", ids["can be taken back"]],
        ["card", folder / "own.cpcard"],
        ["export-table", "person", folder / "people.csv"],
        ["check"],
        ["backup", folder / "mine.cpbackup"],
    ):
        done = run("--desk", laptop.path, *words)
        assert done.status == 0, (words, done.told)
    printed = run("--desk", laptop.path, "--lang", "en", "print", FORM, ids["meeting"], folder / "letter.pdf")
    assert printed.status == 0
    assert "no letter number: reader may read here" in printed.out
    every = run("--desk", laptop.path, "--lang", "en", "print-all", ids["meeting"], folder, "--form", FORM)
    assert every.status == 0
    assert "Without a letter number" in every.out
    monkeypatch.setenv("CPDESK_PASSWORD", password("officer"))
    printed = run("--desk", laptop.path, "--lang", "en", "print", FORM, ids["meeting"], folder / "letter.pdf")
    assert "letter number" not in printed.out
