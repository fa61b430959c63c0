"""Japanese text: normalisation, fiscal years and eras, formatted numbers, Japanese time."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta, timezone

REIWA_START = 2019
HEISEI_START = 1989
SHOWA_START = 1926

FIRST_MONTH = 4
"""First month of a fiscal year (April)."""


def search_key(text: str) -> str:
    """Normalise a text for comparison: NFKC, case-folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def rounded(value: float, digits: int) -> float:
    """Round to `digits` decimals; whole numbers become int, to keep JSON short."""
    return _shortest(round(float(value), digits))


def significant(value: float, digits: int) -> float:
    """Round to `digits` significant digits; whole numbers become int, to keep JSON short."""
    return _shortest(float(f"{value:.{digits}g}"))


def _shortest(value: float) -> float:
    return int(value) if value.is_integer() else value


def era_year(year: int) -> str:
    """Convert a fiscal year (by its first calendar year) to its era year, e.g. 令和6."""
    # The era changed on 1 May 2019, one month into the fiscal year.
    if year == REIWA_START:
        return "平成31/令和元"
    for era, start in (("令和", REIWA_START), ("平成", HEISEI_START), ("昭和", SHOWA_START)):
        if year >= start:
            number = year - start + 1
            return f"{era}{'元' if number == 1 else number}"
    return f"西暦{year}"


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year of a day, by its first calendar year."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def fiscal_year_label(year: int | None) -> str:
    """Format a fiscal year as offices write it: 令和6年度(2024年度); None is 年度不明."""
    return "年度不明" if year is None else f"{era_year(year)}年度({year}年度)"


def count_label(value: float | None, unit: str = "件", digits: int = 0) -> str:
    """Format a number with thousands separators and its unit; None is 「データなし」."""
    return "データなし" if value is None else f"{value:,.{digits}f}{unit}"


JAPAN = timezone(timedelta(hours=9), "JST")
"""Japanese time, for display; files hold UTC (before 9:00 the dates differ)."""


def today() -> date:
    """Return the current date in Japan, whatever the server's time zone."""
    return datetime.now(JAPAN).date()
