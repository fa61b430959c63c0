"""Read and validate the record that ships with the product (folder `data/`)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kyodo_geo.errors import BoundaryError, SourceDataError, system_error_text
from kyodo_geo.geo.boundaries import read_boundaries
from kyodo_geo.model import CITYWIDE_ID, Activity, CityAction, District, Population, Record, Town
from kyodo_geo.tabular.strict_csv import YEN_DIGITS, CsvRow, by_label, read_rows, refuse_duplicates
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Effort, Field, Form, Status

DISTRICTS, BOUNDARIES, TOWNS = "districts.csv", "districts.geojson", "towns.csv"
POPULATION, ACTIVITIES = "population.csv", "activities.csv"
CITY_ACTIONS, SOURCES = "city_actions.csv", "sources.yml"
FILES = (DISTRICTS, BOUNDARIES, TOWNS, POPULATION, ACTIVITIES, CITY_ACTIONS, SOURCES)

COLUMNS: dict[str, tuple[str, ...]] = {
    DISTRICTS: tuple(District.__dataclass_fields__),
    TOWNS: tuple(Town.__dataclass_fields__),
    POPULATION: tuple(Population.__dataclass_fields__),
    ACTIVITIES: (
        *("id", "district_ids", "fiscal_year", "start_date", "end_date", "title", "summary"),
        *("forms", "form_certainty", "actors", "organisations", "field", "participants"),
        *("city_cost_yen", "status", "note", "source", "source_date"),
    ),
    CITY_ACTIONS: tuple(CityAction.__dataclass_fields__),
}
"""Columns of each CSV file; those of reference data are the fields of the model."""

SOURCE_CARD_KEYS: tuple[str, ...] = (
    *("id", "title", "files", "publisher"),
    *("address", "licence", "retrieved", "caveat"),
)

ACTORS, FORMS = by_label(ActorType), by_label(KNOWN_FORMS)
FIELDS, EFFORTS = by_label(Field), by_label(Effort)
STATUSES = {status.value: status for status in Status}
CONFIDENCES = ("high", "medium", "low")
STATED, IMPLIED, UNKNOWN = "stated", "implied", "unknown"


def read_record(folder: Path) -> Record:
    """Read the content of the first edition from the files of `folder`.

    Nothing is repaired or left out: raises SourceDataError (BoundaryError for the boundaries)
    naming file, row, what was found and what is expected.
    """
    contents = {name: _content(folder / name) for name in FILES}
    rows = {name: read_rows(contents[name], name, columns) for name, columns in COLUMNS.items()}
    districts = _districts(rows[DISTRICTS])
    district_ids = tuple(district.district_id for district in districts)
    return Record(
        districts=districts,
        towns=_towns(rows[TOWNS], district_ids),
        population=_populations(rows[POPULATION], districts),
        activities=_activities(rows[ACTIVITIES], district_ids),
        city_actions=tuple(_city_action(row) for row in rows[CITY_ACTIONS]),
        sources=_source_cards(contents[SOURCES]),
        # As text: an edition keeps the boundaries as they were handed in.
        boundaries_geojson=_checked_boundaries(contents[BOUNDARIES], district_ids),
        source_files=tuple(
            f"{name}:{hashlib.sha256(content).hexdigest()}" for name, content in contents.items()
        ),
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceDataError(
            path.name,
            f"ファイルが読めません{system_error_text(error)}",
            f"フォルダー {path.parent} に必要なファイル: {'、'.join(FILES)}",
            "ファイルがあるか、読み取りが許されているか確認してください",
        ) from error


def _districts(rows: list[CsvRow]) -> tuple[District, ...]:
    refuse_duplicates(rows, "district_id")
    refuse_duplicates(rows, "name")
    return tuple(_district(row) for row in rows)


def _district(row: CsvRow) -> District:
    for column in ("district_id", "name", "region"):
        row.required(column)
    if row.text("district_id") == CITYWIDE_ID:
        raise row.error(f"{CITYWIDE_ID} は全市の番号です", "地区の番号は C01 から始まります")
    return District(**{column: row.text(column) for column in COLUMNS[DISTRICTS]})


def _towns(rows: list[CsvRow], district_ids: Collection[str]) -> tuple[Town, ...]:
    refuse_duplicates(rows, "town", "koaza")
    return tuple(
        Town(
            town=row.required("town"),
            koaza=row.text("koaza"),
            district_id=row.choice("district_id", _by_value(district_ids)),
            lat=row.degrees("lat"),
            lng=row.degrees("lng"),
            confidence=row.choice("confidence", _by_value(CONFIDENCES)),
            basis=row.text("basis"),
            source=row.text("source"),
        )
        for row in rows
    )


def _populations(rows: list[CsvRow], districts: Collection[District]) -> tuple[Population, ...]:
    refuse_duplicates(rows, "level", "name", "as_of")
    names = {
        "region": _by_value(district.region for district in districts),
        "district": _by_value(district.name for district in districts),
    }
    return tuple(
        Population(
            level=row.required("level"),
            name=row.choice("name", row.choice("level", names)),
            as_of=row.required_day("as_of"),
            population=row.required_integer("population"),
            households=row.integer("households"),
            source=row.text("source"),
        )
        for row in rows
    )


def _activities(rows: list[CsvRow], district_ids: Collection[str]) -> tuple[Activity, ...]:
    refuse_duplicates(rows, "id")
    places = _by_value((CITYWIDE_ID, *district_ids))
    return tuple(_activity(row, places) for row in rows)


def _activity(row: CsvRow, places: dict[str, str]) -> Activity:
    start_date, end_date = _period(row)
    forms_stated, forms_implied = _forms(row)
    return Activity(
        activity_id=row.required("id"),
        title=row.required("title"),
        summary=row.text("summary"),
        district_ids=row.choices("district_ids", places),
        actors=row.required_choices("actors", ACTORS),
        fiscal_year=row.fiscal_year("fiscal_year"),
        start_date=start_date,
        end_date=end_date,
        forms_stated=forms_stated,
        forms_implied=forms_implied,
        organisations=row.texts("organisations"),
        field=row.choice("field", FIELDS),
        status=row.choice("status", STATUSES),
        participants_count=row.integer("participants"),
        city_cost_yen=row.integer("city_cost_yen", YEN_DIGITS),
        note=row.text("note"),
        source=row.text("source"),
        source_date=row.text("source_date"),
    )


def _period(row: CsvRow) -> tuple[date | None, date | None]:
    start, end = row.day("start_date"), row.day("end_date")
    if start and end and end < start:
        found = f"終了日 {end} が開始日 {start} より前です"
        raise row.error(found, "end_date は start_date と同じ日か、後の日")
    return start, end


def _forms(row: CsvRow) -> tuple[tuple[Form, ...], tuple[Form, ...]]:
    """Return stated and implied forms; both empty if unknown."""
    forms = row.choices("forms", FORMS)
    # Decision 2: a row has stated forms or implied ones, never both.
    certainty = row.choice("form_certainty", _by_value((STATED, IMPLIED, UNKNOWN)))
    if bool(forms) == (certainty == UNKNOWN):
        raise row.error(
            f"forms 列「{row.text('forms')}」と form_certainty 列「{certainty}」が合いません",
            f"形態があれば {STATED} か {IMPLIED}、なければ {UNKNOWN}",
        )
    return (forms, ()) if certainty == STATED else ((), forms)


def _city_action(row: CsvRow) -> CityAction:
    return CityAction(
        fiscal_year=row.fiscal_year("fiscal_year"),
        effort=row.choice("effort", EFFORTS),
        title=row.required("title"),
        summary=row.text("summary"),
        amount_yen=row.integer("amount_yen", YEN_DIGITS),
        source=row.text("source"),
    )


def _checked_boundaries(content: bytes, district_ids: tuple[str, ...]) -> str:
    try:
        geojson = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BoundaryError(
            BOUNDARIES,
            "文字として読めません",
            "文字コードが UTF-8 の GeoJSON が必要です",
            "UTF-8 で保存し直してください",
        ) from error
    read_boundaries(geojson, district_ids, BOUNDARIES)
    return geojson


def _source_cards(content: bytes) -> tuple[dict[str, Any], ...]:
    next_step = "資料カードの書き方を確認してください"
    try:
        cards = yaml.safe_load(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        found = f"YAMLとして読めません（{error}）"
        raise SourceDataError(SOURCES, found, "", next_step) from error
    if not isinstance(cards, list) or not cards:
        raise SourceDataError(SOURCES, "資料カードの並びがありません", next_step=next_step)
    for number, card in enumerate(cards, start=1):
        held = card if isinstance(card, dict) else {}
        if missing := [key for key in SOURCE_CARD_KEYS if key not in held]:
            where, found = f"{SOURCES} の{number}枚目", f"{'、'.join(missing)} がありません"
            expected = f"必要な項目: {'、'.join(SOURCE_CARD_KEYS)}"
            raise SourceDataError(where, found, expected, next_step)
    return tuple(cards)


def _by_value(values: Iterable[str]) -> dict[str, str]:
    """Return choices whose values stand for themselves."""
    return {value: value for value in values}
