"""A second start hands what was double-clicked to the first window, and ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from cpdesk.paths import ROOT, home
from cpdesk.tasks import exchange
from tests import desks
from tests.ui.hands import settle
from ui.app import Program
from ui.handover import Handover
from ui.keeper import Keeper
from ui.main_window import MainWindow
from ui.pages.exchange import ExchangePage


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Handover]:
    made = Handover(tmp_path / "window")
    assert made.is_first()
    yield made
    made.close()


@pytest.fixture
def program(program: Program, tmp_path: Path) -> Program:
    """With a province's desk open."""
    desks.make(tmp_path, desks.PROVINCE).close()
    assert program.open(tmp_path / "08.cpdesk")
    return program


def window_of(program: Program, qtbot: QtBot) -> MainWindow:
    window = program.window
    assert window is not None
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.findChild(Keeper) is not None)
    settle(qtbot, window)
    return window


def package(folder: Path) -> Path:
    with desks.make(folder) as district:
        exchange.export(district, folder / "កញ្ចប់.cpsync")
    return folder / "កញ្ចប់.cpsync"


def second_start(folder: Path, *files: Path) -> subprocess.Popen[str]:
    """Another process that finds the window there."""
    code = (
        "import sys; from pathlib import Path; from ui.handover import Handover\n"
        "one = Handover(Path(sys.argv[1]))\n"
        "print(one.is_first(), one.hand([Path(name) for name in sys.argv[2:]]))"
    )
    words = [sys.executable, "-c", code, str(folder), *map(str, files)]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def test_another_process_is_second_and_hands_its_files_over(first: Handover, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "ខេត្ត.cpsync"
    first.listen()
    with qtbot.waitSignal(first.came, timeout=20_000) as came:
        other = second_start(first.folder, file)
    assert came.args == [[file]]
    out, _errors = other.communicate(timeout=20)
    assert out.split() == ["False", "True"]
    assert not list(first.folder.glob("*.json")), "nothing is left lying there"


def test_who_is_not_answered_opens_a_window_of_their_own(first: Handover, tmp_path: Path) -> None:
    second = Handover(first.folder)
    assert not second.is_first()
    assert not second.hand([tmp_path / "x.cpsync"], patience=0.2), "nobody listens yet"
    assert not list(first.folder.glob("*.json"))
    first.close()
    assert second.is_first(), "the first one ended"
    second.close()


def test_notes_of_a_day_gone_by_and_nonsense_are_passed_over(tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "window"
    folder.mkdir()
    (folder / "1-old.json").write_text('["/gone.cpsync"]')
    one = Handover(folder)
    assert one.is_first() and not list(folder.glob("*.json"))
    came: list[object] = []
    one.came.connect(came.append)
    for n, text in enumerate(("{", '{"a": 1}', "[1]", "\xff")):
        (folder / f"{n}.json").write_bytes(text.encode("latin-1"))
    one.look()
    assert came == [] and not list(folder.glob("*.json"))
    one.close()


def test_a_package_from_a_second_start_is_looked_into(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_of(program, qtbot)
    program.take([package(tmp_path)])
    page = window.page()
    assert isinstance(page, ExchangePage)
    qtbot.waitUntil(lambda: page.receiving.review is not None, timeout=20_000)
    assert page.receiving.review is not None
    page.receiving.review.close()


def test_another_desk_takes_the_place_of_this_one(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window_of(program, qtbot)
    desks.make(tmp_path, "0811").close()
    program.take([tmp_path / "0811.cpdesk"])
    assert program.desk is not None and program.desk.office == "0811"
    window = window_of(program, qtbot)
    program.take([tmp_path / "0811.cpdesk"])
    assert program.window is window, "the same desk stays as it is"


def test_a_package_dropped_on_any_page_is_looked_into(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_of(program, qtbot)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(package(tmp_path)))])
    drop = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(drop)
    page = window.page()
    assert isinstance(page, ExchangePage)
    qtbot.waitUntil(lambda: page.receiving.review is not None, timeout=20_000)
    assert page.receiving.review is not None
    page.receiving.review.close()


def test_the_program_itself_hands_over(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    """`cpdesk FILE.cpsync`, as the system calls it for a double click."""
    window = window_of(program, qtbot)
    file = package(tmp_path)
    one = Handover(home() / "window")
    assert one.is_first()
    one.came.connect(program.take)
    one.listen()
    other = subprocess.Popen(
        [sys.executable, "-m", "cpdesk", str(file)], cwd=ROOT, env=dict(os.environ), stderr=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: isinstance(window.page(), ExchangePage), timeout=30_000)
    _out, errors = other.communicate(timeout=30)
    assert (other.returncode, errors) == (0, "")
    page = window.page()
    assert isinstance(page, ExchangePage)
    qtbot.waitUntil(lambda: page.receiving.review is not None, timeout=20_000)
    assert page.receiving.review is not None
    page.receiving.review.close()
    one.close()
