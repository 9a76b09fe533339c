"""`python -m tests.drills [NAME…]`: each drill with its steps, commands, keys and the seconds of this machine."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.drills.stories import STORIES
from tests.drills.walk import Walk
from tests.drills.world import as_a_program


def told(walk: Walk) -> None:
    print(f"\n{walk.topic.title}")
    for step in walk.steps:
        print(f"  {step.number}. {step.said}")
        print(f"     {step.seconds:6.2f} s  " + "\n               ".join(_lines(step.did) or ["(nothing to do)"]))


def _lines(did: Sequence[str]) -> list[str]:
    """Commands on lines of their own; keys after one another."""
    found: list[str] = []
    for one in did:
        if one.startswith("$") or not found or found[-1].startswith("$"):
            found.append(one)
        else:
            found[-1] += f", {one}"
    return found


def main(wanted: Sequence[str]) -> int:
    unknown = [name for name in wanted if name not in STORIES]
    if unknown:
        print(f"no drill is called {', '.join(unknown)}; there are {', '.join(STORIES)}", file=sys.stderr)
        return 2
    from cpdesk.i18n import set_language
    from ui.app import application

    set_language("en")
    application()
    sys.excepthook = sys.__excepthook__
    lines = []
    for name in wanted or STORIES:
        words, drill = STORIES[name]
        with tempfile.TemporaryDirectory() as scratch:
            walks = drill(Path(scratch), as_a_program)
        for one in walks:
            one.finish()
            told(one)
        steps = [step for one in walks for step in one.steps]
        sums = len(steps), sum(one.commands for one in walks), sum(s.keys for s in steps), sum(s.seconds for s in steps)
        lines.append((words, *sums))
    print(f"\n{'drill':<56}{'steps':>6}{'commands':>10}{'keys':>6}{'seconds':>9}")
    for words, count, commands, keys, seconds in lines:
        print(f"{words:<56}{count:>6}{commands:>10}{keys:>6}{seconds:>9.1f}")
    print("\nSeconds are this machine's, programs started anew for each command; no person was timed.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
