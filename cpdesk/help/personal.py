"""What the office knows of people: why it is kept, shown to them, put right, removed when they ask."""

from __future__ import annotations

from cpdesk.help.model import Picture, Topic
from cpdesk.i18n import _


def personal() -> Topic:
    return Topic(
        "personal",
        _("Personal data"),
        _("Who is on this desk may ask what is kept of them, have it put right, or have it removed."),
        (
            _("Phone numbers are covered. “Show” uncovers one for some seconds; no paper prints it whole by itself."),
            _(
                "On a person's page the shield opens all that is kept of them: where, by whom, who else has it. "
                "“Print for the person” gives it to them on paper."
            ),
            _("“Put right…” leads to the fields. What the person says against it is kept with it, in their words."),
            _(
                "“Remove on request…” shows first what goes and what stays by which rule. The other offices take it "
                "out with your next package."
            ),
            _(
                "In the menu of the people, “Data that are needed no more…” lists those of whom nothing was written "
                "for years."
            ),
        ),
        _(
            "Approved minutes, approved versions of plans and the register of letters keep the names that stand in "
            "them. Delete the older copies of the desk too, as the window offers: they still hold what was removed."
        ),
        (Picture("personal", _("All that the office has on a person, and the ways to put it right or remove it")),),
    )
