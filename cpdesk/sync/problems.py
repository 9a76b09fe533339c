"""Why a package or a card is refused: one clear sentence each. All leave the desk as it was."""

from __future__ import annotations

from cpdesk.errors import KeyProblem, PackageProblem
from cpdesk.i18n import _


class Broken(ValueError):
    """Bytes that are not what they should be. The text is for the log, not for people."""


def _kept() -> str:
    return _("Nothing was changed.")


def no_package() -> PackageProblem:
    return PackageProblem(_("This file is no cpdesk package."), _kept(), _("Choose a file whose name ends in .cpsync."))


def damaged() -> PackageProblem:
    return PackageProblem(
        _("This package is damaged or incomplete."), _kept(), _("Ask the sender to write it once more.")
    )


def newer() -> PackageProblem:
    return PackageProblem(
        _("This package was made by a newer cpdesk."), _kept(), _("Install the newer program, and merge it again.")
    )


def for_another(office: str) -> PackageProblem:
    return PackageProblem(
        _("This package is for office {office} or was locked with keys that this desk does not have.").format(
            office=office
        ),
        _kept(),
        _("Ask the sender to write one for this office, with its present card."),
    )


def forged() -> PackageProblem:
    return PackageProblem(
        _("This package holds changes that their owner did not sign."),
        _kept(),
        _("Do not use it. Ask the sender by phone where it comes from."),
    )


def too_large() -> PackageProblem:
    return PackageProblem(
        _("This package unpacks to far more than such a file should hold."),
        _kept(),
        _("Do not use it. Ask the sender by phone where it comes from."),
    )


def stranger(office: str, fingerprint: str) -> KeyProblem:
    return KeyProblem(
        _("This package comes from an office that is not accepted here: {office}, card {fingerprint}.").format(
            office=office, fingerprint=fingerprint
        ),
        _kept(),
        _("Take its card first, and compare the fingerprint by phone."),
    )


def revoked(office: str) -> KeyProblem:
    return KeyProblem(
        _("This package comes from office {office} with a card that was withdrawn.").format(office=office),
        _kept(),
        _("Ask the office for its new card."),
    )


def no_card() -> KeyProblem:
    return KeyProblem(
        _("This file is no card of an office, or it is damaged."),
        _kept(),
        _("Ask the office to write its card once more."),
    )


def newer_card() -> KeyProblem:
    return KeyProblem(
        _("This card was made by a newer cpdesk."), _kept(), _("Install the newer program, and take it again.")
    )
