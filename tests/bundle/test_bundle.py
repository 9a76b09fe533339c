"""The packed program itself, where `make bundle` has made it here, or with CPDESK_LONG_TESTS=1, which makes it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.files import sha256_of
from resources.packaging import finish, handout, inside
from tests.house.source import ROOT

DIST = ROOT / "dist" / "cpdesk"
LONG = os.environ.get("CPDESK_LONG_TESTS")
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is said here of links and rights is Linux's"),
    pytest.mark.skipif(not DIST.is_dir() and not LONG, reason="no bundle here: make bundle"),
]


@pytest.fixture(scope="module")
def dist() -> Path:
    if not (DIST / "SHA256SUMS").is_file():
        subprocess.run(["make", "bundle"], cwd=ROOT, check=True)
    return DIST


def alone(folder: Path, **env: str) -> dict[str, str]:
    """An account with nothing in it."""
    return {"HOME": str(folder), "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", **env}


def test_it_is_lean_and_all_of_it_is_listed(dist: Path) -> None:
    names = inside.inside_of(dist)
    assert sum((dist / name).stat().st_size for name in names) <= finish.MOST_MB * 1e6
    lines = [line.partition("  ") for line in (dist / "SHA256SUMS").read_text("utf-8").splitlines()]
    sums = {name: told for told, _gap, name in lines}
    assert set(sums) == set(names) - {"SHA256SUMS"}
    assert all(sha256_of(dist / name).hex() == told for name, told in sums.items())
    bom = json.loads((dist / "cpdesk.cdx.json").read_text("utf-8"))
    files = {one["name"] for one in _files(bom["metadata"]["component"], *bom["components"])}
    about = {"SHA256SUMS", "VERSION", "cpdesk.cdx.json"}
    assert files == {name for name in names if not name.startswith("licences/")} - about
    assert (dist.parent / "cpdesk.cdx.json").read_bytes() == (dist / "cpdesk.cdx.json").read_bytes()


def _files(*components: dict[str, object]) -> Iterator[dict[str, str]]:
    for one in components:
        within = one.get("components", [])
        assert isinstance(within, list)
        yield from (file for file in within if file["type"] == "file")


STRANGERS = {"pip", "setuptools", "pytest", "hypothesis", "mypy", "unittest", "tests", "cyclonedx", "numpy", "ssl"}


def test_no_tool_and_no_test_is_inside(dist: Path) -> None:
    modules = _modules((dist / "cpdesk").read_bytes()[-400_000:])
    assert {"cpdesk.tasks.selftest", "ui.selftest", "click.core"} <= modules
    assert not {name for name in modules if {*STRANGERS, "_pytest", "PyInstaller"} & set(name.split("."))}
    assert not [name for name in inside.inside_of(dist) if STRANGERS & set(name.split("/")[:-1])]


def _modules(listed: bytes) -> set[str]:
    """The names in the list at the end of a program: marshalled texts, a mark and their length before each."""
    found = set()
    for mark in re.finditer(rb"[zZ\xfa\xda](.)", listed, re.DOTALL):
        text = listed[mark.end() : mark.end() + mark[1][0]]
        if re.fullmatch(rb"[A-Za-z_][\w.]*", text):
            found.add(text.decode())
    return found


def test_it_tries_itself_without_network(dist: Path, tmp_path: Path) -> None:
    call = [str(dist / "cpdesk"), "--lang", "en", "--self-test"]
    if os.geteuid() == 0 and shutil.which("unshare"):
        call = ["unshare", "--net", *call]
    done = subprocess.run(call, env=alone(tmp_path), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "All is well." and "–" not in done.stdout


def test_every_licence_that_the_list_names_has_its_text(dist: Path) -> None:
    bom = json.loads((dist / "cpdesk.cdx.json").read_text("utf-8"))
    folders = {path.name for path in (dist / "licences").iterdir() if path.is_dir()}
    for one in [bom["metadata"]["component"], *bom["components"]]:
        assert one.get("licenses"), one["name"]
    assert {"qt-lgpl", "python", "cpdesk", "lucide", "moul", "battambang", "sqlcipher3", "pyinstaller"} <= folders
    assert len(folders) >= len(bom["components"]) - 1  # Qt's two share one


@pytest.mark.skipif(not LONG, reason="a minute")
def test_a_newer_one_goes_over_it_and_touches_no_data(dist: Path, tmp_path: Path) -> None:
    """From a folder that cannot be written, over a program with a desk; the desk opens in the new one."""
    env = alone(tmp_path / "home")
    (tmp_path / "home").mkdir()
    command, desk = tmp_path / "home" / ".local" / "bin" / "cpdesk", tmp_path / "home" / "តុ.cpdesk"
    for version in ("0.0.1", "0.0.2"):
        folder = _handed_out(dist, tmp_path, version)
        before = _kept(tmp_path / "home")
        subprocess.run(["sh", str(folder / "install.sh")], env=env, check=True, capture_output=True, timeout=120)
        if version == "0.0.1":
            made = [str(command), "init", str(desk), "--office", "0801", "--name", "សុខ សុភា"]
            subprocess.run(made, env=env, check=True, capture_output=True, timeout=60)
        else:
            assert before and _kept(tmp_path / "home") == before
    looked = subprocess.run([str(command), "--desk", str(desk), "check"], env=env, capture_output=True, timeout=60)
    assert looked.returncode == 0
    entry = tmp_path / "home" / ".local" / "share" / "applications" / "cpdesk.desktop"
    assert "/cpdesk-program/current/cpdesk" in entry.read_text("utf-8")  # whichever version stands
    assert (command.resolve().parent / "VERSION").read_text() == "0.0.2\n"


def _handed_out(dist: Path, tmp_path: Path, version: str) -> Path:
    """The bundle under another version's name, packed, unpacked on a stick, and that locked."""
    bundle = tmp_path / version / "cpdesk"
    shutil.copytree(dist, bundle, symlinks=True, copy_function=os.link)
    for name, text in (("VERSION", f"{version}\n"), ("SHA256SUMS", "")):
        (bundle / name).unlink()
        (bundle / name).write_text(text)
    finish._write_sums(bundle)
    tar = handout.make(bundle, tmp_path / version)
    with tarfile.open(tar) as packed:
        packed.extractall(tmp_path / version, filter="data")
    folder = tmp_path / version / tar.stem
    for path in [*folder.iterdir(), folder]:
        path.chmod(0o555)
    return folder


def _kept(home: Path) -> dict[str, tuple[bytes, int]]:
    """Desks, and the person's own folder, but not the program's."""
    found = [*home.glob("*.cpdesk"), *(home / ".local" / "share" / "cpdesk").rglob("*")]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in found if path.is_file()}
