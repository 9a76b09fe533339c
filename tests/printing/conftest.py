"""Every form about the real meeting of the demo, and what office programs make of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from cpdesk import i18n
from cpdesk.printing.document import Document
from cpdesk.store import Desk
from cpdesk.tasks import demo, exchange, forms, records
from cpdesk.tasks.desk import open_desk
from cpdesk.tasks.papers import FORMS, Choices
from cpdesk.tasks.paperwork.series import every_series

DAY = date(2023, 5, 20)
Papers = Mapping[str, tuple[Document, ...]]


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """The documents of every form by its name, as the province of the demo prints them, and of some in other shapes."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPDESK_HOME", str(home))
        i18n.set_language("km")
        story = demo.build(folder)
        with open_desk(story.desks[0]) as desk:
            return _made(desk)


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
    }
    choices = Choices(today=DAY)
    found = {name: forms.documents(desk, name, subjects[form.about], choices) for name, form in FORMS.items()}
    found["plan_matrix A3"] = forms.documents(desk, "plan_matrix", f"{plan.id}/A3", choices)
    found["progress_report 2023Q4"] = forms.documents(desk, "progress_report", f"{plan.id}/2023Q4", choices)
    found["public profile"] = forms.documents(desk, "vulnerability_profile", "0802/2022/public", choices)
    with i18n.using("en"):
        found["list in English"] = forms.documents(desk, "list", "person", choices)
    return found
