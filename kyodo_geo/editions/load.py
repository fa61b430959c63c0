"""Fill an edition file from a checked record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple
from itertools import combinations

import duckdb
import pyarrow as pa

from kyodo_geo.editions.sql import fetch_rows, sql_text
from kyodo_geo.japanese import search_key
from kyodo_geo.model import CITYWIDE_ID, CITYWIDE_LABEL, Activity, District, Record
from kyodo_geo.vocabulary import (
    KNOWN_FORMS,
    VOCABULARIES,
    ActorType,
    AnyTerm,
    mask_of,
    possible_scopes,
)

UNKNOWN_PLACE_ID = "C99"
ALL_PLACE_ID = "ALL"

CONTENT_TABLES = (
    *("code", "scope_rule", "place", "district", "boundary", "population", "town"),
    *("city_action", "source", "activity", "activity_count", "review", "rating"),
)
"""Everything but what an edition says of itself: tables `edition` and `edition_log`."""

INCOMING = pa.schema(
    [
        ("id", pa.string()),
        ("title", pa.string()),
        ("summary", pa.string()),
        ("district_mask", pa.int64()),
        ("fiscal_year", pa.int16()),
        ("start_date", pa.date32()),
        ("end_date", pa.date32()),
        ("stated", pa.int64()),
        ("implied", pa.int64()),
        ("actor_mask", pa.int64()),
        ("organisations", pa.list_(pa.string())),
        ("scope_recorded", pa.string()),
        ("field", pa.string()),
        ("status", pa.string()),
        ("participants_count", pa.int32()),
        ("city_cost_yen", pa.int64()),
        ("note", pa.string()),
        ("source", pa.string()),
        ("source_date", pa.string()),
        ("search_text", pa.string()),
        ("point_lat", pa.float64()),
        ("point_lng", pa.float64()),
        ("continues", pa.string()),
    ]
)
"""Columns that `insert_activity.sql` reads from `incoming`; one row an activity."""


def fill(con: duckdb.DuckDBPyConnection, record: Record) -> None:
    """Make a record all that an edition holds, in place of what it held before."""
    fill_reference(con, record)
    insert_activities(con, incoming_rows(record.activities, record.districts))


def fill_reference(con: duckdb.DuckDBPyConnection, record: Record) -> None:
    """The same without activities: vocabulary, places, districts, sources alone."""
    for table in CONTENT_TABLES:
        con.execute(f"DELETE FROM {table}")
    _insert(con, "code", _code_rows())
    _insert(con, "scope_rule", _scope_rule_rows())
    _insert(con, "place", place_rows(record.districts))
    _insert(con, "district", [astuple(d) for d in record.districts])
    _insert(con, "boundary", [(record.boundaries_geojson,)])
    _insert(con, "population", [astuple(p) for p in record.population])
    _insert(con, "town", [astuple(t) for t in record.towns])
    _insert(con, "city_action", [astuple(a) for a in record.city_actions])
    cards = [(json.dumps(card, ensure_ascii=False, default=str),) for card in record.sources]
    _insert(con, "source", cards)


def place_rows(districts: Sequence[District]) -> list[tuple[str, str, str, str, int, int]]:
    """All places figures are given for, as rows of table `place`.

    The bit of 全市 is 1, the districts follow in order, then 地区不明; the mask of a
    region is that of its districts, the mask of `ALL` has every bit.
    """
    bits = {d.district_id: 1 << (n + 1) for n, d in enumerate(districts)}
    unknown_bit = 1 << (len(districts) + 1)
    places = [(d.district_id, "district", d.name, d.region, bits[d.district_id]) for d in districts]
    places.append((CITYWIDE_ID, "citywide", CITYWIDE_LABEL, "", 1))
    places.append((UNKNOWN_PLACE_ID, "unknown", "地区不明", "", unknown_bit))
    for number, region in enumerate(dict.fromkeys(d.region for d in districts), start=1):
        mask = sum(bits[d.district_id] for d in districts if d.region == region)
        places.append((f"R{number}", "region", f"{region}地域", region, mask))
    places.append((ALL_PLACE_ID, "all", "合計（実件数）", "", (unknown_bit << 1) - 1))
    return [(*place, ordinal) for ordinal, place in enumerate(places)]


def incoming_rows(activities: Iterable[Activity], districts: Sequence[District]) -> pa.Table:
    """Activities as the Arrow table that `insert_activities` takes (schema INCOMING)."""
    masks = {place_id: mask for place_id, *_, mask, _ in place_rows(districts)}
    return pa.Table.from_pylist([_incoming_row(a, masks) for a in activities], schema=INCOMING)


def insert_activities(con: duckdb.DuckDBPyConnection, incoming: pa.Table) -> None:
    """Add activities (schema INCOMING), deriving the masks that filters use."""
    con.register("incoming", incoming)
    insert_incoming(con)
    con.unregister("incoming")


def insert_incoming(con: duckdb.DuckDBPyConnection) -> None:
    """The same for activities that are there as the table or view `incoming`."""
    con.execute(sql_text(__package__, "insert_activity"))


def _incoming_row(activity: Activity, place_masks: dict[str, int]) -> dict[str, object]:
    row = {name: value for name, value in asdict(activity).items() if name in INCOMING.names}
    place_ids = activity.district_ids or (UNKNOWN_PLACE_ID,)
    texts = (activity.title, activity.summary, activity.note, *activity.organisations)
    return row | {
        "id": activity.activity_id,
        "district_mask": sum({place_masks[place_id] for place_id in place_ids}),
        "stated": mask_of(activity.forms_stated),
        "implied": mask_of(activity.forms_implied),
        "actor_mask": mask_of(activity.actors),
        "scope_recorded": activity.scope,
        "search_text": search_key("\n".join(texts)),
    }


def _code_rows() -> list[tuple[str, str, str, str, int, int]]:
    return [
        (kind, str(term), term.label, term.definition, term.bit, ordinal)
        for kind, vocabulary in VOCABULARIES.items()
        for ordinal, term in enumerate(vocabulary)
    ]


def _scope_rule_rows() -> list[tuple[int, int, int]]:
    return [
        (mask_of(actors), mask_of(forms), mask_of(possible_scopes(actors, forms)))
        for actors in _subsets(tuple(ActorType))
        for forms in _subsets(KNOWN_FORMS)
    ]


def _subsets(terms: Sequence[AnyTerm]) -> list[tuple[AnyTerm, ...]]:
    return [subset for size in range(len(terms) + 1) for subset in combinations(terms, size)]


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    # The VALUES of many rows go in as one Arrow table: row by row is 100 times slower.
    if not rows:
        return
    columns = [column.name for column in fetch_rows(con, f"PRAGMA table_info('{table}')")]
    data = pa.table(dict(zip(columns, zip(*rows, strict=True), strict=True)))
    con.register("rows_to_insert", data)
    con.execute(f"INSERT INTO {table} SELECT * FROM rows_to_insert")
    con.unregister("rows_to_insert")
