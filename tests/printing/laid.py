"""Papers of meetings, records and lists as PDF."""

from __future__ import annotations

from cpdesk.printing import pdf
from cpdesk.printing.attendance import attendance
from cpdesk.printing.list_sheet import list_sheet
from cpdesk.printing.minutes import minutes
from cpdesk.printing.model import AttendanceData, ListData, MinutesData, RecordData
from cpdesk.printing.record_sheet import record_sheet


def render_minutes(data: MinutesData) -> bytes:
    return pdf.render(minutes(data))


def render_attendance(data: AttendanceData) -> bytes:
    return pdf.render(attendance(data))


def render_list_sheet(data: ListData) -> bytes:
    return pdf.render(list_sheet(data))


def render_record_sheet(data: RecordData) -> bytes:
    return pdf.render(record_sheet(data))
