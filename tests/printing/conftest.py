"""Every form about the real meeting of the demo, and what office programs make of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from cpdesk import i18n
from cpdesk.printing.document import Document
from cpdesk.store import Desk
from cpdesk.tasks import exchange, forms, records
from cpdesk.tasks.papers import FORMS, Choices
from cpdesk.tasks.paperwork.series import every_series
from tests.printing import fixed, snapshots

DAY = date(2023, 5, 20)
Papers = Mapping[str, tuple[Document, ...]]


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Papers, Papers]:
    """What the province of the demo prints: every form for office programs, and those whose layouts are kept."""
    with fixed.told(tmp_path_factory.mktemp("demo")) as desk:
        return _made(desk), snapshots.papers(desk)


@pytest.fixture(scope="session")
def papers(story: tuple[Papers, Papers]) -> Papers:
    """The documents of every form by its name, as the province of the demo prints them, and of some in other shapes."""
    return story[0]


@pytest.fixture(scope="session")
def laid_papers(story: tuple[Papers, Papers]) -> Papers:
    """The documents whose layouts are kept, by the names of their files."""
    return story[1]


def _made(desk: Desk) -> Papers:
    (meeting,) = records.find(desk, "meeting", {"date": "2022-06-23"})
    (plan,) = (one for one in records.find(desk, "plan", {}) if one.values["first_year"] == 2023)
    subjects = {
        "meeting": meeting.id,
        "plan": plan.id,
        "area": "0802",
        "record": meeting.id,
        "kind": "activity",
        "package": str(exchange.packages(desk)[-1].package),
        "register": every_series(desk)[0].key,
        "office": "own",
        "person": records.find(desk, "person")[0].id,
    }
    choices = Choices(today=DAY)
    found = {name: forms.documents(desk, name, subjects[form.about], choices) for name, form in FORMS.items()}
    found["plan_matrix A3"] = forms.documents(desk, "plan_matrix", f"{plan.id}/A3", choices)
    found["progress_report 2023Q4"] = forms.documents(desk, "progress_report", f"{plan.id}/2023Q4", choices)
    found["public profile"] = forms.documents(desk, "vulnerability_profile", "0802/2022/public", choices)
    with i18n.using("en"):
        found["list in English"] = forms.documents(desk, "list", "person", choices)
    return found
