"""The README is the door: its two commands exist, and its map shows every part of the house."""

from __future__ import annotations

import re

from tests.house.source import ROOT, module_name, sources

README = (ROOT / "README.md").read_text("utf-8")


def test_its_commands_are_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = re.findall(r"^    make (\w+)", README, re.M)
    assert named == ["run", "test"], "the first two commands of the README open cpdesk and test it"
    assert set(re.findall(r"\bmake ([\w-]+)", README)) - {"a"} <= targets


def test_its_map_shows_every_part_of_the_core() -> None:
    (chart,) = re.findall(r"^```\n(cpdesk/.*?)^```", README, re.M | re.S)
    parts = {name.split(".")[1] for path in sources("cpdesk") if "." in (name := module_name(path))} - {"__main__"}
    missing = sorted(part for part in parts if not re.search(rf"\b{part}(/|\.py)", chart))
    assert not missing, f"the map in the README lacks {', '.join(missing)}"
