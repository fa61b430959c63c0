"""Populations handed in: rows of the same place and day replace, others are added."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import partial

import duckdb

from kyodo_geo.editions import Edition
from kyodo_geo.imports.reference.dataset import DatasetKind
from kyodo_geo.imports.reference.matching import DistrictReader
from kyodo_geo.imports.reference.reference_examination import ReferenceExamination, examine_dataset
from kyodo_geo.imports.reference.reference_findings import ReferenceFinding
from kyodo_geo.imports.reference.table_plan import TablePlan, changes_between
from kyodo_geo.measures.places.population import complete_days
from kyodo_geo.model import Population
from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.tabular.findings import Checked, Finding, is_blocked
from kyodo_geo.tabular.parsed import ParsedCell, ParseText, mended, refused
from kyodo_geo.tabular.parsers.dates import days
from kyodo_geo.tabular.parsers.free_text import literal
from kyodo_geo.tabular.parsers.numbers import people
from kyodo_geo.tabular.small_tables import (
    SmallTable,
    TableColumn,
    TableRow,
    find_missing,
    read_records,
    read_table,
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
class PopulationPlan(TablePlan[Population]):
    """All rows as they would be: those of the file, and those it does not hold."""

    @property
    def description(self) -> str:
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
    """Examine a file of populations: what was found in it, what it would do; changes nothing.

    Never raises for what a file holds.
    """
    return examine_dataset(
        DatasetKind.POPULATION, content, file_name, edition, lambda: _read(content, edition)
    )


def key_of(row: Population) -> PopulationKey:
    """What makes a row the same one."""
    return row.level, row.name, row.as_of


def _read(content: bytes, edition: Edition) -> Checked[PopulationPlan]:
    table = read_table(content, DatasetKind.POPULATION, COLUMNS)
    read = partial(_population, table.value, _PlaceNames(edition))
    rows = read_records(table.value, read, key_of)
    plan = _plan(edition.population, [row for _, row in rows.value])
    findings = [*table.findings, *rows.findings]
    doubts = () if is_blocked(findings) else _doubts(plan.rows, edition)
    return Checked(plan, [*findings, *doubts])


def _plan(before: Sequence[Population], handed_in: Sequence[Population]) -> PopulationPlan:
    present = {key_of(row): row for row in before}
    given = {key_of(row): row for row in handed_in}
    replaced = [row for key, row in present.items() if key in given]
    changes = changes_between(replaced, handed_in, key_of)
    return PopulationPlan(tuple((present | given).values()), changes, len(given) - len(changes))


class _PlaceNames:
    """Parses names of regions and districts."""

    def __init__(self, edition: Edition) -> None:
        self._reader = DistrictReader(edition)
        self._names = {d.district_id: d.name for d in edition.districts}
        self._regions = {place.region for place in edition.places if place.kind == "region"}

    def parse(self, text: str, level: str) -> ParsedCell:
        """Parse a name to level and name; `level` is empty where the row does not say it."""
        if not text:
            return ParsedCell()
        plain = unicodedata.normalize("NFKC", text).strip()
        region = plain.removesuffix("地域")
        district_id = self._reader.by_id(plain) or self._reader.by_name(plain)
        says_region = level == REGION or (plain != region and level != DISTRICT)
        if says_region or (region in self._regions and district_id is None and not level):
            if region not in self._regions:
                return refused(ReferenceFinding.REGION_UNKNOWN, "、".join(sorted(self._regions)))
            return ParsedCell((REGION, region))
        if district_id is None:
            return refused(CellFinding.PLACE_UNKNOWN)
        name = self._names[district_id]
        if plain in self._regions and not level:
            return refused(ReferenceFinding.LEVEL_UNCLEAR)
        place = (DISTRICT, name)
        is_own = plain in (name, district_id)
        spelt = f"{district_id} {name}"
        return ParsedCell(place) if is_own else mended(place, CellFinding.PLACE_SPELLING, spelt)


def _population(
    table: SmallTable, places: _PlaceNames, row: TableRow
) -> Checked[Population | None]:
    level = table.parse(row, {"level": _level})
    parse_name = partial(places.parse, level=level.value["level"] or "")
    cells = table.parse(row, {"name": parse_name, **PARSERS})
    findings = [*find_missing(table, row, COLUMNS), *level.findings, *cells.findings]
    if any(cells.value[name] is None for name in ("name", "as_of", "population", "source")):
        return Checked(None, findings)
    return Checked(Population(*cells.value.pop("name"), **cells.value), findings)


def _level(text: str) -> ParsedCell:
    if not text.strip():
        return ParsedCell()
    level = synonyms("population_level").get(word_key(text))
    return ParsedCell(level) if level else refused(ReferenceFinding.LEVEL_UNCLEAR)


def _day(text: str) -> ParsedCell:
    """One day; 令和6年2月末 is its last one, 現在 may follow."""
    plain = "".join(text.split()).removesuffix("現在").removesuffix("時点")
    end_of_month = END_OF_MONTH.fullmatch(plain)
    cell = days(f"{end_of_month[1]}1日" if end_of_month else plain)
    if cell.is_refused or not text.strip():
        return ParsedCell(None, cell.notes)
    start, end = cell.value.start, cell.value.end
    if start is None or end is not None:
        return refused(ReferenceFinding.NO_DAY)
    if end_of_month:
        start = start.replace(day=monthrange(start.year, start.month)[1])
    if start.isoformat() == text:
        return ParsedCell(start)
    return mended(start, CellFinding.DATE_SPELLING, start.isoformat())


def _households(text: str) -> ParsedCell:
    return people(unicodedata.normalize("NFKC", text).strip().removesuffix("世帯"))


def _doubts(rows: Sequence[Population], edition: Edition) -> Iterator[Finding]:
    """Find what is doubtful in the rows together: sums that differ, districts that lack."""
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
            counted = f"地区の合計{sums[key]:,}人、地域{row.population:,}人"
            detail = f"{row.as_of} {row.name}地域: {counted}"
            yield Finding(ReferenceFinding.SUM_DIFFERS, detail=detail)
    if sums and not complete_days(rows, DISTRICT, regions):
        yield Finding(ReferenceFinding.DISTRICTS_INCOMPLETE)


PARSERS: Mapping[str, ParseText] = {
    "as_of": _day,
    "population": people,
    "households": _households,
    "source": literal,
}
"""How the texts beside the name are parsed."""
