"""Which locked libraries have known vulnerabilities: `make advisories DATA=FILE`.

The program itself asks no network, and neither does this. The list is brought: OSV's export for PyPI, one zip of JSON
files (or one such file, or a folder of them), which whoever has the internet downloads from the OSV project and carries
here. Format: https://ossf.github.io/osv-schema/.

Exit status: 0 none known, 1 some are, 2 wrong usage, 3 there is no list to look into. A list older than a month is
told. A registry that knows nothing of advisories must never look like one that knows of none: no list, no answer.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from tests.house.source import ROOT

LOCKED = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.M)
OLD_DAYS = 31
NOT_HERE = (
    "No list of known vulnerabilities was given, so nothing was checked.\n"
    "Bring OSV's export for PyPI (all.zip) on a stick and call: make advisories DATA=all.zip"
)


@dataclass(frozen=True)
class Hit:
    """One advisory that speaks of a locked version."""

    lock: str
    name: str
    version: str
    id: str
    aliases: tuple[str, ...]
    summary: str
    fixed: tuple[str, ...]

    def line(self) -> str:
        known = f" ({', '.join(self.aliases)})" if self.aliases else ""
        mended = f"; mended in {', '.join(self.fixed)}" if self.fixed else "; not mended yet"
        return f"{self.lock}: {self.name} {self.version}: {self.id}{known} {self.summary}{mended}"


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: Path) -> dict[str, str]:
    """Name → version."""
    return {plain(name): version for name, version in LOCKED.findall(lock.read_text("utf-8"))}


def advisories(data: Path) -> Iterator[dict[str, Any]]:
    """Each advisory of a zip, a folder or a single file; ValueError where it is none of these."""
    if data.is_dir():
        texts: Iterator[bytes] = (path.read_bytes() for path in sorted(data.rglob("*.json")))
    elif zipfile.is_zipfile(data):
        texts = _members(data)
    else:
        texts = iter((data.read_bytes(),))
    for text in texts:
        said = json.loads(text)
        for one in said if isinstance(said, list) else [said]:
            if not isinstance(one, dict) or "id" not in one:
                raise ValueError(f"{data.name} holds something that is no advisory")
            yield one


def _members(data: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(data) as opened:
        for name in sorted(opened.namelist()):
            if name.endswith(".json"):
                yield opened.read(name)


def affects(affected: dict[str, Any], version: str) -> bool:
    """Whether an `affected` entry of an advisory speaks of that version: by its list, or by its ranges."""
    if version in affected.get("versions", ()):
        return True
    try:
        ours = Version(version)
        return any(_within(one.get("events", ()), ours) for one in affected.get("ranges", ()) if _by_version(one))
    except InvalidVersion:
        return True  # what cannot be compared is for a person to look at


def _by_version(one: dict[str, Any]) -> bool:
    return one.get("type") in ("ECOSYSTEM", "SEMVER")


def _within(events: Sequence[dict[str, str]], ours: Version) -> bool:
    """The events in their order: each `introduced` opens a stretch, each `fixed` or `last_affected` closes it."""

    def at(event: dict[str, str]) -> tuple[Version, int]:
        ((sort, said),) = event.items()
        return Version("0.dev0" if said == "0" else said), sort == "last_affected"

    inside = False
    for event in sorted((one for one in events if "limit" not in one), key=at):
        when, _last = at(event)
        if "introduced" in event and when <= ours:
            inside = True
        elif ("fixed" in event and when <= ours) or ("last_affected" in event and when < ours):
            inside = False
    return inside


def hits(data: Path, locks: Sequence[Path]) -> tuple[list[Hit], int, datetime | None]:
    """What speaks of a locked version, of how many advisories, and how new the newest of them is."""
    wanted = {lock.name: locked(lock) for lock in locks}
    found, count, newest = [], 0, None
    for one in advisories(data):
        count += 1
        if isinstance(changed := one.get("modified"), str):
            at = datetime.fromisoformat(changed.replace("Z", "+00:00"))
            newest = at if newest is None or at > newest else newest
        if one.get("withdrawn"):
            continue
        for affected in one.get("affected", ()):
            package = affected.get("package", {})
            if package.get("ecosystem") != "PyPI":
                continue
            name = plain(package.get("name", ""))
            for lock, versions in wanted.items():
                if name in versions and affects(affected, versions[name]):
                    found.append(_hit(lock, name, versions[name], one, affected))
    return sorted(set(found), key=lambda hit: (hit.lock, hit.name, hit.id)), count, newest


def _hit(lock: str, name: str, version: str, one: dict[str, Any], affected: dict[str, Any]) -> Hit:
    fixed = [e["fixed"] for r in affected.get("ranges", ()) if _by_version(r) for e in r["events"] if "fixed" in e]
    return Hit(lock, name, version, one["id"], tuple(one.get("aliases", ())), one.get("summary", ""), tuple(fixed))


def main(arguments: Sequence[str]) -> int:
    said = argparse.ArgumentParser(prog="python -m tests.house.advisories", description=__doc__)
    said.add_argument("--data", type=Path, help="OSV's export for PyPI: a zip, a folder or a file of JSON")
    said.add_argument("locks", nargs="*", type=Path, help="the locks to look at; else all of them")
    given = said.parse_args(arguments)
    if given.data is None or not given.data.exists():
        print(NOT_HERE if given.data is None else f"There is no {given.data}. {NOT_HERE}", file=sys.stderr)
        return 3
    try:
        found, count, newest = hits(given.data, given.locks or sorted(ROOT.glob("requirements*.lock")))
    except ValueError as why:
        print(f"This is no list of advisories: {why}", file=sys.stderr)
        return 2
    if not count or newest is None:
        print(f"{given.data} holds no advisory. {NOT_HERE}", file=sys.stderr)
        return 3
    for hit in found:
        print(hit.line())
    age = (datetime.now(UTC) - newest).days
    print(f"{count} advisories, the newest of {newest:%Y-%m-%d}: {len(found)} speak of what is locked.")
    if age > OLD_DAYS:
        print(f"The list is {age} days old: bring a newer one.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
