"""What is kept ready for Windows: read here line by line, since it cannot be run here."""

from __future__ import annotations

import ast
import re
import struct
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cpdesk import __version__
from cpdesk.cli.base import FILES
from resources.packaging import windows
from tests.house.source import ROOT

PACKAGING = ROOT / "resources" / "packaging"
SCRIPT = (PACKAGING / "cpdesk.iss").read_text("utf-8-sig")
SECTIONS = {
    "Setup",
    "Languages",
    "CustomMessages",
    "Tasks",
    "InstallDelete",
    "Files",
    "Icons",
    "Registry",
    "Run",
    "Code",
}
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def sections(text: str) -> dict[str, list[str]]:
    """The lines of each section, without comments and what the preprocessor takes."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line):
            name = head[1]
            found[name] = []
        elif line.strip() and not line.lstrip().startswith((";", "#")):
            found[name].append(line)
    return found


INNO = sections(SCRIPT)


def pairs(section: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in INNO[section])


def rows(section: str) -> list[dict[str, str]]:
    """`Name: "x"; Flags: y` as a dictionary; quotes inside of quotes are doubled there."""
    form = re.compile(r'(\w+): ("(?:[^"]|"")*"|[^;]*)(?:; |$)')
    found = []
    for line in INNO[section]:
        parts = form.findall(line)
        assert "; ".join(f"{name}: {value}" for name, value in parts) == line
        found.append(
            {
                name: value[value[0] == '"' : -1 if value[-1] == '"' else None].replace('""', '"')
                for name, value in parts
            }
        )
    return found


def test_the_script_is_for_one_person_and_says_that_it_was_not_run() -> None:
    setup = pairs("Setup")
    assert set(INNO) == SECTIONS and "NOT RUN YET" in SCRIPT
    assert setup["PrivilegesRequired"] == "lowest" and setup["DefaultDirName"].startswith("{localappdata}")
    assert f'#define Version "{__version__}"' in SCRIPT
    assert setup["AppId"].startswith("{{") and setup["ChangesAssociations"] == "yes"
    assert all(row["Root"] == "HKCU" for row in rows("Registry"))
    for name in ("LicenseFile",):
        assert (PACKAGING / setup[name].replace("\\", "/")).is_file()


def test_it_opens_the_files_that_the_program_knows_under_the_names_that_linux_gives_them() -> None:
    keys = {row["Subkey"].removeprefix("Software\\Classes\\"): row["ValueData"] for row in rows("Registry")}
    endings = {key: kind for key, kind in keys.items() if key.startswith(".")}
    assert set(endings) == set(FILES)
    messages = pairs("CustomMessages")
    said = {}
    for ending, kind in endings.items():
        assert keys[f"{kind}\\shell\\open\\command"] == '"{app}\\cpdeskw.exe" "%1"'
        label = keys[kind].removeprefix("{cm:").removesuffix("}")
        said[ending] = {lang: messages[f"{lang}.{label}"] for lang in ("km", "en")}
    types = ElementTree.parse(ROOT / "resources" / "linux" / "cpdesk.xml").getroot()
    told = {
        one.find(f"{MIME}glob").get("pattern", "")[1:]: {  # type: ignore[union-attr]
            comment.get(LANG, "en"): comment.text for comment in one.findall(f"{MIME}comment")
        }
        for one in types
    }
    assert said == told


def test_every_message_is_in_both_languages_and_every_one_named_is_there() -> None:
    messages = pairs("CustomMessages")
    names = {name.partition(".")[2] for name in messages}
    assert {f"{lang}.{name}" for lang in ("km", "en") for name in names} == set(messages)
    assert set(re.findall(r"\{cm:(\w+)\}|CustomMessage\('(\w+)'\)", SCRIPT)) <= {(n, "") for n in names} | {
        ("", n) for n in names
    }
    khmer = sections((PACKAGING / "km.isl").read_text("utf-8-sig"))
    assert set(khmer) == {"LangOptions", "Messages"}
    for line in khmer["Messages"]:
        _name, is_, text = line.partition("=")
        assert is_ and re.search("[\u1780-\u17ff]", text), line
    assert (PACKAGING / "km.isl").read_bytes().startswith(b"\xef\xbb\xbf")  # else Inno takes it for an old encoding


def test_neither_installing_nor_taking_away_touches_data() -> None:
    """It deletes in the program's own folder alone, and that folder is not where data lies."""
    assert "UninstallDelete" not in INNO
    assert all(row["Name"].startswith("{app}\\") for row in rows("InstallDelete"))
    assert all(row["DestDir"] == "{app}" for row in rows("Files"))
    assert pairs("Setup")["DefaultDirName"] == r"{localappdata}\Programs\cpdesk"  # data: {localappdata}\cpdesk


def test_the_icon_has_every_size(tmp_path: Path) -> None:
    data = windows.icon(tmp_path).read_bytes()
    assert struct.unpack_from("<3H", data) == (0, 1, len(windows.SIZES))
    for n, size in enumerate(windows.SIZES):
        width, height, *_rest, length, start = struct.unpack_from("<4B2H2I", data, 6 + 16 * n)
        picture = data[start : start + length]
        assert width == height == size % 256 and picture.startswith(b"\x89PNG")
        assert struct.unpack_from(">2I", picture, 16) == (size, size)
    assert start + length == len(data)


def test_the_properties_of_the_file_are_one_expression_that_names_the_version(tmp_path: Path) -> None:
    text = windows.facts(tmp_path, "1.2.3").read_text("utf-8")
    called = {node.func.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Call)}  # type: ignore[attr-defined]
    assert called == {
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    }
    assert "filevers=(1, 2, 3, 0)" in text and "'ProductVersion', '1.2.3'" in text and "តុកុមារ" in text


MATRIX = (ROOT / ".ci" / "bundle.yml").read_text("utf-8")


def test_the_matrix_calls_what_there_is() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    called = re.findall(r"make (?:\w+=\w+ )*([\w-]+)$", MATRIX, re.M)
    assert called and set(called) <= targets
    modules = re.findall(r"-m resources\.packaging\.(\w+)", MATRIX)
    assert modules and all((PACKAGING / f"{one}.py").is_file() for one in modules)
    assert "NOT RUN YET" in MATRIX and "requirements-bundle.lock" in MATRIX and "\t" not in MATRIX


@pytest.mark.skipif(not find_spec("yaml"), reason="no reader of YAML here")
def test_the_matrix_is_yaml() -> None:
    import yaml  # type: ignore[import-untyped]

    job = yaml.safe_load(MATRIX)["jobs"]["bundle"]
    assert [one["system"] for one in job["strategy"]["matrix"]["include"]] == ["linux", "windows"]
    assert all("run" in step or "uses" in step for step in job["steps"])
