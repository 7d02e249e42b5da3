"""Dates and holidays in English, and where those without a year lie."""

import pytest

from tests.services.understanding.saying import ENGLISH, table, told, told_both

DATES = """
5 December 2025 → 2025-12-05
December 5, 2025 → 2025-12-05
Dec 5 2025 → 2025-12-05
5 Dec '25 → 2025-12-05
5-Dec-25 → 2025-12-05
5-Dec-2025 → 2025-12-05
December 5th → 2025-12-05
the 5th of December → 2025-12-05
December the 5th → 2025-12-05
fourth of July → 2025-07-04
first of May → 2025-05-01
may 1st → 2025-05-01
1 may → 2025-05-01
5 May 2024 → 2024-05-05
2025-12-05 → 2025-12-05
2025/12/5 → 2025-12-05
2025.12.5 → 2025-12-05
20251205 → 2025-12-05
2025-12-05T15:30 → 2025-12-05 15:30
2025-12-05 15:30 → 2025-12-05 15:30
5.12.2025 → 2025-12-05
5.12.25 → 2025-12-05
3.11. → 2025-11-03
13/5 → 2025-05-13
5/13 → 2025-05-13
5/12 → 2025-05-12 or 2025-12-05
12/5 → 2025-12-05 or 2025-05-12
05/12/2025 → 2025-05-12 or 2025-12-05
31/12/2025 → 2025-12-31
12/31/2025 → 2025-12-31
Mar. 15 → 2025-03-15
the 15th → 2025-03-15
on the 15th → 2025-03-15
the 31st → 2025-03-31
the 1st → 2025-04-01
the twenty-first → 2025-03-21
the twenty first of May → 2025-05-21
29 February → 2028-02-29
Mon, 17 March → 2025-03-17
Monday 17 March → 2025-03-17
Monday the 17th → 2025-03-17
Friday, March 14, 3pm → 2025-03-14 15:00
Fri 14/3 3pm → 2025-03-14 15:00
Dec 5 at 3:30pm → 2025-12-05 15:30
5 December 2025 15:30 → 2025-12-05 15:30
15:30 on 5 December → 2025-12-05 15:30
June 15 at noon → 2025-06-15 12:00
March 5 last year → 2024-03-05
5 March next year → 2026-03-05
the 5th of next month → 2025-04-05
the 10th of last month → 2025-02-10
10th next month → 2025-04-10
next March → 2026-03-01
in May → 2025-05-01
5. Dezember → 2025-12-05
3 mars 2026 → 2026-03-03
"""

NO_SUCH_DATES = """
31 April → nothing
30 February 2025 → nothing
2025-02-30 → nothing
99/99 → nothing
Friday 17 March → nothing
the 32nd → nothing
31/31 → nothing
"""

HOLIDAYS = """
Christmas → 2025-12-25 / 2024-12-25
Christmas Eve → 2025-12-24 / 2024-12-24
Boxing Day → 2025-12-26 / 2024-12-26
New Year's Eve → 2025-12-31 / 2024-12-31
New Year's Day → 2026-01-01 / 2025-01-01
next Christmas → 2025-12-25 / 2025-12-25
last Christmas → 2024-12-25 / 2024-12-25
Christmas 2026 → 2026-12-25 / 2026-12-25
Thanksgiving → 2025-11-27 / 2024-11-28
Black Friday → 2025-11-28 / 2024-11-29
Easter → 2025-04-20 / 2024-03-31
Good Friday → 2025-04-18 / 2024-03-29
Easter Monday → 2025-04-21 / 2024-04-01
Chinese New Year → 2026-02-17 / 2025-01-29
spring festival → 2026-02-17 / 2025-01-29
Mid-Autumn → 2025-10-06 / 2024-09-17
Dragon Boat Festival → 2025-05-31 / 2024-06-10
Halloween → 2025-10-31 / 2024-10-31
Labor Day → 2025-09-01 / 2024-09-02
Memorial Day → 2025-05-26 / 2024-05-27
Mother's Day → 2025-05-11 / 2024-05-12
Presidents Day → 2026-02-16 / 2025-02-17
Valentine's Day → 2026-02-14 / 2025-02-14
Independence Day → 2025-07-04 / 2024-07-04
May Day → 2025-05-01 / 2024-05-01
Singles' Day → 2025-11-11 / 2024-11-11
"""

TOWARD = """
Friday → 2025-03-14 / 2025-03-07
Wednesday → 2025-03-19 / 2025-03-12
Monday → 2025-03-17 / 2025-03-10
on Friday at 3pm → 2025-03-14 15:00 / 2025-03-07 15:00
Wednesday 9am → 2025-03-19 09:00 / 2025-03-12 09:00
Wednesday 11am → 2025-03-12 11:00 / 2025-03-05 11:00
5 March → 2026-03-05 / 2025-03-05
12 March → 2025-03-12 / 2025-03-12
20 March → 2025-03-20 / 2025-03-20
31 December → 2025-12-31 / 2024-12-31
the 5th → 2025-04-05 / 2025-03-05
the 15th → 2025-03-15 / 2025-02-15
13/5 → 2025-05-13 / 2024-05-13
Feb 29 → 2028-02-29 / 2024-02-29
at 9am → 2025-03-13 09:00 / 2025-03-12 09:00
at 3pm → 2025-03-12 15:00 / 2025-03-11 15:00
this afternoon → 2025-03-12 ~15:00 / 2025-03-12 ~15:00
this morning → 2025-03-12 ~09:00 / 2025-03-12 ~09:00
in the morning → 2025-03-13 ~09:00 / 2025-03-12 ~09:00
midnight → 2025-03-13 00:00 / 2025-03-12 00:00
next Friday → 2025-03-21 / 2025-03-21
last Friday → 2025-03-07 / 2025-03-07
in March → 2025-03-12 / nothing
next week → 2025-03-17 / nothing
two weeks before 1 June → 2025-05-18 / 2024-05-18
end of Q2 → 2025-06-30 / 2024-06-30
mid April → 2025-04-15 / 2024-04-15
Friday morning → 2025-03-14 ~09:00 / 2025-03-07 ~09:00
Tuesday week → 2025-03-25 / 2025-03-25
"""


@pytest.mark.parametrize(("phrase", "said"), table(DATES))
def test_dates_are_read(phrase: str, said: str) -> None:
    assert told(phrase, ENGLISH) == said


@pytest.mark.parametrize(("phrase", "said"), table(NO_SUCH_DATES))
def test_dates_that_do_not_exist_are_not_read(phrase: str, said: str) -> None:
    assert told(phrase, ENGLISH) == said


@pytest.mark.parametrize(("phrase", "said"), table(HOLIDAYS))
def test_holidays_are_the_next_or_the_last_one(phrase: str, said: str) -> None:
    assert told_both(phrase, ENGLISH) == said


@pytest.mark.parametrize(("phrase", "said"), table(TOWARD))
def test_what_has_been_and_what_is_ahead(phrase: str, said: str) -> None:
    assert told_both(phrase, ENGLISH) == said
