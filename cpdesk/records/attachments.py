"""Files kept with a record: scans, photos of signed sheets, evidence. Their bytes are kept once, by content."""

from __future__ import annotations

from cpdesk.kinds import Count, Field, Kind, Order, Ref, Text
from cpdesk.records import bodies, figures, meetings, office, plan_parts, plans, progress

ANY = tuple(
    kind.name
    for family in (meetings, plans, plan_parts, progress, bodies, figures, office)
    for kind in family.KINDS
    if not kind.built_in
)

ATTACHMENT = Kind(
    "attachment",
    "ឯកសារភ្ជាប់",
    "Attachment",
    (
        Field("of", Ref(ANY), "របស់", "Of", required=True),
        Field("order", Order(), "លំដាប់", "Order"),
        Field("file_name", Text(), "ឈ្មោះឯកសារ", "File name", required=True),
        Field("media_type", Text(), "ប្រភេទឯកសារ", "Media type"),
        Field("sha256", Text(), "កូដសម្គាល់ខ្លឹមសារ", "Content hash", required=True),
        Field("bytes", Count(), "ទំហំ", "Size in bytes"),
        Field("note", Text(), "កំណត់សម្គាល់", "Note"),
    ),
    title=("file_name",),
    parent="of",
    order=("order",),
    index=("sha256",),
)

KINDS = (ATTACHMENT,)
