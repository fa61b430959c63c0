"""A picture of the districts: which swatch, text and circle each one gets, and the legend.

The same picture is painted on the map, on the tile grid and into the legend, so that
colours and their meaning cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from math import sqrt
from typing import Any

from kyodo_geo.japanese import count_label, rounded
from kyodo_geo.maps import palette
from kyodo_geo.maps.classification import ClassBand, Classes, ClassMethod, classify
from kyodo_geo.vocabulary import Term

LARGEST_RADIUS_PX = 20
SMALLEST_RADIUS_PX = 3


class SwatchKind(Enum):
    """How a swatch is filled."""

    FILL = "fill"
    HATCH = "hatch"
    OUTLINE = "outline"
    CIRCLE = "circle"
    RING = "ring"


@dataclass(frozen=True)
class Swatch:
    """One entry of a legend: what it looks like, what it means, how many districts have it."""

    colour: str
    label: str
    kind: SwatchKind = SwatchKind.FILL
    count: int = 0
    mark: str = ""
    radius_px: float | None = None


@dataclass(frozen=True)
class Unit:
    """How the numbers of a picture are written: with so many digits, then the unit."""

    name: str = ""
    digits: int = 0


@dataclass(frozen=True)
class Patch:
    """What one district shows: its swatch, its value (a number, None: データなし, or words),
    a note or its rank, maybe a circle."""

    swatch: int
    value: float | str | None
    note: str | int = ""
    radius_px: float | None = None


@dataclass(frozen=True)
class Choropleth:
    """Everything a map, a tile grid and a legend need.

    `patches` are by district id, in the order of the districts. Ranks in their notes are
    out of `ranked`.
    """

    title: str
    swatches: tuple[Swatch, ...]
    patches: Mapping[str, Patch]
    unit: Unit = Unit()
    ranked: int = 0

    def with_notes(self, notes: Mapping[str, str | int], ranked: int = 0) -> Choropleth:
        """The same picture with a note or a rank on each district (shown on hover)."""
        patches = {
            place_id: replace(patch, note=notes.get(place_id, patch.note))
            for place_id, patch in self.patches.items()
        }
        return replace(self, patches=patches, ranked=ranked)

    def state(self) -> dict[str, Any]:
        """The picture as the scripts take it (see ui/components/static/widgets/map_panel.js)."""
        return {
            "swatches": self.colours(),
            "districts": [self._entry(patch) for patch in self.patches.values()],
            "unit": self.unit.name,
            "digits": self.unit.digits,
            "ranked": self.ranked,
        }

    def colours(self) -> list[tuple[str, str, int]]:
        """Colour, kind and whether ink on it is light, of each swatch."""
        return [
            (s.colour, s.kind.value, int(palette.ink_on(s.colour) == palette.LIGHT_INK))
            for s in self.swatches
        ]

    def told(self, patch: Patch) -> str:
        """What a district shows in words: 20件 27地区中3位."""
        note = f"{self.ranked}地区中{patch.note}位" if isinstance(patch.note, int) else patch.note
        return f"{self.value_told(patch)} {note}".strip()

    def value_told(self, patch: Patch) -> str:
        """Its value alone, with its unit."""
        if isinstance(patch.value, str):
            return patch.value
        return count_label(patch.value, self.unit.name, self.unit.digits)

    def _entry(self, patch: Patch) -> list[Any]:
        value = patch.value
        if isinstance(value, float):
            value = rounded(value, self.unit.digits)
        entry = [patch.swatch, value, patch.note, patch.radius_px]
        while entry[-1] in (None, "") and len(entry) > 2:
            entry.pop()
        return entry


def class_choropleth(
    title: str, values: Mapping[str, float | None], unit: Unit, method: ClassMethod
) -> Choropleth:
    """Districts filled by class; zero is white with an outline, missing is hatched."""
    classes = classify(values.values(), method)
    colours = palette.sequential(len(classes.bands)) if classes.bands else ()
    swatches = [
        *(
            Swatch(colour, _range(band, unit.digits), count=band.count)
            for colour, band in zip(colours, classes.bands, strict=True)
        ),
        Swatch(palette.ZERO, f"0{unit.name}", SwatchKind.OUTLINE, classes.zero_count),
        Swatch(palette.MISSING, "データなし", SwatchKind.HATCH, classes.missing_count),
    ]
    patches = {
        place_id: Patch(_class_swatch(value, classes), value) for place_id, value in values.items()
    }
    return Choropleth(title, tuple(swatches), patches, unit)


def circle_map(
    title: str, values: Mapping[str, float | None], unit: Unit, legend_values: Sequence[float]
) -> Choropleth:
    """Districts with circles whose area is proportional to the value.

    `legend_values`, at least one, are the example circles of the legend, largest first; every
    circle has the swatch of the first. Zero is a small ring, missing is hatched.
    """
    known = [v for v in values.values() if v]
    zeros, missing = (list(values.values()).count(value) for value in (0, None))
    largest = max(known, default=1)
    swatches = (
        *(
            Swatch(
                palette.CIRCLE,
                f"{value:,}{unit.name}",
                SwatchKind.CIRCLE,
                radius_px=_radius(value, largest),
            )
            for value in legend_values
        ),
        Swatch(palette.ZERO, f"0{unit.name}", SwatchKind.RING, zeros, radius_px=SMALLEST_RADIUS_PX),
        Swatch(palette.MISSING, "データなし", SwatchKind.HATCH, missing),
    )
    ring, hatch = len(swatches) - 2, len(swatches) - 1
    patches = {
        place_id: Patch(
            hatch if value is None else 0 if value else ring,
            value,
            radius_px=None if value is None else _radius(value, largest),
        )
        for place_id, value in values.items()
    }
    return Choropleth(title, swatches, patches, unit)


def category_choropleth(
    title: str,
    categories: Mapping[str, tuple[Term, ...]],
    texts: Mapping[str, str],
    colours: Mapping[Any, str],
    none_label: str,
) -> Choropleth:
    """Districts filled by category; several categories (a tie) share one grey swatch."""
    terms = list(colours)
    order = {term: n for n, term in enumerate(terms)}
    tie, none = len(terms), len(terms) + 1

    def swatch_of(found: tuple[Term, ...]) -> int:
        return none if not found else order[found[0]] if len(found) == 1 else tie

    chosen = {place_id: swatch_of(found) for place_id, found in categories.items()}
    counts = [list(chosen.values()).count(n) for n in range(none + 1)]
    swatches = (
        *(
            Swatch(colours[term], term.label, count=counts[n], mark=term.mark)
            for n, term in enumerate(terms)
        ),
        Swatch(palette.TIE, "同数で並ぶ", count=counts[tie], mark="同"),
        Swatch(palette.ZERO, none_label, SwatchKind.OUTLINE, counts[none]),
    )
    patches = {place_id: Patch(n, texts[place_id]) for place_id, n in chosen.items()}
    return Choropleth(title, swatches, patches)


def round_steps(largest: float) -> tuple[float, ...]:
    """Up to three round numbers for the example circles of a legend, largest first."""
    if largest <= 0:
        return ()
    steps = []
    for share in (1.0, 0.4, 0.1):
        target = largest * share
        magnitude = 10 ** (len(str(int(target))) - 1) if target >= 1 else 1
        steps.append(max(1, int(target // magnitude * magnitude)))
    return tuple(sorted(set(steps), reverse=True))


def _radius(value: float, largest: float) -> float:
    radius = LARGEST_RADIUS_PX * sqrt(value / largest)
    return rounded(max(radius, SMALLEST_RADIUS_PX), 1)


def _class_swatch(value: float | None, classes: Classes) -> int:
    count = len(classes.bands)
    if value is None:
        return count + 1
    return classes.index(value) if value > 0 else count


def _range(band: ClassBand, digits: int) -> str:
    if band.lowest is None or band.highest is None:
        return f"〜{band.upper:,.{digits}f}"
    low, high = f"{band.lowest:,.{digits}f}", f"{band.highest:,.{digits}f}"
    return low if low == high else f"{low}〜{high}"
