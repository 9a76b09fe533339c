"""The program never speaks to another machine: it is for offices without a line, and for children's names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests import desks
from tests.house import sockets
from tests.house.source import ROOT, module_name, sources


def without_network(script: str, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.house.sockets", script, *arguments],
        cwd=ROOT,
        env={**os.environ, "CPDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )


@pytest.mark.skipif(not sockets.kernel_can_deny(), reason="the kernel's filter is Linux's")
@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_the_net_has_no_hole(family: str, own_home: Path) -> None:
    """A library that is not Python's is caught too: the C library's own socket()."""
    script = f"import ctypes, socket; ctypes.CDLL(None).socket(socket.{family}, socket.SOCK_DGRAM, 0)"
    assert without_network(script, home=own_home).returncode == sockets.KILLED
    local = "import socket; socket.socket(socket.AF_UNIX).close(); print('through')"
    assert without_network(local, home=own_home).stdout == "through\n"


def test_the_watch_sees_python() -> None:
    script = (
        "from tests.house import sockets; sockets.watch(); import socket\n"
        "for ask in (lambda: socket.socket(), lambda: socket.create_connection(('127.0.0.1', 9))):\n"
        "    try: ask()\n"
        "    except sockets.NetworkAskedError: print('seen')"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["seen", "seen"], done.stderr


def test_loading_everything_asks_for_no_network(own_home: Path) -> None:
    modules = [module_name(path) for path in sources("cpdesk", "ui") if path.name != "__main__.py"]
    done = without_network(f"import {', '.join(modules)}; print('loaded')", home=own_home)
    assert done.returncode == 0 and done.stdout == "loaded\n", done.stderr


@pytest.mark.skipif(not find_spec("cpdesk.cli"), reason="no command line yet")
def test_the_whole_story_asks_for_no_network(own_home: Path, tmp_path: Path) -> None:
    script = "from cpdesk.cli import main; main()"
    done = without_network(script, "demo", str(tmp_path / "demo"), "--json", home=own_home)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["pdfs"]


WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui import app
from ui.navigation import Location
from ui.pages import PAGES
qt = app.application()
sys.excepthook = sys.__excepthook__  # what goes wrong is told to the test
program = app.Program(qt)
assert program.open(Path(sys.argv[1]))
window = program.window
for spec in PAGES:
    if spec.place != "inner" or spec.listed:
        window.go(Location(spec.name))
        for _turn in range(5):
            QApplication.processEvents()
print(len(PAGES), window.page().name)
window.close()
program.end()
"""


def test_the_window_asks_for_no_network(own_home: Path, tmp_path: Path) -> None:
    """Each page, with what is loaded for it: the kernel kills a process that asks, Qt's own threads included."""
    desks.make(tmp_path).close()
    done = without_network(WINDOW, str(tmp_path / "0801.cpdesk"), home=own_home)
    assert done.returncode == 0 and done.stdout.split()[-1] == "help", done.stderr
