"""`install.sh`: new, over an older one, back again, away; killed anywhere; on full disks; from damaged files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from resources.packaging import handout
from tests.bundle.fake import bundle
from tests.house.source import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is another installer")


@dataclass
class Person:
    """Somebody's account: where the program goes, and what calls the installer."""

    home: Path

    @property
    def share(self) -> Path:
        return self.home / ".local" / "share"

    @property
    def place(self) -> Path:
        return self.share / "cpdesk-program"

    @property
    def command(self) -> Path:
        return self.home / ".local" / "bin" / "cpdesk"

    def env(self, **more: str) -> dict[str, str]:
        """With a `sync` that waits for no disk: it is a whole machine's, and others use it."""
        tools = self.home.parent / "quick"
        if not tools.is_dir():
            tools.mkdir()
            (tools / "sync").symlink_to(shutil.which("true") or "")
        path = f"{tools}:{os.environ['PATH']}"
        return {"HOME": str(self.home), "XDG_DATA_HOME": str(self.share), "PATH": path, **more}

    def run(self, folder: Path, *words: str, status: int = 0, **env: str) -> str:
        call = ["sh", str(folder / "install.sh"), *words]
        done = subprocess.run(call, env=self.env(**env), capture_output=True, text=True, timeout=60)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def version(self) -> str:
        """What stands: asked of the program itself, by the command that the person has."""
        done = subprocess.run([str(self.command), "--version"], env=self.env(), capture_output=True, text=True)
        return done.stdout.strip()

    def folders(self) -> list[str]:
        return sorted(path.name for path in self.place.iterdir() if path.is_dir() and not path.is_symlink())


@pytest.fixture
def person(tmp_path: Path) -> Person:
    (tmp_path / "អ្នកប្រើ").mkdir()
    return Person(tmp_path / "អ្នកប្រើ")


def stick(tmp_path: Path, version: str, **facts: bool | int) -> Path:
    """What was carried to the office, unpacked on a stick."""
    folder = tmp_path / f"stick-{version}"
    made = bundle(folder / "made", version, **facts)  # type: ignore[arg-type]
    tar = handout.make(made, folder)
    with tarfile.open(tar) as packed:
        packed.extractall(folder, filter="data")
    return folder / tar.stem


def test_it_is_installed_and_the_second_time_is_an_upgrade(person: Person, tmp_path: Path) -> None:
    old, new = stick(tmp_path, "0.1.0"), stick(tmp_path, "0.2.0")
    told = person.run(old)
    assert "cpdesk 0.1.0 is installed" in told and "បានដំឡើងហើយ" in told
    assert person.version() == "cpdesk 0.1.0" and len(person.folders()) == 1
    person.run(old)  # the same again changes nothing
    assert person.version() == "cpdesk 0.1.0" and len(person.folders()) == 1
    person.run(new)
    assert person.version() == "cpdesk 0.2.0"
    assert [name[:5] for name in person.folders()] == ["0.1.0", "0.2.0"]  # the one before stays
    assert (person.place / "current" / "_internal" / "library.so").is_symlink()
    assert (person.share / "associated").read_text().splitlines()[-1] == "0.2.0 associate"
    person.run(stick(tmp_path, "0.3.0"))
    assert [name[:5] for name in person.folders()] == ["0.2.0", "0.3.0"]


def test_back_to_the_one_before_and_forth(person: Person, tmp_path: Path) -> None:
    old, new = stick(tmp_path, "0.1.0"), stick(tmp_path, "0.2.0")
    person.run(old)
    assert "There is no program from before." in person.run(old, "--back", status=1)
    person.run(new)
    person.run(new, "--back")
    assert person.version() == "cpdesk 0.1.0"
    person.run(new, "--back")
    assert person.version() == "cpdesk 0.2.0"


def test_what_is_not_ours_is_left_alone(person: Person, tmp_path: Path) -> None:
    person.command.parent.mkdir(parents=True)
    person.command.write_text("#!/bin/sh\necho another\n")
    person.command.chmod(0o755)
    folder = stick(tmp_path, "0.1.0")
    person.run(folder)
    assert person.version() == "another"
    person.run(folder, "--remove")
    assert person.version() == "another" and not person.place.exists()


def test_data_is_never_touched(person: Person, tmp_path: Path) -> None:
    data = person.share / "cpdesk"
    (data / "keys").mkdir(parents=True)
    (data / "keys" / "00.key").write_bytes(b"secret")
    (data / "settings.json").write_text("{}")
    desk = person.home / "តុ.cpdesk"
    desk.write_bytes(b"desk")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in [desk, *data.rglob("*")] if path.is_file()}
    for words in ((), ("--back",), ("--remove",)):
        folder = stick(tmp_path, f"0.{len(list(tmp_path.iterdir()))}.0")
        person.run(folder)
        person.run(folder, *words, status=1 if words == ("--back",) and not (person.place / "previous").exists() else 0)
        there = {
            path: (path.read_bytes(), path.stat().st_mtime_ns) for path in [desk, *data.rglob("*")] if path.is_file()
        }
        assert there == before
    assert "Desks, settings, keys and backups stay" in person.run(folder, "--remove")


def test_what_does_not_start_or_came_damaged_changes_nothing(person: Person, tmp_path: Path) -> None:
    person.run(stick(tmp_path, "0.1.0"))
    stands = person.folders()
    assert "does not start on this computer" in person.run(stick(tmp_path, "0.2.0", starts=False), status=1)
    torn = stick(tmp_path, "0.3.0", weight=100_000)
    whole = (torn / "cpdesk.tar.gz").read_bytes()
    for wrong in (whole[:-200], whole[:500], b"", whole[:700] + bytes([whole[700] ^ 1]) + whole[701:]):
        (torn / "cpdesk.tar.gz").write_bytes(wrong)
        assert "Nothing was changed." in person.run(torn, status=1)
    other = bundle(tmp_path / "changed", "0.4.0")
    (other / "_internal" / "library.so.1").write_bytes(b"another")
    (torn / "cpdesk.tar.gz").write_bytes(handout.packed(other, 0))
    assert "came over damaged" in person.run(torn, status=1)
    (torn / "cpdesk.tar.gz").unlink()
    assert "is not there" in person.run(torn, status=1)
    assert person.version() == "cpdesk 0.1.0" and person.folders() == stands
    assert not [path for path in person.place.iterdir() if path.name.startswith((".new", ".home"))]


def test_without_room_it_refuses(person: Person, tmp_path: Path) -> None:
    person.run(stick(tmp_path, "0.1.0"))
    tools = tmp_path / "tools"
    tools.mkdir()
    df = tools / "df"
    df.write_text("#!/bin/sh\necho Filesystem blocks Used Available Capacity Mounted\necho disk 1000 900 100 90% /\n")
    df.chmod(0o755)
    told = person.run(stick(tmp_path, "0.2.0"), status=1, PATH=f"{tools}:{os.environ['PATH']}")
    assert "There is not enough room" in told and "ទំហំទំនេរ" in told
    assert person.version() == "cpdesk 0.1.0"


def test_a_damaged_program_of_the_same_version_is_put_right(person: Person, tmp_path: Path) -> None:
    folder = stick(tmp_path, "0.1.0")
    person.run(folder)
    (person.place / "current" / "_internal" / "library.so.1").write_bytes(b"")
    person.run(folder)
    assert person.version() == "cpdesk 0.1.0" and len(person.folders()) == 1
    assert (person.place / "current" / "_internal" / "library.so.1").stat().st_size > 0
    before = person.folders()
    person.run(folder)
    assert person.folders() == before


def test_from_a_stick_that_cannot_be_written(person: Person, tmp_path: Path) -> None:
    folder = stick(tmp_path, "0.1.0")
    before = {path: path.read_bytes() for path in folder.rglob("*")}
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555)
    person.run(folder)
    assert person.version() == "cpdesk 0.1.0"
    assert {path: path.read_bytes() for path in folder.rglob("*")} == before


STEPS = ("tar", "ln", "mv", "rm")  # those that change what lies there


def killers(folder: Path) -> Path:
    """Tools that the installer calls, each of which counts, and kills the installer at the call that is asked for."""
    folder.mkdir()
    for name in STEPS:
        tool = folder / name
        tool.write_text(
            "#!/bin/sh\n"
            'echo x >>"$COUNT"\n'
            '[ "$(wc -l <"$COUNT")" -lt "$KILL_AT" ] || kill -KILL 0\n'
            f'exec {shutil.which(name)} "$@"\n'
        )
        tool.chmod(0o755)
    return folder


def test_killed_at_any_step_the_old_or_the_new_program_stands(person: Person, tmp_path: Path) -> None:
    """Before each call that changes something; what comes between two of them changes nothing."""
    old, new = stick(tmp_path, "0.1.0"), stick(tmp_path, "0.2.0")
    tools, count = killers(tmp_path / "tools"), tmp_path / "count"
    person.run(old)
    shutil.copytree(person.home, tmp_path / "before", symlinks=True)
    seen: list[str] = []
    while True:
        shutil.rmtree(person.home)
        shutil.copytree(tmp_path / "before", person.home, symlinks=True)
        count.write_text("")
        env = person.env(COUNT=str(count), KILL_AT=str(len(seen) + 1))
        env["PATH"] = f"{tools}:{env['PATH']}"
        call = ["sh", str(new / "install.sh")]
        done = subprocess.run(call, env=env, capture_output=True, start_new_session=True)
        if done.returncode != -signal.SIGKILL:
            break
        stands = person.version()
        assert stands in ("cpdesk 0.1.0", "cpdesk 0.2.0"), f"killed at {len(seen) + 1}: {stands}"
        seen.append(stands)
        if len(seen) % 7 == 0:  # the next run makes it good, wherever the last one ended
            person.run(new)
            assert person.version() == "cpdesk 0.2.0" and [one[:5] for one in person.folders()] == ["0.1.0", "0.2.0"]
            assert not [path.name for path in person.place.iterdir() if path.name.startswith(".")]
    assert done.returncode == 0 and set(seen) == {"cpdesk 0.1.0", "cpdesk 0.2.0"} and seen == sorted(seen)


def test_an_old_program_that_runs_is_swept_away_only_later(person: Person, tmp_path: Path) -> None:
    person.run(stick(tmp_path, "0.1.0"))
    busy = person.place / "current" / "busy"
    shutil.copy(shutil.which("sleep") or "", busy)
    running = subprocess.Popen([str(busy.resolve()), "60"])
    try:
        while not Path(f"/proc/{running.pid}/exe").readlink().is_relative_to(person.place):
            time.sleep(0.01)
        person.run(stick(tmp_path, "0.2.0"))
        person.run(stick(tmp_path, "0.3.0"))
        assert [name[:5] for name in person.folders()] == ["0.1.0", "0.2.0", "0.3.0"]
    finally:
        running.kill()
        running.wait()
    person.run(stick(tmp_path, "0.4.0"))
    assert [name[:5] for name in person.folders()] == ["0.3.0", "0.4.0"]


def test_two_hand_outs_of_one_bundle_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = bundle(tmp_path / "made", "0.1.0")
    one = handout.make(made, tmp_path).read_bytes()
    for path in sorted(made.rglob("*"), reverse=True):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (1, 1))
    (tmp_path / "other").mkdir()
    assert handout.make(made, tmp_path / "other").read_bytes() == one


def test_the_installer_is_plain_sh() -> None:
    script = ROOT / "resources" / "packaging" / "install.sh"
    for shell in filter(None, map(shutil.which, ("sh", "dash", "bash"))):
        assert subprocess.run([shell, "-n", str(script)], capture_output=True).returncode == 0
    assert "local " not in script.read_text("utf-8").replace(".local ", "") and "[[" not in script.read_text("utf-8")
