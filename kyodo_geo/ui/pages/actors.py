"""Parts of the actors page: tables, who works with whom, organisations."""

from __future__ import annotations

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.graphics.place_charts import ACTORS_RULE, TOGETHER_RULE, actor_pairs
from kyodo_geo.graphics.term_charts import actor_bars
from kyodo_geo.measures.places.actors import actor_profiles, organisations
from kyodo_geo.measures.places.summary import Summary
from kyodo_geo.model import Filters
from kyodo_geo.ui.components import charts, prose
from kyodo_geo.ui.components.data_table import (
    PlaceColumn,
    numbers,
    place_table,
    row_table,
    texts,
)
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import Folded, Part
from kyodo_geo.vocabulary import ActorType

SHOWN_ORGANISATIONS = 20
ORGANISATION_COLUMNS = (*texts("団体"), *numbers("活動（件）"))
CITY_NOTE = (
    "形態のわかる活動は、市の名が資料になくても協働に数えます。「市」の件数は名のあるものだけです。"
)


def place_card(edition: Edition, filters: Filters, place_id: str) -> Part:
    """The chosen district (or the city): who takes part."""
    profile = actor_profiles(edition, filters)[place_id]
    absent = [actor.label for actor in ActorType if not profile.count(actor)]
    return prose.card(
        "選んだ地区",
        *prose.district_heading(edition, place_id),
        prose.big_figure(f"{profile.kinds}種類", f"{profile.activities:,}件の活動に参加した主体"),
        charts.bars(actor_bars(profile)),
        prose.paragraph(f"記録にない主体: {'、'.join(absent)}") if absent else None,
    )


def actor_table(edition: Edition, summary: Summary, filters: Filters, selected: str | None) -> Part:
    """Districts by actor types: activities in which each takes part (延べ)."""
    profiles = actor_profiles(edition, filters)

    def count_of(actor: ActorType) -> PlaceColumn:
        return PlaceColumn(
            actor.label,
            lambda row: profiles[row.place.place_id].count(actor),
            help=actor.definition,
            bar=True,
        )

    columns = [
        PlaceColumn("実件数", lambda row: row.activities, help="活動の数。一つの活動は1件"),
        *(count_of(actor) for actor in ActorType),
        PlaceColumn("種類数", lambda row: row.actor_kinds),
    ]
    caption = "地区と主体の表。一つの活動に主体が複数あると、それぞれに数えます（延べ）。"
    return place_table(summary, columns, caption, selected)


def together(edition: Edition, filters: Filters, place_id: str) -> tuple[Part, ...]:
    """Who works with whom: activities in which two types take part together."""
    profile = actor_profiles(edition, filters)[place_id]
    place = edition.place_by_id[place_id]
    name = "市全体" if place_id == "ALL" else f"{place.label}{city().district_noun}"
    caption = (
        f"だれとだれが（{name}）。{TOGETHER_RULE}"
        "斜めに並ぶ太字は、その主体が参加した活動の件数です。"
    )
    return charts.heatmap(actor_pairs(profile), "主体", caption), *image_buttons("actors-together")


def organisation_list(edition: Edition, filters: Filters, place_id: str) -> tuple[Part, ...]:
    """Organisations taking part, counted by activities."""
    found = organisations(edition, filters, place_id)
    heading = prose.section("参加した団体")
    if not found:
        return heading, prose.paragraph("団体名の記録はありません。")
    caption = f"資料にある名称のまま{len(found):,}団体。名称が違えば別の団体と数えます。"
    shown, more = found[:SHOWN_ORGANISATIONS], found[SHOWN_ORGANISATIONS:]
    parts = (heading, _organisation_table(caption, shown))
    if not more:
        return parts
    rest = f"残りの{len(more):,}団体"
    return (*parts, Folded(rest, _organisation_table(rest, more)))


def actor_notes(edition: Edition) -> Part:
    """Counting rule, source and edition."""
    return prose.notes(
        (
            ("数え方", ACTORS_RULE),
            ("市", CITY_NOTE),
            ("出典", f"公開資料による活動の記録（{edition.info.label}）"),
        )
    )


def _organisation_table(caption: str, found: tuple[tuple[str, int], ...]) -> Part:
    rows = [(name, (name, count)) for name, count in found]
    return row_table(caption, ORGANISATION_COLUMNS, rows, style="kg-narrow")
