"""The window. It shows what the tasks of `cpdesk` give and keeps no rule of the records; it knows no SQL.

**How it hangs together.** `app.application()` dresses the one QApplication. `MainWindow(context, PAGES, office=…)` puts
`chrome/` (sidebar, top bar, foot) around the pages of the registry and owns history, language and commands.

**A page** is a class in `pages/` and a line in `pages/__init__.PAGES`:

    PageSpec("meetings", lambda: _("Meetings"), "calendar-days", "ui.pages.meetings:MeetingsPage")
    PageSpec("meeting", lambda: _("Meeting"), "contact", "ui.pages.meeting:MeetingPage", "inner", under="meetings")

    class MeetingPage(ScrollPage):                       # or Page, where it does not scroll as a whole
        name = "meeting"
        kinds = frozenset({"meeting", "attendance"})     # a change of these refreshes it
        def __init__(self, context): super().__init__(context); …build widgets into self.body…
        def title(self) -> str: …                        # the bold end of the path
        def breadcrumb(self): return [Crumb(_("Meetings"), Location("meetings"))]
        def open(self, record): …another record…; super().open(record)     # NotFound where it is gone
        def refresh(self): …read the desk, show it; never replace what is being typed…
        def leave(self): self.form.flush()               # before anything else is shown
        def commands(self): return [Action("new", _("New meeting"), self.new, "plus"), …]   # keys: actions.SHORTCUTS
        def state(self) / restore(self, state): …        # what going back finds again
        def begin(self): …                               # where the focus starts

    Emit `retitled` when title, path or commands change. Pages are built anew when language, theme or text size change.

**Context** (given to each page): `desk`, `jobs`, `undo`; `go(page, record, **state)`; `touched("meeting", …)` after
saving; `say(sentence, tone)` for a word in passing. Errors: `with messages.shown(self): task(…)`; questions:
`messages.ask(self, question, detail, yes=_("Delete the meeting"), danger=True)`; long work:
`context.jobs.run(lambda desk, progress: task(desk, …, progress), title=_("…"), done=…)`: the desk given there is the
worker's own connection.

**Editors** (`widgets/editors`): `editor_for(field, sources)`; each has `value()` (a stored value, None is blank;
ValueError with a translated reason), `set_value(v)` (silent), signals `edited` and `finished`, `show_problem(text)`.
The widget bears the field's name, its input `<name>_input`. References take a `Source(search, title, create)` of
`Hit(id, title, subtitle)`; places come from the gazetteer by themselves.

**A form** (`forms/form.py`): `Form(kind, save, sources)`, `line(("subject", 3), ("date", 1))`, `add_all()`,
`load(values)`, `reset(values)` for another record, `show_problems({field: sentence})`, `flush()`; it saves as typed.

**Look**: `tokens` is the only place of colours and sizes, `stylesheet` the only reader of the properties `role`,
`tone`, `kind`, `state`; paint with `theme.colour("accent")`, `theme.font()`, `theme.line_height()`, `theme.scaled(px)`.
Parts: `widgets.text` (Text, ElidedText, KeyHint), `widgets.surfaces` (Card, Chip, SectionHeader, Divider,
EmptyState, row, column, scrolling), `widgets.buttons` (Button, IconButton, Segments), `widgets.notices`
(InlineMessage, Toast), `widgets.flow` (FlowLayout), `dialogs.base` (Dialog). User text goes only through these: they
take no markup and break Khmer between words; a tool tip of more than a few words goes through `widgets.tips.tip`.
`no_wheel(widget)` for any combo of one's own.

**The program around it.** `app.Program` opens one desk after the other: `dialogs/first_run` asks the first questions,
`dialogs/opening` what to do when a desk does not open, `memory` finds the last place again, `keeper` does in the worker
what nobody should wait for (word index, differences, the foot). Nothing but the first page is built before the first
paint: import heavy modules inside the function that needs them, and leave work to `jobs`, which begin after it.
`pages/places` tells on which page any record is shown, `pages/spots` where on it, and what of a record has the focus;
`look` changes language, theme and size of text, and keeps them.

**Locked desks and roles.** `dialogs/unlock` is the door, its pages are in `dialogs/recovery*`; `locking` covers the
window, lets go of the desk and stands at the door; `drafts` carries over what was half typed. A page need do nothing
for it but keep in `leave()` what it can. Which button or command needs which role stands by its name in `rights`: a new
one that writes gets a line there. `Context.may("draft")` asks for the rest.

**Help**: what it says, and which topic belongs to which page and dialog, stands in `cpdesk/help/`. A `Dialog` has F1 by
itself, a bare QDialog by `helping.with_help(self)` once it has its name. `make pictures` takes the pictures anew.

`tests/ui/gallery.py` shows all parts: `python -m tests.ui.gallery FOLDER` writes pictures of them.
"""

from __future__ import annotations

import sys

import shiboken6  # noqa: F401  what is changed below comes with it


def _read_no_sources() -> None:
    """Let Qt's Python layer not read the source of every module that is imported after it.

    It looks there for a switch of PySide that nothing here uses, which costs half a millisecond a module at each start.
    Where the layer is another, it reads on as before.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = lambda module: module.__name__.partition(".")[0] == "ui"


_read_no_sources()
