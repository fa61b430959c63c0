"""A record too large for one machine as an edition of figures alone."""

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
"""Tables of an edition in whose place counts alone are put."""

NEXT_STEP = "もとの資料を直して、数え直してください"

Masks = Mapping[str, int]


def masked(groups: pa.Table, edition: Edition) -> pa.Table:
    """The rows of `count_record.sql` with masks in place of texts, as `insert_counts.sql` reads
    them.

    Several terms of a cell are separated by `;`, each an id or a label; districts are ids. Raises
    SourceDataError for a term that is not known, where a cell that needs one has none, and for
    a year that can't be one.
    """
    districts = {p.place_id: p.mask for p in edition.places if p.kind not in ("region", "all")}
    forms, no_form = _masks(KNOWN_FORMS), {"": 0}
    columns = {
        "district_mask": _column(
            groups, "district_ids", districts | {"": districts[UNKNOWN_PLACE_ID]}
        ),
        "stated": _column(groups, "forms_stated", forms | no_form),
        "implied": _column(groups, "forms_implied", forms | no_form),
        "actor_mask": _column(groups, "actors", _masks(ActorType)),
        "recorded": _column(groups, "scope_recorded", _masks(Scope) | {"": 0}, is_set=False),
        "field_mask": _column(groups, "field", _masks(Field), is_set=False),
        "status_mask": _column(groups, "status", _masks(Status), is_set=False),
    }
    _refuse_wild_years(groups["fiscal_year"])
    kept = ("fiscal_year", "activities", "participants_known", "participants")
    return pa.table({name: groups[name] for name in kept} | columns)


def publish_counts(
    store: EditionStore, edition: Edition, rows: pa.Table, source: str, person: Person
) -> int:
    """Publish rows of `masked` as an edition of figures alone; returns its number.

    `edition` is the one they were read with, `source` names what was counted. Districts,
    boundaries and populations stay; activities and reviews are those of earlier editions only.
    Raises AccessError for anyone but an official, StaleError where there is a newer edition, and
    whatever `EditionStore.publish` raises.
    """
    require(person, Role.OFFICIAL, ACTION)

    def change(con: duckdb.DuckDBPyConnection) -> None:
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
    """How many activities the rows of `masked` stand for."""
    return pc.sum(rows["activities"]).as_py() or 0


def _refuse_wild_years(years: pa.ChunkedArray) -> None:
    for year in pc.unique(years).to_pylist():
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise SourceDataError(
                where="列 fiscal_year",
                found=f"「{year}」という年度があります",
                expected=f"使えるのは {FIRST_YEAR} から {LAST_YEAR} までです",
                next_step=NEXT_STEP,
            )


def _masks(terms: Iterable[Term]) -> dict[str, int]:
    """Bits by identifier and by label."""
    return {name: term.bit for term in terms for name in (str(term), term.label)}


def _column(groups: pa.Table, name: str, masks: Masks, *, is_set: bool = True) -> pa.Array:
    """The masks of a column of texts; each text is read once."""
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
