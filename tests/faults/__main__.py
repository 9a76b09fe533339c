"""`python -m tests.faults --seed S --count N`: N faults drawn from all that there are; `--count 0` runs every one."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults import machine, sweep


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults") as temporary:
        folder = Path(temporary)
        if not machine.loaded():
            return _again_with_faults(folder)
        template, scratch = folder / "template", folder / "scratch"
        template.mkdir()
        sweep.world(template)
        chosen = list(sweep.trials(template, scratch))
        total = len(chosen)
        if asked.count:
            chosen = random.Random(asked.seed).sample(chosen, min(asked.count, total))
        started = time.monotonic()
        outcomes = Counter[str]()
        wrong = [one for trial in chosen for one in sweep.run(trial, template, scratch, outcomes)]
    print("\n".join(wrong) or "nothing was lost and nothing torn")
    told = ", ".join(f"{n} {outcome}" for outcome, n in sorted(outcomes.items()))
    print(f"{len(chosen)} of {total} faults, seed {asked.seed}, {time.monotonic() - started:.0f} s: {told}")
    return bool(wrong)


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
