"""Columns of texts into columns of values: each distinct text is parsed once.

A cell that holds just what our export writes for a record leaves the record as it is,
whatever the text may look like; such cells are not parsed at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kyodo_geo.editions import Edition
from kyodo_geo.imports.activities.activity_findings import ActivityFinding
from kyodo_geo.imports.activities.current_rows import VALUE_OF, Current, current_rows
from kyodo_geo.imports.activities.table import ActivityTable, SourceColumn
from kyodo_geo.tabular.column_arrays import DistinctTexts, Objects, Positions, objects, with_cells
from kyodo_geo.tabular.finding_kinds import CellFinding, TableFinding
from kyodo_geo.tabular.findings import Checked, Finding
from kyodo_geo.tabular.parsed import SPREADSHEET_ERRORS, ParsedCell, ParseText, mended, refused
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

Columns: TypeAlias = Mapping[str, Objects]
"""Values by name (one of VALUES), one per row."""

Parser: TypeAlias = ParseText | FreeText

ACTIVITY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


@dataclass(frozen=True)
class Records:
    """The rows of a table as values.

    `ids` are empty for activities that have no number yet; `given` the values the file has a
    column for; `is_touched` the rows that differ from what our export would write; `scopes`
    the masks of the bands written there (0 for none, also where the cell was left alone).
    """

    ids: Objects
    current: Current
    values: Columns
    scopes: Objects
    given: frozenset[str]
    is_touched: NDArray[np.bool_]

    @property
    def is_there(self) -> NDArray[np.bool_]:
        """Which rows are about a record of the current edition."""
        return self.current.is_there

    def touched(self, condition: NDArray[np.bool_]) -> list[int]:
        """Select rows that differ from the record and fulfil a condition."""
        rows: list[int] = np.flatnonzero(self.is_touched & condition).tolist()
        return rows

    def with_values(self, columns: Columns) -> Records:
        """The same with some columns in place of what they were."""
        return replace(self, values={**self.values, **columns})

    def with_given(self, columns: Columns, rows: Positions) -> Records:
        """The same with columns that the file has; in `rows` they differ from the record."""
        is_touched = self.is_touched.copy()
        is_touched[rows] = True
        given = self.given | columns.keys()
        return replace(self.with_values(columns), given=given, is_touched=is_touched)


@dataclass(frozen=True)
class ParsedCells:
    """The values of the cells of some rows, and which of them could be read."""

    rows: Positions
    values: Objects
    is_read: NDArray[np.bool_]

    @property
    def read_rows(self) -> Positions:
        """The rows whose cell could be read."""
        return self.rows[self.is_read]

    @property
    def read_values(self) -> Objects:
        """Their values."""
        return self.values[self.is_read]

    def put_into(self, column: Objects) -> Objects:
        """A copy of a column with what could be read."""
        filled = column.copy()
        filled[self.read_rows] = self.read_values
        return filled


def read_records(table: ActivityTable, edition: Edition) -> Checked[Records]:
    """Read the values of a table; finds what was mended, flagged or refused."""
    ids = _ids(table)
    current = current_rows(edition, list(ids.value), in_cp932=table.encoding == "cp932")
    records = Records(
        ids.value,
        current,
        current.values,
        scopes=np.zeros(len(table.numbers), dtype=np.int64),
        given=frozenset(),
        is_touched=~current.is_there,
    )
    findings = [*ids.findings, *_unknown_ids(table, records)]
    for stage in _stages(PlaceReader(edition)):
        checked = stage(table, records)
        records = checked.value
        findings += checked.findings
    return Checked(records, findings)


def _ids(table: ActivityTable) -> Checked[Objects]:
    column, count = table.column("activity_id"), len(table.numbers)
    if column is None:
        return Checked(objects([""] * count, count))
    parsed = _parse(table, column, np.arange(count), LITERAL)
    return Checked(parsed.value.values, parsed.findings)


def _unknown_ids(table: ActivityTable, records: Records) -> Iterator[Finding]:
    column = table.column("activity_id")
    for row in np.flatnonzero(~records.is_there & (records.ids != "")).tolist():
        activity_id = records.ids[row]
        is_id = ACTIVITY_ID.fullmatch(activity_id)
        kind = ActivityFinding.ID_NEW if is_id else CellFinding.ID_UNREADABLE
        yield table.finding(kind, row, column.label if column else "", found=activity_id)


Stage: TypeAlias = Callable[[ActivityTable, Records], Checked[Records]]
"""Reads one or several columns."""


def _stages(places: PlaceReader) -> Sequence[Stage]:
    """How each column is read, in the order of the findings."""
    forms = TermReader("form", Form).mask
    return (
        partial(_read_column, name="title", parser=PROPER_NAME),
        partial(_read_column, name="summary", parser=PROSE),
        partial(_read_column, name="fiscal_year", parser=fiscal_year),
        partial(_read_places, parser=places.mask),
        partial(_read_column, name="forms_stated", parser=forms),
        partial(_read_column, name="forms_implied", parser=forms),
        partial(_read_column, name="actors", parser=TermReader("actor", ActorType).mask),
        partial(_read_column, name="field", parser=TermReader("field", Field).one),
        partial(_read_column, name="status", parser=TermReader("status", Status).one),
        partial(_read_column, name="participants_count", parser=people),
        _read_cost,
        partial(_read_column, name="organisations", parser=ORGANISATIONS),
        partial(_read_column, name="note", parser=PROSE),
        partial(_read_column, name="source", parser=LITERAL),
        partial(_read_column, name="source_date", parser=LITERAL),
        partial(_read_column, name="point_lat", parser=latitude),
        partial(_read_column, name="point_lng", parser=longitude),
        partial(_read_column, name="continues", parser=activity_number),
        partial(_check_place_names, parser=places.mask),
        _apply_certainty,
        _read_scopes,
        partial(_read_days, name="end_date"),
        partial(_read_days, name="start_date"),
    )


def _read_column(
    table: ActivityTable, records: Records, name: str, parser: Parser
) -> Checked[Records]:
    return _read(table, records, table.column(name), name, parser)


def _read(
    table: ActivityTable, records: Records, column: SourceColumn | None, name: str, parser: Parser
) -> Checked[Records]:
    """Read the cells of a column that differ from the current record; None changes nothing."""
    if column is None:
        return Checked(records)
    rows, value = _changed_rows(records, column, name), VALUE_OF.get(name, name)
    parsed = _parse(table, column, rows, parser)
    values = parsed.value.put_into(records.values[value])
    return Checked(records.with_given({value: values}, rows), parsed.findings)


def _changed_rows(records: Records, column: SourceColumn, name: str) -> Positions:
    if not records.is_there.any():
        return np.arange(len(records.ids))
    as_exported = column.texts.cells() == records.current.texts[name]
    return np.flatnonzero(~(as_exported & records.is_there))


def _parse(
    table: ActivityTable, column: SourceColumn, rows: Positions, parser: Parser
) -> Checked[ParsedCells]:
    """Parse the cells of some rows; findings are in the order of rows."""
    distinct, codes = column.texts.distinct, column.texts.codes
    if len(rows) < len(codes):
        used, codes = np.unique(codes[rows], return_inverse=True)
        distinct = [distinct[code] for code in used]
    values, noted = _parse_distinct(distinct, parser)
    findings = _findings(table, column.label, distinct, rows, codes, noted)
    is_read = np.ones(len(distinct), dtype=bool)
    is_read[[code for code, cell in noted.items() if cell.is_refused]] = False
    return Checked(ParsedCells(rows, objects(values, len(values))[codes], is_read[codes]), findings)


def _parse_distinct(
    distinct: Sequence[str], parser: Parser
) -> tuple[list[Any], dict[int, ParsedCell]]:
    """The value of each text, and those with notes."""
    if isinstance(parser, FreeText):
        # Most free texts are taken as they are: one look at all of them finds the others.
        special = pc.match_substring_regex(pa.array(distinct, pa.string()), parser.special)
        values: list[Any] = list(map(parser.plain, distinct))
        cells = {
            code: parser.closer(distinct[code])
            for code in np.flatnonzero(special.to_numpy(zero_copy_only=False)).tolist()
        }
        for code, cell in cells.items():
            values[code] = cell.value
    else:
        cells = {code: _parse_cell(text, parser) for code, text in enumerate(distinct)}
        values = [cell.value for cell in cells.values()]
    return values, {code: cell for code, cell in cells.items() if cell.notes}


def _parse_cell(text: str, parser: ParseText) -> ParsedCell:
    return refused(CellFinding.SPREADSHEET_ERROR) if text in SPREADSHEET_ERRORS else parser(text)


def _findings(
    table: ActivityTable,
    label: str,
    distinct: Sequence[str],
    rows: Positions,
    codes: Positions,
    noted: Mapping[int, ParsedCell],
) -> list[Finding]:
    """The notes on cells as findings, in the order of rows."""
    if not noted:
        return []
    is_noted = np.isin(codes, list(noted))
    return [
        Finding(kind, table.sheet, table.numbers[row], label, distinct[code], became, detail)
        for row, code in zip(rows[is_noted].tolist(), codes[is_noted].tolist(), strict=True)
        for kind, became, detail in noted[code].notes
    ]


def _read_cost(table: ActivityTable, records: Records) -> Checked[Records]:
    """Read amounts in the unit of their header: a unit in the cell itself goes before it."""
    column = table.column("city_cost_yen")
    factor = factor_of_header(column.label) if column else 1
    if column is None or factor == 1:
        return _read(table, records, column, "city_cost_yen", yen)

    def parse(text: str) -> ParsedCell:
        cell = yen(text)
        if cell.value is None or "円" in text:
            return cell
        return mended(cell.value * factor, CellFinding.NUMBER_SPELLING, str(cell.value * factor))

    read = _read(table, records, column, "city_cost_yen", parse)
    unit = table.finding(TableFinding.HEADER_UNIT, label=column.label, found=column.label)
    return Checked(read.value, [unit, *read.findings])


def _read_places(table: ActivityTable, records: Records, parser: ParseText) -> Checked[Records]:
    """Read districts: by their ids, by names where a row has no id."""
    ids, names = table.column("district_ids"), table.column("district_names")
    column = ids or names
    if ids and names:
        pairs = zip(ids.texts.cells(), names.texts.cells(), strict=True)
        column = replace(ids, texts=DistinctTexts.of([first or second for first, second in pairs]))
    return _read(table, records, column, "district_ids", parser)


def _check_place_names(
    table: ActivityTable, records: Records, parser: ParseText
) -> Checked[Records]:
    """Find where ids and names of districts say different things."""
    ids, names = table.column("district_ids"), table.column("district_names")
    if ids is None or names is None:
        return Checked(records)
    findings, agrees = [], {}
    for row, pair in enumerate(zip(ids.texts.cells(), names.texts.cells(), strict=True)):
        if not all(pair) or not records.is_touched[row]:
            continue
        if pair not in agrees:
            agrees[pair] = parser(pair[0]).value == parser(pair[1]).value
        if not agrees[pair]:
            kind = CellFinding.PLACES_DIFFER
            findings.append(table.finding(kind, row, names.label, found=pair[1]))
    return Checked(records, findings)


def activity_number(text: str) -> ParsedCell:
    """Parse the number of another activity."""
    number = unicodedata.normalize("NFKC", text).strip()
    if not number:
        return ParsedCell()
    is_id = ACTIVITY_ID.fullmatch(number)
    return ParsedCell(number) if is_id else refused(CellFinding.ID_UNREADABLE)


def _apply_certainty(table: ActivityTable, records: Records) -> Checked[Records]:
    """One column of forms and one that says how sure they are, as in the shipped record."""
    column = table.column("form_certainty")
    if column is None or table.column("forms_implied") is not None:
        return Checked(records)
    stated, implied = records.values["stated"], records.values["implied"]
    parsed = _parse(table, column, np.arange(len(stated)), _certainty)
    is_implied = parsed.value.values == "implied"
    otherwise = np.where(parsed.value.is_read, 0, implied)
    columns = {
        "stated": np.where(is_implied, 0, stated),
        "implied": np.where(is_implied, stated, otherwise),
    }
    split = replace(records.with_values(columns), given=records.given | {"implied"})
    return Checked(split, parsed.findings)


def _certainty(text: str) -> ParsedCell:
    if not text.strip():
        return ParsedCell()
    known = synonyms("certainty").get(word_key(text))
    choices = "使えるのは 明記、推定、不明 です"
    return ParsedCell(known) if known else refused(CellFinding.TERM_UNKNOWN, choices)


def _read_scopes(table: ActivityTable, records: Records) -> Checked[Records]:
    """Read bands: what is written decides, or nothing, in place of the one on record."""
    column = table.column("scopes")
    if column is None:
        return Checked(records)
    rows = _changed_rows(records, column, "scopes")
    parsed = _parse(table, column, rows, TermReader("scope", Scope).mask)
    recorded = records.values["scope_recorded"].copy()
    recorded[parsed.value.read_rows] = None
    scopes = parsed.value.put_into(records.scopes)
    read = replace(records.with_given({"scope_recorded": recorded}, rows), scopes=scopes)
    return Checked(read, parsed.findings)


def _read_days(table: ActivityTable, records: Records, name: str) -> Checked[Records]:
    """Read first or last days; a period in the first column fills the second."""
    column = table.column(name)
    if column is None:
        return Checked(records)
    rows, years = _changed_rows(records, column, name), records.values["fiscal_year"]
    parsed = _parse(table, _with_years(column, years), rows, days)
    read = parsed.value
    starts = objects((day.start if day else None for day in read.values), len(rows))
    columns = {name: replace(read, values=starts).put_into(records.values[name])}
    more: list[tuple[int, Days]] = [
        (row, day)
        for row, day in zip(read.read_rows.tolist(), read.read_values, strict=True)
        if day.end or day.fiscal_year
    ]
    ends = {row: day.end for row, day in more if day.end and name == "start_date"}
    if ends:
        columns["end_date"] = with_cells(records.values["end_date"], ends)
    undated = {row: day.fiscal_year for row, day in more if day.fiscal_year and years[row] is None}
    dated = records.with_given(columns, rows)
    return Checked(dated.with_values({"fiscal_year": with_cells(years, undated)}), parsed.findings)


def _with_years(column: SourceColumn, years: Objects) -> SourceColumn:
    """The column with the fiscal year of the row before days that have no year."""
    is_bare = column.texts.where(WITHOUT_YEAR.match)
    rows = np.flatnonzero(is_bare & (years != None))  # noqa: E711 - elementwise
    if not len(rows):
        return column
    cells = column.texts.cells()
    cells[rows] = objects((completed(cells[row], years[row]) for row in rows), len(rows))
    return replace(column, texts=DistinctTexts.of(cells.tolist()))
