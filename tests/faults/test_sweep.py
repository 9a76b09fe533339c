"""A short sweep of faults with every run of the tests; `python -m tests.faults --count 0` makes them all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


def test_some_of_all_faults(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--seed", "1", "--count", "60", "--cuts", "40"], cwd=ROOT, capture_output=True, text=True
    )
    if done.stdout.startswith("skipped"):
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "killed" in done.stdout and "refused" in done.stdout, "no fault bit"
