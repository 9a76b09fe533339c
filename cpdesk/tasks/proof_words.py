"""What the receipts say, in plain words: facts and what to do, never who is to blame."""

from __future__ import annotations

from collections.abc import Sequence

from cpdesk.i18n import _, language, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.tasks.board import office_name
from cpdesk.tasks.proof import CUT, FORKED, OLD, WHOLE, Notice, Receipt


def receipts(those: Sequence[Receipt]) -> str:
    """All of them in a sentence: what does not fit, else through when all is well."""
    apart = [receipt(one) for one in those if not one.fits]
    if apart:
        return " ".join(apart)
    if not those:
        return _("No other office has said yet what it holds of this log.")
    if len(those) == 1:
        return receipt(those[0])
    days = [one.through for one in those if one.through is not None]
    return _("All is well through {day}, by the receipts of {count} offices.").format(
        day=dates.short(max(days).astimezone().date()) if days else "—", count=digits.count(len(those))
    )


def receipt(one: Receipt) -> str:
    """How another office's word on our log and the log itself stand to one another."""
    office = _called(one.office, one.name)
    if one.missing:
        return ngettext(
            "{office} holds {count} change of this desk that its log lacks.",
            "{office} holds {count} changes of this desk that its log lacks.",
            one.missing,
        ).format(office=office, count=digits.count(one.missing))
    if one.parts:
        return _("{office} holds other words than the log of this desk, at the same place.").format(office=office)
    return _("All is well through {day}, by the receipt of {office} (its package {number}).").format(
        day=dates.short(one.through.astimezone().date()) if one.through else "—",
        office=office,
        number=digits.count(one.number or 0),
    )


def _called(code: str, name: str) -> str:
    return name if language() == "km" and name else office_name(code)


def headline(one: Notice) -> str:
    """What was found, in one sentence."""
    office = office_name(one.office)
    count = digits.count(one.changes)
    if one.act == FORKED:
        if one.ours:
            return _("The log of this desk stands in two versions, from change {count} on.").format(count=count)
        return _("The log of {office} stands in two versions, from change {count} on.").format(
            office=office, count=count
        )
    if one.act == CUT:
        if one.ours:
            return ngettext(
                "{count} change that this desk had sent was gone from the end of its log.",
                "{count} changes that this desk had sent were gone from the end of its log.",
                one.changes,
            ).format(count=count)
        return ngettext(
            "{count} change that {office} had sent is gone from the end of its log.",
            "{count} changes that {office} had sent are gone from the end of its log.",
            one.changes,
        ).format(count=count, office=office)
    if one.act == OLD:
        if one.ours:
            return ngettext(
                "This desk was brought back from a backup that lacked {count} change.",
                "This desk was brought back from a backup that lacked {count} changes.",
                one.changes,
            ).format(count=count)
        return ngettext(
            "{office} was brought back from a backup that lacks {count} change.",
            "{office} was brought back from a backup that lacks {count} changes.",
            one.changes,
        ).format(count=count, office=office)
    return _("The log of this desk is whole again.") if one.ours else _("The log of {office} is whole again.").format(
        office=office
    )  # fmt: skip


def advice(one: Notice, healed: bool = False) -> str:
    """What it can mean, what was kept, what to do; `healed`: all is back since."""
    if one.act == WHOLE:
        return ""
    if one.act == FORKED:
        return _(
            "Both versions are kept and nothing is lost. Either the log was written anew, or an old file was put in"
            " place of the desk, or this desk is used on a second computer. Ask who had the computer in hand."
        )
    kept = (
        _("They are kept by the office that sent this package, and come back with its packages.")
        if one.ours
        else _("They are kept here, and go back with the next package to that office.")
    )
    if healed:
        kept = _("They are back now, and nothing is lost.")
    if one.act == OLD:
        return kept
    return (
        _(
            "Either the end was cut off, or an old file was put in place of the desk, or it is used on a second"
            " computer. Ask who had the computer in hand."
        )
        + " "
        + kept
    )


def source(one: Notice) -> str:
    """By which package it was noticed."""
    if one.number is None:
        return ""
    return _("Noticed by package {number} from {office}").format(
        number=digits.count(one.number), office=office_name(one.sender)
    )
