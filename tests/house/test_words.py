"""What no file of the project may hold: hosts that packages come from, and paths of somebody's machine."""

from __future__ import annotations

import re

from tests.house.source import ROOT, report, text_of, tracked

# Written apart, so that this file may be judged too.
HOSTS = re.compile(r"pypi\.(org|python)|python" r"hosted|registry\.npm" r"js|deb\.deb" r"ian|crates" r"\.io", re.I)
MACHINE = re.compile(r"(?<![\w.~-])/(?:wo" r"rk|ro" r"ot)/|\b[A-Z]:\\\\?Us" r"ers\\|\.\./sha" r"red\b")
# The outer checks look for what lies beside a checkout.
MAY_LOOK_AROUND = {".ci/run"}


def found(pattern: re.Pattern[str]) -> list[str]:
    said = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        text = text_of(path)
        if text is None or name in MAY_LOOK_AROUND:
            continue
        for hit in pattern.finditer(text):
            line = text.count("\n", 0, hit.start()) + 1
            said.append(f"{name}, line {line}: {hit.group()}")
    return said


def test_no_package_host_is_named() -> None:
    report([f"{hit}: where packages come from is each machine's own matter" for hit in found(HOSTS)])


def test_no_path_of_a_machine_is_named() -> None:
    report([f"{hit}: such a path exists on one machine only" for hit in found(MACHINE)])


def test_locked_files_are_known_by_hash_alone() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text("utf-8")
        assert "://" not in text and " @ " not in text, f"{lock.name} names an address."
        pinned = re.findall(r"^([\w.-]+)==\S+ .*\\\n +--hash=sha256:", text, re.M)
        named = re.findall(r"^([\w.-]+)", text, re.M)
        assert named and pinned == named, f"{lock.name}: without a hash: {set(named) - set(pinned)}"
