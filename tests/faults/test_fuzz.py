"""A short run of the fuzzer; the long one is `python -m tests.faults.fuzz`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.faults.fuzz import Fuzz


def test_nothing_but_clear_refusals(tmp_path: Path) -> None:
    outcomes = Counter[str]()
    with Fuzz(tmp_path) as fuzz:
        assert list(fuzz.sweep(7, 200, outcomes)) == []
    assert outcomes["damaged"] > 50 and outcomes["merged"] > 10 and outcomes["forged"] > 5
