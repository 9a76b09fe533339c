"""Are two builds the same? `python -m resources.packaging.compare ONE OTHER` names every file that differs.

Of a program or a library of Python it goes on to what inside differs, so that the cause can be found.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from cpdesk.files import sha256_of


def facts(folder: Path) -> dict[str, str]:
    """Each file and link of a folder by name: its rights and its hash, or where it leads."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"→ {path.readlink()}"
        elif path.is_file():
            found[name] = f"{path.stat().st_mode & 0o777:o} {sha256_of(path).hex()}"
    return found


def differences(one: Path, other: Path) -> Iterator[str]:
    """A line for each file that is not the same in both."""
    here, there = facts(one), facts(other)
    for name in sorted({*here, *there}):
        if name not in there:
            yield f"{name}: only in {one}"
        elif name not in here:
            yield f"{name}: only in {other}"
        elif here[name] != there[name]:
            yield f"{name}: {here[name][:16]}… and {there[name][:16]}…{_inside(one / name, other / name)}"


def _inside(one: Path, other: Path) -> str:
    """Where the first byte differs; of programs, which modules do."""
    if one.is_symlink() or other.is_symlink():
        return ""
    left, right = one.read_bytes(), other.read_bytes()
    at = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return f", {len(left)} and {len(right)} bytes, first at {at}{_modules(one, other)}"


def _modules(one: Path, other: Path) -> str:
    try:
        from PyInstaller.archive.readers import CArchiveReader

        names = []
        archives = [CArchiveReader(str(path)).open_embedded_archive("PYZ.pyz") for path in (one, other)]
        for name in sorted({*archives[0].toc, *archives[1].toc}):
            if archives[0].extract(name, raw=True) != archives[1].extract(name, raw=True):
                names.append(name)
    except Exception:  # no program, or a PyInstaller that keeps it elsewhere
        return ""
    return f": {', '.join(names)}"


def main() -> int:
    one, other = map(Path, sys.argv[1:3])
    found = list(differences(one, other))
    print(*found, sep="\n")
    print(f"{len(facts(one))} files, {len(found)} differ.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
