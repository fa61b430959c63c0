"""Two editions compared: what was changed, and what that does to the figures of places."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.editions import Edition, EditionStore, Place
from kyodo_geo.editions.diff import Difference, compare
from kyodo_geo.japanese import count_label
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Scope

PLACE_KINDS = ("district", "citywide", "unknown", "all")


@dataclass(frozen=True)
class Figures:
    """Figures of one place that the maps show.

    `records` counts all activities, 協働 or not; `kyodo` those that are 協働 (実件数), and
    `participants` their participants, None where none of them states a number.
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
    """What was changed, and the places whose figures differ for it, in display order."""

    difference: Difference
    effects: tuple[PlaceImpact, ...]


def compare_editions(
    store: EditionStore, number_before: int, number_after: int, limit: int | None = None
) -> Comparison:
    """Edition `number_after` against `number_before`, unfiltered; lists are cut at `limit`.

    Both files are closed again afterwards. Raises EditionError for an edition that is not
    there or can't be read.
    """
    before, after = store.open(number_before), store.open(number_after)
    return Comparison(compare(before, after, limit), effects(before, after))


def effects(before: Edition, after: Edition) -> tuple[PlaceImpact, ...]:
    """The districts, 全市, 地区不明 and the whole, where their figures differ."""
    was, now = _figures(before), _figures(after)
    places = {place.place_id: place for place in (*after.places, *before.places)}
    return tuple(
        PlaceImpact(place, was.get(place_id), now.get(place_id))
        for place_id, place in places.items()
        if place.kind in PLACE_KINDS and was.get(place_id) != now.get(place_id)
    )


def effect_texts(effect: PlaceImpact) -> tuple[str, str, str]:
    """Records, 協働 and participants as 「12 → 13（＋1）」, or as they are where they stay."""
    before, after = _values(effect.before), _values(effect.after)
    records, kyodo, participants = (_moved(*pair) for pair in zip(before, after, strict=True))
    return records, kyodo, participants


def _values(figures: Figures | None) -> tuple[int | None, ...]:
    if figures is None:
        return None, None, None
    return figures.records, figures.kyodo, figures.participants


def _moved(before: int | None, after: int | None) -> str:
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
