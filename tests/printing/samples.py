"""Meetings to print: a real one's facts in words of our own, a tiny one, a very long one."""

from __future__ import annotations

import datetime as dt

from cpdesk.printing.document import Letterhead, Person
from cpdesk.printing.model import (
    AgendaEntry,
    AttendanceData,
    Attendee,
    Counts,
    FollowUpEntry,
    InputEntry,
    MinutesData,
    PresentationEntry,
)

HEAD = Letterhead(
    ("រដ្ឋបាលខេត្តកណ្តាល", "គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រី និងកុមារ"),
    number="០៤៥/២២ គ.ក.ស.ក",
    place="កណ្តាល",
)
CHAIR = Person("ហ៊ុន កុសនី", "លោកជំទាវ", "អភិបាលរងខេត្តកណ្តាល")
SECRETARY = Person("សុខ ចាន់ថា", "លោកស្រី", "ប្រធានការិយាល័យ")
SUBJECT = (
    "ពិនិត្យលើវឌ្ឍនភាពនៃការអនុវត្តផែនការកិច្ចការពារកុមារឆ្នាំ២០២១-២០២២ និងការរៀបចំផែនការកិច្ចការពារកុមារ រយៈពេល៣ឆ្នាំ (ឆ្នាំ២០២៣-២០២៥)"
)
SPEECH = (
    "លោកជំទាវបានរំលឹកអំពីតួនាទីរបស់សមាជិក សមាជិកាក្រុមការងារកិច្ចការពារកុមារ ដែលត្រូវប្រមូល និងវិភាគទិន្នន័យ"
    "អំពីភាពងាយរងគ្រោះរបស់កុមារ ដើម្បីដាក់បញ្ចូលទៅក្នុងផែនការជាអាទិភាព។\n"
    "សមាជិកទាំងអស់ត្រូវយកចិត្តទុកដាក់ស្តាប់បទបង្ហាញនីមួយៗ និងពិភាក្សាឱ្យបានល្អិតល្អន់អំពីផែនការ ២០២៣-២០២៥ "
    "ឱ្យស៊ីសង្វាក់គ្នាជាមួយផែនការវិនិយោគស្រុក ក្រុង ខេត្ត។"
)
PEOPLE = (
    Attendee("ហ៊ុន កុសនី", "លោកជំទាវ", "female", "អភិបាលរងខេត្ត", "រដ្ឋបាលខេត្តកណ្តាល", "០១២ ៣៤៥ ៦៧៨"),
    Attendee("កែវ សុវណ្ណារ៉ា", "លោក", "male", "ប្រធានមន្ទីរ", "មន្ទីរសង្គមកិច្ច អតីតយុទ្ធជន និងយុវនីតិសម្បទា"),
    Attendee("Anna Müller", "Ms", "female", "Child Protection Officer", "UNICEF Cambodia", "+855 12 345 678"),
    Attendee("ច័ន្ទ បូរី", "លោក", "male", "អនុប្រធានមន្ទីរ", "មន្ទីរអប់រំ យុវជន និងកីឡា", status="apology"),
    Attendee("ម៉ៅ ស្រីនាង", "លោកស្រី", "female", "មន្ត្រីកម្មវិធី", "Save the Children", represents="លោក ជា វិបុល"),
)
KANDAL = MinutesData(
    HEAD,
    SUBJECT,
    date=dt.date(2022, 6, 23),
    sort="កិច្ចប្រជុំពិគ្រោះយោបល់",
    start=dt.time(8, 30),
    end=dt.time(16, 45),
    venue="សាលប្រជុំសាលាខេត្តកណ្តាល",
    organiser="រដ្ឋបាលខេត្តកណ្តាល",
    chair=CHAIR,
    secretary=SECRETARY,
    opening=SPEECH,
    attendance=PEOPLE,
    counts=Counts(113, 49, 25, 21, quorum=True),
    previous_adopted=True,
    agenda=(
        AgendaEntry("មតិបើករបស់អធិបតី"),
        AgendaEntry("បទបង្ហាញវឌ្ឍនភាពឆ្នាំ ២០២១-២០២២", "លោក កែវ សុវណ្ណារ៉ា", SPEECH.split("\n")[0]),
        AgendaEntry("ការរៀបចំផែនការរយៈពេល ៣ ឆ្នាំ", "ក្រុមការងារថ្នាក់ជាតិ"),
    ),
    presentations=(
        PresentationEntry(
            "របៀបរៀបចំផែនការ", "ក្រុមការងារថ្នាក់ជាតិ", "ជំហាននៃការធ្វើផែនការ និងការវិភាគចំណុចខ្លាំង ចំណុចខ្សោយ។", agenda=3
        ),
    ),
    inputs=(
        InputEntry(
            "លោក ជា វិបុល",
            "ស្នើបន្ថែមសកម្មភាពផ្សព្វផ្សាយនៅតាមសាលារៀនចំនួន ១២ ក្នុងស្រុកកៀនស្វាយ។",
            "ស្រុកកៀនស្វាយ",
            "accepted",
            "សមស្របនឹងអាទិភាពទី១",
            "សកម្មភាព ១.២.៣",
            agenda=3,
        ),
        InputEntry("Ms Anna Müller", "អាចគាំទ្រថវិកា $12,500 សម្រាប់ការបណ្តុះបណ្តាល (CCWC)។", "UNICEF", "noted"),
        InputEntry("លោកស្រី ម៉ៅ ស្រីនាង", "ពិនិត្យ <b>សូចនាករ</b> & ចំណុចដៅ → “SMART” ✓", disposition="adapted"),
    ),
    follow_ups=(
        FollowUpEntry("ប្រមូលទិន្នន័យភាពងាយរងគ្រោះតាមឃុំ សង្កាត់", "ការិយាល័យសង្គមកិច្ច", dt.date(2022, 7, 15), "task"),
        FollowUpEntry("បញ្ចប់សេចក្តីព្រាងផែនការ ២០២៣-២០២៥", "ក្រុមការងារខេត្ត", dt.date(2022, 8, 31), "decision"),
        FollowUpEntry("ពង្រឹងការសម្របសម្រួលជាមួយដៃគូ", sort="recommendation"),
    ),
    closing="លោកជំទាវបានវាយតម្លៃខ្ពស់ចំពោះការចូលរួមយ៉ាងសកម្មរបស់អង្គប្រជុំ។",
)
TINY = MinutesData(Letterhead(), "ប្រជុំប្រចាំខែ")
SHEET = AttendanceData(
    HEAD,
    SUBJECT,
    date=dt.date(2022, 6, 23),
    start=dt.time(8, 30),
    venue="សាលប្រជុំសាលាខេត្ត",
    chair=CHAIR,
    secretary=SECRETARY,
    attendees=PEOPLE,
    counts=Counts(113, 49),
)


def crowd(count: int) -> tuple[Attendee, ...]:
    """People with short, long, Khmer, Latin and mixed names."""
    return tuple(
        Attendee(
            f"{one.name} {'ហ៊ុន កុសនី ' * (i % 7 == 0)}{i}",
            one.title,
            one.sex,
            one.position * (1 + (i % 11 == 0)),
            one.body,
            one.phone,
        )
        for i, one in ((i, PEOPLE[i % len(PEOPLE)]) for i in range(1, count + 1))
    )


def long_minutes(speeches: int = 40, people: int = 150) -> MinutesData:
    """A very long meeting: about a page for every six speeches. 520 speeches make some hundred pages."""
    inputs = tuple(
        InputEntry(
            PEOPLE[i % len(PEOPLE)].name,
            f"មតិទី{i}៖ " + SPEECH.replace("\n", " "),
            PEOPLE[i % len(PEOPLE)].body,
            ("accepted", "adapted", "noted", "declined")[i % 4],
            about=f"សកម្មភាព {i}",
            agenda=1 + i % 3,
        )
        for i in range(1, speeches + 1)
    )
    decisions = tuple(
        FollowUpEntry(f"សេចក្តីសម្រេចទី{i} {SPEECH[:90]}", "មន្ទីរសង្គមកិច្ច", dt.date(2022, 7, 1) + dt.timedelta(i))
        for i in range(1, speeches // 4 + 1)
    )
    from dataclasses import replace

    return replace(KANDAL, attendance=crowd(people), inputs=inputs, follow_ups=decisions, counts=Counts())
