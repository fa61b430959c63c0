"""Pictures of 地区カルテ, of the comparison and of a case: one district or a few."""

from __future__ import annotations

from collections.abc import Sequence

from kyodo_geo.errors import FilterError
from kyodo_geo.graphics.chart import Bar, Bars, Chart, Heatmap, Piece, Scale, Scales
from kyodo_geo.graphics.context import GraphicContext
from kyodo_geo.graphics.place_charts import scale_of, shapes
from kyodo_geo.graphics.svg.map_sheet import MapSheet
from kyodo_geo.graphics.term_charts import colour_of, form_key, shaded_grid, year_columns
from kyodo_geo.maps import palette
from kyodo_geo.maps.choropleth import Choropleth, Patch, Swatch
from kyodo_geo.maps.legend import legend
from kyodo_geo.measures.activities.listing import find_activity
from kyodo_geo.measures.districts.profile import Profile, district_profile, without_places
from kyodo_geo.measures.places.description import describe_view
from kyodo_geo.measures.places.district_shapes import district_neighbours
from kyodo_geo.measures.places.indicators import Indicator
from kyodo_geo.measures.places.time_series import highest_bar
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Field, Form, Term

MOST_COMPARED = 3
YEARS_CAPTION = (
    "棒は形態ごとの延べ件数、上の数字は実件数です。「なし」は記録のない年度です。"
    "公開資料が見つからなかった年度を含みます。"
)
PAIRS_CAPTION = (
    "形態と主体の組み合わせ（延べ）。一つの活動に形態や主体が複数あると、それぞれに数えます。"
)
QUOTIENT_RULE = (
    "特化係数は、この地区での割合を市全体での割合で割った値です。1より大きいと、市全体より"
    "多いことを表します。"
)
FIGURES_CAPTION = "地区の中での位置。線の両端は、最も小さい値と最も大きい値です。"
QUOTIENT_KINDS: tuple[tuple[str, Sequence[Term]], ...] = (
    ("形態", KNOWN_FORMS),
    ("主体", tuple(ActorType)),
    ("分野", tuple(Field)),
)
HERE, NEAR, FAR = range(3)


def years(view: GraphicContext, title: str) -> Chart:
    """The years of the district that a view names."""
    profile, sentence = _profile(view)
    columns = year_columns(profile.years, highest_bar(profile.years))
    return Chart(
        f"{title}　{profile.district.full_name}の年度ごとの変化",
        sentence,
        (columns,) if profile.years else (),
        view.foot(),
        YEARS_CAPTION,
        form_key([profile.years]),
    )


def figures(view: GraphicContext, title: str) -> Chart:
    """The figures of the district among those of all."""
    profile, sentence = _profile(view)
    return Chart(
        f"{title}　{profile.district.full_name}の数値",
        sentence,
        (Scales([figure_scale(figure, profile) for figure in profile.figures]),),
        view.foot(),
        f"{len(view.edition.districts)}{FIGURES_CAPTION}",
        notes=_notes(profile.few),
    )


def pairs(view: GraphicContext, title: str) -> Chart:
    """Forms × actor types of the district."""
    profile, sentence = _profile(view)
    return Chart(
        f"{title}　{profile.district.full_name}の形態と主体",
        sentence,
        (form_pairs(profile),),
        view.foot(),
        PAIRS_CAPTION,
    )


def quotients(view: GraphicContext, title: str) -> Chart:
    """What the district does more of than the city."""
    profile, sentence = _profile(view)
    found = [profile.quotient(term) for _, terms in QUOTIENT_KINDS for term in terms]
    highest = max((value for value in found if value), default=0)
    return Chart(
        f"{title}　{profile.district.full_name}の特化係数",
        sentence,
        [
            Bars([_quotient(profile, term) for term in terms], highest, kind)
            for kind, terms in QUOTIENT_KINDS
        ],
        view.foot(),
        QUOTIENT_RULE,
        notes=_notes(f"{profile.few}{profile.thin_note}"),
    )


def compared_years(view: GraphicContext, title: str) -> Chart:
    """The years of the districts that a view names, one below the other on one scale."""
    everywhere = without_places(view.filters)
    ids = view.districts(MOST_COMPARED)
    profiles = [district_profile(view.edition, everywhere, id_) for id_ in ids]
    highest = max(highest_bar(profile.years) for profile in profiles)
    panels = [
        year_columns(profile.years, highest, profile.district.full_name)
        for profile in profiles
        if profile.years
    ]
    names = "・".join(profile.district.full_name for profile in profiles)
    return Chart(
        f"{title}　{names}の年度ごとの変化",
        describe_view(view.edition, everywhere.but(districts=ids)),
        panels,
        view.foot(),
        YEARS_CAPTION,
        form_key(profile.years for profile in profiles),
    )


def location(view: GraphicContext, title: str) -> MapSheet:
    """Where the district lies in the city, with its neighbours."""
    return location_of(view, title, view.districts(1)[0])


def case_location(view: GraphicContext, title: str) -> MapSheet:
    """Where a case was. Raises FilterError for none, or one that is not of one district."""
    activity_id = view.text("activity")
    activity = find_activity(view.edition, activity_id) if activity_id else None
    known = view.edition.district_by_id
    ids = [id_ for id_ in activity.place_ids if id_ in known] if activity else []
    if activity is None or len(ids) != 1:
        raise FilterError(
            "事例", "一つの地区の事例が指定されていません", "事例を選んでください（例: P0239）"
        )
    return location_of(view, f"{title}　{activity.title}", ids[0])


def location_of(view: GraphicContext, title: str, district_id: str) -> MapSheet:
    """The city with one district and its neighbours marked out."""
    edition, district = view.edition, view.edition.district_by_id[district_id]
    near = district_neighbours(edition)[district_id]
    counts = (1, len(near), len(edition.districts) - 1 - len(near))
    labels = (district.full_name, "隣の地区", "ほかの地区")
    colours = (palette.SEQUENTIAL[3], palette.SEQUENTIAL[0], palette.ZERO)
    swatches = tuple(
        Swatch(colour, label, count=count)
        for colour, label, count in zip(colours, labels, counts, strict=True)
    )
    patches = {
        one.district_id: Patch(number, "" if number == HERE else labels[number])
        for one in edition.districts
        for number in [HERE if one is district else NEAR if one.district_id in near else FAR]
    }
    picture = Choropleth("位置と隣の地区", swatches, patches)
    names = "、".join(edition.district_by_id[id_].full_name for id_ in near)
    beside = f"隣は{names}です。" if names else ""
    return MapSheet(
        title=f"{title}　{district.full_name}の位置",
        sentence=f"{district.full_name}は{district.region}地域にあります。{beside}",
        pictures=(picture,),
        legend=legend(picture, ""),
        foot=view.foot(has_map=True),
        geometry=shapes(edition),
        selected=district_id,
    )


def form_pairs(profile: Profile) -> Heatmap:
    """Activities by form and actor type."""
    return shaded_grid(Form, ActorType, profile.mix.pairs)


def figure_scale(figure: Indicator, profile: Profile) -> Scale:
    """The district among all under one figure; without ticks where values are those of regions."""
    district_id = profile.district.district_id
    city = f"市全体 {figure.text('ALL')}"
    text = f"{figure.text(district_id)}　{profile.rank_text(figure)}　{city}"
    values = {} if figure.by_region else figure.district_values
    return scale_of(figure.label, text, values, district_id, figure.unit, figure.digits)


def _profile(view: GraphicContext) -> tuple[Profile, str]:
    """The district that a view names, and the sentence that says what its page holds."""
    district_id = view.districts(1)[0]
    profile = district_profile(view.edition, without_places(view.filters), district_id)
    return profile, describe_view(view.edition, profile.own_filters)


def _quotient(profile: Profile, term: Term) -> Bar:
    value = profile.quotient(term)
    shares = (mix.share(term) for mix in (profile.mix, profile.city))
    here, city = ("—" if share is None else f"{share * 100:.1f}％" for share in shares)
    text = f"{'—' if value is None else f'{value:.2f}'}（この地区 {here}、市全体 {city}）"
    mark = term.mark if isinstance(term, Form | ActorType) else ""
    pieces = (Piece(text, value, colour_of(term), mark),) if value else ()
    return Bar(term.label, text, pieces)


def _notes(note: str) -> tuple[str, ...]:
    return (note,) if note else ()
