"""Legends, made from the same swatches as the colours on the map."""

from __future__ import annotations

from typing import Any

from kyodo_geo.maps.choropleth import Choropleth, Swatch, SwatchKind


def legend(
    picture: Choropleth, unit: str, notes: tuple[str, ...] = (), counter: str = "地区"
) -> dict[str, Any]:
    """The legend of a picture as plain values: each swatch (by number), its meaning, its
    districts.

    `counter` follows the number of districts; a legend of several maps counts all of them.
    Swatches no district has are left out, but for 0件 and データなし, which always say
    that they mean two different things.
    """
    has_unit = unit not in ("", picture.title)
    return {
        "heading": f"{picture.title}（{unit}）" if has_unit else picture.title,
        "items": [
            _item(number, swatch, counter)
            for number, swatch in enumerate(picture.swatches)
            if _is_worth_showing(swatch)
        ],
        "notes": [note for note in notes if note],
    }


def _is_worth_showing(swatch: Swatch) -> bool:
    always = (SwatchKind.OUTLINE, SwatchKind.HATCH)
    return swatch.count > 0 or swatch.radius_px is not None or swatch.kind in always


def _item(number: int, swatch: Swatch, counter: str) -> dict[str, Any]:
    is_counted = swatch.kind is not SwatchKind.CIRCLE
    item = {
        "label": swatch.label,
        "count": f"{swatch.count}{counter}" if is_counted else "",
        "mark": swatch.mark,
        "radius": swatch.radius_px,
    }
    return {"swatch": number} | {name: value for name, value in item.items() if value}
