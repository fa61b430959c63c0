"""Latitudes and longitudes as they are written: 39.38853, 北緯39度23分19秒."""

from __future__ import annotations

import re
import unicodedata

from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.tabular.parsed import ParsedCell, mended, refused

DECIMALS = 6
"""Of degrees; the last one is 10 cm."""

LATITUDES, LONGITUDES = (20.0, 46.0), (122.0, 154.0)
"""Of Japan, in degrees: they have no value in common, so that a mix-up is noticed."""

DECIMAL = re.compile(r"\d{1,3}(?:\.\d+)?")
DEGREES = re.compile(
    r"(?:北緯|東経|N|E)?(?P<degrees>\d{1,3}(?:\.\d+)?)(?:[°度](?:(?P<minutes>\d{1,2}(?:\.\d+)?)['′分])?"
    r"(?:(?P<seconds>\d{1,2}(?:\.\d+)?)[\"″秒])?)?(?:N|E)?",
    re.IGNORECASE,
)


def latitude(text: str) -> ParsedCell:
    """A latitude in decimal degrees."""
    return _degrees(text, LATITUDES)


def longitude(text: str) -> ParsedCell:
    """A longitude in decimal degrees."""
    return _degrees(text, LONGITUDES)


def _degrees(text: str, bounds: tuple[float, float]) -> ParsedCell:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return ParsedCell()
    read = DEGREES.fullmatch(plain)
    if read is None:
        return refused(CellFinding.DEGREES_UNREADABLE)
    parts = (read["degrees"], read["minutes"] or 0, read["seconds"] or 0)
    exact = sum(float(part) / 60**power for power, part in enumerate(parts))
    value = round(exact, DECIMALS)
    if not bounds[0] <= value <= bounds[1]:
        return refused(
            CellFinding.DEGREES_UNREADABLE, f"{bounds[0]:.0f}から{bounds[1]:.0f}の間の値です"
        )
    if DECIMAL.fullmatch(text) and value == float(text):
        return ParsedCell(value)
    return mended(value, CellFinding.DEGREES_SPELLING, str(value))
