"""What has to hold within one row, and between the rows of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache

import numpy as np

from kyodo_geo.export.columns import ACTIVITY_COLUMNS
from kyodo_geo.intake.current import EMPTY
from kyodo_geo.intake.dates import fiscal_year_of
from kyodo_geo.intake.findings import Check
from kyodo_geo.intake.records import Records
from kyodo_geo.intake.table import IGNORED_FIELDS, Table
from kyodo_geo.vocabulary import (
    SCOPE_FORMS,
    ActorType,
    Field,
    Form,
    Scope,
    Status,
    mask_of,
    possible_scopes,
    terms_in,
)

LABELS = {column.name: column.label for column in ACTIVITY_COLUMNS}


def check_records(table: Table, records: Records, unknown_place: int) -> None:
    """Complete and check rows that differ from the record; adds findings.

    `unknown_place` is the mask of 地区不明.
    """
    rows = [int(row) for row in np.flatnonzero(records.is_touched)]
    _check_required(table, records, rows)
    _check_times(table, records, rows)
    _complete_places(table, records, rows, unknown_place)
    _use_defaults(table, records, rows)
    _part_forms(table, records, rows)
    _decide_scopes(table, records, rows)
    _refuse_same_rows(table, records)


def _label(table: Table, name: str) -> str:
    column = table.column(name)
    return column.label if column else LABELS[name]


def _check_required(table: Table, records: Records, rows: Iterable[int]) -> None:
    titles, actors = records.values["title"], records.values["actor_mask"]
    refused = table.refused_cells()
    for name, values in (("title", titles), ("actors", actors)):
        label = _label(table, name)
        for row in rows:
            if not values[row] and (table.numbers[row], label) not in refused:
                table.find(Check.MISSING, table.numbers[row], label)


def _check_times(table: Table, records: Records, rows: Iterable[int]) -> None:
    years = records.values["fiscal_year"]
    starts, ends = records.values["start_date"], records.values["end_date"]
    label, refused = _label(table, "fiscal_year"), table.refused_cells()
    for row in rows:
        start: date | None = starts[row]
        if start is None or (table.numbers[row], label) in refused:
            continue
        number, year = table.numbers[row], fiscal_year_of(start)
        if years[row] is None:
            years[row] = year
            table.find(Check.YEAR_FROM_DATE, number, label, found=str(start), became=str(year))
        elif years[row] != year:
            told = f"日付は{year}年度です"
            table.find(Check.YEAR_MISMATCH, number, label, found=str(years[row]), detail=told)
        if ends[row] is not None and ends[row] < start:
            period = f"{start}〜{ends[row]}"
            table.find(Check.ENDS_BEFORE_START, number, _label(table, "end_date"), found=period)


def _complete_places(table: Table, records: Records, rows: Iterable[int], unknown: int) -> None:
    masks = records.values["district_mask"]
    label, refused = _label(table, "district_ids"), table.refused_cells()
    for row in rows:
        if not masks[row]:
            masks[row] = unknown
            if not records.is_there[row] and (table.numbers[row], label) not in refused:
                table.find(Check.PLACE_BLANK, table.numbers[row], label)


def _use_defaults(table: Table, records: Records, rows: list[int]) -> None:
    is_any_new = not records.is_there.all()
    for name, term in (("field", Field.OTHER), ("status", Status.REPORTED)):
        if name not in records.given:
            if is_any_new:
                table.find(Check.DEFAULT_USED, column=LABELS[name], became=term.label)
            continue
        values = records.values[name]
        for row in rows:
            if values[row] is None:
                values[row] = EMPTY[name]
                label = _label(table, name)
                table.find(Check.DEFAULT_USED, table.numbers[row], label, became=term.label)


def _part_forms(table: Table, records: Records, rows: Iterable[int]) -> None:
    stated, implied = records.values["stated"], records.values["implied"]
    for row in rows:
        if both := stated[row] & implied[row]:
            implied[row] &= ~stated[row]
            labels = "、".join(form.label for form in terms_in(Form, both))
            label = _label(table, "forms_implied")
            table.find(Check.FORM_TWICE, table.numbers[row], label, found=labels)


def _decide_scopes(table: Table, records: Records, rows: Iterable[int]) -> None:
    """Bands that follow from actors and forms are not recorded, others are.

    A cell left as our export wrote it leaves the recorded band alone.
    """
    values, recorded = records.values, records.values["scope_recorded"]
    for row in rows:
        written = records.scopes[row]
        forms = values["stated"][row] | values["implied"][row]
        if written:
            bands = terms_in(Scope, written)
            derived = written == _derived(values["actor_mask"][row], forms)
            recorded[row] = None if derived or len(bands) > 1 else str(bands[0])
            if len(bands) > 1 and not derived:
                found = "、".join(band.label for band in bands)
                label = _label(table, "scopes")
                table.find(Check.SCOPES_AMBIGUOUS, table.numbers[row], label, found=found)
        if recorded[row] and (strange := _not_named(recorded[row], forms)):
            label = _label(table, "forms_stated")
            table.find(Check.FORM_BAND, table.numbers[row], label, found=strange)


@cache
def _derived(actors: int, forms: int) -> int:
    return mask_of(possible_scopes(terms_in(ActorType, actors), terms_in(Form, forms)))


@cache
def _not_named(scope_id: str, forms: int) -> str:
    """The forms the guideline does not name for a band; for 市民の範囲 and the like none."""
    named = SCOPE_FORMS.get(Scope.of(scope_id))
    strange = [form.label for form in terms_in(Form, forms) if named and form not in named]
    return "、".join(strange)


def _refuse_same_rows(table: Table, records: Records) -> None:
    told = [c.cells for c in table.columns if c.field and c.field not in IGNORED_FIELDS]
    times = Counter(activity_id for activity_id in records.ids if activity_id)
    first: dict[tuple[str, ...], int] = {}
    for row, cells in enumerate(zip(*told, strict=True)):
        number = table.numbers[row]
        earlier = first.setdefault(cells, number)
        if earlier != number:
            table.find(Check.SAME_ROW, number, detail=f"{earlier}行目と同じです")
        elif times[records.ids[row]] > 1:
            label = _label(table, "activity_id")
            table.find(Check.SAME_ID, number, label, found=records.ids[row])
