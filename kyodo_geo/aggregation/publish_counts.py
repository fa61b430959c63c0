"""Publish counts of a very large record as an edition of figures alone (decision 39)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import Edition, EditionStore, Publication
from kyodo_geo.editions.load import UNKNOWN_PLACE_ID
from kyodo_geo.editions.sql import sql_text
from kyodo_geo.editions.store import refuse_another_edition
from kyodo_geo.errors import SourceDataError
from kyodo_geo.filters.query_string import FIRST_YEAR, LAST_YEAR
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Field, Scope, Status, Term

ACTION = "件数の集計"
REPLACED = ("activity", "activity_count", "review", "rating")
"""Tables that are emptied in such an edition, or filled with counts."""

NEXT_STEP = "もとの資料を直して、数え直してください"

Masks = Mapping[str, int]


def mask_counts(groups: pa.Table, edition: Edition) -> pa.Table:
    """Replace the texts in rows of `count_record.sql` by masks, for `insert_counts.sql`.

    Terms of a cell are separated by `;`, each an id or a label; districts are ids. Raises
    SourceDataError if a term is unknown, a required one is missing, or a year is out of range.
    """
    # The masks of regions and of the total are made of these.
    districts = {p.place_id: p.mask for p in edition.places if p.kind not in ("region", "all")}
    districts[""] = districts[UNKNOWN_PLACE_ID]
    forms = _masks(KNOWN_FORMS) | {"": 0}
    columns = {
        "district_mask": _column(groups, "district_ids", districts),
        "stated": _column(groups, "forms_stated", forms),
        "implied": _column(groups, "forms_implied", forms),
        "actor_mask": _column(groups, "actors", _masks(ActorType)),
        "recorded": _column(groups, "scope_recorded", _masks(Scope) | {"": 0}, is_set=False),
        "field_mask": _column(groups, "field", _masks(Field), is_set=False),
        "status_mask": _column(groups, "status", _masks(Status), is_set=False),
    }
    _refuse_invalid_years(groups["fiscal_year"])
    kept = ("fiscal_year", "activities", "participants_known", "participants")
    return pa.table({name: groups[name] for name in kept} | columns)


def publish_counts(
    store: EditionStore, edition: Edition, rows: pa.Table, source: str, person: Person
) -> int:
    """Publish rows of `mask_counts` as an edition of figures alone; return its number.

    `edition` is the one whose masks they use, `source` the name of the counted record. Districts,
    boundaries and populations stay; activities and reviews remain in earlier editions. Raises
    AccessError for anyone but an official, StaleError if there is a newer edition, and what
    `EditionStore.publish` raises.
    """
    require(person, Role.OFFICIAL, ACTION)

    def change(con: duckdb.DuckDBPyConnection) -> None:
        # The masks hold for the districts of this edition alone.
        refuse_another_edition(con, edition.info.number, source)
        for table in REPLACED:
            con.execute(f"DELETE FROM {table}")
        con.register("counted", rows)
        con.execute(sql_text(__package__, "insert_counts"))
        con.unregister("counted")

    publication = Publication(
        published_by=person.name,
        action=ACTION,
        description=f"{source} の活動{activities_in(rows):,}件を数えた、件数だけの版",
        source_files=(source,),
    )
    return store.publish(change, publication)


def activities_in(rows: pa.Table) -> int:
    """Sum the activities in rows of `mask_counts`."""
    return pc.sum(rows["activities"]).as_py() or 0


def _refuse_invalid_years(years: pa.ChunkedArray) -> None:
    for year in pc.unique(years).to_pylist():
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise SourceDataError(
                where="列 fiscal_year",
                found=f"「{year}」という年度があります",
                expected=f"使えるのは {FIRST_YEAR} から {LAST_YEAR} までです",
                next_step=NEXT_STEP,
            )


def _masks(terms: Iterable[Term]) -> dict[str, int]:
    """Map identifiers and labels of terms to their bits."""
    return {name: term.bit for term in terms for name in (str(term), term.label)}


def _column(groups: pa.Table, name: str, masks: Masks, *, is_set: bool = True) -> pa.Array:
    """Convert a column of texts to masks."""
    # By dictionary: a text that occurs a million times is read once.
    texts = pc.fill_null(groups[name].cast(pa.string()), "").combine_chunks().dictionary_encode()
    read = [_mask(text, name, masks, is_set) for text in texts.dictionary.to_pylist()]
    return pa.array(read, pa.int64()).take(texts.indices)


def _mask(text: str, name: str, masks: Masks, is_set: bool) -> int:
    mask = 0
    for term in text.split(";") if is_set else (text,):
        if term not in masks:
            raise SourceDataError(
                where=f"列 {name}",
                found=f"「{term}」という値があります" if term else "空のところがあります",
                expected=f"使える値は {'、'.join(filter(None, masks))} です",
                next_step=NEXT_STEP,
            )
        mask |= masks[term]
    return mask
