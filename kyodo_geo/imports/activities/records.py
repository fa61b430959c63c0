"""Columns of texts into columns of values: each distinct text is read once.

A cell that holds just what our export writes for a record leaves the record as it is,
whatever the text may look like; such cells are not read at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kyodo_geo.editions import Edition
from kyodo_geo.imports.activities.current_rows import VALUE_OF, Current, current_rows
from kyodo_geo.imports.activities.table import ActivityTable, SourceColumn
from kyodo_geo.tabular.column_arrays import DistinctTexts, Objects, objects
from kyodo_geo.tabular.findings import Check, Finding
from kyodo_geo.tabular.parsed import SPREADSHEET_ERRORS, ParsedCell, mended, refused
from kyodo_geo.tabular.parsers.coordinates import latitude, longitude
from kyodo_geo.tabular.parsers.dates import WITHOUT_YEAR, Days, completed, days, fiscal_year
from kyodo_geo.tabular.parsers.free_text import (
    LITERAL,
    ORGANISATIONS,
    PROPER_NAME,
    PROSE,
    FreeText,
)
from kyodo_geo.tabular.parsers.numbers import factor_of_header, people, yen
from kyodo_geo.tabular.parsers.terms import PlaceReader, TermReader
from kyodo_geo.tabular.synonyms import synonyms, word_key
from kyodo_geo.vocabulary import ActorType, Field, Form, Scope, Status

ParseText = Callable[[str], ParsedCell]
ColumnReader = ParseText | FreeText

ACTIVITY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


@dataclass
class Records:
    """The rows of a table as values, one array a name of VALUES.

    `ids` are empty for activities that have no number yet; `given` the values the file has a
    column for; `is_touched` the rows that differ from what our export would write; `scopes`
    the masks of the bands written there (0 for none, also where the cell was left alone).
    """

    ids: Objects
    current: Current
    values: dict[str, Objects]
    scopes: Objects
    given: set[str]
    is_touched: NDArray[np.bool_]

    @property
    def is_there(self) -> NDArray[np.bool_]:
        """Which rows are about a record of the current edition."""
        return self.current.is_there


def read_records(table: ActivityTable, edition: Edition) -> Records:
    """The values of a table; adds to its findings what was mended, flagged or refused."""
    ids = _ids(table)
    current = current_rows(edition, list(ids), in_cp932=table.encoding == "cp932")
    count = len(table.numbers)
    records = Records(
        ids,
        current,
        {name: values.copy() for name, values in current.values.items()},
        scopes=np.zeros(count, dtype=np.int64),
        given=set(),
        is_touched=~current.is_there,
    )
    _tell_of_new_ids(table, records)
    _read_columns(table, records, PlaceReader(edition))
    _read_days(table, records)
    return records


def _ids(table: ActivityTable) -> Objects:
    column = table.column("activity_id")
    count = len(table.numbers)
    if column is None:
        return objects([""] * count, count)
    ids, _ = _read(table, column, np.arange(count), LITERAL)
    return ids


def _tell_of_new_ids(table: ActivityTable, records: Records) -> None:
    column = table.column("activity_id")
    for row in np.flatnonzero(~records.is_there & (records.ids != "")):
        activity_id = records.ids[row]
        check = Check.ID_NEW if ACTIVITY_ID.fullmatch(activity_id) else Check.ID_UNREADABLE
        table.find(check, table.numbers[row], column.label if column else "", found=activity_id)


def _readers(table: ActivityTable, places: PlaceReader) -> dict[str, ColumnReader]:
    """How the text of each column is read."""
    actors, forms = TermReader("actor", ActorType), TermReader("form", Form)
    return {
        "title": PROPER_NAME,
        "summary": PROSE,
        "fiscal_year": fiscal_year,
        "district_ids": places.mask,
        "forms_stated": forms.mask,
        "forms_implied": forms.mask,
        "actors": actors.mask,
        "field": TermReader("field", Field).one,
        "status": TermReader("status", Status).one,
        "participants_count": people,
        "city_cost_yen": _yen_reader(table),
        "organisations": ORGANISATIONS,
        "note": PROSE,
        "source": LITERAL,
        "source_date": LITERAL,
        "point_lat": latitude,
        "point_lng": longitude,
        "continues": activity_number,
    }


def _read_columns(table: ActivityTable, records: Records, places: PlaceReader) -> None:
    for name, read in _readers(table, places).items():
        column = _places(table) if name == "district_ids" else table.column(name)
        if column is not None:
            _take(table, records, column, name, VALUE_OF.get(name, name), read)
    _check_place_names(table, records, places.mask)
    _apply_certainty(table, records)
    if (column := table.column("scopes")) is not None:
        rows = _changed_rows(records, column, "scopes")
        records.given.add("scope_recorded")
        masks, is_read = _read(table, column, rows, TermReader("scope", Scope).mask)
        records.scopes[rows[is_read]] = masks[is_read]
        records.values["scope_recorded"][rows[is_read]] = None  # what is read decides, or nothing


def _take(
    table: ActivityTable,
    records: Records,
    column: SourceColumn,
    name: str,
    value: str,
    read: ColumnReader,
) -> None:
    """Read the cells of a column that differ from the current record."""
    rows = _changed_rows(records, column, name)
    values, is_read = _read(table, column, rows, read)
    records.values[value][rows[is_read]] = values[is_read]
    records.given.add(value)


def _changed_rows(records: Records, column: SourceColumn, name: str) -> NDArray[np.int64]:
    if not records.is_there.any():
        return np.arange(len(records.ids))
    as_exported = column.cells() == records.current.texts[name]
    rows = np.flatnonzero(~(as_exported & records.is_there))
    records.is_touched[rows] = True
    return rows


def _read(
    table: ActivityTable, column: SourceColumn, rows: NDArray[np.int64], read: ColumnReader
) -> tuple[Objects, NDArray[np.bool_]]:
    """The values of some cells and which could be read; adds findings in the order of rows."""
    distinct, codes = column.distinct, column.codes
    if len(rows) < len(codes):
        used, codes = np.unique(codes[rows], return_inverse=True)
        distinct = [column.distinct[code] for code in used]
    values, noted = _outcomes(distinct, read)
    _tell(table, column.label, distinct, rows, codes, noted)
    is_read = np.ones(len(distinct), dtype=bool)
    is_read[[code for code, cell in noted.items() if cell.is_refused]] = False
    return objects(values, len(values))[codes], is_read[codes]


def _outcomes(
    distinct: Sequence[str], read: ColumnReader
) -> tuple[list[Any], dict[int, ParsedCell]]:
    """The value of each text, and those of which there is something to say."""
    if isinstance(read, FreeText):
        # Most free texts are taken as they are: one look at all of them finds the others.
        special = pc.match_substring_regex(pa.array(distinct, pa.string()), read.special)
        values: list[Any] = list(map(read.plain, distinct))
        cells = {
            code: read.closer(distinct[code])
            for code in np.flatnonzero(special.to_numpy(zero_copy_only=False)).tolist()
        }
        for code, cell in cells.items():
            values[code] = cell.value
    else:
        cells = {code: _cell(text, read) for code, text in enumerate(distinct)}
        values = [cell.value for cell in cells.values()]
    return values, {code: cell for code, cell in cells.items() if cell.notes}


def _cell(text: str, read: ParseText) -> ParsedCell:
    return refused(Check.SPREADSHEET_ERROR) if text in SPREADSHEET_ERRORS else read(text)


def _tell(
    table: ActivityTable,
    label: str,
    distinct: Sequence[str],
    rows: NDArray[np.int64],
    codes: NDArray[np.int64],
    noted: Mapping[int, ParsedCell],
) -> None:
    """Add what there is to say of cells, in the order of rows."""
    if not noted:
        return
    is_noted = np.isin(codes, list(noted))
    table.add(
        [
            Finding(check, table.sheet, table.numbers[row], label, distinct[code], became, detail)
            for row, code in zip(rows[is_noted].tolist(), codes[is_noted].tolist(), strict=True)
            for check, became, detail in noted[code].notes
        ]
    )


def _yen_reader(table: ActivityTable) -> ParseText:
    column = table.column("city_cost_yen")
    factor = factor_of_header(column.label) if column else 1
    if factor == 1 or column is None:
        return yen
    table.find(Check.HEADER_UNIT, column=column.label, found=column.label)

    def read(text: str) -> ParsedCell:
        cell = yen(text)
        if cell.value is None or "円" in text:  # a unit in the cell says it itself
            return cell
        return mended(cell.value * factor, Check.NUMBER_SPELLING, str(cell.value * factor))

    return read


def _places(table: ActivityTable) -> SourceColumn | None:
    """The column of districts: ids, and names where a row has no id."""
    ids, names = table.column("district_ids"), table.column("district_names")
    if ids is None or names is None:
        return ids or names
    cells = [first or second for first, second in zip(ids.cells(), names.cells(), strict=True)]
    texts = DistinctTexts.of(cells)
    return SourceColumn(texts.distinct, texts.codes, ids.label, ids.field)


def _check_place_names(table: ActivityTable, records: Records, read: ParseText) -> None:
    """Warn where ids and names of districts say different things."""
    ids, names = table.column("district_ids"), table.column("district_names")
    if ids is None or names is None:
        return
    known: dict[tuple[str, str], bool] = {}
    for row, pair in enumerate(zip(ids.cells(), names.cells(), strict=True)):
        if not all(pair) or not records.is_touched[row]:
            continue
        if pair not in known:
            known[pair] = read(pair[0]).value == read(pair[1]).value
        if not known[pair]:
            table.find(Check.PLACES_DIFFER, table.numbers[row], names.label, found=pair[1])


def activity_number(text: str) -> ParsedCell:
    """The number of another activity."""
    number = unicodedata.normalize("NFKC", text).strip()
    if not number:
        return ParsedCell()
    return ParsedCell(number) if ACTIVITY_ID.fullmatch(number) else refused(Check.ID_UNREADABLE)


def _apply_certainty(table: ActivityTable, records: Records) -> None:
    """One column of forms and one that says how sure they are, as in the shipped record."""
    column = table.column("form_certainty")
    if column is None or table.column("forms_implied") is not None:
        return
    stated, implied = records.values["stated"], records.values["implied"]
    certainty, is_read = _read(table, column, np.arange(len(stated)), _certainty)
    is_implied = certainty == "implied"
    implied[is_read] = 0
    implied[is_implied] = stated[is_implied]
    stated[is_implied] = 0
    records.given.add("implied")


def _certainty(text: str) -> ParsedCell:
    if not text.strip():
        return ParsedCell()
    known = synonyms("certainty").get(word_key(text))
    return (
        ParsedCell(known)
        if known
        else refused(Check.TERM_UNKNOWN, "使えるのは 明記、推定、不明 です")
    )


def _read_days(table: ActivityTable, records: Records) -> None:
    """First and last day; a period in the first column fills the second where it is empty."""
    values = records.values
    for name in ("end_date", "start_date"):
        column = table.column(name)
        if column is None:
            continue
        rows = _changed_rows(records, column, name)
        read, is_read = _read(table, _with_years(column, records), rows, days)
        rows, told = rows[is_read], read[is_read]
        values[name][rows] = objects((day.start for day in told), len(told))
        records.given.add(name)
        for row, day in zip(rows, told, strict=True):
            if day.end or day.fiscal_year:
                _take_more(records, name, row, day)


def _with_years(column: SourceColumn, records: Records) -> SourceColumn:
    """The column with the fiscal year of the row before days that have no year."""
    is_bare = column.where(WITHOUT_YEAR.match)
    years = records.values["fiscal_year"]
    rows = np.flatnonzero(is_bare & (years != None))  # noqa: E711 - elementwise
    if not len(rows):
        return column
    cells = column.cells()
    cells[rows] = objects((completed(cells[row], years[row]) for row in rows), len(rows))
    texts = DistinctTexts.of(cells.tolist())
    return SourceColumn(texts.distinct, texts.codes, column.label, column.field)


def _take_more(records: Records, name: str, row: int, told: Days) -> None:
    """What a text says of when beside its first day."""
    values = records.values
    if name == "start_date" and told.end:
        values["end_date"][row] = told.end
        records.given.add("end_date")
    if told.fiscal_year and values["fiscal_year"][row] is None:
        values["fiscal_year"][row] = told.fiscal_year
