"""Parts of 地区カルテ: one district's own page."""

from __future__ import annotations

from collections.abc import Sequence

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.manifest import COUNTING_RULE
from kyodo_geo.filters.query_string import texts_from_filters
from kyodo_geo.geo.places import CONFIDENCE_LABELS
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.measures.districts.district_similarity import Gap, Kin, gaps, narrowed_to
from kyodo_geo.measures.districts.narrative import Sentence
from kyodo_geo.measures.districts.profile import Profile
from kyodo_geo.measures.places.district_shapes import boundary_note
from kyodo_geo.model import Town
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.district_figures import figures, forms_by_actors, years
from kyodo_geo.ui.components.district_picker import locator, place_button
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import Content, ExternalLink, FileButton, Link, List, Part, Text
from kyodo_geo.ui.state import view_state

SHOW_ROWS = "記録を見る"


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
    website = [ExternalLink(site, site)] if (site := district.council_website) else ""
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
        prose.details(pairs),
    )


def location_card(edition: Edition, profile: Profile) -> Part:
    """Where it lies, with its neighbours as links."""
    return prose.card(
        "位置",
        prose.heading("位置と隣の地区"),
        locator(edition, profile.district.district_id, profile.neighbours),
        prose.buttons(*map(place_button, profile.neighbours)),
        prose.paragraph(boundary_note(edition)),
        *image_buttons("district-location"),
    )


def sheet(profile: Profile) -> Part:
    """A button that makes the printed sheet of this view."""
    address = f"sheet/{profile.district.district_id}"
    return FileButton("PDFにする（A4・1枚）", "sheet", address, without=("district", "region"))


def in_words(profile: Profile) -> tuple[Part, ...]:
    """What stands out, each sentence with the way to the rows behind it (if there are any)."""
    has_rows = profile.summary.activities > 0
    items: list[Content] = [
        [f"{sentence.text} ", *([_rows_behind(profile, sentence)] if has_rows else [])]
        for sentence in profile.sentences
    ]
    return prose.section("この地区の特徴"), List(items, "kg-sentences")


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
        List([_kin(one) for one in profile.similar], "kg-kin", True),
        prose.section("似た地区の記録にあって、この地区の記録にないもの"),
        List([_gap(profile, gap) for gap in found], "kg-gaps")
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
    return prose.links(
        Link("地図に戻る（同じ絞り込み）", "density", maps),
        Link("ほかの地区と比べる", "compare", compared),
        Link("活動一覧で見る", "activities", own),
        Link("事例で見る", "cases", own),
    )


def _rows_behind(profile: Profile, sentence: Sentence) -> Part:
    filters = profile.own_filters.but(**sentence.change)
    return prose.rows_link(Link(SHOW_ROWS, "activities", texts_from_filters(filters)))


def _kin(one: Kin) -> Content:
    name = Text([place_button(one.district, "kg-link")], "strong")
    near = f"{one.district.region}地域　近さ {one.likeness * 100:.0f}（100が最大）"
    return [name, prose.small(near), List(one.reasons)]


def _gap(profile: Profile, gap: Gap) -> Content:
    districts = "・".join(f"{district.name}地区" for district in gap.districts)
    view = texts_from_filters(narrowed_to(profile.filters, gap.term))
    ids = [district.district_id for district in gap.districts]
    return [
        Text(f"「{gap.term.label}」", "strong"),
        f" {districts}　",
        prose.rows_link(Link(SHOW_ROWS, "activities", view | {"district": ids})),
        List([_example(activity) for activity in gap.examples]),
    ]


def _example(activity: ListedActivity) -> Content:
    title = Link(activity.title, "activities", {"activity": [activity.activity_id]})
    return [title, prose.small(f"　{fiscal_year_label(activity.fiscal_year)}")]


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
