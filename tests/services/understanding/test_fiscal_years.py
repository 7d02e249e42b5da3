"""Quarters, halves and fiscal years, by the month in which the fiscal year begins."""

from dataclasses import replace

import pytest

from tests.services.understanding.saying import CHINESE, ENGLISH, table, told_days

JANUARY = """
this quarter → 2025-01-01 2025-04-01
last quarter → 2024-10-01 2025-01-01
Q1 → 2025-01-01 2025-04-01
Q4 last year → 2024-10-01 2025-01-01
H2 → 2025-07-01 2026-01-01
FY25 → 2025-01-01 2026-01-01
this fiscal year → 2025-01-01 2026-01-01
本财年 → 2025-01-01 2026-01-01
三季度 → 2025-07-01 2025-10-01
"""
APRIL = """
this quarter → 2025-01-01 2025-04-01
last quarter → 2024-10-01 2025-01-01
next quarter → 2025-04-01 2025-07-01
QTD → 2025-01-01 2025-03-13
rest of the quarter → 2025-03-12 2025-04-01
Q1 → 2024-04-01 2024-07-01
Q4 → 2025-01-01 2025-04-01
Q1 FY26 → 2025-04-01 2025-07-01
H1 → 2024-04-01 2024-10-01
this half → 2024-10-01 2025-04-01
first three quarters → 2024-04-01 2025-01-01
FY25 → 2024-04-01 2025-04-01
FY26 → 2025-04-01 2026-04-01
this fiscal year → 2024-04-01 2025-04-01
last fiscal year → 2023-04-01 2024-04-01
next fiscal year → 2025-04-01 2026-04-01
this year → 2025-01-01 2026-01-01
本季度 → 2025-01-01 2025-04-01
上季度 → 2024-10-01 2025-01-01
第一季度 → 2024-04-01 2024-07-01
上半年 → 2024-04-01 2024-10-01
本财年 → 2024-04-01 2025-04-01
上财年 → 2023-04-01 2024-04-01
2025财年 → 2024-04-01 2025-04-01
今年 → 2025-01-01 2026-01-01
"""
JULY = """
this quarter → 2025-01-01 2025-04-01
Q3 → 2025-01-01 2025-04-01
Q4 FY25 → 2025-04-01 2025-07-01
H2 → 2025-01-01 2025-07-01
FY25 → 2024-07-01 2025-07-01
last fiscal year → 2023-07-01 2024-07-01
三季度 → 2025-01-01 2025-04-01
下半年 → 2025-01-01 2025-07-01
本财年 → 2024-07-01 2025-07-01
"""
FEBRUARY = """
this quarter → 2025-02-01 2025-05-01
last quarter → 2024-11-01 2025-02-01
Q1 → 2025-02-01 2025-05-01
FY26 → 2025-02-01 2026-02-01
this fiscal year → 2025-02-01 2026-02-01
end of the quarter → 2025-04-30 2025-05-01
上季度 → 2024-11-01 2025-02-01
"""
OCTOBER = """
this quarter → 2025-01-01 2025-04-01
Q2 → 2025-01-01 2025-04-01
Q1 → 2024-10-01 2025-01-01
FY25 → 2024-10-01 2025-10-01
第二季度 → 2025-01-01 2025-04-01
"""
BY_START = {1: JANUARY, 2: FEBRUARY, 4: APRIL, 7: JULY, 10: OCTOBER}
CASES = [(month, *row) for month, rows in BY_START.items() for row in table(rows)]


@pytest.mark.parametrize(("month", "phrase", "said"), CASES)
def test_the_fiscal_year_cuts_quarters_and_halves(month: int, phrase: str, said: str) -> None:
    scene = replace(ENGLISH if phrase.isascii() else CHINESE, fiscal_start=month)
    assert told_days(phrase, scene) == said
