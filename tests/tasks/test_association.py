"""A double click opens the program: what is written for the system, and that all of it can be taken back."""

from __future__ import annotations

import configparser
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cpdesk import paths
from cpdesk.cli.base import FILES
from cpdesk.tasks import association

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the installer does it")


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return tmp_path / "share"


def files(share: Path) -> list[str]:
    return sorted(str(file.relative_to(share)) for file in share.rglob("cpdesk*") if file.is_file())


def test_it_is_put_on_and_taken_off(share: Path) -> None:
    assert association.possible() and not association.is_on()
    association.put_on()
    association.put_on()
    assert association.is_on() and files(share) == sorted((association._ENTRY, association._TYPES, association._ICON))
    association.take_off()
    association.take_off()
    assert not association.is_on() and files(share) == []


def test_the_entry_starts_this_program_with_the_files(share: Path) -> None:
    association.put_on()
    read = configparser.RawConfigParser(strict=True)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(share / association._ENTRY, "utf-8")
    entry = read["Desktop Entry"]
    program, *words = shlex.split(entry["Exec"])
    assert words[-1:] == ["%F"] and Path(program).exists()
    told = subprocess.run([program, *words[:-1], "--version"], capture_output=True, text=True, check=True).stdout
    assert told.startswith("cpdesk "), "it starts without a file too, as from a menu"
    assert entry["Name[km]"] == "តុកុមារ" and entry["StartupWMClass"] == "cpdesk"
    types = ElementTree.parse(share / association._TYPES).getroot()
    name = "{http://www.freedesktop.org/standards/shared-mime-info}"
    known = {kind.attrib["type"]: kind.findall(f"{name}glob")[0].attrib["pattern"] for kind in types}
    assert set(known.values()) == {f"*{ending}" for ending in FILES}
    assert set(entry["MimeType"].rstrip(";").split(";")) == set(known)
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", str(share / association._ENTRY)], check=True)


def test_strange_paths_are_quoted() -> None:
    assert association._quoted('/a b/"x"$y/100%') == '"/a b/\\\\"x\\\\"\\\\$y/100%%"'


def test_a_program_that_was_installed_is_named_by_the_link_to_whichever_version_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "0.1.0" / "cpdesk"
    program.parent.mkdir()
    program.touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    assert association._program() == f'"{program}"'
    (tmp_path / "current").symlink_to("0.1.0")
    assert association._program() == f'"{tmp_path / "current" / "cpdesk"}"'
    (tmp_path / "0.2.0").mkdir()
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("0.2.0")
    assert association._program() == f'"{program}"'


def test_what_it_needs_ships() -> None:
    assert (paths.RESOURCES / "linux" / "cpdesk.desktop").is_file() and (paths.RESOURCES / "cpdesk.svg").is_file()
