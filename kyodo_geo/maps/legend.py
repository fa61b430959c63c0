"""Legends as HTML, made from the same swatches as the colours on the map."""

from __future__ import annotations

from html import escape

from kyodo_geo.maps import palette
from kyodo_geo.maps.picture import Picture, Swatch, SwatchKind

HATCH_CSS = f"repeating-linear-gradient(45deg,#e5e7eb 0 4px,{palette.MISSING_HATCH} 4px 6px)"


def legend_html(
    picture: Picture, unit: str, notes: tuple[str, ...] = (), counter: str = "地区"
) -> str:
    """The legend of a picture: each swatch with its meaning and number of districts.

    `counter` follows that number; a legend of several maps counts all of them.

    Swatches no district has are left out, but for 0件 and データなし, which always say
    that they mean two different things.
    """
    shown = [swatch for swatch in picture.swatches if _is_worth_showing(swatch)]
    items = "".join(_item(swatch, counter) for swatch in shown)
    lines = "".join(f"<p>{escape(note)}</p>" for note in notes if note)
    heading = f"{picture.title}（{unit}）" if unit not in ("", picture.title) else picture.title
    return (
        f'<div class="kg-legend" role="group" aria-label="凡例">'
        f"<h4>{escape(heading)}</h4><ul>{items}</ul>{lines}</div>"
    )


def _is_worth_showing(swatch: Swatch) -> bool:
    always = (SwatchKind.OUTLINE, SwatchKind.HATCH)
    return swatch.count > 0 or swatch.radius_px is not None or swatch.kind in always


def _item(swatch: Swatch, counter: str) -> str:
    is_example = swatch.radius_px is not None
    count = (
        ""
        if is_example or swatch.kind is SwatchKind.CIRCLE
        else f"<small>{swatch.count}{counter}</small>"
    )
    return f"<li>{_patch(swatch)}<span>{escape(swatch.label)}</span>{count}</li>"


def _patch(swatch: Swatch) -> str:
    if swatch.radius_px is not None:
        size = round(swatch.radius_px * 2)
        style = f"width:{size}px;height:{size}px;background:{swatch.colour}"
        return f'<i class="kg-swatch kg-round" style="{style}"></i>'
    if swatch.kind is SwatchKind.CIRCLE:
        return f'<i class="kg-swatch kg-dot" style="background:{swatch.colour}"></i>'
    background = HATCH_CSS if swatch.kind is SwatchKind.HATCH else swatch.colour
    ink = palette.ink_on(swatch.colour)
    mark = escape(swatch.mark)
    return f'<i class="kg-swatch" style="background:{background};color:{ink}">{mark}</i>'
