"""The thread that ties what the desk keeps together: why something is here, and what came of it.

    figures ─► priority ─► objective ► output ► activity ─► investment line ─► progress ─► next plan
    meeting: agenda ► presentation ► input ──┘ ▲   │
                                    weak point ┘   └─► follow-up

`thread(desk, id)` tells it from any record on, `whole(desk, plan)` for a plan from one end to the other.
"""

from cpdesk.tasks.thread.knots import Knot
from cpdesk.tasks.thread.one import Thread, thread
from cpdesk.tasks.thread.whole import Answer, Branch, Line, Point, Whole, whole

__all__ = ["Answer", "Branch", "Knot", "Line", "Point", "Thread", "Whole", "thread", "whole"]
