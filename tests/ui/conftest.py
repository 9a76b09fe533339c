"""Every test of the window runs offscreen in the program's own look, in Khmer."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.store import keyring
from cpdesk.tasks import demo
from tests.stopped import stopped
from tests.ui import gallery, hands, story
from ui import qt_texts, spoken, theme
from ui.app import Program
from ui.main_window import MainWindow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do for each window that is shown; no fault of ours."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The light theme at its normal size, whatever the test before did."""
    qt_texts.install(qapp)
    spoken.install()
    made = theme.install(qapp) if theme._theme is None else theme.current()
    if (made.scheme, made.scale) != ("light", 1.0):
        made.apply()
    yield


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window with sample pages, shown, on its home page."""
    made = gallery.window(tmp_path)
    qtbot.addWidget(made)
    made.start()
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()
    made.context.desk.close()


@pytest.fixture
def told(tmp_path: Path) -> story.Story:
    """A district's desk with a small story in it."""
    return story.tell(tmp_path / "0802.cpdesk")


@pytest.fixture
def shown(qtbot: QtBot, told: story.Story) -> Iterator[MainWindow]:
    """The program's own window on that desk, active."""
    made = hands.window(qtbot, told.desk)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    hands.settle(qtbot, made)


@pytest.fixture(scope="module")
def stretched_little() -> Iterator[None]:
    """Passwords stretched as little as a lock allows: the tests are many, and one of the keys' has the real measure."""
    real = keyring.Stretch

    def little(salt: bytes, memory: int = 64, passes: int = 1, lanes: int = 1) -> keyring.Stretch:
        return real(salt, memory, passes, lanes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyring, "Stretch", little)
        yield


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    """The program, with no desk opened yet. What it opens ends with the test."""
    made = Program(qapp)
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.end()
    made.deleteLater()
    QApplication.processEvents()


@pytest.fixture(scope="session")
def demo_told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's story, told once for all workers of a run, on the day when the clock stands: its desks and keys."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo_told"
    ready = folder / "ready"
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + 120
        while not ready.exists():
            assert time.monotonic() < until, "the worker who tells the story did not come to its end"
            time.sleep(0.1)
        return folder
    with pytest.MonkeyPatch.context() as patch, stopped():
        patch.setenv("CPDESK_HOME", str(folder / "home"))
        demo.build(folder / "demo")
    ready.touch()
    return folder


@pytest.fixture
def demo_desk(demo_told: Path, own_home: Path) -> Iterator[Path]:
    """A copy of the province's desk of the demo, while the clock stands."""
    for part in ("keys", "anchors"):
        shutil.copytree(demo_told / "home" / part, own_home / part)
    copy = own_home.parent / "desk.cpdesk"
    shutil.copy(demo_told / "demo" / "desks" / "08-kandal.cpdesk", copy)
    with stopped():
        yield copy
