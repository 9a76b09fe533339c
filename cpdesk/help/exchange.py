"""Between offices: cards, packages, differences, imports taken back, sticks."""

from __future__ import annotations

from cpdesk.help.model import Picture, Topic
from cpdesk.i18n import _


def cards() -> Topic:
    return Topic(
        "cards",
        _("Connect two offices, once"),
        _("Before the first package, two offices exchange their cards, and each makes sure that the card is genuine."),
        (
            _("Under “Send and receive” choose “Cards of offices”."),
            _("A district presses “Connect with the office above…”, a province “Accept an office under us…”."),
            _("Put your card on the stick and print the page with its number; then take the card of the other office."),
            _("Call that office, and accept the card only if every number is the same."),
            _("A computer that was lost or replaced: “Withdraw” beside its card. What it delivered stays."),
        ),
        _("A card is no secret. It lets the other office know whose packages it holds."),
        (Picture("cards", _("This office's card, and the offices that packages are exchanged with")),),
    )


def send() -> Topic:
    return Topic(
        "send",
        _("Hand the province a package"),
        _("A package holds what changed since the last one. Only the office that it is for can open it."),
        (
            _("Plug in the stick, open “Send and receive” and choose “Send”."),
            _("See what goes in the package, choose the stick, and press “Write the package”."),
            _("When it says that the package was read back and is whole, the stick can be taken out."),
        ),
        _("If a stick is lost, write the package again: nothing is counted twice, and strangers cannot open it."),
        (Picture("send", _("What goes in the package, where to, and the button that writes it")),),
    )


def receive() -> Topic:
    return Topic(
        "receive",
        _("Receive packages"),
        _("Packages may come late, twice or in any order. Merging overwrites nobody's work."),
        (
            _("Plug in the stick, or drop the packages on the page “Send and receive”."),
            _("Look at what each would change. Nothing has been changed yet."),
            _("Merge. A package that is damaged or foreign is refused, and the reason is said."),
            _(
                "Where two offices wrote different words in one place, both stand side by side: take one, write "
                "another, or leave it for later."
            ),
        ),
        _("The board shows which district has handed in, through which day, and which numbers are missing."),
        (Picture("receive", _("The board: which office has handed in, and through which day")),),
    )


def settle() -> Topic:
    return Topic(
        "settle",
        _("Decide where two wrote different things"),
        _("Both values are kept until somebody decides. The decision and its reason reach all who have the record."),
        (
            _("Under “Send and receive” choose “Differences”; group them by record or by office."),
            _("Go through them with the arrows. In longer texts new words are underlined, gone words struck out."),
            _("1, 2, 3 pick a value, F2 writes another, L leaves it for later, Enter settles."),
            _("Say why, in a few words. “Settle … alike at once” takes one office's value, or the newest, in all."),
            _("“Decided” shows what was decided, by whom and why; Enter leads to the record."),
            _("Under “To settle”, Ctrl+J joins two people, bodies or meetings that are one."),
        ),
        _("Ctrl+Z takes a decision back while nobody has gone on from it; later, write the value into the record."),
        (Picture("differences", _("A difference: the values of two offices, the earlier one, and both together")),),
    )


def take_back() -> Topic:
    return Topic(
        "take_back",
        _("Take an import back"),
        _("A package that should not have been merged can be taken back as a whole, and taken in again."),
        (
            _("Under “Send and receive”, “Packages that came in” lists each package and what it held."),
            _("Choose the package and press “Take it back”. Write why: the other offices read it too."),
            _("If something later stands on it, the desk says what; take that back first, or correct single values."),
            _("“Take it in again” brings everything back."),
        ),
        _("A copy of the desk is made first. Nothing is erased, and the other offices are told."),
        (Picture("take_back", _("What an import that is taken back would change, and the reason that is asked for")),),
    )


def sticks() -> Topic:
    return Topic(
        "sticks",
        _("USB sticks"),
        _("A stick carries packages from office to office without any network."),
        (
            _("Plug in the stick: the desk shows by itself what lies on it for your office."),
            _("A package is written, read back and compared. Take the stick out only when the page says so."),
            _("One stick may go round all districts; each office sees only the packages that are for it."),
            _("If the stick was taken out too early, plug it in once more and write the package again."),
        ),
        _("From a stick the desk reads packages and cards only, and starts no program that lies on it."),
    )
