"""What people type is found in no file outside of the encrypted desk: after a day with printing, search, packages and
backups, after a lock, an error, kills and crashes. Nor is anything found that opens the desk.

`CPDESK_LONG_TESTS=1` prints every form as PDF, Word and Excel. What is left out on purpose: papers, tables and the file
that was attached, which a person put where they are; and the names of the desks' own files.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zipfile
import zlib
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

import pytest

from cpdesk.records import KINDS
from tests.canaries import nose, words
from tests.house.source import ROOT


@dataclass(frozen=True)
class Day:
    """`secrets`: keys in hex, recovery codes."""

    folder: Path
    secrets: tuple[str, ...]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The folders of a person who had that day."""
    folder = tmp_path_factory.mktemp("day")
    places = {"CPDESK_HOME": "home", "HOME": "user", "TMPDIR": "tmp", "TEMP": "tmp", "TMP": "tmp"}
    places |= {f"XDG_{what}_HOME": f"user/{what.lower()}" for what in ("CONFIG", "DATA", "CACHE", "STATE")}
    for name in {*places.values(), "desk", "papers", "here", "user/run"}:
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "user" / "run").chmod(0o700)
    env = {**os.environ, **{name: str(folder / place) for name, place in places.items()}}
    env |= {"XDG_RUNTIME_DIR": str(folder / "user" / "run"), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.canaries.day", str(folder)]
    done = subprocess.run(command, cwd=folder / "here", env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    told, *rest = done.stdout.splitlines()
    assert rest == ["locked"], done.stdout
    return Day(folder, tuple(json.loads(told)))


def test_nothing_that_was_typed_lies_outside_of_the_desk(day: Day) -> None:
    wanted = {one for word in (*words.WORDS, *words.NUMBERS) for one in nose.dresses(word)}
    assert nose.traces(day.folder, wanted, but="papers") == []


def test_nothing_that_opens_the_desk_lies_anywhere(day: Day) -> None:
    """Neither its key nor a password, not even the one that was typed in vain, nor a code."""
    wanted: set[bytes] = set()
    for secret in day.secrets:
        wanted |= nose.dresses(secret) | nose.dresses(secret.replace("-", ""))
        if len(secret) == 64:
            wanted |= nose.hidden(bytes.fromhex(secret))
    for password in (words.PASSWORD, words.LATER, words.THIRD, words.WRONG):
        wanted |= nose.dresses(password) | nose.dresses(password.replace(" ", ""))
    assert nose.traces(day.folder, wanted) == []


def test_there_was_something_to_find(day: Day) -> None:
    """The same nose finds the words on the papers that somebody printed; and all sorts of files were made."""
    assert len(nose.traces(day.folder / "papers", nose.dresses(words.KHMER))) > 6
    there = {str(path.relative_to(day.folder)) for path in day.folder.rglob("*")}
    assert there >= {"home/settings.json", "home/logs/cpdesk.log", "desk/up.cpsync", "desk/hand.cpbackup"}
    assert any(name.startswith("home/backups/") for name in there)
    assert "desk/0802.cpdesk-wal" in there, "it was cut off in the middle of writing"
    told = "".join(path.read_text("utf-8") for path in (day.folder / "home" / "crashes").glob("*.txt"))
    assert "Segmentation fault" in told and "Aborted" in told and "ValueError" in told


def test_a_canary_was_put_into_every_field() -> None:
    """Of every kind that people write; references aside, which hold no words."""
    for name, kind in KINDS.items():
        if not (kind.built_in or kind.closed or name in words.BY_APPROVING):
            lacking = {field.name for field in kind.fields} - words.filled()[name].keys()
            assert all(kind.field(one).type.name in ("ref", "refs") for one in lacking), (name, lacking)


WORD = words.KHMER


@pytest.mark.parametrize(
    "data",
    [
        WORD.encode(),
        WORD.encode("utf-16-le"),
        WORD.encode("utf-16-be"),
        WORD.encode().hex().encode(),
        json.dumps(f"a{WORD}").encode(),
        b64encode(f"..{WORD}..".encode()),
        b64encode(f".{WORD}.".encode()),
        b64encode(f"{WORD}...".encode()),
        b"junk" * 50 + zlib.compress(f"so said {WORD}".encode() * 99)[:300],
        b"junk" + gzip.compress(WORD.encode()),
    ],
)
def test_the_nose_knows_it_in_every_dress(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(b"\x00\xff" * 9 + data + b"\xff")
    assert len(nose.traces(tmp_path, nose.dresses(WORD))) == 1


def test_the_nose_looks_into_zip_files_and_at_names(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("in/side.xml", WORD * 20)
    assert len(nose.traces(tmp_path, nose.dresses(WORD))) == 1
    (tmp_path / f"{WORD}.txt").touch()
    assert len(nose.traces(tmp_path, nose.dresses(WORD))) == 2


@pytest.mark.parametrize("text", ["zvxkanaré", WORD, "0977418263", "x"])
def test_base64_is_known_wherever_it_begins(text: str) -> None:
    for before in range(6):
        for after in range(4):
            packed = b64encode(b"q" * before + text.encode() + b"q" * after)
            assert any(one in packed for one in nose.hidden(text.encode()) if len(one) > 1) or len(text) == 1
