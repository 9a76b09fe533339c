"""Fields of a template: each shows what stands, says whose word that is, and can be given back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cpdesk import gazetteer
from cpdesk.i18n import _
from cpdesk.kinds import Field, Kind, Value
from cpdesk.tasks import records
from cpdesk.tasks.differences import conflicts
from cpdesk.tasks.paperwork import blanks
from cpdesk.tasks.paperwork.standing import Standing
from ui import theme
from ui.context import Context
from ui.forms.form import FieldBox, Form
from ui.forms.sources import source
from ui.widgets.buttons import Button, IconButton
from ui.widgets.editors import Editor
from ui.widgets.surfaces import Chip

LINK = 30  # pixels that a link is high
WAIT_MS = 350  # after the last key, until a word is kept


def office_name(code: str) -> str:
    """An office as people call its place."""
    return gazetteer.get(code).title()


class EvenBox(FieldBox):
    """A field under its name, which stands as high as one beside a link: fields side by side stay on one line."""

    def __init__(self, field: Field, editor: Editor) -> None:
        super().__init__(field, editor)
        self._head.addStrut(theme.scaled(LINK))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)


class StandingBox(EvenBox):
    """Beside its name is told whose word stands, with the way back where it is our own."""

    def __init__(self, kind: Kind, name: str, editor: Editor, back: Callable[[], object], *, small: bool) -> None:
        field = kind.field(name)
        super().__init__(field, editor)
        words = _("Back to usual")
        self._source = Chip("", "neutral", name=f"source_{name}")
        self.back: QAbstractButton
        if small:
            self.back = IconButton("rotate-ccw", words, name=f"back_{name}", colour="accent", size=16, run=back)
        else:
            self.back = Button(words, kind="link", icon="rotate-ccw", name=f"back_{name}", run=back)
        self.back.setAccessibleName(f"{field.label}: {words}")
        self._head.addWidget(self._source)
        self._head.addWidget(self.back)
        self._source.hide()
        self.back.hide()

    def show_source(self, one: Standing) -> None:
        """Ours with a way back; shared from above with the name of the office; nothing for what is usual."""
        shared = one.source if not one.own else ""
        self._source.setText(_("From {office}").format(office=office_name(shared)) if shared else "")
        self._source.setVisible(bool(shared))
        self.back.setVisible(one.own)


class StandingForm(Form):
    """`save(values)` keeps what was typed and gives the fields as they then stand; `back(name)` takes one back.

    Blanks of words are shown and typed in the language of the window. `small`: there is little room beside a name, and
    the way back is a picture alone.
    """

    def __init__(
        self,
        context: Context,
        kind: Kind,
        save: Callable[[dict[str, Value]], Mapping[str, Standing]],
        back: Callable[[str], object],
        *,
        wait_ms: int = WAIT_MS,
        with_blanks: Collection[str] = (),
        small: bool = False,
    ) -> None:
        super().__init__(kind, self._keep, lambda type_: source(context, type_), wait_ms=wait_ms)
        self.context = context
        self.boxes: dict[str, StandingBox] = {}
        self._store = save
        self._back = back
        self._with_blanks = frozenset(with_blanks)
        self._small = small
        self._fields: Mapping[str, Standing] = {}

    def box(self, name: str, editor: Editor | None = None) -> StandingBox:
        """The box of a field; the caller lays it out."""
        made = StandingBox(
            self.kind, name, self.add_editor(name, editor), partial(self.give_back, name), small=self._small
        )
        self.boxes[name] = made
        return made

    def show_fields(self, fields: Mapping[str, Standing], record: str) -> None:
        """Show what stands; what is being typed stays. `record` is where this office's own words are kept."""
        self._fields = fields
        self.load({name: self._seen(name, fields[name].now) for name in self.editors if name in fields})
        waiting = self._waiting(record)
        for name, box in self.boxes.items():
            if name in fields:
                box.show_source(fields[name])
                box.editor.set_placeholder(_("Left out") if fields[name].own and fields[name].now is None else "")
            box.show_difference(partial(self._decide, record) if name in waiting else None)

    def give_back(self, name: str) -> None:
        """This office says nothing there any more."""
        self.flush()
        self._back(name)
        self.editors[name].focus()

    def _waiting(self, record: str) -> set[str]:
        there = records.get_if_here(self.context.desk, record)
        if there is None or not there.differences:
            return set()
        return {one.field for one in conflicts(self.context.desk, record)}

    def _decide(self, record: str) -> None:
        self.context.go("exchange", view="receive", difference=record)

    def _seen(self, name: str, value: Value) -> Value:
        return blanks.shown(value) if name in self._with_blanks and isinstance(value, str) else value

    def _keep(self, values: dict[str, Value]) -> None:
        told = {
            name: blanks.stored(value) if name in self._with_blanks and isinstance(value, str) else value
            for name, value in values.items()
        }
        self._fields = self._store(told)
        for name in told:
            self.boxes[name].show_source(self._fields[name])
