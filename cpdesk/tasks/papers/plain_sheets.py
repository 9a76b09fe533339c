"""Any record and any list as a plain sheet, from what their kinds declare."""

from __future__ import annotations

from cpdesk import records as kinds
from cpdesk.printing import list_sheet, model, record_sheet
from cpdesk.printing.document import Document
from cpdesk.store import Desk
from cpdesk.tasks import records
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead


def record_of(desk: Desk, id_: str, _choices: Choices) -> Document:
    """Any record: a row for each field."""
    record = records.get(desk, id_)
    rows = tuple(
        (f.label, records.show(desk, record, f.name))
        for f in record.kind.fields
        if not f.private and f.type.name != "order"
    )
    data = model.RecordData(
        title=records.named(desk, record), rows=rows, letterhead=letterhead(desk), subtitle=record.kind.label
    )
    return record_sheet.record_sheet(data)


def list_of(desk: Desk, kind_name: str, _choices: Choices) -> Document:
    """All records of a kind: a row for each, its first fields as columns."""
    kind = kinds.kind(kind_name)
    fields = [
        f for f in kind.fields if not f.private and f.type.name != "order" and not getattr(f.type, "long", False)
    ][:7]
    rows = tuple(tuple(records.show(desk, record, f.name) for f in fields) for record in records.find(desk, kind_name))
    columns = tuple(
        model.Column(
            f.label,
            share=2.5 if f.name in kind.title else 1.0,
            align="right" if f.type.name in ("count", "amount") else "left",
        )
        for f in fields
    )
    data = model.ListData(
        title=kind.label, columns=columns, rows=rows, letterhead=letterhead(desk), landscape=len(fields) > 4
    )
    return list_sheet.list_sheet(data)
