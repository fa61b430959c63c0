"""What has to hold within one row, and between the rows of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kyodo_geo.editions import Edition
from kyodo_geo.editions.load import UNKNOWN_PLACE_ID
from kyodo_geo.imports.activities.continuation_checks import check_continuations
from kyodo_geo.imports.activities.current_rows import EMPTY
from kyodo_geo.imports.activities.point_checks import check_points
from kyodo_geo.imports.activities.records import Records
from kyodo_geo.imports.activities.table import IGNORED_FIELDS, ActivityTable
from kyodo_geo.japanese import fiscal_year_of
from kyodo_geo.tabular.column_arrays import objects
from kyodo_geo.tabular.findings import Check
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


def check_records(table: ActivityTable, records: Records, edition: Edition) -> None:
    """Complete and check rows that differ from the record; adds findings."""
    _check_required(table, records)
    _check_times(table, records)
    check_points(table, records, edition)
    _complete_places(table, records, edition.place_by_id[UNKNOWN_PLACE_ID].mask)
    _use_defaults(table, records)
    _part_forms(table, records)
    _decide_scopes(table, records)
    check_continuations(table, records, edition)
    _refuse_same_rows(table, records)


def _rows(records: Records, condition: NDArray[np.bool_]) -> Iterator[int]:
    """Rows that differ from the record and of which something holds."""
    return (int(row) for row in np.flatnonzero(records.is_touched & condition))


def _check_required(table: ActivityTable, records: Records) -> None:
    for name, value in (("title", "title"), ("actors", "actor_mask")):
        label = table.label(name)
        for row in _rows(records, records.values[value] == EMPTY[value]):
            if (table.numbers[row], label) not in table.refused_cells:
                table.find(Check.MISSING, table.numbers[row], label)


def _check_times(table: ActivityTable, records: Records) -> None:
    years, starts = records.values["fiscal_year"], records.values["start_date"]
    known = {day: fiscal_year_of(day) for day in set(starts) if day is not None}
    of_dates = objects(map(known.get, starts), len(starts))
    label = table.label("fiscal_year")
    for row in _rows(records, (of_dates != None) & (years != of_dates)):  # noqa: E711
        number, year, start = table.numbers[row], of_dates[row], starts[row]
        if (number, label) in table.refused_cells:
            continue
        if years[row] is None:
            years[row] = year
            table.find(Check.YEAR_FROM_DATE, number, label, found=str(start), became=str(year))
        else:
            told = f"日付は{year}年度です"
            table.find(Check.YEAR_MISMATCH, number, label, found=str(years[row]), detail=told)
    _check_periods(table, records)


def _check_periods(table: ActivityTable, records: Records) -> None:
    starts, ends = records.values["start_date"], records.values["end_date"]
    for row in _rows(records, (starts != None) & (ends != None)):  # noqa: E711 - elementwise
        if ends[row] < starts[row]:
            period, label = f"{starts[row]}〜{ends[row]}", table.label("end_date")
            table.find(Check.ENDS_BEFORE_START, table.numbers[row], label, found=period)


def _complete_places(table: ActivityTable, records: Records, unknown: int) -> None:
    masks, label = records.values["district_mask"], table.label("district_ids")
    for row in _rows(records, masks == 0):
        number = table.numbers[row]
        if not records.is_there[row] and (number, label) not in table.refused_cells:
            table.find(Check.PLACE_BLANK, number, label)
    masks[masks == 0] = unknown


def _use_defaults(table: ActivityTable, records: Records) -> None:
    is_any_new = not records.is_there.all()
    for name, term in (("field", Field.OTHER), ("status", Status.REPORTED)):
        if name not in records.given:
            if is_any_new:
                table.find(Check.DEFAULT_USED, column=table.label(name), became=term.label)
            continue
        values, label = records.values[name], table.label(name)
        for row in _rows(records, values == None):  # noqa: E711 - elementwise
            values[row] = EMPTY[name]
            table.find(Check.DEFAULT_USED, table.numbers[row], label, became=term.label)


def _part_forms(table: ActivityTable, records: Records) -> None:
    stated, implied = records.values["stated"], records.values["implied"]
    both, label = stated & implied, table.label("forms_implied")
    for row in _rows(records, both != 0):
        implied[row] &= ~both[row]
        labels = "、".join(form.label for form in terms_in(Form, both[row]))
        table.find(Check.FORM_TWICE, table.numbers[row], label, found=labels)


def _decide_scopes(table: ActivityTable, records: Records) -> None:
    """Bands that follow from actors and forms are not recorded, others are.

    A cell left as our export wrote it leaves the recorded band alone.
    """
    recorded, actors = records.values["scope_recorded"], records.values["actor_mask"]
    forms = records.values["stated"] | records.values["implied"]
    for row in _rows(records, records.scopes != 0):
        bands = terms_in(Scope, records.scopes[row])
        is_derived = records.scopes[row] == _derived(int(actors[row]), int(forms[row]))
        recorded[row] = None if is_derived or len(bands) > 1 else str(bands[0])
        if len(bands) > 1 and not is_derived:
            found, label = "、".join(band.label for band in bands), table.label("scopes")
            table.find(Check.SCOPES_AMBIGUOUS, table.numbers[row], label, found=found)
    for row in _rows(records, recorded != None):  # noqa: E711 - elementwise
        if strange := _not_named(recorded[row], int(forms[row])):
            label = table.label("forms_stated")
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


def _refuse_same_rows(table: ActivityTable, records: Records) -> None:
    told = [c for c in table.columns if c.field and c.field not in IGNORED_FIELDS]
    codes = pd.DataFrame({n: column.codes for n, column in enumerate(told)})
    is_same = codes.duplicated().to_numpy()
    first = {tuple(codes.iloc[row]): row for row in reversed(_partners(codes, is_same))}
    for row in map(int, np.flatnonzero(is_same)):
        detail = f"{table.numbers[first[tuple(codes.iloc[row])]]}行目と同じです"
        table.find(Check.SAME_ROW, table.numbers[row], detail=detail)
    times = Counter(activity_id for activity_id in records.ids if activity_id)
    label = table.label("activity_id")
    for row, activity_id in enumerate(records.ids) if len(times) < sum(times.values()) else ():
        if times[activity_id] > 1 and not is_same[row]:
            table.find(Check.SAME_ID, table.numbers[row], label, found=activity_id)


def _partners(codes: pd.DataFrame, is_same: NDArray[np.bool_]) -> list[int]:
    """Rows that are the same as any other."""
    if not is_same.any():
        return []
    return [int(row) for row in np.flatnonzero(codes.duplicated(keep=False).to_numpy())]
