"""The table of towns handed in: it replaces the one that was there as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import partial

import duckdb

from kyodo_geo.editions import Edition
from kyodo_geo.geo.places import districts_of_points
from kyodo_geo.imports.reference.dataset import DatasetKind
from kyodo_geo.imports.reference.matching import DistrictReader
from kyodo_geo.imports.reference.reference_examination import ReferenceExamination, examine_dataset
from kyodo_geo.imports.reference.reference_findings import ReferenceFinding
from kyodo_geo.imports.reference.table_plan import TablePlan, changes_between
from kyodo_geo.measures.places.district_shapes import district_boundaries
from kyodo_geo.model import Town
from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.tabular.findings import Checked, Finding
from kyodo_geo.tabular.parsed import ParsedCell, ParseText, mended, refused
from kyodo_geo.tabular.parsers.coordinates import latitude, longitude
from kyodo_geo.tabular.parsers.free_text import literal
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
    TableColumn("town", "町・大字", "町や大字の名前", is_required=True),
    TableColumn("koaza", "小字など", "町の一部だけが別の地区のとき、その小字や地割。ほかは空欄"),
    TableColumn("district_id", "地区", "地区の番号か名前", is_required=True),
    TableColumn("lat", "緯度", "代表点の緯度（世界測地系、十進の度）", is_required=True),
    TableColumn("lng", "経度", "代表点の経度（世界測地系、十進の度）", is_required=True),
    TableColumn(
        "confidence",
        "確度",
        "high（高）、medium（中）、low（低）。日本語でも書けます",
        is_required=True,
    ),
    TableColumn("basis", "根拠", "そう言える理由"),
    TableColumn("source", "出典", "資料の所在"),
)


@dataclass(frozen=True)
class TownPlan(TablePlan[Town]):
    """The table as it would be, as a whole in place of the one before."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many towns are new, changed, unchanged and gone."""
        removed = sum(change.after is None for change in self.changes)
        return {**super().counts, "removed": removed}

    @property
    def description(self) -> str:
        """What it would do, for the log of editions."""
        counts = self.counts
        return (
            f"新しい町{counts['new']:,}、変わる町{counts['changed']:,}、"
            f"なくなる町{counts['removed']:,}"
        )

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """Put the table in place."""
        con.execute("DELETE FROM town")
        con.executemany(
            "INSERT INTO town VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [astuple(row) for row in self.rows]
        )


def examine_towns(
    content: bytes, file_name: str, edition: Edition
) -> ReferenceExamination[TownPlan]:
    """Examine a table of towns: what was found in it, what it would do; changes nothing.

    Never raises for what a file holds.
    """
    return examine_dataset(
        DatasetKind.TOWNS, content, file_name, edition, lambda: _read(content, edition)
    )


def key_of(town: Town) -> tuple[str, str]:
    """What makes a town the same one."""
    return town.town, town.koaza


def _read(content: bytes, edition: Edition) -> Checked[TownPlan]:
    table = read_table(content, DatasetKind.TOWNS, COLUMNS)
    read = partial(_town, table.value, _parsers(DistrictReader(edition)))
    towns = read_records(table.value, read, key_of)
    plan = _plan(edition.towns, [town for _, town in towns.value])
    elsewhere = _towns_elsewhere(table.value, towns.value, edition) if towns.value else ()
    return Checked(plan, [*table.findings, *towns.findings, *elsewhere])


def _plan(before: Sequence[Town], after: Sequence[Town]) -> TownPlan:
    rows = {key_of(town): town for town in after}
    changes = changes_between(before, after, key_of)
    changed = sum(change.after is not None for change in changes)
    return TownPlan(tuple(rows.values()), changes, len(rows) - changed)


def _town(
    table: SmallTable, parsers: Mapping[str, ParseText], row: TableRow
) -> Checked[Town | None]:
    cells = table.parse(row, parsers)
    town = None if None in cells.value.values() else Town(**cells.value)
    return Checked(town, [*find_missing(table, row, COLUMNS), *cells.findings])


def _parsers(reader: DistrictReader) -> Mapping[str, ParseText]:
    """How the text of each column is parsed."""
    return {
        "town": literal,
        "koaza": literal,
        "district_id": partial(_district, reader=reader),
        "lat": latitude,
        "lng": longitude,
        "confidence": _confidence,
        "basis": literal,
        "source": literal,
    }


def _district(text: str, reader: DistrictReader) -> ParsedCell:
    if not text.strip():
        return ParsedCell()
    district_id = reader.by_id(text) or reader.by_name(text)
    if district_id is None:
        return refused(CellFinding.PLACE_UNKNOWN)
    if district_id == text:
        return ParsedCell(district_id)
    return mended(district_id, CellFinding.PLACE_SPELLING, district_id)


def _confidence(text: str) -> ParsedCell:
    if not text.strip():
        return ParsedCell()
    known = synonyms("confidence").get(word_key(text))
    return ParsedCell(known) if known else refused(ReferenceFinding.NO_CONFIDENCE)


def _towns_elsewhere(
    table: SmallTable, towns: Sequence[tuple[TableRow, Town]], edition: Edition
) -> Iterator[Finding]:
    """Find points outside the district of their town."""
    lats, lngs = [town.lat for _, town in towns], [town.lng for _, town in towns]
    lies_in = districts_of_points(lats, lngs, district_boundaries(edition))
    for (row, town), district_id in zip(towns, lies_in, strict=True):
        if district_id != town.district_id:
            place = f"{district_id}の中です" if district_id else "どの地区の中でもありません"
            detail = f"{town.town}（{town.district_id}）の代表点は、{place}"
            yield table.finding(ReferenceFinding.TOWN_ELSEWHERE, row, detail=detail)
