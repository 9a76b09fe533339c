"""Passwords and codes for the command line: from an environment variable, or asked for at a terminal. Never from an
argument, which every user of a computer can read while the program runs."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import click

from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.tasks.tries import MustWait

PASSWORD, NEW, CODE = "CPDESK_PASSWORD", "CPDESK_NEW_PASSWORD", "CPDESK_CODE"
Given = TypeVar("Given")


def password() -> str:
    """The password of the officer who calls."""
    return _secret(PASSWORD, _("Password"))


def new_password() -> str:
    """A password that shall hold from now on; typed twice where it is typed."""
    return _secret(NEW, _("New password"), twice=True)


def code() -> str:
    return _secret(CODE, _("Recovery code"))


def _secret(variable: str, words: str, *, twice: bool = False) -> str:
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise BadInput(
            _("This wants a secret: {what}.").format(what=words),
            _("Nothing was changed."),
            _("Call it at a terminal, or put it into the environment variable {name}.").format(name=variable),
        )
    return str(click.prompt(words, hide_input=True, confirmation_prompt=twice and _("Once more"), err=True))


def patiently(run: Callable[[], Given]) -> Given:
    """Run it; where passwords were refused too often, wait as long as that asks for, and run it then."""
    try:
        return run()
    except MustWait as why:
        click.echo(str(why), err=True)
        time.sleep(why.seconds)
        return run()
