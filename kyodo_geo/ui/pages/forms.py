"""Parts of the forms page: pictures to choose from, tables, the guideline's bands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.graphics.choropleths import each_form_drawn
from kyodo_geo.graphics.term_charts import form_bars
from kyodo_geo.japanese import count_label
from kyodo_geo.maps import palette
from kyodo_geo.maps.alt_text import small_map_alt
from kyodo_geo.maps.choropleth import Choropleth
from kyodo_geo.maps.classification import ClassMethod
from kyodo_geo.maps.legend import legend
from kyodo_geo.measures.places.forms import (
    BandCount,
    FormProfile,
    band_counts,
    bands_of,
    form_profiles,
)
from kyodo_geo.measures.places.summary import Summary
from kyodo_geo.model import Filters
from kyodo_geo.ui.components import charts, prose
from kyodo_geo.ui.components.data_table import PlaceColumn, place_table, row_table
from kyodo_geo.ui.components.parts import Column, Folded, Part, SmallMap, SmallMaps
from kyodo_geo.vocabulary import KNOWN_FORMS, Form, Scope

THIN_NOTE = "記録が少なく、一つの活動で大きく変わります。"
BAND_COLUMNS = (
    Column("範囲", "text"),
    Column("しるし", "terms"),
    Column("件数"),
    Column("割合（％）", digits=1),
    Column("確かさ", "text"),
)


def small_maps(
    edition: Edition, filters: Filters, method: ClassMethod, selected: str | None
) -> Part:
    """Six small maps, one a form, with one legend: classes pooled over all six."""
    of_places = form_profiles(edition, filters)
    profiles = {d.district_id: of_places[d.district_id] for d in edition.districts}
    drawn = each_form_drawn(profiles, method)
    return SmallMaps(
        drawn.picture.colours(),
        [
            _small_map(edition, form, panel, profiles)
            for form, panel in zip(KNOWN_FORMS, drawn.panels, strict=True)
        ],
        selected,
        legend(drawn.picture, drawn.unit, drawn.notes, drawn.counter),
    )


def form_table(edition: Edition, summary: Summary, filters: Filters, selected: str | None) -> Part:
    """Districts by forms: 延べ counts, with 実件数 and the activities of unknown form."""
    profiles = form_profiles(edition, filters)

    def count_of(form: Form) -> PlaceColumn:
        return PlaceColumn(
            form.label,
            lambda row: profiles[row.place.place_id].counts[form].activities,
            help=form.definition,
            bar=True,
        )

    columns = [
        PlaceColumn("実件数", lambda row: row.activities, help="活動の数。一つの活動は1件"),
        *(count_of(form) for form in KNOWN_FORMS),
        PlaceColumn(
            "延べ計", lambda row: profiles[row.place.place_id].known, help="六つの形態の合計"
        ),
        PlaceColumn(
            "うち推定",
            lambda row: sum(profiles[row.place.place_id].counts[f].implied for f in KNOWN_FORMS),
            help="資料に明記がなく、推定した形態",
        ),
        count_of(Form.UNKNOWN),
    ]
    caption = "地区と形態の表。一つの活動に形態が複数あると、それぞれに数えます（延べ）。"
    return place_table(summary, columns, caption, selected)


def bands(edition: Edition, filters: Filters, place_id: str) -> Part | None:
    """How the activities fall on the guideline's bands A, B and C; ambiguous ones as such."""
    counts = band_counts(edition, filters, place_id)
    total = sum(band.activities for band in counts)
    if not total:
        return None
    place = edition.place_by_id[place_id]
    name = "市全体" if place_id == "ALL" else f"{place.label}{city().district_noun}"
    rows = [(str(n), _band_cells(band, total)) for n, band in enumerate(counts)]
    caption = f"協働の範囲（A・B・C）との対応（{name}）。活動は1回ずつ数えています（実件数）。"
    return row_table(caption, BAND_COLUMNS, rows, style="kg-wrapped")


def place_card(edition: Edition, filters: Filters, place_id: str) -> Part:
    """The chosen district (or the city): its forms, stated and implied apart."""
    profile = form_profiles(edition, filters)[place_id]
    absent = [form.label for form in KNOWN_FORMS if not profile.counts[form].activities]
    unknown = profile.counts[Form.UNKNOWN].activities
    return prose.card(
        "選んだ地区",
        *prose.district_heading(edition, place_id),
        prose.big_figure(count_label(profile.known), "形態のわかる活動（延べ）"),
        prose.paragraph(f"形態のわからない活動は{unknown:,}件です。") if unknown else None,
        charts.bars(form_bars(profile)),
        prose.paragraph(f"記録にない形態: {'、'.join(absent)}") if absent else None,
        prose.paragraph(THIN_NOTE) if profile.is_thin else None,
    )


def form_notes(edition: Edition) -> tuple[Part, ...]:
    """The forms with their bands; counting rule, certainty, source and edition."""
    meanings = prose.notes(
        (form.label, f"{'・'.join(s.mark for s in bands_of(form))}　{form.definition}")
        for form in KNOWN_FORMS
    )
    return (
        Folded("形態の意味と、指針が挙げる範囲", meanings),
        prose.notes(
            (
                (
                    "数え方",
                    "形態ごとの件数は延べです。合計は活動の数（実件数）より大きくなることがあります。",
                ),
                ("確実度", "推定は、資料に形態の明記がなく主催者などから推し量ったものです。"),
                ("出典", f"公開資料による活動の記録（{edition.info.label}）"),
            )
        ),
    )


def _small_map(
    edition: Edition, form: Form, panel: Choropleth, profiles: Mapping[str, FormProfile]
) -> SmallMap:
    colour = palette.FORM_COLOURS[form]
    counts = {place_id: profile.counts[form] for place_id, profile in profiles.items()}
    total = sum(count.activities for count in counts.values())
    implied = sum(count.implied for count in counts.values())
    note = f"延べ{total:,}件" + (f"（うち推定{implied:,}件）" if implied else "")
    names = {district.district_id: district.full_name for district in edition.districts}
    activities = {place_id: count.activities for place_id, count in counts.items()}
    alt = small_map_alt(form.label, note, activities, names)
    districts = [(panel.patches[p].swatch, n.activities) for p, n in counts.items()]
    return SmallMap(form.label, alt, form.mark, note, colour, palette.ink_on(colour), districts)


def _band_cells(band: BandCount, total: int) -> tuple[Any, ...]:
    return (
        "か ".join(scope.label for scope in band.scopes),
        [prose.term_key(scope) for scope in band.scopes],
        band.activities,
        round(band.activities / total * 100, 1),
        _band_certainty(band),
    )


def _band_certainty(band: BandCount) -> str:
    if band.is_recorded:
        return "資料に範囲の記載がある"
    if Scope.UNDETERMINED in band.scopes:
        return "形態が不明で、範囲を決められない"
    return "形態だけでは一つに決まらない" if len(band.scopes) > 1 else "形態から一つに決まる"
