"""Japanese text: normalising for comparison, fiscal years, numbers in figures and words."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta, timezone

REIWA_START = 2019
HEISEI_START = 1989
SHOWA_START = 1926

FIRST_MONTH = 4
"""A fiscal year begins in April."""


def search_key(text: str) -> str:
    """The form in which texts are compared: NFKC, case-folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def rounded(value: float, digits: int) -> float:
    """A number to be sent, to so many decimals and as short as it can be written."""
    return _shortest(round(float(value), digits))


def significant(value: float, digits: int) -> float:
    """A number to be sent, to so many digits in all and as short as it can be written."""
    return _shortest(float(f"{value:.{digits}g}"))


def _shortest(value: float) -> float:
    return int(value) if value.is_integer() else value


def era_year(year: int) -> str:
    """The era year of a fiscal year by its start, e.g. 令和6; 2019 is 平成31/令和元."""
    if year == REIWA_START:
        return "平成31/令和元"
    for era, start in (("令和", REIWA_START), ("平成", HEISEI_START), ("昭和", SHOWA_START)):
        if year >= start:
            number = year - start + 1
            return f"{era}{'元' if number == 1 else number}"
    return f"西暦{year}"


def fiscal_year_of(day: date) -> int:
    """The fiscal year a day lies in, by the year it starts in: 3/31 is still the last one."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def fiscal_year_label(year: int | None) -> str:
    """A fiscal year as offices write it: 令和6年度(2024年度); None is 年度不明."""
    return "年度不明" if year is None else f"{era_year(year)}年度({year}年度)"


def count_label(value: float | None, unit: str = "件", digits: int = 0) -> str:
    """A number with thousands commas and its counter; None is 「データなし」."""
    return "データなし" if value is None else f"{value:,.{digits}f}{unit}"


JAPAN = timezone(timedelta(hours=9), "JST")
"""Files hold UTC, people read Japanese time: before nine the dates differ."""


def today() -> date:
    """The day in Japan."""
    return datetime.now(JAPAN).date()
