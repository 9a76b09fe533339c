"""What one chooses from beside priorities and points: the plan's own activities, and the reasons of a priority."""

from __future__ import annotations

from collections.abc import Callable

from cpdesk.khmer.spelling import fold
from cpdesk.tasks import plans, records
from cpdesk.tasks.thread.knots import Tying, digits_of
from ui.context import Context
from ui.widgets.editors import Hit, Source

MOST = 12
_MEASURES = 4  # whose figures are offered
_FIGURES = 6  # of each


def plan_activities(context: Context, plan: Callable[[], str | None]) -> Source:
    """The activities of the plan that is shown now, by number or words."""

    def search(text: str) -> list[Hit]:
        whole = plan()
        if whole is None:
            return []
        tree = plans.tree(context.desk, whole)
        codes = plans.codes(context.desk, whole, tree)
        groups = [group for o in tree for group in (o.activities, *(n.activities for n in o.outputs))]
        words = fold(text).split()
        found = []
        for one in (one for group in groups for one in group):
            code = digits_of(codes[one.id])
            if all(word in fold(f"{code} {one.text('text')}") for word in words):
                found.append(Hit(one.id, f"{code} · {one.title}", records.show(context.desk, one, "responsible")))
        return found[:MOST]

    return Source(search, lambda id_: Tying(context.desk).to(id_)[0].words if records.get_if_here(context.desk, id_)
                  else records.title(context.desk, id_))  # fmt: skip


def reasons(context: Context) -> Source:
    """Measures, their newest figures, and inputs: what a priority may rest on."""
    desk = context.desk

    def search(text: str) -> list[Hit]:
        tying = Tying(desk)
        if text:
            near = records.search(desk, text, ("measure", "input"), MOST)
        else:
            near = [*records.find(desk, "measure", limit=_MEASURES), *records.find(desk, "input", limit=_MEASURES)]
        found = [Hit(one.id, tying.knot(one).words, _quiet(tying, one.id)) for one in near]
        for measure in [one for one in near if one.kind.name == "measure"][:_MEASURES]:
            rows = records.columns(desk, "figure", ("year", "sex", "value"), {"measure": measure.id})
            told = [row for row in rows if row[1:][1] in (None, "all") and str(row[1:][2] or "").isdigit()]
            told.sort(key=lambda row: (-int(str(row[1:][0] or 0)), -int(str(row[1:][2]))))
            for id_, *_values in told[:_FIGURES]:
                found.append(Hit(id_, tying.to(id_)[0].words, _quiet(tying, id_)))
        return found[: 2 * MOST]

    def title(id_: str) -> str:
        knots = Tying(desk).to(id_)
        return " · ".join(part for part in (knots[0].words, knots[0].day()) if part) if knots else id_[:8]

    return Source(search, title)


def _quiet(tying: Tying, id_: str) -> str:
    from ui.pages.plan_thread import knot_label

    knots = tying.to(id_)
    return knot_label(knots[0]) if knots else ""
