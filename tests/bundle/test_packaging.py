"""What makes the bundle: its sieves, ICU's lean data, the list of parts, the licences, the comparison of two builds."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

import pytest

from cpdesk.files import sha256_of
from resources.packaging import compare, icu_data, inside, lean, licences, sbom
from resources.packaging.program import entry
from tests.bundle import bare
from tests.house.source import ROOT


def table(items: dict[str, bytes]) -> bytes:
    """A table as ICU's tools write it: a head, names and places, the items."""
    head = struct.pack("<2H", 32, 0).replace(b"\0\0", b"\0\0", 1)[:2] + icu_data.MAGIC + bytes(6) + icu_data.FORMAT
    head = head.ljust(32, b"\0")
    names, offsets = b"", []
    for name in items:
        offsets.append(4 + 8 * len(items) + len(names))
        names += name.encode() + b"\0"
    begin = 4 + 8 * len(items) + len(names)
    begin += -(32 + begin) % 16
    body, rows = b"", b""
    for offset, item in zip(offsets, items.values(), strict=True):
        rows += struct.pack("<2I", offset, begin + len(body))
        body += item + bytes(-len(item) % 16)
    return head + (struct.pack("<I", len(items)) + rows + names).ljust(begin, b"\0") + body


ITEMS = {
    "icudt77l/af.res": b"Afrikaans",
    "icudt77l/brkitr/khmerdict.dict": b"words" * 40,
    "icudt77l/brkitr/line.brk": b"lines",
    "icudt77l/brkitr/line_cj.brk": b"other lines",
    "icudt77l/coll/root.res": b"order",
    "icudt77l/root.res": b"root",
}


def padded(items: dict[str, bytes]) -> dict[str, bytes]:
    return {name: item + bytes(-len(item) % 16) for name, item in items.items()}


def test_of_icus_data_khmer_stays_and_the_rest_goes() -> None:
    whole = table(ITEMS)
    assert icu_data.items(whole) == padded(ITEMS)
    for kept, names in ((icu_data.BREAKS, ("brkitr/khmerdict.dict", "brkitr/line.brk", "root.res")),
                        (icu_data.QT, ("coll/root.res", "root.res"))):  # fmt: skip
        short = icu_data.lean(whole, kept)
        assert icu_data.items(short) == padded({f"icudt77l/{name}": ITEMS[f"icudt77l/{name}"] for name in names})
        assert icu_data.lean(short, kept) == short  # and it is a table again


@pytest.mark.skipif(not (shutil.which("ld") and shutil.which("objcopy")), reason="no binutils here")
def test_the_real_data_made_lean_is_a_library_again(tmp_path: Path) -> None:
    (source,) = Path(str(distribution("pyicu-wheels").locate_file("pyicu_wheels.libs"))).glob("libicudata*")
    icu_data.build(source, tmp_path / source.name)
    icu_data.build(source, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / source.name).read_bytes()
    assert (tmp_path / source.name).stat().st_size < 2_500_000
    whole, short = (icu_data.items(icu_data.table(path.read_bytes())) for path in (source, tmp_path / source.name))
    assert any(name.endswith("khmerdict.dict") for name in short)
    last = list(short)[-1]  # it reaches to the end of the library
    assert all(item == whole[name] for name, item in short.items() if name not in (last, list(whole)[-1]))
    assert lean_name(source)


def lean_name(path: Path) -> bool:
    return icu_data.NAME.fullmatch(path.name) is not None


def test_files_that_nobody_asks_for_stay_out() -> None:
    out = ("PySide6/Qt/plugins/platforms/libqvnc.so", "PySide6/Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so",
           "babel/locale-data/fr.dat", "PIL/_webp.so", "reportlab/fonts/VeraBd.ttf", "x/tests/data.txt")  # fmt: skip
    kept = ("PySide6/Qt/plugins/platforms/libqxcb.so", "babel/locale-data/km.dat", "fonts/Moul-Regular.ttf",
            "cryptography/hazmat/bindings/_rust.abi3.so")  # fmt: skip
    assert [name for name in (*out, *kept) if lean.wanted((name, "", "DATA"))] == list(kept)


def test_libraries_of_the_system_come_only_for_what_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = {
        "_ctypes.so": ["libffi.so.8"],
        "libqxcb.so": ["libX11.so.6", "libxcb-cursor.so.0", "libQt6Gui.so.6"],
        "libxcb-cursor.so.0": ["libxcb-image.so.0"],
        "libcups.so.2": ["libgnutls.so.30"],
    }
    monkeypatch.setattr(lean, "_needs", lambda file: needs.get(file.name, []))
    entries = [(name, f"/lib/{Path(name).name}", "BINARY") for name in (
        "libffi.so.8", "libcups.so.2", "libgnutls.so.30", "libX11.so.6", "libxcb-cursor.so.0", "libxcb-image.so.0",
        "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/lib/libQt6Gui.so.6", "libpython3.13.so.1.0",
    )]  # fmt: skip
    entries += [
        ("python3.13/_ctypes.so", "/lib/_ctypes.so", "EXTENSION"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libgone.so", "PySide6/Qt/lib/libgone.so", "SYMLINK"),
    ]
    kept = {name for name, _source, _kind in lean.reached(entries)}
    assert kept == {name for name, _source, _kind in entries} - {
        "libcups.so.2",
        "libgnutls.so.30",
        "libX11.so.6",
        "libgone.so",
    }


@pytest.fixture
def small(made: tuple[Path, list[inside.Part]], tmp_path: Path) -> tuple[Path, list[inside.Part]]:
    """The bundle of `made`, to be changed."""
    shutil.copytree(made[0], tmp_path / "cpdesk")
    return tmp_path / "cpdesk", made[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[inside.Part]]:
    """A bundle of a few files of this very environment, and its parts."""
    folder = tmp_path_factory.mktemp("small") / "cpdesk"
    import click
    import orjson
    import PySide6

    found: dict[str, Path] = {
        "cpdesk": ROOT / "cpdesk" / "__main__.py",
        "_internal/fonts/Moul-Regular.ttf": ROOT / "fonts" / "Moul-Regular.ttf",
        "_internal/resources/icons/x.svg": ROOT / "resources" / "icons" / "x.svg",
        "_internal/orjson/orjson.so": next(Path(orjson.__file__).parent.glob("*.so")),
        "_internal/PySide6/QtSvg.so": next(Path(PySide6.__file__).parent.glob("QtSvg.*so")),
        "_internal/python3/struct.py": Path(struct.__file__),
        "_internal/libc.so.6": Path("/lib/x86_64-linux-gnu/libc.so.6"),
    }
    found = {name: path for name, path in found.items() if path.exists()}
    for name, path in found.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    modules = {"click": Path(click.__file__), "cpdesk.paths": ROOT / "cpdesk" / "paths.py"}
    return folder, inside.parts(found, modules, "cpdesk", "0.1.0")


def test_every_file_is_somebodys(small: tuple[Path, list[inside.Part]]) -> None:
    _folder, parts = small
    owners = {name: part.name for part in parts for name in (*part.files, *part.modules)}
    assert owners["_internal/orjson/orjson.so"] == "orjson" and owners["click"] == "click"
    assert owners["_internal/PySide6/QtSvg.so"] == "PySide6_Essentials"
    assert (
        owners["_internal/fonts/Moul-Regular.ttf"] == "Moul" and owners["_internal/resources/icons/x.svg"] == "Lucide"
    )
    assert owners["_internal/python3/struct.py"] == "Python"
    assert owners["cpdesk"] == owners["cpdesk.paths"] == "cpdesk"


def test_the_list_names_versions_licences_hashes_and_what_is_built_in(small: tuple[Path, list[inside.Part]]) -> None:
    folder, parts = small
    licences.gather(folder, [part for part in parts if part.texts])
    bom = sbom.make(folder, parts, "2026-11-28T00:00:00+00:00")
    assert bom == sbom.make(folder, parts, "2026-11-28T00:00:00+00:00")
    path = sbom.write(folder, bom)
    sbom.check(path)
    told = json.loads(path.read_text("utf-8"))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6") and told["serialNumber"].startswith(
        "urn:uuid:"
    )
    by_name = {one["name"]: one for one in told["components"]}
    qt = by_name["PySide6_Essentials"]
    assert qt["purl"] == f"pkg:pypi/pyside6-essentials@{distribution('pyside6-essentials').version}"
    assert qt["licenses"] == [{"expression": "LGPL-3.0-only"}]
    assert {"qt", "icu"} <= {one["name"] for one in qt["components"]}
    (file,) = [one for one in by_name["orjson"]["components"] if one["type"] == "file"]
    wanted = sha256_of(folder / file["name"]).hex()
    assert file["hashes"] == [{"alg": "SHA-256", "content": wanted}]
    assert len(by_name["orjson"]["components"]) > 5  # the wheel tells of its crates
    assert told["metadata"]["component"]["name"] == "cpdesk"


def test_a_file_that_is_nobodys_stops_the_build(small: tuple[Path, list[inside.Part]]) -> None:
    folder, parts = small
    (folder / "_internal" / "stray.so").write_bytes(b"")
    with pytest.raises(ValueError, match=r"stray\.so"):
        sbom.make(folder, parts)


def test_every_licence_is_there_and_lgpl_is_told_in_both_languages(
    small: tuple[Path, list[inside.Part]], tmp_path: Path
) -> None:
    folder, parts = small
    debian = tmp_path / "copyright"
    debian.write_text("See /usr/share/common-licenses/GPL-2, and /usr/share/common-licenses/NONE-9.\n")
    told_by = [part for part in parts if not part.purl.startswith("pkg:deb")]
    licences.gather(folder, [*told_by, inside.Part("libx1", "1", "GPL-2", texts=[debian])])
    if (licences.COMMON / "GPL-2").is_file():
        assert [path.name for path in (folder / "licences" / "common-licenses").iterdir()] == ["GPL-2"]
    texts = {path.relative_to(folder / "licences").as_posix() for path in (folder / "licences").rglob("*.*")}
    assert {"qt-lgpl/LGPL-3.0.txt", "qt-lgpl/GPL-3.0.txt", "moul/Moul-OFL.txt",
            "lucide/LICENSE-lucide.txt", "click/LICENSE.txt"} <= texts  # fmt: skip
    told = (folder / "licences" / "READ-ME.txt").read_text("utf-8")
    for word in ("LGPL", "_internal/PySide6", "Source code", "កូដដើម", "មានសិទ្ធិប្តូរ", "put another version"):
        assert word in told
    with pytest.raises(ValueError, match="no text of the licence of something"):
        licences.gather(folder, [inside.Part("something", "1", "MIT")])


def test_every_library_of_the_program_has_a_licence_by_name() -> None:
    """Those of the lock, as far as they are here; what packs the program is told only where it is itself inside."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    bundle = (ROOT / "requirements-bundle.lock").read_text("utf-8")
    names = {line.partition("==")[0] for line in lock.splitlines() if "==" in line and line[0].isalpha()}
    both = names & {line.partition("==")[0] for line in bundle.splitlines() if "==" in line and line[0].isalpha()}
    assert "pip" not in both and "pytest" not in bundle and {"pyside6-essentials", "sqlcipher3"} <= both
    owners = inside._Owners()
    for name in sorted(both):
        part = owners.distribution(name)
        if part is not None:
            assert inside.licences_of(part.licence)[0].get("expression"), f"{name}: {part.licence!r}"
            assert part.texts or name == "tzdata", name


def test_a_double_click_opens_the_window_without_loading_the_commands() -> None:
    from cpdesk.cli import base

    assert entry.FILES == base.FILES and entry.DESK == base.DESK
    for words in ([], ["a.cpdesk"], ["ក.CPSYNC", "/b/c.cpcard"], ["a.cpbackup"]):
        assert entry.for_the_window(words)
    for words in (["--help"], ["check"], ["--desk", "a.cpdesk"], ["a.cpdesk", "check"], ["a.pdf"]):
        assert not entry.for_the_window(words)
    code = "import sys, resources.packaging.program.entry, ui.app; print('click' in sys.modules)"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


def test_two_builds_are_compared_file_by_file(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name / "_internal").mkdir(parents=True)
        (tmp_path / name / "same").write_bytes(b"same")
        (tmp_path / name / "_internal" / "link").symlink_to("../same")
    assert list(compare.differences(tmp_path / "one", tmp_path / "other")) == []
    (tmp_path / "one" / "more").write_bytes(b"")
    (tmp_path / "other" / "same").write_bytes(b"sane")
    (tmp_path / "other" / "_internal" / "link").unlink()
    (tmp_path / "other" / "_internal" / "link").symlink_to("same")
    link, more, same = compare.differences(tmp_path / "one", tmp_path / "other")
    assert link.startswith("_internal/link: → ../same") and "only in" in more and "first at 2" in same


@pytest.mark.skipif(not find_spec("cyclonedx"), reason="the schema comes with what packs the program")
def test_what_is_no_cyclonedx_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text('{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": 3}]}')
    with pytest.raises(ValueError, match="3"):
        sbom.check(path)


def test_the_bare_root_has_what_the_makefile_says_a_screen_needs_and_no_python() -> None:
    named = bare.packages()
    assert {"libxcb-cursor0", "libegl1", "libxkbcommon-x11-0", "libwayland-cursor0"} <= set(named)
    assert set(bare.packages("OFFSCREEN")) < set(named) and not [one for one in named if "python" in one]


def test_the_programs_version_is_one() -> None:
    import tomllib

    from cpdesk import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__ and sys.version_info >= (3, 11)
