"""Choropleth of the districts: swatch, value and circle per district, and its legend.

Map, tile grid and legend are painted from one Choropleth, so that colours and their meaning
cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from math import sqrt
from typing import Any

from kyodo_geo.japanese import count_label, rounded
from kyodo_geo.maps import palette
from kyodo_geo.maps.classification import ClassBand, ClassMethod, classify
from kyodo_geo.vocabulary import Term

LARGEST_RADIUS_PX = 20
SMALLEST_RADIUS_PX = 3


class SwatchKind(Enum):
    """Fill of a swatch."""

    FILL = "fill"
    HATCH = "hatch"
    OUTLINE = "outline"
    CIRCLE = "circle"
    RING = "ring"


@dataclass(frozen=True)
class Swatch:
    """Legend entry: colour, meaning and number of districts."""

    colour: str
    label: str
    kind: SwatchKind = SwatchKind.FILL
    count: int = 0
    mark: str = ""
    radius_px: float | None = None


@dataclass(frozen=True)
class Unit:
    """Number format of a picture: decimal digits and the unit behind them."""

    name: str = ""
    digits: int = 0


@dataclass(frozen=True)
class Patch:
    """Display state of one district.

    `value` is a number, words, or None for データなし; `note` is a text or a rank.
    """

    swatch: int
    value: float | str | None
    note: str | int = ""
    radius_px: float | None = None


@dataclass(frozen=True)
class Choropleth:
    """Classified map of all districts.

    `patches` are keyed by district id in the edition's order; ranks in their notes are out of
    `ranked`.
    """

    title: str
    swatches: tuple[Swatch, ...]
    patches: Mapping[str, Patch]
    unit: Unit = Unit()
    ranked: int = 0

    def with_notes(self, notes: Mapping[str, str | int], ranked: int = 0) -> Choropleth:
        """Return a copy with a note or a rank per district id (shown on hover)."""
        patches = {
            place_id: replace(patch, note=notes.get(place_id, patch.note))
            for place_id, patch in self.patches.items()
        }
        return replace(self, patches=patches, ranked=ranked)

    def state(self) -> dict[str, Any]:
        """Return plain values for ui/components/static/widgets/map_panel.js."""
        return {
            "swatches": self.colours(),
            "districts": [self._entry(patch) for patch in self.patches.values()],
            "unit": self.unit.name,
            "digits": self.unit.digits,
            "ranked": self.ranked,
        }

    def colours(self) -> list[tuple[str, str, int]]:
        """Return (colour, kind, 1 if ink on it is light) per swatch."""
        return [
            (s.colour, s.kind.value, int(palette.ink_on(s.colour) == palette.LIGHT_INK))
            for s in self.swatches
        ]

    def legend(self, unit: str, notes: Sequence[str] = (), counter: str = "地区") -> dict[str, Any]:
        """Return the legend as plain values: heading, items by swatch number, notes.

        `counter` follows the number of districts. Swatches without a district are left out,
        except zero and データなし: both always show, because they mean different things.
        """
        has_unit = unit not in ("", self.title)
        return {
            "heading": f"{self.title}（{unit}）" if has_unit else self.title,
            "items": [
                _legend_item(number, swatch, counter)
                for number, swatch in enumerate(self.swatches)
                if swatch.count
                or swatch.radius_px is not None
                or swatch.kind in (SwatchKind.OUTLINE, SwatchKind.HATCH)
            ],
            "notes": [note for note in notes if note],
        }

    def describe_patch(self, patch: Patch) -> str:
        """Return value and note in words, e.g. 20件 27地区中3位."""
        note = f"{self.ranked}地区中{patch.note}位" if isinstance(patch.note, int) else patch.note
        return f"{self.describe_value(patch)} {note}".strip()

    def describe_value(self, patch: Patch) -> str:
        """Return the value with its unit; データなし for None."""
        if isinstance(patch.value, str):
            return patch.value
        return count_label(patch.value, self.unit.name, self.unit.digits)

    def _entry(self, patch: Patch) -> list[Any]:
        value = patch.value
        if isinstance(value, float):
            value = rounded(value, self.unit.digits)
        # Sent at every click (decision 10): empty fields at the end are left away.
        entry = [patch.swatch, value, patch.note, patch.radius_px]
        while entry[-1] in (None, "") and len(entry) > 2:
            entry.pop()
        return entry


def class_choropleth(
    title: str, values: Mapping[str, float | None], unit: Unit, method: ClassMethod
) -> Choropleth:
    """Fill districts by class; zero is white with an outline, None is hatched."""
    classes = classify(values.values(), method)
    colours = palette.sequential(len(classes.bands))
    swatches = (
        *(
            Swatch(colour, _range(band, unit.digits), count=band.count)
            for colour, band in zip(colours, classes.bands, strict=True)
        ),
        Swatch(palette.ZERO, f"0{unit.name}", SwatchKind.OUTLINE, classes.zero_count),
        Swatch(palette.MISSING, "データなし", SwatchKind.HATCH, classes.missing_count),
    )
    patches = {place_id: Patch(classes.index(value), value) for place_id, value in values.items()}
    return Choropleth(title, swatches, patches, unit)


def circle_map(
    title: str, values: Mapping[str, float | None], unit: Unit, legend_values: Sequence[float]
) -> Choropleth:
    """Draw districts as circles with an area proportional to the value.

    `legend_values` (at least one) are the example circles of the legend, largest first; every
    circle has the swatch of the first. Zero is a small ring, None is hatched.
    """
    zeros, missing = (list(values.values()).count(value) for value in (0, None))
    largest = max(filter(None, values.values()), default=1)
    examples = [(f"{value:,}{unit.name}", _radius(value, largest)) for value in legend_values]
    swatches = (
        *(Swatch(palette.CIRCLE, label, SwatchKind.CIRCLE, 0, "", px) for label, px in examples),
        Swatch(palette.ZERO, f"0{unit.name}", SwatchKind.RING, zeros, radius_px=SMALLEST_RADIUS_PX),
        Swatch(palette.MISSING, "データなし", SwatchKind.HATCH, missing),
    )
    ring, hatch = len(examples), len(examples) + 1
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
    """Fill districts by category; several categories (a tie) share one grey swatch."""
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
    """Return up to three round numbers for the example circles, largest first; () for zero."""
    if largest <= 0:
        return ()
    steps = set()
    for share in (1.0, 0.4, 0.1):
        target = largest * share
        magnitude = 10 ** (len(str(int(target))) - 1)
        steps.add(max(1, int(target // magnitude * magnitude)))
    return tuple(sorted(steps, reverse=True))


def _radius(value: float, largest: float) -> float:
    radius = LARGEST_RADIUS_PX * sqrt(value / largest)
    return rounded(max(radius, SMALLEST_RADIUS_PX), 1)


def _legend_item(number: int, swatch: Swatch, counter: str) -> dict[str, Any]:
    is_counted = swatch.kind is not SwatchKind.CIRCLE
    item = {
        "label": swatch.label,
        "count": f"{swatch.count}{counter}" if is_counted else "",
        "mark": swatch.mark,
        "radius": swatch.radius_px,
    }
    return {"swatch": number} | {name: value for name, value in item.items() if value}


def _range(band: ClassBand, digits: int) -> str:
    if band.lowest is None or band.highest is None:
        return f"〜{band.upper:,.{digits}f}"
    low, high = f"{band.lowest:,.{digits}f}", f"{band.highest:,.{digits}f}"
    return low if low == high else f"{low}〜{high}"
