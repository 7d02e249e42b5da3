"""Times as people write them in English: when each is, said on a Wednesday morning."""

import pytest

from tests.services.understanding.saying import ENGLISH, table, told

CLOCKS = """
at 3pm → 2025-03-12 15:00
3:30 pm → 2025-03-12 15:30
15:30 → 2025-03-12 15:30
at 9 → 2025-03-13 09:00
at 5 → 2025-03-12 17:00
at 7 → 2025-03-13 07:00
at 12 → 2025-03-12 12:00
at noon → 2025-03-12 12:00
midnight → 2025-03-13 00:00
12am → 2025-03-13 00:00
12pm → 2025-03-12 12:00
12:30am → 2025-03-13 00:30
9 a.m. → 2025-03-13 09:00
9am → 2025-03-13 09:00
9.30am → 2025-03-13 09:30
at 9.30 → 2025-03-13 09:30
15h30 → 2025-03-12 15:30
at 0930 → 2025-03-13 09:30
1730 hrs → 2025-03-12 17:30
9 o'clock → 2025-03-13 09:00
at 09:00 → 2025-03-13 09:00
at 03:00 → 2025-03-13 03:00
at 3:00 → 2025-03-12 15:00
at 6:45 → 2025-03-12 18:45
at 24:00 → 2025-03-13 00:00
5p → 2025-03-12 17:00
3ish → 2025-03-12 15:00
3pm sharp → 2025-03-12 15:00
4pm CET → 2025-03-12 23:00
9am New York time → 2025-03-12 21:00
5/12 at 3pm CET → 2025-05-12 21:00 or 2025-12-05 22:00
Friday London time → 2025-03-14
tomorrow morning London time → 2025-03-13 ~17:00
at 25 → nothing
at 12:60 → nothing
13pm → 2025-03-12 13:00
"""

SPOKEN = """
half past three → 2025-03-12 15:30
half three → 2025-03-12 15:30
quarter to 9 → 2025-03-13 08:45
quarter past nine → 2025-03-13 09:15
ten past eight → 2025-03-13 08:10
twenty to six → 2025-03-12 17:40
20 minutes to six → 2025-03-12 17:40
five to noon → 2025-03-12 11:55
quarter to twelve → 2025-03-12 11:45
nine thirty → 2025-03-13 09:30
at nine thirty → 2025-03-13 09:30
nine thirty am → 2025-03-13 09:30
9 oh five am → 2025-03-13 09:05
"""

PARTS = """
tomorrow morning → 2025-03-13 ~09:00
this morning → 2025-03-12 ~09:00
this evening → 2025-03-12 ~19:00
tonight → 2025-03-12 ~19:00
last night → 2025-03-11 ~20:00
tomorrow night → 2025-03-13 ~20:00
yesterday afternoon → 2025-03-11 ~15:00
Friday morning → 2025-03-14 ~09:00
Monday lunchtime → 2025-03-17 ~12:00
first thing tomorrow → 2025-03-13 ~09:00
first thing in the morning → 2025-03-13 ~09:00
mid-morning → 2025-03-13 ~10:00
in the morning → 2025-03-13 ~09:00
in the afternoon → 2025-03-12 ~15:00
noon tomorrow → 2025-03-13 12:00
midnight tomorrow → 2025-03-14 00:00
Friday a.m. → 2025-03-14 ~10:00
tomorrow pm → 2025-03-13 ~15:00
11 in the morning → 2025-03-12 11:00
at 11 tonight → 2025-03-12 23:00
7 in the evening → 2025-03-12 19:00
3 in the afternoon → 2025-03-12 15:00
Thursday evening at 8 → 2025-03-13 20:00
tomorrow morning at 8:30 → 2025-03-13 08:30
tomorrow at 6:45 → 2025-03-13 18:45
9 o'clock tomorrow → 2025-03-13 09:00
the day after tomorrow in the afternoon → 2025-03-14 ~15:00
"""

WEEKDAYS = """
fri → 2025-03-14
on Friday → 2025-03-14
Tues → 2025-03-18
Weds → 2025-03-19
Thurs → 2025-03-13
Sun → 2025-03-16
Wednesday → 2025-03-19
next Monday → 2025-03-17
next Wednesday → 2025-03-19
last Friday → 2025-03-07
last Wednesday → 2025-03-05
this Friday → 2025-03-14
this Monday → 2025-03-10
this coming Monday → 2025-03-17
coming Friday → 2025-03-14
this past Monday → 2025-03-10
the following Monday → 2025-03-17
Friday next week → 2025-03-21
next week Friday → 2025-03-21
next week on Friday → 2025-03-21
Monday after next → 2025-03-24
the Monday after next → 2025-03-24
Friday before last → 2025-02-28
Tuesday week → 2025-03-25
a week from Friday → 2025-03-21
a week on Friday → 2025-03-21
two weeks from Monday → 2025-03-31
Wednesday 9am → 2025-03-19 09:00
Wednesday 11am → 2025-03-12 11:00
Wednesday at 3 → 2025-03-12 15:00
at 3pm on Friday → 2025-03-14 15:00
Friday at 3pm → 2025-03-14 15:00
Friday 3 pm → 2025-03-14 15:00
3pm Friday → 2025-03-14 15:00
"""

OFFSETS = """
today → 2025-03-12
tomorrow → 2025-03-13
yesterday → 2025-03-11
tmrw → 2025-03-13
2moro → 2025-03-13
2day → 2025-03-12
yday → 2025-03-11
in 3 days → 2025-03-15
three days ago → 2025-03-09
3d ago → 2025-03-09
in a week → 2025-03-19
a week ago → 2025-03-05
2w ago → 2025-02-26
in two weeks → 2025-03-26
within two weeks → 2025-03-26
in two weeks' time → 2025-03-26
in 3 days time → 2025-03-15
two weeks out → 2025-03-26
a fortnight ago → 2025-02-26
in a fortnight → 2025-03-26
in a month → 2025-04-12
two months ago → 2025-01-12
in a year → 2026-03-12
a couple of days ago → 2025-03-10
in a couple of weeks → 2025-03-26
in a dozen days → 2025-03-24
in twenty-five days → 2025-04-06
in a week and two days → 2025-03-21
in 3 business days → 2025-03-17
two working days ago → 2025-03-10
10 business days from now → 2025-03-26
three weeks from now → 2025-04-02
a week from today → 2025-03-19
a week from tomorrow → 2025-03-20
tomorrow week → 2025-03-20
in a few days → nothing
"""

HOURS_AND_MINUTES = """
in 2 hours → 2025-03-12 12:20
two hours ago → 2025-03-12 08:20
2 hours from now → 2025-03-12 12:20
in half an hour → 2025-03-12 10:50
half an hour ago → 2025-03-12 09:50
in an hour and a half → 2025-03-12 11:50
in 1.5 hours → 2025-03-12 11:50
in 1/2 hour → 2025-03-12 10:50
in three quarters of an hour → 2025-03-12 11:05
90 minutes ago → 2025-03-12 08:50
ten minutes later → 2025-03-12 10:30
in 45 min → 2025-03-12 11:05
in 20m → 2025-03-12 10:40
in 2h → 2025-03-12 12:20
in 1h30 → 2025-03-12 11:50
right now → 2025-03-12 10:20
just now → 2025-03-12 10:20
same time tomorrow → 2025-03-13 10:20
same time next week → 2025-03-19 10:20
"""

DEADLINES = """
EOD → 2025-03-12 18:00
EOD Friday → 2025-03-14 18:00
by EOD tomorrow → 2025-03-13 18:00
by end of day → 2025-03-12 18:00
end of day tomorrow → 2025-03-13 18:00
COB → 2025-03-12 18:00
COB Friday → 2025-03-14 18:00
close of business → 2025-03-12 18:00
close of business Friday → 2025-03-14 18:00
EOW → 2025-03-14
EOM → 2025-03-31
EOQ → 2025-03-31
EOY → 2025-12-31
by Friday → 2025-03-14
by 5pm → 2025-03-12 17:00
by March 31 → 2025-03-31
no later than Friday 5pm → 2025-03-14 17:00
before noon → 2025-03-12 12:00
by end of the week → 2025-03-14
by the end of next week → 2025-03-21
by next week → 2025-03-23
end of the month → 2025-03-31
end of next month → 2025-04-30
end of March → 2025-03-31
beginning of April → 2025-04-01
start of next week → 2025-03-17
mid April → 2025-04-15
mid-May → 2025-05-15
early June → 2025-06-01
late June → 2025-06-30
end of Q2 → 2025-06-30
end of the year → 2025-12-31
year-end → 2025-12-31
month end → 2025-03-31
"""

CHAINS = """
the day after tomorrow → 2025-03-14
day after tomorrow → 2025-03-14
the day before yesterday → 2025-03-10
the day after the day after tomorrow → 2025-03-15
the day before the day before yesterday → 2025-03-09
the day before Friday → 2025-03-13
three days after next Friday → 2025-03-24
a week after 5 May → 2025-05-12
two weeks before 1 June → 2025-05-18
5 days after the 10th → 2025-04-15
two days before Christmas → 2025-12-23
the day after Thanksgiving → 2025-11-28
first Monday of April → 2025-04-07
the first Monday of next month → 2025-04-07
last Friday of the month → 2025-03-28
last day of the month → 2025-03-31
last day of March → 2025-03-31
the 3rd Tuesday in April → 2025-04-15
second Friday of May 2026 → 2026-05-08
first working day of April → 2025-04-01
first business day of next month → 2025-04-01
the third day of Q2 → 2025-04-03
"""

TYPOS = """
tommorow → 2025-03-13
tomorow morning → 2025-03-13 ~09:00
wendesday → 2025-03-19
next thrusday → 2025-03-20
firday 3pm → 2025-03-14 15:00
yesturday → 2025-03-11
moday → 2025-03-17
nect week → 2025-03-17
febuary 3 → 2026-02-03
novemeber 5th → 2025-11-05
3 decmber → 2025-12-03
afternon → 2025-03-12 ~15:00
next satruday → 2025-03-22
thurday → 2025-03-13
wensday → 2025-03-19
tuseday → 2025-03-18
"""


@pytest.mark.parametrize(
    ("phrase", "said"),
    table(CLOCKS, SPOKEN, PARTS, WEEKDAYS, OFFSETS, HOURS_AND_MINUTES, DEADLINES, CHAINS, TYPOS),
)
def test_times_are_read(phrase: str, said: str) -> None:
    assert told(phrase, ENGLISH) == said
