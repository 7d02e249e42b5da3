"""Periods as people write them in English: the first day, and the first day after."""

import pytest

from tests.services.understanding.saying import ENGLISH, table, told_days

UNITS = """
today → 2025-03-12 2025-03-13
yesterday → 2025-03-11 2025-03-12
tomorrow → 2025-03-13 2025-03-14
this week → 2025-03-10 2025-03-17
last week → 2025-03-03 2025-03-10
next week → 2025-03-17 2025-03-24
the week before last → 2025-02-24 2025-03-03
the week after next → 2025-03-24 2025-03-31
this month → 2025-03-01 2025-04-01
last month → 2025-02-01 2025-03-01
next month → 2025-04-01 2025-05-01
month before last → 2025-01-01 2025-02-01
this quarter → 2025-01-01 2025-04-01
last quarter → 2024-10-01 2025-01-01
next quarter → 2025-04-01 2025-07-01
quarter before last → 2024-07-01 2024-10-01
two quarters ago → 2024-07-01 2024-10-01
this half → 2025-01-01 2025-07-01
last half-year → 2024-07-01 2025-01-01
this year → 2025-01-01 2026-01-01
last year → 2024-01-01 2025-01-01
next year → 2026-01-01 2027-01-01
this weekend → 2025-03-15 2025-03-17
last weekend → 2025-03-08 2025-03-10
the weekend → 2025-03-15 2025-03-17
over the weekend → 2025-03-15 2025-03-17
last fortnight → 2025-02-24 2025-03-10
two months ago → 2025-01-01 2025-02-01
a year ago → 2024-01-01 2025-01-01
three weeks ago → 2025-02-19 2025-02-20
"""

ROLLING = """
the past week → 2025-03-06 2025-03-13
past month → 2025-02-13 2025-03-13
past year → 2024-03-13 2025-03-13
last 7 days → 2025-03-06 2025-03-13
the last 7 days → 2025-03-06 2025-03-13
past 30 days → 2025-02-11 2025-03-13
previous 3 months → 2024-12-13 2025-03-13
last two weeks → 2025-02-27 2025-03-13
last six months → 2024-09-13 2025-03-13
last 12 months → 2024-03-13 2025-03-13
trailing 12 months → 2024-03-13 2025-03-13
next 3 weeks → 2025-03-13 2025-04-03
next two months → 2025-03-13 2025-05-13
next 10 business days → 2025-03-13 2025-03-27
last two quarters → 2024-07-01 2025-01-01
the last 3 quarters → 2024-04-01 2025-01-01
"""

MONTHS = """
March → 2025-03-01 2025-04-01
in March → 2025-03-01 2025-04-01
during March → 2025-03-01 2025-04-01
December → 2025-12-01 2026-01-01
March 2024 → 2024-03-01 2024-04-01
Mar '24 → 2024-03-01 2024-04-01
last March → 2024-03-01 2024-04-01
next March → 2026-03-01 2026-04-01
this month last year → 2024-03-01 2024-04-01
2025-02 → 2025-02-01 2025-03-01
02/2025 → 2025-02-01 2025-03-01
first half of March → 2025-03-01 2025-03-16
first 10 days of March → 2025-03-01 2025-03-11
last two days of March → 2025-03-30 2025-04-01
first week of March → 2025-03-03 2025-03-10
last week of February → 2025-02-24 2025-03-03
2nd week of May → 2025-05-05 2025-05-12
first weekend of May → 2025-05-03 2025-05-05
last weekend of May → 2025-05-31 2025-06-02
the first two months of the year → 2025-01-01 2025-03-01
"""

QUARTERS = """
Q1 → 2025-01-01 2025-04-01
Q3 → 2025-07-01 2025-10-01
Q3 2024 → 2024-07-01 2024-10-01
3Q24 → 2024-07-01 2024-10-01
Q3'24 → 2024-07-01 2024-10-01
2024Q3 → 2024-07-01 2024-10-01
2024-Q3 → 2024-07-01 2024-10-01
third quarter → 2025-07-01 2025-10-01
third quarter of 2024 → 2024-07-01 2024-10-01
first quarter of last year → 2024-01-01 2024-04-01
Q1 last year → 2024-01-01 2024-04-01
Q4 last year → 2024-10-01 2025-01-01
Q2 FY25 → 2025-04-01 2025-07-01
first three quarters → 2025-01-01 2025-10-01
Q1 to Q3 → 2025-01-01 2025-10-01
Q1 and Q2 → 2025-01-01 2025-07-01
H1 → 2025-01-01 2025-07-01
H2 2024 → 2024-07-01 2025-01-01
first half of the year → 2025-01-01 2025-07-01
second half of 2024 → 2024-07-01 2025-01-01
same quarter last year → 2024-01-01 2024-04-01
"""

YEARS = """
2024 → 2024-01-01 2025-01-01
in 2024 → 2024-01-01 2025-01-01
the year 2024 → 2024-01-01 2025-01-01
FY25 → 2025-01-01 2026-01-01
FY2025 → 2025-01-01 2026-01-01
fiscal year 2025 → 2025-01-01 2026-01-01
FY24/25 → 2025-01-01 2026-01-01
this fiscal year → 2025-01-01 2026-01-01
last fiscal year → 2024-01-01 2025-01-01
same period last year → 2024-01-01 2024-03-13
2020s → 2020-01-01 2030-01-01
"""

WEEKS = """
week 12 → 2025-03-17 2025-03-24
week 12 of 2024 → 2024-03-18 2024-03-25
week 12 last year → 2024-03-18 2024-03-25
CW12 → 2025-03-17 2025-03-24
week of 3 March → 2025-03-03 2025-03-10
week commencing 3 March → 2025-03-03 2025-03-10
w/c 3 March → 2025-03-03 2025-03-10
the week of March 10 → 2025-03-10 2025-03-17
"""

TO_DATE = """
year to date → 2025-01-01 2025-03-13
YTD → 2025-01-01 2025-03-13
MTD → 2025-03-01 2025-03-13
QTD → 2025-01-01 2025-03-13
WTD → 2025-03-10 2025-03-13
month to date → 2025-03-01 2025-03-13
so far this year → 2025-01-01 2025-03-13
this year so far → 2025-01-01 2025-03-13
since January → 2025-01-01 2025-03-13
since Monday → 2025-03-10 2025-03-13
since last Monday → 2025-03-03 2025-03-13
since 1 March → 2025-03-01 2025-03-13
since 1 May → 2024-05-01 2025-03-13
since 1 January 2025 → 2025-01-01 2025-03-13
since March 2024 → 2024-03-01 2025-03-13
since last year → 2024-01-01 2025-03-13
from March until now → 2025-03-01 2025-03-13
rest of the week → 2025-03-12 2025-03-17
rest of the month → 2025-03-12 2025-04-01
rest of the year → 2025-03-12 2026-01-01
the rest of this quarter → 2025-03-12 2025-04-01
remainder of the year → 2025-03-12 2026-01-01
rest of February → nothing
since tomorrow → nothing
"""

RANGES = """
from 1 March to 10 March → 2025-03-01 2025-03-11
from Monday to Wednesday → 2025-03-10 2025-03-13
Monday to Wednesday → 2025-03-10 2025-03-13
Monday - Friday → 2025-03-10 2025-03-15
1 to 15 March → 2025-03-01 2025-03-16
1-15 March → 2025-03-01 2025-03-16
March 1-15 → 2025-03-01 2025-03-16
between 1 and 15 March → 2025-03-01 2025-03-16
between March 1 and March 15 → 2025-03-01 2025-03-16
between March and May → 2025-03-01 2025-06-01
March to May → 2025-03-01 2025-06-01
March to May 2024 → 2024-03-01 2024-06-01
January and February → 2025-01-01 2025-03-01
Nov to Feb → 2025-11-01 2026-03-01
1 Jan - 31 Mar 2024 → 2024-01-01 2024-04-01
2025-03-01 to 2025-03-10 → 2025-03-01 2025-03-11
3/1/2025 - 3/10/2025 → 2025-03-01 2025-03-11
15 March to 1 March 2025 → nothing
3.11. to 7.11. → 2025-11-03 2025-11-08
3.11. to 7.11. in Berlin → 2025-11-03 2025-11-08
"""

HOURS = """
3-5pm → 2025-03-12 15:00 2025-03-12 17:00
tomorrow 2-4pm → 2025-03-13 14:00 2025-03-13 16:00
Friday from 9 to 11:30 → 2025-03-14 09:00 2025-03-14 11:30
from 9am to noon → 2025-03-12 09:00 2025-03-12 12:00
between 2 and 4pm → 2025-03-12 14:00 2025-03-12 16:00
"""

DAYS = """
5 March → 2025-03-05 2025-03-06
March 5 2024 → 2024-03-05 2024-03-06
last Friday → 2025-03-07 2025-03-08
Friday → 2025-03-14 2025-03-15
Christmas → 2025-12-25 2025-12-26
"""


@pytest.mark.parametrize(
    ("phrase", "said"),
    table(UNITS, ROLLING, MONTHS, QUARTERS, YEARS, WEEKS, TO_DATE, RANGES, HOURS, DAYS),
)
def test_periods_are_read(phrase: str, said: str) -> None:
    assert told_days(phrase, ENGLISH) == said
