"""Counted people and yen as offices write them: 1,200円, 約50人, 50名, 3千円."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.tabular.parsed import ParsedCell, mended, refused
from kyodo_geo.tabular.strict_csv import YEN_DIGITS
from kyodo_geo.tabular.synonyms import synonyms, word_key

PEOPLE_DIGITS = 9
LONGEST_NUMBER = 60
"""Characters; Python refuses to write numbers of thousands of digits."""

PEOPLE, YEN = "人|名", "円"
FACTORS = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000}
FACTORS |= {"百万": 1_000_000, "千万": 10_000_000, "億": 100_000_000}
ROUGH = "約|およそ|おおよそ|概ね|おおむね|凡そ|以上|以下|程度|余り|余|ほど|前後|くらい|強|弱|超"
NUMBER = re.compile(
    rf"(?P<before>(?:{ROUGH}|延べ|のべ|計|合計|¥|\\|金)*)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?P<factor>十万|百万|千万|[十百千万億])?"
    rf"(?P<unit>{PEOPLE}|{YEN})?(?P<after>(?:{ROUGH}|也|-)*)"
)
HEADER_FACTOR = re.compile(r"(千|万|百万|億)円")


def people(text: str) -> ParsedCell:
    """A number of people."""
    return _whole_number(text, PEOPLE, PEOPLE_DIGITS)


def yen(text: str) -> ParsedCell:
    """An amount of money."""
    return _whole_number(text, YEN, YEN_DIGITS)


def factor_of_header(label: str) -> int:
    """Return the factor of the values below a header: 1000 for 事業費（千円）, else 1."""
    found = HEADER_FACTOR.search(unicodedata.normalize("NFKC", label))
    return FACTORS[found[1]] if found else 1


def _whole_number(text: str, unit: str, digits: int) -> ParsedCell:
    if text.isascii() and text.isdigit() and len(text) <= digits:
        return ParsedCell(int(text))
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return ParsedCell()
    if word_key(plain) in synonyms("blank"):
        return mended(None, CellFinding.BLANK_WORD)
    read = NUMBER.fullmatch(plain) if len(plain) <= LONGEST_NUMBER else None
    if read is None or (read["unit"] and not re.fullmatch(unit, read["unit"])):
        return refused(CellFinding.NUMBER_UNREADABLE)
    value = Decimal(read["digits"].replace(",", "") + (read["decimals"] or ""))
    value *= FACTORS[read["factor"] or ""]
    if value != int(value) or len(str(int(value))) > digits:
        return refused(CellFinding.NUMBER_UNREADABLE)
    is_rough = re.search(ROUGH, read["before"] + read["after"])
    check = CellFinding.NUMBER_ROUGH if is_rough else CellFinding.NUMBER_SPELLING
    return mended(int(value), check, str(int(value)))
