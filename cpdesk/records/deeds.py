"""What somebody did that is no change of a record, and must be answered for: a package written, a password set.

Changes of records tell by themselves who made them. Deeds stand in the same log, beside them, so that one log tells
everything. They never leave the desk.
"""

from __future__ import annotations

from typing import Literal

from cpdesk.kinds import Count, Field, Kind, Text, choice

DeedAct = Literal[
    "written", "merged", "taken_back", "taken_again", "backed_up", "restored", "salvaged", "joined", "enrolled",
    "revoked", "answered", "password_set", "password_off", "code_used", "new_code", "refused", "removed",
]  # fmt: skip

DEED = Kind(
    "deed",
    "សកម្មភាពលើតុ",
    "Deed",
    (
        Field(
            "act",
            choice(
                written=("បានសរសេរកញ្ចប់ទិន្នន័យ", "Package written"),
                merged=("បានបញ្ចូលកញ្ចប់ទិន្នន័យ", "Package merged"),
                taken_back=("បានដកកញ្ចប់ដែលបានបញ្ចូលវិញ", "Import taken back"),
                taken_again=("បានបញ្ចូលកញ្ចប់ដែលបានដកនោះឡើងវិញ", "Import taken in again"),
                backed_up=("បានបម្រុងទុកដោយដៃ", "Backup made by hand"),
                restored=("បានស្តារពីច្បាប់បម្រុង", "Brought back from a backup"),
                salvaged=("បានសង្គ្រោះតុដែលខូច", "Damaged desk salvaged"),
                joined=("បានភ្ជាប់ជាមួយការិយាល័យថ្នាក់លើ", "Office above joined"),
                enrolled=("បានចុះឈ្មោះការិយាល័យ", "Office enrolled"),
                revoked=("បានដកកាតការិយាល័យ", "Office withdrawn"),
                answered=("បានជួយការិយាល័យថ្នាក់ក្រោមបើកតុ", "Helped an office open its desk"),
                password_set=("បានដាក់ពាក្យសម្ងាត់", "Password set"),
                password_off=("បានដកពាក្យសម្ងាត់ចេញ", "Password taken off"),
                code_used=("បានប្រើលេខកូដសង្គ្រោះ", "Recovery code used"),
                new_code=("បានបង្កើតលេខកូដសង្គ្រោះថ្មី", "New recovery code made"),
                refused=("ការព្យាយាមបើកតុត្រូវបានបដិសេធ", "Unlocking refused"),
                removed=("បានលុបទិន្នន័យបុគ្គលតាមសំណើ", "Person removed on request"),
            ),
            "សកម្មភាព",
            "What was done",
            required=True,
        ),
        Field("about", Text(), "អំពី", "About"),
        Field("concerns", Text(), "កំណត់ត្រាពាក់ព័ន្ធ", "Record that it concerns"),
        Field("times", Count(1), "ចំនួនដង", "How often"),
    ),
    title=("act",),
    private=True,
    closed=True,
)

KINDS = (DEED,)
