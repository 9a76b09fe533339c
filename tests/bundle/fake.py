"""A bundle of a few kilobytes that behaves towards the installer as the real one does: for tests of `install.sh`."""

from __future__ import annotations

import hashlib
from pathlib import Path

PROGRAM = """#!/bin/sh
# {version}
[ "{starts}" = yes ] || exit 1
case "$1" in
--version) echo "cpdesk {version}" ;;
associate) mkdir -p "$XDG_DATA_HOME"; echo "{version} $*" >>"$XDG_DATA_HOME/associated" ;;
esac
[ -z "$CPDESK_HOME" ] || touch "$CPDESK_HOME/written"
"""


def bundle(folder: Path, version: str, *, starts: bool = True, weight: int = 1000) -> Path:
    """`folder`/cpdesk, as `finish` leaves it: a program, a library under a link, VERSION and SHA256SUMS."""
    made = folder / "cpdesk"
    (made / "_internal").mkdir(parents=True)
    program = made / "cpdesk"
    program.write_text(PROGRAM.format(version=version, starts="yes" if starts else "no"), "ascii")
    program.chmod(0o755)
    (made / "_internal" / "library.so.1").write_bytes(version.encode() * weight)
    (made / "_internal" / "library.so").symlink_to("library.so.1")
    (made / "VERSION").write_text(f"{version}\n", "ascii")
    (made / "cpdesk.cdx.json").write_text("{}", "ascii")
    names = [path for path in sorted(made.rglob("*")) if path.is_file() and not path.is_symlink()]
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(made)}\n" for path in names]
    (made / "SHA256SUMS").write_text("".join(sums), "utf-8")
    return made
