"""`python -m tests.faults --seed S --count N`: N faults drawn from all that there are, and a few power cuts.

`--count 0` runs every fault; `--cuts N` alone looks at N images of simulated power cuts.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.faults import cuts, keeping, locked_day, locks, machine, sweep

FEW = 100  # power cuts beside the faults


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, help="faults; 0 for every one")
    parser.add_argument("--only", default="", help="faults whose name holds these words, as 'export, LIE'")
    parser.add_argument("--cuts", type=int, help="images of power cuts")
    parser.add_argument("--day", default="", help="cuts on days whose name holds these words")
    asked = parser.parse_args()
    count = asked.count if asked.count is not None else 200 if asked.cuts is None else -1
    images = FEW if asked.cuts is None else asked.cuts
    with tempfile.TemporaryDirectory(prefix="faults") as temporary:
        folder = Path(temporary)
        if not machine.loaded():
            return _again_with_faults(folder)
        template, scratch = folder / "template", folder / "scratch"
        template.mkdir()
        cuts.world(template)
        wrong = _told(lambda outcomes: _faults(asked, count, template, scratch, outcomes)) if count >= 0 else 0
        if images:
            wrong += _told(lambda outcomes: _cuts(asked, images, template, scratch, outcomes))
    return bool(wrong)


def _told(work: Callable[[Counter[str]], tuple[list[str], str]]) -> int:
    started = time.monotonic()
    outcomes = Counter[str]()
    wrong, what = work(outcomes)
    print("\n".join(wrong) or "nothing was lost and nothing torn")
    told = ", ".join(f"{n} {outcome}" for outcome, n in sorted(outcomes.items()))
    print(f"{what}, {time.monotonic() - started:.0f} s: {told}", flush=True)
    return len(wrong)


def _faults(
    asked: argparse.Namespace, count: int, template: Path, scratch: Path, outcomes: Counter[str]
) -> tuple[list[str], str]:
    locked = locks.world(_folder(template, "locks"))
    cared, step = _cared(template), 10 if count and not asked.only else 1
    trials: list[tuple[object, Callable[[], list[str]]]] = [
        *((one, partial(sweep.run, one, template, scratch, outcomes)) for one in sweep.trials(template, scratch)),
        *((one, partial(locks.run, one, locked, scratch, outcomes)) for one in locks.trials(locked, scratch)),
        *((one, partial(keeping.run, one, cared, scratch, outcomes)) for one in keeping.trials(cared, scratch, step)),
    ]
    chosen = [run for trial, run in trials if asked.only in str(trial)]
    total = len(chosen)
    if count:
        chosen = random.Random(asked.seed).sample(chosen, min(count, total))
    wrong = [one for run in chosen for one in run()]
    return wrong, f"{len(chosen)} of {total} faults, seed {asked.seed}"


def _folder(template: Path, name: str) -> Path:
    made = template.with_name(name)
    made.mkdir()
    return made


def _cared(template: Path) -> Path:
    """The world of `keeping`, made at first need."""
    made = template.with_name("keeping")
    return made if made.exists() else keeping.world(_folder(template, "keeping"))


def _cuts(
    asked: argparse.Namespace, count: int, template: Path, scratch: Path, outcomes: Counter[str]
) -> tuple[list[str], str]:
    cuts.DAYS.update({**locked_day.DAYS, **keeping.DAYS})
    days = [name for name in cuts.DAYS if asked.day in name]
    wrong: list[str] = []
    for n, day in enumerate(days):
        share = count // len(days) + (n < count % len(days))
        place = _cared(template) if day in keeping.DAYS else template
        wrong += cuts.sweep_cuts(share, asked.seed, place, scratch, outcomes, [day])
    return wrong, f"{count} power cuts, seed {asked.seed}"


def _again_with_faults(folder: Path) -> int:
    """The same once more with the failing machine underneath."""
    import subprocess

    try:
        library = machine.build(folder)
    except machine.NoMachine as why:
        print(f"skipped: {why}")
        return 0
    before = os.environ.get("LD_PRELOAD")
    preload = f"{library}:{before}" if before else str(library)
    env = {**os.environ, "LD_PRELOAD": preload, "CPDESK_FAULTS": str(library)}
    return subprocess.run([sys.executable, "-m", "tests.faults", *sys.argv[1:]], env=env).returncode


if __name__ == "__main__":
    sys.exit(main())
