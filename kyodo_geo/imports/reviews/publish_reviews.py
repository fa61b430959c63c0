"""Examined reviews become a new edition, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import EditionStore, Publication
from kyodo_geo.editions.store import DraftWriter, OnStep, refuse_another_edition
from kyodo_geo.errors import IntakeError, StaleError
from kyodo_geo.export.writers.review_rows import review_texts
from kyodo_geo.imports.reviews.file import ReviewExamination
from kyodo_geo.measures.activities.listing import find_activity
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.model import Review
from kyodo_geo.vocabulary import mask_of

ACTION = "ふりかえり"

REVIEW = pa.schema(
    [
        ("activity_id", pa.string()),
        ("reviewed_on", pa.date32()),
        ("reviewed_by", pa.string()),
        ("expected_mask", pa.int64()),
        ("seen_mask", pa.int64()),
        ("lesson", pa.string()),
        ("next_step", pa.string()),
        ("is_settled", pa.bool_()),
    ]
)
RATING = pa.schema(
    [
        ("activity_id", pa.string()),
        ("principle", pa.string()),
        ("step", pa.int8()),
        ("word", pa.string()),
    ]
)


def save(
    store: EditionStore,
    review: Review,
    before: Mapping[str, str],
    person: Person,
    on_step: OnStep | None = None,
) -> int:
    """Publish one review as an edition, in place of the one before; returns its number.

    `before` are the texts of the review it was written over (empty for none). Raises AccessError
    for anyone but an official, StaleError if somebody has written another one meanwhile,
    IntakeError if it changes nothing or its activity is gone, and whatever
    `EditionStore.publish` raises.
    """
    require(person, Role.OFFICIAL, ACTION)
    edition = store.current()
    activity = find_activity(edition, review.activity_id)
    where = f"{review.activity_id}のふりかえり"
    if activity is None:
        raise IntakeError(where, f"活動が、{edition.info.label}の記録にありません")
    present = all_reviews(edition).get(review.activity_id)
    if (review_texts(present) if present else {}) != dict(before):
        raise StaleError(
            where=where,
            found="書いている間に、ほかの人が書き直しました",
            expected="まだ何も変えていません",
            next_step="いまのふりかえりを見てから、もう一度公開してください",
        )
    if review == present:
        raise IntakeError(where, "いまのふりかえりと変わるところがありません")
    done = "書き直し" if present else "追加"
    description = f"{activity.activity_id}「{activity.title}」のふりかえりを{done}"
    change = _review_writer([review], edition.info.number, where)
    return store.publish(change, Publication(person.name, ACTION, description), on_step)


def publish_reviews(
    store: EditionStore,
    examination: ReviewExamination,
    person: Person,
    on_step: OnStep | None = None,
) -> int:
    """Publish the new and changed reviews of a file as one edition; returns its number.

    Raises AccessError for anyone but an official, IntakeError if there is nothing to publish,
    StaleError if the edition is no longer the one the file was compared with, and whatever
    `EditionStore.publish` raises.
    """
    require(person, Role.OFFICIAL, ACTION)
    plan = examination.plan_to_publish()
    new, changed = plan.counts["new"], plan.counts["changed"]
    taken = f"新規{new:,}件、変更{changed:,}件"
    description = f"{examination.file_name} のふりかえりを取り込み（{taken}）"
    change = _review_writer(plan.reviews, examination.edition_number, examination.file_name)
    return store.publish(change, examination.publication(person, ACTION, description), on_step)


def _review_writer(reviews: Sequence[Review], edition_number: int, where: str) -> DraftWriter:
    """Build what makes an edition hold these reviews, each in place of the one before.

    Applied to an edition other than that number, it raises StaleError.
    """
    rows = {"review": _review_rows(reviews), "rating": _rating_rows(reviews)}

    def change(con: duckdb.DuckDBPyConnection) -> None:
        refuse_another_edition(con, edition_number, where)
        con.register("written", rows["review"])
        for table in rows:
            con.execute(
                f"DELETE FROM {table} WHERE activity_id IN (SELECT activity_id FROM written)"
            )
        con.unregister("written")
        for table, written in rows.items():
            con.register("written", written)
            con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM written")
            con.unregister("written")

    return change


def _review_rows(reviews: Sequence[Review]) -> pa.Table:
    rows = [
        {
            "activity_id": review.activity_id,
            "reviewed_on": review.reviewed_on,
            "reviewed_by": review.reviewed_by,
            "expected_mask": mask_of(review.expected),
            "seen_mask": mask_of(review.seen),
            "lesson": review.lesson,
            "next_step": review.next_step,
            "is_settled": review.is_settled,
        }
        for review in reviews
    ]
    return pa.Table.from_pylist(rows, schema=REVIEW)


def _rating_rows(reviews: Sequence[Review]) -> pa.Table:
    rows = [
        {
            "activity_id": review.activity_id,
            "principle": str(principle),
            "step": rating.grade.step if rating.grade else None,
            "word": rating.word,
        }
        for review in reviews
        for principle, rating in review.ratings.items()
    ]
    return pa.Table.from_pylist(rows, schema=RATING)
