"""How the house's paper looks: sizes, distances, margins. Lengths in points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from cpdesk.printing.typeset.canvas import Look
from cpdesk.printing.typeset.paragraph import Style
from cpdesk.printing.typeset.typeface import house

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A3 = (297 * MM, 420 * MM)
MARGIN_LEFT, MARGIN_RIGHT = 25 * MM, 20 * MM
MARGIN_TOP, MARGIN_BOTTOM = 17 * MM, 20 * MM
GREY = (0.36, 0.38, 0.42)
LINE = (0.72, 0.74, 0.78)
GOLD = (0.62, 0.47, 0.16)


@dataclass(frozen=True)
class Styles:
    """The paragraph styles of all forms."""

    body: Style
    indented: Style
    point: Style
    bullet: Style
    remark: Style
    section: Style
    subsection: Style
    motto: Style
    issuer: Style
    title: Style
    subtitle: Style
    date: Style
    cell: Style
    cell_centre: Style
    cell_right: Style
    cell_head: Style
    cell_remark: Style
    intro: Style
    signer: Style
    signer_name: Style
    label: Style
    small: Style

    @property
    def bold(self) -> Look:
        return self.section.look

    @property
    def bold_body(self) -> Look:
        return Look(house().bold, self.body.look.size)


@lru_cache(maxsize=1)
def styles() -> Styles:
    faces = house()
    text = Style(Look(faces.body, 11), leading=19.5, align="even", after=3)
    centred = replace(text, align="centre", after=0)
    cell = Style(Look(faces.body, 9.5), leading=15.5)
    bold_cell = Look(faces.bold, 9.5)
    return Styles(
        body=replace(text, first=28),
        indented=replace(text, left=14),
        point=replace(text, left=34, after=1),
        bullet=replace(text, left=28, after=2),
        remark=replace(text, left=28, look=Look(faces.body, 10, GREY), leading=17, align="left", after=2),
        section=Style(Look(faces.bold, 11.5), leading=20, before=9, after=2, with_next=True),
        subsection=Style(Look(faces.bold, 11), leading=19.5, before=6, after=1, left=14, with_next=True),
        motto=replace(centred, look=Look(faces.title, 13), leading=26, with_next=True),
        issuer=replace(centred, look=Look(faces.title, 10), leading=19),
        title=replace(centred, look=Look(faces.title, 14), leading=28, before=10, with_next=True),
        subtitle=replace(centred, look=Look(faces.bold, 11.5), leading=20, with_next=True, left=20, right=20),
        date=replace(centred, leading=19, with_next=True),
        cell=cell,
        cell_centre=replace(cell, align="centre"),
        cell_right=replace(cell, align="right"),
        cell_head=replace(cell, look=bold_cell, align="centre"),
        cell_remark=replace(cell, look=Look(faces.body, 8.5, GREY), leading=13.5),
        intro=replace(text, first=28, with_next=True),
        signer=replace(centred, look=Look(faces.bold, 11), leading=19.5),
        signer_name=replace(centred, look=Look(faces.title, 10.5), leading=20),
        label=replace(cell, look=bold_cell),
        small=Style(Look(faces.body, 8.5, GREY), leading=13.5, before=6),
    )
