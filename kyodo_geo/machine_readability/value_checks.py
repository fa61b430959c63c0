"""Rules about what stands in single cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial

from kyodo_geo.machine_readability.grid import Grid, Spot
from kyodo_geo.machine_readability.prefectures import PLACES, district_names
from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.tabular.header_row import field_of
from kyodo_geo.tabular.parsed import SPREADSHEET_ERRORS
from kyodo_geo.tabular.parsers.dates import (
    DAY_OF_YEAR,
    MONTH,
    TIME,
    UNTIL,
    WEEKDAY,
    WHOLE_DAY,
    YEAR_ALONE,
    days,
)
from kyodo_geo.tabular.parsers.free_text import CONTROL, MACHINE_CHARACTER
from kyodo_geo.tabular.parsers.numbers import ROUGH
from kyodo_geo.tabular.parsers.terms import APART, OWN_SEPARATOR
from kyodo_geo.tabular.synonyms import synonyms, word_key

SHORT = 40
"""Longer texts are prose: line breaks and rows of values are allowed there."""

LETTER = "[一-龥ぁ-んァ-ヶ]"
LOOKS = re.compile(rf"^\s|\s$|[ 　]{{2,}}|(?:^|\s){LETTER}(?:[ 　]{LETTER})+(?:\s|$)")
PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
UNITS = (
    "円|人|名|件|回|本|台|個|冊|戸|棟|軒|世帯|団体|か所|箇所|ヶ所|点|票|組|%|‰|kg|km|m|ha|m2|km2|t"
)
NUMBER = re.compile(
    rf"(?:{ROUGH}|延べ|のべ|計|[¥\\△▲※*])*[-+]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?"
    rf"[十百千万億]*(?:{UNITS})?(?:{ROUGH}|[※*]\d*|\(.{{0,6}}\))*"
)
ONE_NUMBER = r"\d[\d,.]*[^\d,.\s]{0,2}"
SEVERAL_NUMBERS = re.compile(rf"{ONE_NUMBER}(?:[・、\s]+[^\d,.\s]{{0,2}}{ONE_NUMBER})+")
PROPER_NAME = re.compile(
    r"名称|名前|団体|会社|法人|題名|タイトル|title|name|organisation", re.IGNORECASE
)
SEPARATORS = re.compile(r"[、，,／/・\n]+")
OTHER_WITH_DETAIL = re.compile(r"その他\s*[（(:：・／、].+")
ERA_MARK = re.compile("[令平昭大rhstＲＨＳＴｒｈｓｔ]", re.IGNORECASE)
SYMBOL = re.compile(r"[-‐−－―—ー…‥.．*＊※xX×△▲▽▼○●◯◎□■☆★#＃]+|n/?a|null|nan", re.IGNORECASE)

SETS = (*PLACES, "forms_stated", "forms_implied", "actors", "scopes")


def plain(text: str) -> str:
    """A text without differences of width and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_number(text: str) -> bool:
    """Whether a text is a number and nothing else."""
    return PLAIN_NUMBER.fullmatch(text) is not None


def texts_for_looks(grid: Grid) -> Iterator[Spot]:
    """L1-06: spaces and line breaks that only look."""
    for position, name in enumerate(grid.names):
        if LOOKS.search(name) or "\n" in name or "\r" in name:
            yield grid.spot(grid.header, position)
    yield from grid.everywhere(_is_for_looks)


def _is_for_looks(text: str) -> bool:
    if text.strip() != text:
        return True
    is_prose = len(text) > SHORT or "。" in text
    return not is_prose and ("\n" in text or LOOKS.search(text) is not None)


def several_values(grid: Grid) -> Iterator[Spot]:
    """L1-07: periods, several numbers, several values of the same column in a cell."""
    sets, places = grid.known(*SETS), grid.known(*PLACES)
    for position in range(len(grid.columns)):
        known = set(grid.distinct(position))
        known |= district_names() if position in places else set()
        has_several = partial(_has_several, known=known, is_set=position in sets)
        yield from grid.where(position, has_several)


def _has_several(text: str, known: set[str], is_set: bool) -> bool:
    """Whether a text holds several values: of a set of ours, of those `known`, or any numbers."""
    if len(text) > SHORT:
        return False
    if is_set and len([part for part in APART.split(text) if part.strip()]) > 1:
        return OWN_SEPARATOR not in text
    parts = [part.strip() for part in SEPARATORS.split(text) if part.strip()]
    return (len(parts) > 1 and known.issuperset(parts)) or _is_period_or_numbers(text)


def _is_period_or_numbers(text: str) -> bool:
    if not any(character.isdigit() for character in text):
        return False
    if UNTIL.search(text) and any(n.kind is CellFinding.DATE_PERIOD for n in days(text).notes):
        return True
    return SEVERAL_NUMBERS.fullmatch(unicodedata.normalize("NFKC", text)) is not None


def machine_characters(grid: Grid) -> Iterator[Spot]:
    """L1-08: characters that look different or are missing elsewhere."""
    proper = [n for n, name in enumerate(grid.names) if PROPER_NAME.search(name)]
    yield from grid.everywhere(MACHINE_CHARACTER.search, but=proper)
    yield from grid.everywhere(CONTROL.search)
    for position, name in enumerate(grid.names):
        if MACHINE_CHARACTER.search(name):
            yield grid.spot(grid.header, position)


def decorated_numbers(grid: Grid) -> Iterator[Spot]:
    """L2-01: numbers with more than digits, in columns of numbers."""
    ours = grid.known("participants_count", "city_cost_yen")
    for position in range(len(grid.columns)):
        if position in ours:
            yield from grid.where(position, _is_no_number)
            continue
        times = grid.distinct(position)
        numbers = sum(n for text, n in times.items() if _is_meant_as_number(text))
        if numbers and numbers >= sum(times.values()) / 2:
            yield from grid.where(
                position, lambda text: _is_meant_as_number(text) and not is_number(text)
            )


def _is_no_number(text: str) -> bool:
    is_told_elsewhere = SYMBOL.fullmatch(text.strip()) or text in SPREADSHEET_ERRORS
    return bool(text.strip()) and not is_number(text) and not is_told_elsewhere


def _is_meant_as_number(text: str) -> bool:
    return is_number(text) or (len(text) <= SHORT and NUMBER.fullmatch(plain(text)) is not None)


def dittos(grid: Grid) -> Iterator[Spot]:
    """L2-02: marks for the same as above."""
    words = synonyms("ditto")
    yield from grid.everywhere(lambda text: len(text) <= SHORT and word_key(text) in words)


def others_with_detail(grid: Grid) -> Iterator[Spot]:
    """L2-05: その他 with its detail in the same cell."""
    yield from grid.everywhere(lambda text: len(text) <= SHORT and OTHER_WITH_DETAIL.match(text))


def calculations(grid: Grid) -> Iterator[Spot]:
    """L2-06: errors of a spreadsheet, and texts that are formulas."""
    yield from grid.everywhere(
        lambda text: text in SPREADSHEET_ERRORS or (text.startswith("=") and len(text) > 1)
    )


def symbols(grid: Grid) -> Iterator[Spot]:
    """L3-03: cells that hold a symbol alone."""
    yield from grid.everywhere(lambda text: len(text) <= SHORT and SYMBOL.fullmatch(text.strip()))


def eras(grid: Grid) -> Iterator[Spot]:
    """L3-05: Japanese years without western ones."""
    for position, name in enumerate(grid.names):
        # R6 alone may be any code, but not in a column of years.
        is_of_years = field_of(name) == "fiscal_year"
        if _is_era(name):
            yield grid.spot(grid.header, position)
        yield from grid.where(position, partial(_is_era, is_of_years=is_of_years))


def _is_era(text: str, is_of_years: bool = False) -> bool:
    if len(text) > SHORT or not (is_of_years or ERA_MARK.search(text)):
        return False
    key = TIME.sub("", WEEKDAY.sub("", plain(text).casefold()))
    for pattern in (WHOLE_DAY, DAY_OF_YEAR, MONTH):
        if (read := pattern.fullmatch(key)) and read["era"]:
            return True
    read = YEAR_ALONE.fullmatch(key)
    if read is None or not read["era"]:
        return is_of_years and re.fullmatch("[0-9]{1,2}", key) is not None
    return is_of_years or bool(read["unit"]) or not read["era"].isascii()
