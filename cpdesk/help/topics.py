"""All chapters in the order of the help and of the manual."""

from __future__ import annotations

from pathlib import Path

from cpdesk.help import auditing, begin, care, exchange, figures, install, locking, meetings, papers, personal, plans
from cpdesk.help.model import Chapter, Picture, Topic
from cpdesk.i18n import _, language
from cpdesk.paths import RESOURCES

__all__ = ("Chapter", "Picture", "Topic", "chapters", "picture_file", "topic", "topics")


def chapters() -> tuple[Chapter, ...]:
    """The whole help in the present language."""
    return (
        Chapter(_("First steps"), (begin.first_day(), begin.people(), begin.dates(), begin.search(), begin.settings())),
        Chapter(_("Meetings"), (meetings.record(), meetings.live(), meetings.follow(), meetings.printing())),
        Chapter(
            _("Plan and progress"),
            (
                plans.write(),
                plans.excel(),
                plans.thread(),
                plans.approval(),
                plans.progress(),
                plans.checks(),
            ),
        ),
        Chapter(_("Figures on children"), (figures.enter(), figures.public())),
        Chapter(_("Official papers"), (papers.looks(), papers.numbers())),
        Chapter(
            _("Send and receive"),
            (
                exchange.cards(),
                exchange.send(),
                exchange.receive(),
                exchange.settle(),
                exchange.take_back(),
                exchange.sticks(),
            ),
        ),
        Chapter(
            _("Passwords and officers"),
            (
                locking.passwords(),
                locking.officers(),
                locking.leaving(),
                locking.forgotten(),
                locking.from_above(),
                locking.lost(),
            ),
        ),
        Chapter(
            _("Safe keeping"),
            (
                personal.personal(),
                care.undo(),
                auditing.who_did_what(),
                care.power(),
                care.backups(),
                care.bring_back(),
                care.damaged(),
                install.install(),
                install.commands(),
            ),
        ),
    )


def topics() -> tuple[Topic, ...]:
    """All topics, one after another."""
    return tuple(one for chapter in chapters() for one in chapter.topics)


def topic(key: str) -> Topic:
    """The topic of that key; KeyError where there is none."""
    return {one.key: one for one in topics()}[key]


def picture_file(name: str, lang: str = "") -> Path:
    """Where that picture lies in a language, the present one where none is said."""
    return RESOURCES / "help" / f"{name}-{lang or language()}.png"
