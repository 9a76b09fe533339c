"""Everything that is installed is locked: by version and by hash, in a file that is part of the project.

That no line of a lock lacks its hash, and none names where it comes from, stands in `test_words`.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distributions

import pytest

from tests.house.source import ROOT, report

LOCKS = sorted(ROOT.glob("requirements*.lock"))
LOCKED = re.compile(r"^([\w.-]+)==([^\s;]+)", re.M)


def plain(name: str) -> str:
    """A name as the packaging world compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(*names: str) -> dict[str, set[str]]:
    """Name → the versions that these locks allow."""
    found: dict[str, set[str]] = {}
    for name in names:
        for what, version in LOCKED.findall((ROOT / name).read_text("utf-8")):
            found.setdefault(plain(what), set()).add(version)
    return found


@pytest.mark.parametrize("venv", [".venv", ".venv-bundle", ".venv-bench"])
def test_what_is_installed_is_locked(venv: str) -> None:
    """The program's own folder of libraries, and those of what packs it and of what it is measured beside."""
    folders = [str(path) for path in (ROOT / venv).glob("lib/python*/site-packages")]
    if not folders:
        pytest.skip(f"there is no {venv} here")
    allowed = locked(
        {".venv-bundle": "requirements-bundle.lock", ".venv-bench": "requirements-bench.lock"}.get(
            venv, "requirements.lock"
        )
    )
    said = []
    for one in distributions(path=folders):
        name, version = plain(one.metadata["Name"]), one.version
        if version not in allowed.get(name, set()):
            said.append(f"{name} {version} is in {venv}, and its lock names {sorted(allowed.get(name, ()))}")
    report(said)


def test_what_is_asked_for_is_locked() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups: dict[str, list[str]] = asked["dependency-groups"]
    wanted = {
        "requirements.lock": [*asked["project"]["dependencies"], *groups["dev"]],
        "requirements-bench.lock": groups["bench"],
        "requirements-bundle.lock": groups["bundle"],
    }
    assert {path.name for path in LOCKS} == set(wanted)
    for lock, lines in wanted.items():
        names = {plain(re.match(r"[\w.-]+", line)[0]) for line in lines}  # type: ignore[index]
        report([f"{lock} lacks {name}" for name in sorted(names - set(locked(lock)))])


def test_locks_agree() -> None:
    """No two of them name other versions of one thing, so that the program is measured and packed as it is tested."""
    together = locked(*(path.name for path in LOCKS))
    one = locked("requirements.lock")
    report([f"{name}: {sorted(together[name])}" for name in one if together[name] != one[name]])
