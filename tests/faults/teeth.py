"""Do the tests bite? Takes one safeguard at a time out of a copy of the program, and runs the tests that must notice.

    python -m tests.faults.teeth [--only WORDS]

By hand, after work on the store, the packages or their tests: some minutes. Says of each safeguard what noticed that it
was gone; one that nobody missed wants a test.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.audit_safeguards import AUDIT
from tests.faults.care_safeguards import KEEPING
from tests.faults.exchange_safeguards import EXCHANGE
from tests.faults.lock_safeguards import LOCKED
from tests.faults.roles_safeguards import ROLE_SAFEGUARDS
from tests.faults.safeguards import ALL, Safeguard
from tests.house.source import ROOT

PATIENCE = 180  # seconds; what never ends is noticed too
COPIED, LINKED = ("cpdesk", "tests", "ui"), ("resources", "fonts", "translations", "pyproject.toml")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.teeth", description=__doc__)
    parser.add_argument("--only", default="", help="safeguards whose name or file holds these words")
    asked = parser.parse_args()
    chosen = [
        one
        for one in (*ALL, *EXCHANGE, *KEEPING, *ROLE_SAFEGUARDS, *LOCKED, *AUDIT)
        if asked.only in one.name or asked.only in one.file
    ]
    misfits = [one for one in chosen if (ROOT / one.file).read_text("utf-8").count(one.old) != 1]
    if misfits:
        print("\n".join(f"{one.name}: its text does not stand once in {one.file}" for one in misfits))
        return 2
    survived = []
    with tempfile.TemporaryDirectory(prefix="teeth") as temporary:
        copy = _copy(Path(temporary))
        for safeguard in chosen:
            started = time.monotonic()
            noticed = _without(safeguard, copy)
            print(f"{time.monotonic() - started:5.1f} s  {safeguard.name}: {noticed or 'NOBODY NOTICED'}", flush=True)
            if not noticed:
                survived.append(safeguard.name)
    print(f"{len(chosen)} safeguards taken away, {len(survived)} not missed by anybody")
    return bool(survived)


def _copy(folder: Path) -> Path:
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    return folder


def _without(safeguard: Safeguard, copy: Path) -> str:
    """What noticed; "" for nobody."""
    file = copy / safeguard.file
    whole = file.read_text("utf-8")
    file.write_text(whole.replace(safeguard.old, safeguard.new), "utf-8")
    try:
        return next((found for found in (_noticed(test, copy) for test in safeguard.tests) if found), "")
    finally:
        file.write_text(whole, "utf-8")


def _noticed(test: str, copy: Path) -> str:
    module, *rest = shlex.split(test)
    arguments = ["tests.faults", *rest] if module == "faults" else ["pytest", "-xqp", "no:cacheprovider", module, *rest]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", *arguments]
    try:
        done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"{module} did not end within {PATIENCE} s"
    if done.returncode == 0:
        return ""
    told = ("FAILED", "cut before", "at file operation")
    said = [line for line in done.stdout.splitlines() if any(words in line for words in told)]
    return (said[0] if said else (done.stdout + done.stderr).strip()[-200:])[:160].replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main())
