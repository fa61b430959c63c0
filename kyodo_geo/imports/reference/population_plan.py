"""Populations handed in: rows of the same place and day replace, others are added."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date

import duckdb

from kyodo_geo.editions import Edition
from kyodo_geo.imports.reference.dataset import DatasetKind
from kyodo_geo.imports.reference.matching import DistrictReader
from kyodo_geo.imports.reference.reference_examination import ReferenceExamination, examine_dataset
from kyodo_geo.imports.reference.reference_findings import ReferenceCheck
from kyodo_geo.measures.places.population import complete_days
from kyodo_geo.model import Population
from kyodo_geo.tabular.findings import Check, Finding, Severity
from kyodo_geo.tabular.parsed import ParsedCell, mended, refused
from kyodo_geo.tabular.parsers.dates import days
from kyodo_geo.tabular.parsers.free_text import literal
from kyodo_geo.tabular.parsers.numbers import people
from kyodo_geo.tabular.small_tables import (
    SmallTable,
    TableColumn,
    TableRow,
    read_table,
    refuse_missing,
    refuse_same_keys,
)
from kyodo_geo.tabular.synonyms import synonyms, word_key

COLUMNS = (
    TableColumn("level", "種類", "地域か地区（空欄なら名称から決めます）"),
    TableColumn("name", "地区・地域", "地区の番号か名前、または地域の名前", is_required=True),
    TableColumn(
        "as_of", "日付", "何日現在の値か（2024-02-29、令和6年2月末 など）", is_required=True
    ),
    TableColumn("population", "人口", "人数", is_required=True),
    TableColumn("households", "世帯数", "空欄は記載なし"),
    TableColumn("source", "出典", "資料の所在"),
)
REGION, DISTRICT = "region", "district"
LEVEL_LABELS = {REGION: "地域", DISTRICT: "地区"}
END_OF_MONTH = re.compile(r"(.*月)末日?")
PopulationKey = tuple[str, str, date]


@dataclass(frozen=True)
class PopulationChange:
    """One row that is new or another than before (None for a new one)."""

    before: Population | None
    after: Population


@dataclass(frozen=True)
class PopulationPlan:
    """All rows as they would be, and which of them are new, changed and unchanged."""

    rows: tuple[Population, ...]
    changes: tuple[PopulationChange, ...]
    unchanged: int

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows of the file are new, changed and unchanged."""
        new = sum(change.before is None for change in self.changes)
        return {"new": new, "changed": len(self.changes) - new, "unchanged": self.unchanged}

    @property
    def is_empty(self) -> bool:
        """Whether the file holds nothing new."""
        return not self.changes

    @property
    def told(self) -> str:
        """What it would do, for the log of editions."""
        return f"新しい{self.counts['new']:,}行、変わる{self.counts['changed']:,}行"

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """Put the rows in place."""
        con.execute("DELETE FROM population")
        con.executemany(
            "INSERT INTO population VALUES (?, ?, ?, ?, ?, ?)", [astuple(row) for row in self.rows]
        )


def examine_population(
    content: bytes, file_name: str, edition: Edition
) -> ReferenceExamination[PopulationPlan]:
    """Read a file of populations and say what it would do; changes nothing.

    Never raises for what a file holds.
    """
    return examine_dataset(
        DatasetKind.POPULATION, content, file_name, edition, lambda: _read(content, edition)
    )


def key_of(row: Population) -> PopulationKey:
    """What makes a row the same one."""
    return row.level, row.name, row.as_of


def _read(content: bytes, edition: Edition) -> tuple[PopulationPlan, list[Finding]]:
    table = read_table(content, DatasetKind.POPULATION, COLUMNS)
    places = _PlaceNames(edition)
    read = [(row, _population(table, row, places)) for row in table.rows]
    found = [(row, value) for row, value in read if value is not None]
    refuse_same_keys(table, ((row, key_of(value)) for row, value in found))
    plan = _plan(edition.population, [value for _, value in found])
    if not any(finding.severity is Severity.BLOCKS for finding in table.findings):
        table.findings += _doubts(plan.rows, edition)
    return plan, table.findings


def _plan(before: Sequence[Population], handed_in: Sequence[Population]) -> PopulationPlan:
    present = {key_of(row): row for row in before}
    changes = tuple(
        PopulationChange(present.get(key_of(row)), row)
        for row in handed_in
        if present.get(key_of(row)) != row
    )
    rows = present | {key_of(change.after): change.after for change in changes}
    return PopulationPlan(tuple(rows.values()), changes, len(handed_in) - len(changes))


class _PlaceNames:
    """Reads which region or district a row is about."""

    def __init__(self, edition: Edition) -> None:
        self._reader = DistrictReader(edition)
        self._names = {d.district_id: d.name for d in edition.districts}
        self._regions = {place.region for place in edition.places if place.kind == "region"}

    def read(self, text: str, level: str) -> ParsedCell:
        """Level and name."""
        plain = unicodedata.normalize("NFKC", text).strip()
        region = plain.removesuffix("地域")
        district_id = self._reader.by_id(plain) or self._reader.by_name(plain)
        says_region = level == REGION or (plain != region and level != DISTRICT)
        if says_region or (region in self._regions and district_id is None and not level):
            if region not in self._regions:
                return refused(ReferenceCheck.REGION_UNKNOWN, "、".join(sorted(self._regions)))
            return ParsedCell((REGION, region))
        if district_id is None:
            return refused(Check.PLACE_UNKNOWN)
        name = self._names[district_id]
        if plain in self._regions and not level:
            return refused(ReferenceCheck.LEVEL_UNCLEAR)
        place = (DISTRICT, name)
        is_own = plain in (name, district_id)
        spelt = f"{district_id} {name}"
        return ParsedCell(place) if is_own else mended(place, Check.PLACE_SPELLING, spelt)


def _population(table: SmallTable, row: TableRow, places: _PlaceNames) -> Population | None:
    refuse_missing(table, row, COLUMNS)
    level = table.value(row, "level", _level) or ""
    place = table.value(
        row, "name", lambda text: places.read(text, level) if text else ParsedCell()
    )
    as_of = table.value(row, "as_of", _day)
    count = table.value(row, "population", people)
    households = table.value(row, "households", _households)
    source = table.value(row, "source", literal)
    if place is None or as_of is None or count is None or source is None:
        return None
    level, name = place
    return Population(level, name, as_of, count, households, source)


def _level(text: str) -> ParsedCell:
    if not text.strip():
        return ParsedCell()
    level = synonyms("population_level").get(word_key(text))
    return ParsedCell(level) if level else refused(ReferenceCheck.LEVEL_UNCLEAR)


def _day(text: str) -> ParsedCell:
    """One day; 令和6年2月末 is its last one, 現在 may follow."""
    plain = "".join(text.split()).removesuffix("現在").removesuffix("時点")
    end_of_month = END_OF_MONTH.fullmatch(plain)
    cell = days(f"{end_of_month[1]}1日" if end_of_month else plain)
    if cell.is_refused or not text.strip():
        return ParsedCell(None, cell.notes)
    start, end = cell.value.start, cell.value.end
    if start is None or end is not None:
        return refused(ReferenceCheck.NO_DAY)
    if end_of_month:
        start = start.replace(day=monthrange(start.year, start.month)[1])
    if start.isoformat() == text:
        return ParsedCell(start)
    return mended(start, Check.DATE_SPELLING, start.isoformat())


def _households(text: str) -> ParsedCell:
    return people(unicodedata.normalize("NFKC", text).strip().removesuffix("世帯"))


def _doubts(rows: Sequence[Population], edition: Edition) -> Iterator[Finding]:
    """What the rows say together: sums that differ, districts that are not all there."""
    regions = {district.name: district.region for district in edition.districts}
    sums: Counter[tuple[str, date]] = Counter()
    known: Counter[tuple[str, date]] = Counter()
    for row in rows:
        if row.level == DISTRICT:
            sums[regions[row.name], row.as_of] += row.population
            known[regions[row.name], row.as_of] += 1
    members = Counter(regions.values())
    for row in rows:
        key = (row.name, row.as_of)
        is_whole = row.level == REGION and known[key] == members[row.name]
        if is_whole and sums[key] != row.population:
            told = (
                f"{row.as_of} {row.name}地域: 地区の合計{sums[key]:,}人、地域{row.population:,}人"
            )
            yield Finding(ReferenceCheck.SUM_DIFFERS, detail=told)
    if sums and not complete_days(rows, DISTRICT, regions):
        yield Finding(ReferenceCheck.DISTRICTS_INCOMPLETE)
