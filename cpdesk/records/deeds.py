"""What somebody did that is no change of a record, and must be answered for: a package written, a password set.

Changes of records tell by themselves who made them. Deeds stand in the same log, beside them, so that one log tells
everything. They never leave the desk.
"""

from __future__ import annotations

from typing import Literal

from cpdesk.kinds import Count, Field, Kind, Text, choice

DeedAct = Literal[
    "written", "merged", "taken_back", "taken_again", "backed_up", "restored", "salvaged", "joined", "enrolled",
    "revoked", "answered", "password_set", "password_off", "code_used", "new_code", "new_key", "refused",
    "removed",
    "log_cut", "log_old", "log_forked", "log_whole", "log_read",
]  # fmt: skip

DEED = Kind(
    "deed",
    "សកម្មភាពលើតុការងារ",
    "Deed",
    (
        Field(
            "act",
            choice(
                written=("បានសរសេរកញ្ចប់ទិន្នន័យ", "Package written"),
                merged=("បានបញ្ចូលកញ្ចប់ទិន្នន័យ", "Package merged"),
                taken_back=("បានដកការបញ្ចូលវិញ", "Import taken back"),
                taken_again=("បានបញ្ចូលឡើងវិញ", "Import taken in again"),
                backed_up=("បានបម្រុងទុកដោយដៃ", "Backup made by hand"),
                restored=("បានយកមកវិញពីច្បាប់បម្រុងទុក", "Brought back from a backup"),
                salvaged=("បានសង្គ្រោះតុដែលខូច", "Damaged desk salvaged"),
                joined=("បានទទួលប័ណ្ណរដ្ឋបាលថ្នាក់លើ", "Office above joined"),
                enrolled=("បានទទួលយកប័ណ្ណរដ្ឋបាល", "Office enrolled"),
                revoked=("បានដកហូតប័ណ្ណរដ្ឋបាល", "Office withdrawn"),
                answered=("បានជួយរដ្ឋបាលថ្នាក់ក្រោមបើកតុ", "Helped an office open its desk"),
                password_set=("បានដាក់ពាក្យសម្ងាត់", "Password set"),
                password_off=("បានដកពាក្យសម្ងាត់ចេញ", "Password taken off"),
                code_used=("បានប្រើលេខកូដសង្គ្រោះ", "Recovery code used"),
                new_code=("បានបង្កើតលេខកូដសង្គ្រោះថ្មី", "New recovery code made"),
                new_key=("បានប្តូរកូនសោរបស់តុ", "Key of the desk changed"),
                refused=("ការបើកតុត្រូវបានបដិសេធ", "Unlocking refused"),
                removed=("បានលុបទិន្នន័យបុគ្គលតាមសំណើ", "Person removed on request"),
                # What a package showed of a log, this desk's own or another's (`tasks.proof`).
                log_cut=("បានឃើញ៖ បញ្ជីការផ្លាស់ប្តូរខ្វះខាងចុង", "Found: the end of a log is missing"),
                log_old=("បានឃើញ៖ តុបានមកពីច្បាប់បម្រុងទុក", "Found: a desk was brought back from a backup"),
                log_forked=("បានឃើញ៖ បញ្ជីការផ្លាស់ប្តូរមានពីរច្បាប់", "Found: a log stands in two versions"),
                log_whole=("បានឃើញ៖ បញ្ជីការផ្លាស់ប្តូរពេញលេញឡើងវិញ", "Found: a log is whole again"),
                log_read=("បានអានដំណឹងអំពីបញ្ជីការផ្លាស់ប្តូរ", "News of a log read"),
            ),
            "សកម្មភាព",
            "What was done",
            required=True,
        ),
        Field("about", Text(), "អំពី", "About"),
        Field("concerns", Text(), "កំណត់ត្រាពាក់ព័ន្ធ", "Record that it concerns"),
        Field("times", Count(1), "ចំនួនដង", "How often"),
        Field("package", Count(1), "លេខការបញ្ចូល", "Number of the import"),
    ),
    title=("act",),
    index=("act",),
    private=True,
    closed=True,
)

KINDS = (DEED,)
