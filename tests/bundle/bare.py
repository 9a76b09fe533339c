"""The bundle in a root with nothing in it: `python -m tests.bundle.bare dist/cpdesk [--root DIR] [--window]`, as root.

Debian 12 by debootstrap, with libc and the libraries of a screen that the Makefile names and no more: no Python, no
fonts, no desktop. `unshare` takes the network away. There the bundle tries itself (`cpdesk --self-test`), with no
screen and, with --window, on a real X server that runs outside. The root is kept for the next time.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ROOT

SUITE, NEEDED = "bookworm", ("debootstrap", "unshare", "chroot")
PLACE = Path("/var/tmp/cpdesk-bare")
SCREEN = ":93"


def packages(list_: str = "WINDOW") -> list[str]:
    """Debian's packages of one of the Makefile's lists."""
    text = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    lists = dict(re.findall(r"^(OFFSCREEN|WINDOW) := (.*)$", text, re.M))
    whole = lists[list_].replace("$(OFFSCREEN)", lists["OFFSCREEN"])
    return sorted({pair.partition("=")[2] for pair in whole.split()})


def make_root(root: Path) -> None:
    """A root with those packages; one that is there already is taken as it is."""
    if (root / "usr" / "bin").is_dir():
        return
    chosen = ",".join(packages())
    subprocess.run(["debootstrap", "--variant=minbase", f"--include={chosen}", SUITE, str(root)], check=True)


def pythons(root: Path) -> list[str]:
    """Whatever there looks like an interpreter of Python."""
    return [str(path) for folder in ("usr/bin", "usr/local/bin") for path in (root / folder).glob("python*")]


def put(bundle: Path, root: Path) -> None:
    target = root / "opt" / "cpdesk"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(bundle, target, symlinks=True)


def inside(root: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A command in the root, without a network and with no variables but these."""
    said = [f"{name}={value}" for name, value in {"HOME": "/root", "PATH": "/usr/bin:/bin", **env}.items()]
    call = ["unshare", "--net", "--mount", "chroot", str(root), "/usr/bin/env", "-i", *said, *words]
    return subprocess.run(call, capture_output=True, text=True, timeout=300)


@contextlib.contextmanager
def screen(root: Path) -> Iterator[str]:
    """An X server outside, whose socket is lent to the root."""
    socket = Path("/tmp/.X11-unix") / f"X{SCREEN[1:]}"
    there = root / "tmp" / ".X11-unix"
    there.mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen(["Xvfb", SCREEN, "-screen", "0", "1366x768x24", "-ac"], stderr=subprocess.DEVNULL)
    try:
        for _turn in range(100):
            if socket.exists():
                break
            time.sleep(0.1)
        subprocess.run(["mount", "--bind", str(socket.parent), str(there)], check=True)
        yield SCREEN
        subprocess.run(["umount", str(there)], check=True)
    finally:
        server.terminate()
        server.wait()


def tried(root: Path, name: str, **env: str) -> bool:
    """`cpdesk --self-test` there; False where it failed or left something behind."""
    before = left(root)
    began = time.perf_counter()
    done = inside(root, "/opt/cpdesk/cpdesk", "--lang", "en", "--self-test", LANG="C.UTF-8", **env)
    took = time.perf_counter() - began
    print(f"== {name}: {took:.1f} s, status {done.returncode}\n{done.stdout}{done.stderr}")
    stray = left(root) - before
    if stray:
        print(f"left behind: {sorted(stray)}")
    return done.returncode == 0 and not stray and "–" not in done.stdout


def left(root: Path) -> set[str]:
    return {str(path) for folder in ("tmp", "root", "var/tmp") for path in (root / folder).rglob("*") if path.is_file()}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bundle.bare")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--root", type=Path, default=PLACE)
    parser.add_argument("--window", action="store_true", help="also on an X server (Xvfb)")
    chosen = parser.parse_args()
    lacking = [one for one in (*NEEDED, *(["Xvfb"] if chosen.window else [])) if shutil.which(one) is None]
    if lacking or os.geteuid() != 0:
        print(f"This needs root{' and ' + ', '.join(lacking) if lacking else ''}.")
        return 2
    make_root(chosen.root)
    put(chosen.bundle, chosen.root)
    if pythons(chosen.root):
        print(f"There is a Python in {chosen.root}: {pythons(chosen.root)}")
        return 1
    good = tried(chosen.root, "no screen")
    if chosen.window:
        with screen(chosen.root) as name:
            good = tried(chosen.root, "a window on X", DISPLAY=name) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
