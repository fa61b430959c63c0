"""Comparison of two editions: what differs, and its impact on the figures per place."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from kyodo_geo.editions import Edition, EditionStore, Place
from kyodo_geo.editions.diff import Difference, compare
from kyodo_geo.japanese import count_label
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Scope

PLACE_KINDS = ("district", "citywide", "unknown", "all")


@dataclass(frozen=True)
class Figures:
    """Figures of one place as the maps show them.

    `records` counts all activities, `kyodo` those that are 協働 (実件数). `participants` sums
    the participants of 協働, None where none of them states a number.
    """

    records: int
    kyodo: int
    participants: int | None


@dataclass(frozen=True)
class PlaceImpact:
    """Figures of one place before and after; None in an edition without the place."""

    place: Place
    before: Figures | None
    after: Figures | None


@dataclass(frozen=True)
class Comparison:
    """Difference of two editions, and the places whose figures differ, in display order."""

    difference: Difference
    effects: tuple[PlaceImpact, ...]


def compare_editions(
    store: EditionStore, number_before: int, number_after: int, limit: int | None = None
) -> Comparison:
    """Compare edition `number_after` with `number_before`, unfiltered; cut lists at `limit`.

    Both files are closed afterwards. Raises EditionError if an edition is missing or unreadable.
    """
    before, after = store.open(number_before), store.open(number_after)
    return Comparison(compare(before, after, limit), effects(before, after))


def effects(before: Edition, after: Edition) -> tuple[PlaceImpact, ...]:
    """Return the districts, 全市, 地区不明 and the total whose figures differ."""
    was, now = _figures(before), _figures(after)
    places = {place.place_id: place for place in (*after.places, *before.places)}
    return tuple(
        PlaceImpact(place, was.get(place_id), now.get(place_id))
        for place_id, place in places.items()
        if place.kind in PLACE_KINDS and was.get(place_id) != now.get(place_id)
    )


def effect_texts(effect: PlaceImpact) -> tuple[str, str, str]:
    """Return records, 協働 and participants as 「12 → 13（＋1）」, unchanged ones as 「12」."""
    before, after = (astuple(f) if f else (None,) * 3 for f in (effect.before, effect.after))
    records, kyodo, participants = map(_describe_change, before, after)
    return records, kyodo, participants


def _describe_change(before: int | None, after: int | None) -> str:
    if before == after:
        return count_label(after, "")
    step = "" if before is None or after is None else f"（{after - before:+,}）"
    return f"{count_label(before, '')} → {count_label(after, '')}{step}"


def _figures(edition: Edition) -> dict[str, Figures]:
    """Figures by place id."""
    everything = summarise(edition, Filters(scopes=tuple(Scope))).rows()
    kyodo = summarise(edition, Filters()).rows()
    return {
        row.place.place_id: Figures(of_all.activities, row.activities, row.participants)
        for of_all, row in zip(everything, kyodo, strict=True)
    }
