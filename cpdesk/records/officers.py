"""Who works on this desk, and in which roles. Never leaves it: another office has its own officers."""

from __future__ import annotations

from cpdesk.kinds import Field, Flag, Kind, Ref, Text

ROLES = ("officer", "head", "merger", "reader", "keeper")

OFFICER = Kind(
    "officer",
    "មន្ត្រីប្រើប្រាស់",
    "Officer of this desk",
    (
        Field("name", Text(), "ឈ្មោះ", "Name", required=True),
        Field("person", Ref(("person",)), "បុគ្គល", "Person"),
        Field(
            "officer",
            Flag(),
            "មន្ត្រី",
            "Officer",
            help_km="កត់ត្រា ដាក់ផែនការឱ្យពិនិត្យ ផ្ញើកញ្ចប់ទិន្នន័យ",
            help_en="Writes, hands plans over for review, writes packages.",
        ),
        Field(
            "head",
            Flag(),
            "ប្រធាន",
            "Head",
            help_km="អនុម័តផែនការដែលខ្លួនមិនបានសរសេរ ផ្ញើកញ្ចប់ទិន្នន័យ",
            help_en="Approves plans that others wrote, writes packages.",
        ),
        Field(
            "merger",
            Flag(),
            "អ្នកបញ្ចូលកញ្ចប់",
            "Merger",
            help_km="បញ្ចូលកញ្ចប់ទិន្នន័យ សម្រេចលើភាពខុសគ្នា ផ្ញើកញ្ចប់ទិន្នន័យ",
            help_en="Merges packages, settles differences, writes packages.",
        ),
        Field("reader", Flag(), "អ្នកអាន", "Reader", help_km="អាន និងបោះពុម្ព", help_en="Reads and prints."),
        Field(
            "keeper",
            Flag(),
            "អ្នករក្សាសោ",
            "Keeper",
            help_km="គ្រប់គ្រងមន្ត្រី ពាក្យសម្ងាត់ ប័ណ្ណរដ្ឋបាល និងការស្តារតុឡើងវិញ",
            help_en="Looks after officers, passwords, cards of offices, and bringing back.",
        ),
        Field("left", Flag(), "ឈប់ប្រើហើយ", "Has left"),
        Field("password_on", Text(), "ដាក់ពាក្យសម្ងាត់នៅ", "Password set on"),
    ),
    title=("name",),
    order=("name",),
    private=True,
    closed=True,
)

KINDS = (OFFICER,)
