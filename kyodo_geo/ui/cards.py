"""Small pieces of HTML beside the maps. Every text from data is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlsplit

from kyodo_geo.maps import palette
from kyodo_geo.measures.activities import ListedActivity
from kyodo_geo.model import District
from kyodo_geo.text import fiscal_year_label
from kyodo_geo.vocabulary import AnyTerm, Form, Status, Term


def link(address: str, text: str) -> str:
    """A link to a source; anything but http(s) is shown as text only."""
    if urlsplit(address).scheme not in ("http", "https"):
        return escape(text)
    return (
        f'<a href="{escape(address, quote=True)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(text)}</a>"
    )


def district_heading(district: District | None) -> str:
    """Name, kana, region and council of a district; the whole city for None."""
    if district is None:
        return "<h3>市全体<small>27地区と全市の取り組み</small></h3>"
    kana = f"{district.name_kana}・" if district.name_kana else ""
    council = f"<p>{escape(district.council_name)}</p>" if district.council_name else ""
    return (
        f"<h3>{escape(district.name)}地区<small>{escape(kana)}{escape(district.region)}地域</small>"
        f"</h3>{council}"
    )


def big_figure(value: str, note: str) -> str:
    """One figure large, what it means beside it."""
    return f'<p class="kg-big">{escape(value)}<small>{escape(note)}</small></p>'


def paragraph(text: str) -> str:
    """A line of text."""
    return f"<p>{escape(text)}</p>"


def strip(values: Mapping[str, float | None], selected: str | None, label: str) -> str:
    """All districts as ticks on one line, the selected one marked."""
    known = {place_id: v for place_id, v in values.items() if v is not None}
    if not known:
        return ""
    low, high = min(known.values()), max(known.values())
    width = (high - low) or 1
    ticks = "".join(
        f'<i class="{"kg-here" if place_id == selected else ""}"'
        f' style="left:{(value - low) / width * 98 + 1:.1f}%"></i>'
        for place_id, value in sorted(known.items(), key=lambda item: item[0] == selected)
    )
    return (
        f'<div class="kg-strip" role="img" aria-label="{escape(label)}">{ticks}</div>'
        f'<div class="kg-ends"><span>{low:,.4g}</span><span>{high:,.4g}</span></div>'
    )


def bars(rows: Iterable[tuple[AnyTerm, float, str]], colours: Mapping[AnyTerm, str]) -> str:
    """Horizontal bars, one a term: mark and label, bar, value in words."""
    rows = list(rows)
    highest = max((value for _, value, _ in rows), default=0) or 1
    items = "".join(
        f"<dt>{mark(term, colours[term])}{escape(term.label)}</dt>"
        f'<dd style="text-align:left"><i style="width:{value / highest * 100:.1f}%;'
        f'background:{colours[term]}"></i></dd><dd>{escape(text)}</dd>'
        for term, value, text in rows
    )
    return f'<dl class="kg-figures">{items}</dl>'


def mark(term: Term, colour: str, *, implied: bool = False) -> str:
    """The coloured letter that stands for a form or an actor type; dashed if implied."""
    kind = "kg-mark kg-implied" if implied else "kg-mark"
    title = f"{term.label}（推定）" if implied else term.label
    return (
        f'<span class="{kind}" style="background:{colour};color:{palette.ink_on(colour)}"'
        f' title="{escape(title)}">{escape(term.mark)}</span>'
    )


def form_marks(activity: ListedActivity) -> str:
    """The forms of an activity as marks with their names; implied ones say so."""
    stated = [mark(f, palette.FORM_COLOURS[f]) + escape(f.label) for f in activity.forms_stated]
    implied = [
        mark(f, palette.FORM_COLOURS[f], implied=True) + f"{escape(f.label)}（推定）"
        for f in activity.forms_implied
    ]
    return "　".join(stated + implied) or escape(Form.UNKNOWN.label)


def latest(activities: Iterable[ListedActivity]) -> str:
    """A short list of activities with year, forms and source."""
    items = "".join(_latest_item(activity) for activity in activities)
    return f'<ul class="kg-latest">{items}</ul>' if items else "<p>記録はありません。</p>"


def _latest_item(activity: ListedActivity) -> str:
    planned = "（予定）" if activity.status is Status.PLANNED else ""
    details = "　".join(
        (
            fiscal_year_label(activity.fiscal_year),
            form_marks(activity),
            link(activity.source, "出典"),
        )
    )
    return f"<li>{escape(activity.title)}{planned}<small>{details}</small></li>"


def notes(pairs: Iterable[tuple[str, str]]) -> str:
    """Period, counting rule, denominator, source … below a picture; empty ones are left out."""
    items = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in pairs if v)
    return f'<dl class="kg-note">{items}</dl>'
