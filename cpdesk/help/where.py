"""Which topic stands open when help is asked for: by page, by what the page shows, by dialog."""

from __future__ import annotations

from collections.abc import Mapping

_PAGES = {
    "home": "follow",
    "meetings": "meeting",
    "meeting": "meeting",
    "live": "live",
    "plans": "plan",
    "plan": "plan",
    "progress": "progress",
    "review": "progress",
    "thread": "thread",
    "checks": "checks",
    "figures": "figures",
    "people": "people",
    "exchange": "receive",
    "audit": "audit",
    "bin": "undo",
    "settings": "settings",
    "papers": "papers",
}
# What a page shows of itself, as its state tells it: (page, "view" or "section") → topic.
_VIEWS = {
    ("exchange", "differences"): "settle",
    ("exchange", "send"): "send",
    ("exchange", "offices"): "cards",
    ("plan", "priorities"): "thread",
    ("plan", "swot"): "thread",
    ("plan", "compare"): "approval",
    ("papers", "registers"): "numbers",
}
_DIALOGS = {
    "palette": "search",
    "preview": "print",
    "meeting_papers": "print",
    "history": "undo",
    "log_code": "audit",
    "import_table": "excel",
    "table_preview": "excel",
    "enrolment": "cards",
    "card_dialog": "cards",
    "withdraw": "cards",
    "replacement": "cards",
    "package_review": "receive",
    "settle_many_dialog": "settle",
    "join_records": "settle",
    "personal_data": "personal",
    "remove_person": "personal",
    "unneeded": "personal",
    "phone_purpose": "personal",
    "take_back": "take_back",
    "approve": "approval",
    "carry": "approval",
    "thread_dialog": "thread",
    "priority_dialog": "figures",
    "measures_dialog": "figures",
    "new_register": "numbers",
    "room": "progress",
    "first_run": "begin",
    "opening": "bring_back",
    "bring_back": "bring_back",
    "salvage": "damaged",
    "help_district": "from_above",
    "unlock": "forgotten",
    "half_typed": "power",
    "first_password": "passwords",
    "own_password": "passwords",
    "leave_open": "passwords",
    "recovery_dialog": "passwords",
    "officer_dialog": "officers",
    "officer_password": "forgotten",
}


def topic_of_page(page: str, state: Mapping[str, object] | None = None) -> str:
    """The topic for a page in the state that it tells; the first day for one that has none."""
    for name in ("view", "section"):
        shown = (state or {}).get(name)
        if isinstance(shown, str) and (page, shown) in _VIEWS:
            return _VIEWS[page, shown]
    return _PAGES.get(page, "begin")


def topic_of_dialog(name: str) -> str:
    """The topic for a dialog by its name; blank where that of the page below it is meant."""
    return _DIALOGS.get(name, "")
