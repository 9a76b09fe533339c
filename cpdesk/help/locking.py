"""Passwords, officers and their roles; and what helps when one is forgotten."""

from __future__ import annotations

from cpdesk.help.model import Picture, Topic
from cpdesk.i18n import _
from cpdesk.records.officers import OFFICER, ROLES


def passwords() -> Topic:
    return Topic(
        "passwords",
        _("Lock the desk with a password"),
        _("A locked desk opens for nobody who does not know a password: a stolen laptop tells nothing."),
        (
            _("Under “Settings”, “Officers and passwords”, press “Lock it with a password…”."),
            _("Take the four words that are offered, or choose “My own”; type them once more."),
            _("Print the recovery code or write it down. It is shown once; the paper goes into a locked drawer."),
            _("Tick “I have printed the code or written it down.” and press “Go on”."),
            _(
                "The desk locks itself when nobody is there, and after sleep; Ctrl+L locks it at once. What was typed "
                "is kept; undo begins anew."
            ),
            _("“Change my password…” gives you another one; the old one is dead from then on."),
        ),
        _(
            "Khmer or Latin letters, capitals or not, with blanks or without, vowels in any order: all the same. "
            "A desk without a password can be read by whoever can use your account on this computer."
        ),
        (
            Picture("unlock", _("A locked desk asks for the password")),
            Picture("password", _("Four words are offered as a password")),
        ),
    )


def officers() -> Topic:
    return Topic(
        "officers",
        _("Officers and their roles"),
        _("Several officers can share one laptop, each with a name, a password and roles of their own."),
        (
            _("The keeper opens “Settings”, “Officers and passwords”, and presses “One more officer…”."),
            _("Write the name, tick the roles, and let the officer choose the first password."),
            _("From then on the password tells the desk who comes: each change bears the name of who made it."),
            _("“Name and roles…” changes them; it counts from the next step on."),
        ),
        _("Whatever the roles, nobody approves what they wrote. A desk always has somebody who is its keeper."),
        (Picture("officers", _("The officers of a desk, their roles, and what helps when a password is forgotten")),),
        tuple((OFFICER.field(role).label, OFFICER.field(role).help) for role in ROLES),
    )


def leaving() -> Topic:
    return Topic(
        "leaving",
        _("An officer leaves"),
        _("Whoever works here no more opens the desk no more. What they wrote stays, with their name."),
        (
            _("Was it the keeper? First make another officer the keeper, by “Name and roles…”."),
            _("The keeper opens “Settings”, “Officers and passwords”, and presses “Has left…” beside the name."),
            _("Press “New recovery code…”, print it, and destroy the old paper."),
            _("Make a backup by “Back up now”, and destroy older ones that are not needed."),
        ),
        _("A backup opens with the passwords of its day. Should they come back: “Works here again…”."),
        (Picture("officers", _("The officers of a desk, their roles, and what helps when a password is forgotten")),),
    )


def forgotten() -> Topic:
    return Topic(
        "forgotten",
        _("A password is forgotten"),
        _("Nothing is lost, and there are three ways to a new password. Nobody else has one, its makers neither."),
        (
            _("Is the keeper there? They open the desk and press “New password…” beside your name: that is all."),
            _("Else fetch the paper with the recovery code. Type it where the desk asks for the password; Enter."),
            _("Choose who you are and a new password, type it once more, and press “Set this password”."),
            _("The old code is dead. Print the new one, tick that you did, and press “Open the desk”."),
        ),
        _(
            "After several wrong tries each next one waits longer, up to five minutes; nothing is ever wiped. Is the "
            "code lost too, the province helps: see the next topic."
        ),
        (Picture("forgotten", _("The three ways to a new password")),),
    )


def from_above() -> Topic:
    return Topic(
        "from_above",
        _("Password and code are lost: the province helps"),
        _("The office above can open a desk that has taken its card. It needs a stick and a telephone call."),
        (
            _("Where the desk asks for the password, press “I forgot my password”, then “Write the request…”."),
            _("Carry the stick to the province. The request is no secret and says nothing of your records."),
            _("The province makes sure who asks, and writes the answer: “Help an office that forgot its password…”."),
            _("The stick goes back. Press “I forgot my password”, then “Take the answer…”."),
            _("Call the province: it reads the code to you. Type it and press “Next”."),
            _("Choose a new password, press “Set this password”, and print the new recovery code."),
        ),
        _(
            "Never put the code on the stick: neither opens anything without the other. The province can help only "
            "desks that took its card before."
        ),
        (Picture("forgotten", _("The three ways to a new password")),),
    )


def lost() -> Topic:
    return Topic(
        "lost",
        _("The laptop is lost or stolen"),
        _("What was handed in or backed up is safe. The rest is to keep others from using what was on it."),
        (
            _("Call the province at once: it looks twice at packages from you until this is settled."),
            _("On another laptop install the program, and bring the newest backup back from the stick."),
            _(
                "Was the desk locked, and the password with nobody else? Let each officer press “Change my password…”, "
                "make a new recovery code, go on working: you are done."
            ),
            _("Was it open, or the password with it? Hand the province a last package from what was brought back."),
            _("Then make a new desk for your office, with a password, and press “Connect with the office above…”."),
            _(
                "The province presses “Withdraw” beside the lost computer's card, “Another computer takes its place…”, "
                "and takes the new card. It writes a package for you."
            ),
            _("Receive that package: all that was handed in is there again."),
        ),
        _(
            "From then on nobody takes a package of the lost computer, and none is written for it. “Withdraw” shows "
            "the province what lies on it. Phone numbers are in no package: look them up in what was brought back."
        ),
        (Picture("cards", _("This office's card, and the offices that packages are exchanged with")),),
    )
