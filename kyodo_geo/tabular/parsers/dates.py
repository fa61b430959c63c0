"""Days and fiscal years as offices write them: R6.4.1, 令和6年4月1日, 平成31/令和元年度."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from kyodo_geo.japanese import (
    FIRST_MONTH,
    HEISEI_START,
    REIWA_START,
    SHOWA_START,
    fiscal_year_of,
)
from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.tabular.parsed import ParsedCell, mended, refused
from kyodo_geo.tabular.synonyms import synonyms, word_key

ERAS = {"令和": REIWA_START, "平成": HEISEI_START, "昭和": SHOWA_START, "大正": 1912}
ERAS |= {"r": REIWA_START, "h": HEISEI_START, "s": SHOWA_START, "t": 1912}
ERAS |= {"令": REIWA_START, "平": HEISEI_START, "昭": SHOWA_START}
ERA = "令和|平成|昭和|大正|令|平|昭|[rhst]"
YEARS = range(1900, 2100)

SERIAL_ZERO = date(1899, 12, 30)
SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
"""Days since SERIAL_ZERO, as Excel counts them; these are the years 1954 to 2119."""

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
WEEKDAY = re.compile(r"[(\[][月火水木金土日祝・]+(?:曜日?)?[)\]]")
TIME = re.compile(r"(?:t|\s)*\d{1,2}(?::|時)\d{2}(?::\d{2})?分?.*$")
WHOLE_DAY = re.compile(
    rf"(?P<era>{ERA})?\.?(?P<year>元|\d{{1,4}})[年./-](?P<month>\d{{1,2}})[月./-](?P<day>\d{{1,2}})日?"
)
DAY_OF_YEAR = re.compile(
    rf"(?P<era>{ERA})?\.?(?P<year>元|\d{{1,4}})年度(?P<month>\d{{1,2}})[月/](?P<day>\d{{1,2}})日?"
)
WITHOUT_YEAR = re.compile(r"\d{1,2}(?:月\d{1,2}日|/\d{1,2}(?![\d/]))")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
LATER_DAY = re.compile(r"(?:(?P<month>\d{1,2})[月./-])?(?P<day>\d{1,2})日?")
MONTH = re.compile(
    rf"(?P<era>{ERA})?\.?(?P<year>元|\d{{1,4}})[年./-](?P<month>\d{{1,2}})月?(?:頃|ごろ)?"
)
YEAR_ALONE = re.compile(rf"(?P<era>{ERA})?\.?(?P<year>元|\d{{1,4}})(?P<unit>年度|年)?(?:中|内)?")
UNTIL = re.compile(r"[~〜～]|から|(?<=日)-|\s-\s")
YEAR = re.compile(rf"(?P<era>{ERA})?\.?(?P<year>元|\d{{1,4}})(?:\.0)?(?:年度|年)?")
YEARS_APART = re.compile(r"[/()=・]")


@dataclass(frozen=True)
class Days:
    """Period of a text: first and last day, or the fiscal year alone."""

    start: date | None = None
    end: date | None = None
    fiscal_year: int | None = None


def days(text: str) -> ParsedCell:
    """A day or a period, as `Days`."""
    if ISO.fullmatch(text) and (day := _real(*map(int, text.split("-")))):
        return ParsedCell(Days(day))
    plain = _plain(text)
    if not plain:
        return ParsedCell(Days())
    if word_key(plain) in synonyms("blank"):
        return mended(Days(), CellFinding.BLANK_WORD)
    if day := _day(plain):
        return mended(Days(day), CellFinding.DATE_SPELLING, day.isoformat())
    if period := _period(plain):
        became = f"{period.start}〜{period.end}"
        return mended(period, CellFinding.DATE_PERIOD, became)
    year = _year_without_day(plain)
    if year is not None:
        return mended(Days(fiscal_year=year), CellFinding.DATE_WITHOUT_DAY, f"{year}年度")
    return refused(CellFinding.DATE_UNREADABLE)


def completed(text: str, year: int) -> str:
    """A text that begins with a day without a year, with its fiscal year; others as they are."""
    return f"{year}年度{text.strip()}" if WITHOUT_YEAR.match(_plain(text)) else text


def fiscal_year(text: str) -> ParsedCell:
    """A fiscal year in words or figures, as the western year it starts in."""
    if len(text) == 4 and text.isascii() and text.isdigit() and int(text) in YEARS:
        return ParsedCell(int(text))
    plain = _plain(text)
    if not plain:
        return ParsedCell()
    if word_key(plain) in synonyms("blank"):
        return mended(None, CellFinding.BLANK_WORD)
    parts = [YEAR.fullmatch(part) for part in YEARS_APART.split(plain) if part]
    years = {_western(part["era"], part["year"]) if part else None for part in parts}
    if len(years) != 1 or (year := years.pop()) is None:
        return refused(CellFinding.YEAR_UNREADABLE)
    return mended(year, CellFinding.YEAR_SPELLING, str(year))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    without_time = TIME.sub("", WEEKDAY.sub("", plain))
    return re.sub(r"\s+(?!-)(?<!-\s)", "", without_time) if without_time else plain


def _day(plain: str) -> date | None:
    if read := WHOLE_DAY.fullmatch(plain):
        year = _western(read["era"], read["year"])
        return _real(year, int(read["month"]), int(read["day"])) if year else None
    if read := DAY_OF_YEAR.fullmatch(plain):
        year = _western(read["era"], read["year"])
        return _in_fiscal_year(year, int(read["month"]), int(read["day"])) if year else None
    if read := COMPACT_DAY.fullmatch(plain):
        return _real(*map(int, read.groups()))
    if read := SERIAL.fullmatch(plain):
        return SERIAL_ZERO + timedelta(days=int(read[1]))
    return None


def _period(plain: str) -> Days | None:
    """Two days; the second may leave out what it shares with the first."""
    parts = UNTIL.split(plain)
    if len(parts) != 2 or (start := _day(parts[0])) is None:
        return None
    end = _day(parts[1])
    if end is None and (read := LATER_DAY.fullmatch(parts[1])):
        month = int(read["month"] or start.month)
        end = _real(start.year + (month < start.month), month, int(read["day"]))
    return Days(start, end) if end and end >= start else None


def _year_without_day(plain: str) -> int | None:
    if read := MONTH.fullmatch(plain):
        year = _western(read["era"], read["year"])
        day = _real(year, int(read["month"]), 1) if year else None
        return fiscal_year_of(day) if day else None
    read = YEAR_ALONE.fullmatch(plain)
    # A calendar year lies in two fiscal years: only 年度 says which one is meant.
    return _western(read["era"], read["year"]) if read and read["unit"] == "年度" else None


def _western(era: str | None, year: str) -> int | None:
    """The western year; None for one of two digits without an era, which could be either."""
    number = 1 if year == "元" else int(year)
    if era:
        number += ERAS[era] - 1
    return number if number in YEARS and (era or len(year) == 4) else None


def _in_fiscal_year(year: int, month: int, day: int) -> date | None:
    return _real(year + (month < FIRST_MONTH), month, day)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
