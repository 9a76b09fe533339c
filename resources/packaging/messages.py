"""`python -m resources.packaging.messages`: the catalogue that ships, as `make translations/km.mo` writes it."""

from __future__ import annotations

from cpdesk.i18n import compile_catalogue
from cpdesk.paths import TRANSLATIONS

if __name__ == "__main__":
    (TRANSLATIONS / "km.mo").write_bytes(compile_catalogue(TRANSLATIONS / "km"))
