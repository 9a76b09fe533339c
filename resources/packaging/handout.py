"""What is carried to an office with Linux: one file, made of a bundle, the same each time.

`python -m resources.packaging.handout dist/cpdesk` writes dist/cpdesk-VERSION-linux-MACHINE.tar. In it lie the
installer, a page that says what to do, the list of parts, and the program itself in a tar of its own: a stick's file
system keeps neither links nor rights, and so may hold this folder unpacked.
"""

from __future__ import annotations

import gzip
import io
import os
import platform
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from cpdesk.files import whole_file
from resources.packaging.sbom import NAME, VERSION

HERE = Path(__file__).resolve().parent


def make(bundle: Path, folder: Path) -> Path:
    """The file, in `folder`. Its name tells version and machine; its dates are those of the sources."""
    version = (bundle / VERSION).read_text("ascii").strip()
    name = f"cpdesk-{version}-linux-{platform.machine()}"
    when = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    program = packed(bundle, when)
    inside = {
        "install.sh": (HERE / "install.sh").read_bytes(),
        "READ-ME.txt": (HERE / "texts" / "INSTALL.txt").read_bytes(),
        NAME: (bundle / NAME).read_bytes(),
        "cpdesk.tar.gz": program,
    }
    path = folder / f"{name}.tar"
    with whole_file(path) as file, tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for one, content in inside.items():
            tar.addfile(_facts(f"{name}/{one}", when, len(content), one.endswith(".sh")), io.BytesIO(content))
    return path


def packed(bundle: Path, when: int) -> bytes:
    """The bundle as cpdesk.tar.gz: in the order of names, nobody's, of one time."""
    out = io.BytesIO()
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=when, compresslevel=6) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for path in _files(bundle):
            facts = _facts(f"cpdesk/{path.relative_to(bundle).as_posix()}", when, 0, os.access(path, os.X_OK))
            if path.is_symlink():
                facts.type, facts.linkname, facts.mode = tarfile.SYMTYPE, str(path.readlink()), 0o777
                tar.addfile(facts)
            else:
                content = path.read_bytes()
                facts.size = len(content)
                tar.addfile(facts, io.BytesIO(content))
    return out.getvalue()


def _files(bundle: Path) -> Iterator[Path]:
    yield from sorted(path for path in bundle.rglob("*") if path.is_symlink() or path.is_file())


def _facts(name: str, when: int, size: int, runs: bool) -> tarfile.TarInfo:
    facts = tarfile.TarInfo(name)
    facts.size, facts.mtime, facts.mode = size, when, 0o755 if runs else 0o644
    return facts


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), Path(sys.argv[1]).parent)
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
