"""`cpdesk --self-test`: the steps of `tasks.selftest`, and the window's behind them, a line for each."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import click

from cpdesk.i18n import N_, _
from cpdesk.khmer import digits
from cpdesk.tasks import selftest
from cpdesk.tasks.selftest import Done, LeftOut, Walk


def try_itself(folder: Path | None) -> int:
    """Take all steps; the exit status: 0 where none failed. `folder`: on whose disk it happens."""
    good = selftest.run(_tell, folder, more=[(N_("The window, page by page"), _window)])
    click.echo(_("All is well.") if good else _("This copy is not as it should be: copy or install it anew."))
    return 0 if good else 1


def _tell(done: Done) -> None:
    mark = {"well": "✓", "left out": "–", "failed": "✗"}[done.outcome]
    took = _("{seconds} s").format(seconds=digits.number(Decimal(f"{done.seconds:.2f}")))
    click.echo(f"{mark} {done.name} ({took})" + (f": {done.why}" if done.why else ""))


def _window(walk: Walk) -> None:
    """On the province's desk; on no screen at all where there is none."""
    try:
        from ui.selftest import look_at_every_page
    except ImportError as why:
        raise LeftOut(str(why)) from why
    look_at_every_page(walk.desk)
