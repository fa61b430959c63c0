"""Parts of 地区カルテ: one district's own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.export.about import COUNTING_RULE
from kyodo_geo.geo.places import CONFIDENCE_LABELS
from kyodo_geo.maps import palette
from kyodo_geo.measures.figures import Figure
from kyodo_geo.measures.kinship import Gap, Kin, gaps, narrowed_to
from kyodo_geo.measures.mixes import Mix, quotient
from kyodo_geo.measures.narrative import Sentence
from kyodo_geo.measures.parsing import texts_from_filters
from kyodo_geo.measures.profile import Profile
from kyodo_geo.measures.years import Years
from kyodo_geo.model import Town
from kyodo_geo.text import count_label, fiscal_year_label
from kyodo_geo.ui import address, cards
from kyodo_geo.ui.district_choice import locator, place_change
from kyodo_geo.ui.parts import Part
from kyodo_geo.ui.tables import row_table
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Field, Form, Term

TOTALS_NOTE = "地域と市の件数・参加者数は合計です。"
BOUNDARY_NOTE = "境界は概略であり、公式のものではありません。"


def overview(profile: Profile) -> tuple[Part, ...]:
    """Who the district is, and what stands out."""
    return (head_card(profile), *in_words(profile))


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
    return cards.notes(
        (
            ("数え方", COUNTING_RULE),
            *((figure.label, figure.definition + figure.caveat) for figure in profile.figures),
            ("町・大字", "町名表によります。確度は、その町がこの地区に属することの確かさです。"),
            ("境界", BOUNDARY_NOTE),
            ("出典", f"公開資料による活動の記録（{edition.info.label}）"),
        )
    )


def head_card(profile: Profile) -> Part:
    """Who the district is: council, centre, towns and how sure these are."""
    district = profile.district
    website = {"link": district.council_website} if district.council_website else ""
    pairs = [
        ("地域", f"{district.region}地域"),
        ("コミュニティ会議など", district.council_name),
        ("ウェブサイト", website),
        ("拠点", "　".join(t for t in (district.center_name, district.center_address) if t)),
        *_towns(profile.towns),
        ("備考", district.note),
    ]
    return cards.card(
        "地区の概要",
        *cards.district_heading(district)[:1],
        cards.notes(pairs) | {"style": "kg-detail"},
    )


def location_card(edition: Edition, profile: Profile) -> Part:
    """Where it lies, with its neighbours as links."""
    links = [place_change(district) for district in profile.neighbours]
    return cards.card(
        "位置",
        cards.heading("位置と隣の地区"),
        locator(edition, profile.district.district_id, profile.neighbours),
        {"kind": "buttons", "items": links},
        cards.paragraph(BOUNDARY_NOTE),
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
    return cards.section("この地区の特徴"), {"kind": "sentences", "items": items}


def figures(edition: Edition, profile: Profile) -> tuple[Part, ...]:
    """The figures of the district beside those it is compared with."""
    place = edition.place_by_id[profile.region_id]
    part = {
        "kind": "figures",
        "caption": f"{profile.district.name}地区と{place.label}・市全体・27地区。{TOTALS_NOTE}",
        "region": place.label,
        "items": [_figure(figure, profile) for figure in profile.figures],
    }
    few = (cards.paragraph(profile.few),) if profile.few else ()
    return (cards.section("数値"), part, *few)


def years(profile: Profile) -> tuple[Part, ...]:
    """Activities by fiscal year and form; years without a record are shown as such."""
    return (cards.section("年度ごとの変化"), year_chart(profile.years, highest_bar(profile.years)))


def highest_bar(found: Years) -> int:
    """The 延べ count of the year that has most."""
    return max((sum(year.forms.values()) for year in found), default=0)


def year_chart(found: Years, highest: int) -> Part:
    """Bars by year (延べ by form) with the 実件数 above, and the same as a table.

    A bar of `highest` is as high as the chart: charts side by side share it.
    """
    caption = (
        "棒は形態ごとの延べ件数、上の数字は実件数です。「なし」は記録のない年度です。"
        "公開資料が見つからなかった年度を含みます。"
    )
    columns = [
        *_texts("年度"),
        {"label": "実件数"},
        *({"label": form.label} for form in Form),
    ]
    rows = [
        (
            str(year.fiscal_year),
            (
                fiscal_year_label(year.fiscal_year),
                year.activities,
                *(year.forms.get(form, 0) for form in Form),
            ),
        )
        for year in found
    ]
    bars = [
        (
            "不明" if year.fiscal_year is None else str(year.fiscal_year),
            fiscal_year_label(year.fiscal_year),
            year.activities,
            [(cards.position(form), n) for form, n in year.forms.items()],
        )
        for year in found
    ]
    table = row_table("年度と形態の表（形態は延べ）", columns, rows)
    return {
        "kind": "years",
        "caption": caption,
        "years": bars,
        "highest": highest,
        "table": table,
    }


def forms_by_actors(profile: Profile) -> tuple[Part, ...]:
    """Forms × actors of the district, and the forms of the guideline that are not there."""
    mix = profile.mix
    highest = max(mix.pairs.values(), default=0)
    columns = [*_texts("形態"), *({"label": a.label, "kind": "shade"} for a in ActorType)]
    rows = [
        (
            str(form),
            (form.label, *(_shade(mix.pairs.get((form, a), 0), highest) for a in ActorType)),
        )
        for form in Form
    ]
    caption = (
        "形態と主体の組み合わせ（延べ）。一つの活動に形態や主体が複数あると、それぞれに数えます。"
    )
    absent = mix.absent_forms()
    names = "".join(f"「{form.label}」" for form in absent)
    note = (
        f"指針の6つの形態のうち、記録にない形態（空白）: {names}"
        if absent
        else ("指針の6つの形態は、すべて記録にあります。")
    )
    return (
        cards.section("形態と主体"),
        row_table(caption, columns, rows),
        cards.paragraph(note),
        {"kind": "folded", "summary": "市全体と比べた特化係数", "parts": [_quotients(profile)]},
    )


def kin(edition: Edition, profile: Profile) -> tuple[Part, ...]:
    """Districts alike in what is done, and what they do that this one doesn't."""
    heading = cards.section("活動の似た地区")
    if not profile.similar:
        text = "記録がないため、似た地区は示せません。隣の地区の記録を見てください。"
        return heading, cards.paragraph(text)
    found = gaps(edition, profile.filters, profile.district.district_id, profile.similar)
    return (
        heading,
        cards.paragraph(
            "地域、実件数、分野・形態・主体の構成の近さを合わせて選んでいます。"
            "記録にもとづく近さで、実際の活動の近さとは限りません。"
        ),
        {"kind": "kin", "items": [_kin(one) for one in profile.similar]},
        cards.section("似た地区の記録にあって、この地区の記録にないもの"),
        {"kind": "gaps", "items": [_gap(profile, gap) for gap in found]}
        if found
        else cards.paragraph("ありません。"),
    )


def ways_on(profile: Profile) -> Part:
    """Links to the maps with the same filters, the comparison and the list."""
    district_id = profile.district.district_id
    maps = address.map_view() | {"select": [district_id]}
    own = texts_from_filters(profile.own_filters)
    others = [kin.district.district_id for kin in profile.similar[:1]]
    compared = own | {"district": [district_id, *others]}
    return {
        "kind": "links",
        "items": [
            {"label": "地図に戻る（同じ絞り込み）", "page": "density", "view": maps},
            {"label": "ほかの地区と比べる", "page": "compare", "view": compared},
            {"label": "活動一覧で見る", "page": "activities", "view": own},
        ],
    }


def rank_text(figure: Figure, profile: Profile) -> str:
    """The rank of a district in words; a district without a record has none."""
    district_id = profile.district.district_id
    if figure.by_region:
        return "地域の値"
    rank = figure.rank(district_id) if profile.summary.activities else None
    tied = "（同順位あり）" if figure.is_tied(district_id) else ""
    return f"{rank[0]}位{tied}" if rank else "—"


def said(figure: Figure, value: float | None, *, half: bool = False) -> str:
    """A value with its unit; `half` allows the .5 of a median."""
    digits = 1 if half and value is not None and value % 1 else figure.digits
    return count_label(value, figure.unit, digits)


def _rows_behind(profile: Profile, sentence: Sentence) -> dict[str, list[str]]:
    return texts_from_filters(profile.own_filters.but(**sentence.change))


def _figure(figure: Figure, profile: Profile) -> dict[str, Any]:
    district_id = profile.district.district_id
    return {
        "label": figure.label,
        "value": said(figure, figure.values[district_id]),
        "rank": rank_text(figure, profile),
        "region": said(figure, figure.values[profile.region_id]),
        "city": said(figure, figure.values["ALL"]),
        "middle": "—" if figure.middle is None else said(figure, figure.middle, half=True),
        "values": [_rounded(value) for value in figure.district_values.values()],
        "has_strip": not figure.by_region,
        "here": list(figure.district_values).index(district_id),
        "note": figure.definition + figure.caveat,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _quotients(profile: Profile) -> Part:
    columns = (
        *_texts("", "項目"),
        {"label": "件数"},
        {"label": "割合（％）", "digits": 1},
        {"label": "市全体の割合（％）", "digits": 1},
        {"label": "特化係数", "digits": 2, "bar": True},
    )
    rows = [
        (str(term), (kind, term.label, *_compared(profile.mix, profile.city, term)))
        for kind, vocabulary in (("形態", KNOWN_FORMS), ("主体", ActorType), ("分野", Field))
        for term in vocabulary
    ]
    caption = (
        "特化係数は、この地区での割合を市全体での割合で割った値です。1より大きいと、市全体より"
        f"多いことを表します。{profile.few}"
    )
    return row_table(caption, columns, rows)


def _compared(mix: Mix, city: Mix, term: Term) -> tuple[float | None, ...]:
    shares = [None if s is None else s * 100 for s in (mix.share(term), city.share(term))]
    return (mix.count(term), *shares, quotient(mix, city, term))


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
        "districts": "・".join(f"{district.name}地区" for district in gap.districts),
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


def _shade(count: int, highest: int) -> Any:
    shades = palette.SEQUENTIAL
    shade = shades[count * len(shades) // (highest + 1)] if count else palette.ZERO
    return (count, shade, palette.ink_on(shade))


def _texts(*labels: str) -> list[dict[str, Any]]:
    return [{"label": label, "kind": "text"} for label in labels]
