"""A form as a finished file: whole under its name, or the old one is still there."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from cpdesk.errors import DiskProblem
from cpdesk.tasks import forms
from tests import desks
from tests.tasks import plan_world


@pytest.fixture
def world(tmp_path: Path) -> plan_world.World:
    return plan_world.tell(desks.make(tmp_path))


def test_files_are_whole_or_not_there(world: plan_world.World, tmp_path: Path) -> None:
    folder = tmp_path / "ឯកសារ"
    folder.mkdir()
    path = folder / "ផែនការ.pdf"
    printed = forms.print_form(world.desk, "plan_matrix", world.ids["plan"], path)
    assert printed.pages == forms.pages(path.read_bytes()) > 0
    before = path.read_bytes()
    forms.print_form(world.desk, "swot", world.ids["plan"], path)
    assert path.read_bytes() != before
    assert [file.name for file in folder.iterdir()] == [path.name]
    with pytest.raises(DiskProblem):
        forms.print_form(world.desk, "swot", world.ids["plan"], folder / "no folder" / "x.pdf")


def test_a_disk_that_cannot_flush_leaves_the_old_file(
    world: plan_world.World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ចាស់.pdf"
    forms.print_form(world.desk, "swot", world.ids["plan"], path)
    before = path.read_bytes()

    def refuse(handle: int) -> None:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskProblem, match=re.escape(str(path))):
        forms.print_form(world.desk, "budget", world.ids["plan"], path)
    assert path.read_bytes() == before
