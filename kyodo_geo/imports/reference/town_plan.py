"""The table of towns handed in: it replaces the one that was there as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

import duckdb

from kyodo_geo.editions import Edition
from kyodo_geo.geo.places import districts_of_points
from kyodo_geo.imports.reference.dataset import DatasetKind
from kyodo_geo.imports.reference.matching import DistrictReader
from kyodo_geo.imports.reference.reference_examination import ReferenceExamination, examine_dataset
from kyodo_geo.imports.reference.reference_findings import ReferenceCheck
from kyodo_geo.measures.places.district_shapes import district_boundaries
from kyodo_geo.model import Town
from kyodo_geo.tabular.findings import Check, Finding
from kyodo_geo.tabular.parsed import ParsedCell, mended, refused
from kyodo_geo.tabular.parsers.coordinates import latitude, longitude
from kyodo_geo.tabular.parsers.free_text import literal
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
class TownChange:
    """One town before and after; None where it is new or goes."""

    before: Town | None
    after: Town | None


@dataclass(frozen=True)
class TownPlan:
    """The table as it would be, and what changes."""

    rows: tuple[Town, ...]
    changes: tuple[TownChange, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many towns are new, changed, unchanged and gone."""
        new = sum(change.before is None for change in self.changes)
        removed = sum(change.after is None for change in self.changes)
        changed = len(self.changes) - new - removed
        unchanged = len(self.rows) - new - changed
        return {"new": new, "changed": changed, "unchanged": unchanged, "removed": removed}

    @property
    def is_empty(self) -> bool:
        """Whether the file is the table that is there already."""
        return not self.changes

    @property
    def told(self) -> str:
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
    """Read a table of towns and say what it would do; changes nothing.

    Never raises for what a file holds.
    """
    return examine_dataset(
        DatasetKind.TOWNS, content, file_name, edition, lambda: _read(content, edition)
    )


def key_of(town: Town) -> tuple[str, str]:
    """What makes a town the same one."""
    return town.town, town.koaza


def _read(content: bytes, edition: Edition) -> tuple[TownPlan, list[Finding]]:
    table = read_table(content, DatasetKind.TOWNS, COLUMNS)
    reader = DistrictReader(edition)
    read = [(row, _town(table, row, reader)) for row in table.rows]
    found = [(row, town) for row, town in read if town is not None]
    refuse_same_keys(table, ((row, key_of(town)) for row, town in found))
    if found:
        _flag_elsewhere(table, found, edition)
    return _plan(edition.towns, [town for _, town in found]), table.findings


def _plan(before: Sequence[Town], after: Sequence[Town]) -> TownPlan:
    was = {key_of(town): town for town in before}
    becomes = {key_of(town): town for town in after}
    keys = dict.fromkeys((*becomes, *was))
    changes = tuple(
        TownChange(was.get(key), becomes.get(key))
        for key in keys
        if was.get(key) != becomes.get(key)
    )
    return TownPlan(tuple(becomes.values()), changes)


def _town(table: SmallTable, row: TableRow, reader: DistrictReader) -> Town | None:
    refuse_missing(table, row, COLUMNS)
    values = (
        table.value(row, "town", literal),
        table.value(row, "koaza", literal),
        table.value(row, "district_id", lambda text: _district(text, reader)),
        table.value(row, "lat", latitude),
        table.value(row, "lng", longitude),
        table.value(row, "confidence", _confidence),
        table.value(row, "basis", literal),
        table.value(row, "source", literal),
    )
    return None if None in values else Town(*values)


def _district(text: str, reader: DistrictReader) -> ParsedCell:
    if not text.strip():
        return ParsedCell()
    district_id = reader.by_id(text) or reader.by_name(text)
    if district_id is None:
        return refused(Check.PLACE_UNKNOWN)
    if district_id == text:
        return ParsedCell(district_id)
    return mended(district_id, Check.PLACE_SPELLING, district_id)


def _confidence(text: str) -> ParsedCell:
    if not text.strip():
        return ParsedCell()
    known = synonyms("confidence").get(word_key(text))
    return ParsedCell(known) if known else refused(ReferenceCheck.NO_CONFIDENCE)


def _flag_elsewhere(
    table: SmallTable, found: Sequence[tuple[TableRow, Town]], edition: Edition
) -> None:
    """Flag points outside the district of their town."""
    lats, lngs = [town.lat for _, town in found], [town.lng for _, town in found]
    lies_in = districts_of_points(lats, lngs, district_boundaries(edition))
    for (row, town), district_id in zip(found, lies_in, strict=True):
        if district_id != town.district_id:
            place = f"{district_id}の中です" if district_id else "どの地区の中でもありません"
            told = f"{town.town}（{town.district_id}）の代表点は、{place}"
            table.find(ReferenceCheck.TOWN_ELSEWHERE, row, detail=told)
