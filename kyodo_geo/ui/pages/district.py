"""Parts of 地区カルテ: one district's own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.manifest import COUNTING_RULE
from kyodo_geo.filters.query_string import texts_from_filters
from kyodo_geo.geo.places import CONFIDENCE_LABELS
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.districts.district_similarity import Gap, Kin, gaps, narrowed_to
from kyodo_geo.measures.districts.narrative import Sentence
from kyodo_geo.measures.districts.profile import Profile
from kyodo_geo.measures.places.district_shapes import boundary_note
from kyodo_geo.model import Town
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.district_figures import figures, forms_by_actors, years
from kyodo_geo.ui.components.district_picker import locator, place_change
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.mount import Part
from kyodo_geo.ui.state import view_state


def overview(edition: Edition, profile: Profile) -> tuple[Part, ...]:
    """Who the district is, and what stands out."""
    return (head_card(edition, profile), *in_words(profile))


def details(edition: Edition, profile: Profile) -> tuple[Part, ...]:
    """Figures, years, forms and actors, districts alike."""
    return (
        *figures(edition, profile),
        *years(profile),
        *forms_by_actors(profile),
        *kin(edition, profile),
    )


def notes(edition: Edition, profile: Profile) -> Part:
    """Counting rules, boundaries, towns, source and edition."""
    return prose.notes(
        (
            ("数え方", COUNTING_RULE),
            *((figure.label, figure.definition + figure.caveat) for figure in profile.figures),
            ("町・大字", "町名表によります。確度は、その町がこの地区に属することの確かさです。"),
            ("境界", boundary_note(edition)),
            ("出典", f"公開資料による活動の記録（{edition.info.label}）"),
        )
    )


def head_card(edition: Edition, profile: Profile) -> Part:
    """Who the district is: council, centre, towns and how sure these are."""
    district = profile.district
    website = {"link": district.council_website} if district.council_website else ""
    pairs = [
        ("地域", f"{district.region}地域"),
        (f"{city().council_noun}など", district.council_name),
        ("ウェブサイト", website),
        ("拠点", "　".join(t for t in (district.center_name, district.center_address) if t)),
        *_towns(profile.towns),
        ("備考", district.note),
    ]
    return prose.card(
        "地区の概要",
        *prose.district_heading(edition, district.district_id)[:1],
        prose.notes(pairs) | {"style": "kg-detail"},
    )


def location_card(edition: Edition, profile: Profile) -> Part:
    """Where it lies, with its neighbours as links."""
    links = [place_change(district) for district in profile.neighbours]
    return prose.card(
        "位置",
        prose.heading("位置と隣の地区"),
        locator(edition, profile.district.district_id, profile.neighbours),
        {"kind": "buttons", "items": links},
        prose.paragraph(boundary_note(edition)),
        *image_buttons("district-location"),
    )


def sheet(profile: Profile) -> Part:
    """A button that makes the printed sheet of this view."""
    return {"kind": "sheet", "district": profile.district.district_id}


def in_words(profile: Profile) -> tuple[Part, ...]:
    """What stands out, each sentence with the way to the rows behind it (if there are any)."""
    has_rows = profile.summary.activities > 0
    items = [
        {
            "text": sentence.text,
            "page": "activities",
            "view": _rows_behind(profile, sentence) if has_rows else None,
        }
        for sentence in profile.sentences
    ]
    return prose.section("この地区の特徴"), {"kind": "sentences", "items": items}


def kin(edition: Edition, profile: Profile) -> tuple[Part, ...]:
    """Districts alike in what is done, and what they do that this one doesn't."""
    heading = prose.section("活動の似た地区")
    if not profile.similar:
        text = "記録がないため、似た地区は示せません。隣の地区の記録を見てください。"
        return heading, prose.paragraph(text)
    found = gaps(edition, profile.filters, profile.district.district_id, profile.similar)
    return (
        heading,
        prose.paragraph(
            "地域、実件数、分野・形態・主体の構成の近さを合わせて選んでいます。"
            "記録にもとづく近さで、実際の活動の近さとは限りません。"
        ),
        {"kind": "kin", "items": [_kin(one) for one in profile.similar]},
        prose.section("似た地区の記録にあって、この地区の記録にないもの"),
        {"kind": "gaps", "items": [_gap(profile, gap) for gap in found]}
        if found
        else prose.paragraph("ありません。"),
    )


def ways_on(profile: Profile) -> Part:
    """Links to the maps with the same filters, the comparison and the list."""
    district_id = profile.district.district_id
    maps = view_state.map_view() | {"select": [district_id]}
    own = texts_from_filters(profile.own_filters)
    others = [kin.district.district_id for kin in profile.similar[:1]]
    compared = own | {"district": [district_id, *others]}
    return {
        "kind": "links",
        "items": [
            {"label": "地図に戻る（同じ絞り込み）", "page": "density", "view": maps},
            {"label": "ほかの地区と比べる", "page": "compare", "view": compared},
            {"label": "活動一覧で見る", "page": "activities", "view": own},
            {"label": "事例で見る", "page": "cases", "view": own},
        ],
    }


def _rows_behind(profile: Profile, sentence: Sentence) -> dict[str, list[str]]:
    return texts_from_filters(profile.own_filters.but(**sentence.change))


def _kin(one: Kin) -> dict[str, Any]:
    return {
        **place_change(one.district),
        "region": f"{one.district.region}地域",
        "likeness": f"{one.likeness * 100:.0f}",
        "reasons": list(one.reasons),
    }


def _gap(profile: Profile, gap: Gap) -> dict[str, Any]:
    ids = [district.district_id for district in gap.districts]
    narrowed = narrowed_to(profile.filters, gap.term)
    return {
        "label": gap.term.label,
        "districts": "・".join(district.full_name for district in gap.districts),
        "view": texts_from_filters(narrowed) | {"district": ids},
        "examples": [
            {
                "title": activity.title,
                "year": fiscal_year_label(activity.fiscal_year),
                "view": {"activity": [activity.activity_id]},
            }
            for activity in gap.examples
        ],
    }


def _towns(towns: Sequence[Town]) -> list[tuple[str, str]]:
    """The towns by how sure it is that they belong here, the surest first."""
    by_confidence: dict[str, list[str]] = {key: [] for key in CONFIDENCE_LABELS}
    for town in towns:
        by_confidence[town.confidence].append(town.town + (f" {town.koaza}" if town.koaza else ""))
    return [
        (f"町・大字（確度: {CONFIDENCE_LABELS[key]}）", "、".join(dict.fromkeys(names)))
        for key, names in by_confidence.items()
        if names
    ]
