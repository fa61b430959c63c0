"""Parts of the actors page: pictures, tables, who works with whom, organisations."""

from __future__ import annotations

from html import escape

import streamlit as st

from kyodo_geo.editions import Edition
from kyodo_geo.maps import palette
from kyodo_geo.measures.actors import ActorProfile, actor_profiles, organisations
from kyodo_geo.measures.sentence import describe_filters
from kyodo_geo.measures.summary import Summary
from kyodo_geo.model import Filters
from kyodo_geo.text import count_label
from kyodo_geo.ui import cards, options
from kyodo_geo.ui.tables import Column, place_table
from kyodo_geo.vocabulary import ActorType

PICTURES = {"share": "一つの主体の割合", "kinds": "主体の種類数"}
ACTOR_IDS = {str(actor): actor for actor in ActorType}
SHOWN_ORGANISATIONS = 20
SHARE_NOTE = "その主体が参加した活動の割合です。活動の記録がない地区は「データなし」です。"
CITY_NOTE = (
    "形態のわかる活動は、市の名が資料になくても協働に数えます。「市」の件数は名のあるものだけです。"
)


def choose_picture() -> str:
    """Which picture to show: "share" or "kinds"."""
    return options.switch("picture", "図", PICTURES, "share", widget="picture_actors")


def choose_actor() -> ActorType:
    """The actor type whose share is mapped."""
    labels = {actor_id: actor.label for actor_id, actor in ACTOR_IDS.items()}
    default = str(ActorType.LOCAL_GROUP)
    return ACTOR_IDS[options.select("shown_actor", "主体を選ぶ", labels, default)]


def district_profiles(edition: Edition, filters: Filters) -> dict[str, ActorProfile]:
    """Profiles of the districts alone, in order."""
    profiles = actor_profiles(edition, filters)
    return {d.district_id: profiles[d.district_id] for d in edition.districts}


def actor_bars(profile: ActorProfile) -> str:
    """Bars of the six actor types: activities in which each takes part."""
    rows = [(actor, profile.count(actor), f"{profile.count(actor):,}件") for actor in ActorType]
    return cards.bars(rows, palette.ACTOR_COLOURS)


def place_card(edition: Edition, filters: Filters, place_id: str) -> None:
    """The chosen district (or the city): who takes part."""
    profile = actor_profiles(edition, filters)[place_id]
    absent = [actor.label for actor in ActorType if not profile.count(actor)]
    parts = [
        cards.district_heading(edition.district_by_id.get(place_id)),
        cards.big_figure(f"{profile.kinds}種類", f"{profile.activities:,}件の活動に参加した主体"),
        actor_bars(profile),
        cards.paragraph(f"記録にない主体: {'、'.join(absent)}") if absent else "",
    ]
    st.html(f'<section class="kg-card" aria-label="選んだ地区">{"".join(parts)}</section>')


def actor_table(edition: Edition, summary: Summary, filters: Filters) -> None:
    """Districts by actor types: activities in which each takes part (延べ)."""
    profiles = actor_profiles(edition, filters)

    def count_of(actor: ActorType) -> Column:
        return Column(
            actor.label,
            lambda row: profiles[row.place.place_id].count(actor),
            help=actor.definition,
            bar=True,
        )

    columns = [
        Column("実件数", lambda row: row.activities, help="活動の数。一つの活動は1件"),
        *(count_of(actor) for actor in ActorType),
        Column("種類数", lambda row: row.actor_kinds),
    ]
    label = "地区と主体の表。一つの活動に主体が複数あると、それぞれに数えます（延べ）。"
    place_table(edition, summary, columns, label, key="kg_actor_table")


def together(edition: Edition, filters: Filters, place_id: str) -> None:
    """Who works with whom: activities in which two types take part together."""
    profile = actor_profiles(edition, filters)[place_id]
    highest = max((n for (a, b), n in profile.together.items() if a is not b), default=0)
    head = "".join(f'<th scope="col" class="kg-number">{a.label}</th>' for a in ActorType)
    body = "".join(_together_row(profile, actor, highest) for actor in ActorType)
    place = edition.place_by_id[place_id]
    name = "市全体" if place_id == "ALL" else f"{escape(place.label)}地区"
    st.html(
        f'<div class="kg-scroll"><table class="kg-table"><caption>だれとだれが（{name}）。'
        "二つの主体がともに参加した活動の件数です。斜めの欄は、その主体が参加した活動の件数です。"
        f'</caption><thead><tr><th scope="col">主体</th>{head}</tr></thead><tbody>{body}</tbody>'
        "</table></div>"
    )


def _together_row(profile: ActorProfile, actor: ActorType, highest: int) -> str:
    cells = "".join(_together_cell(profile, actor, other, highest) for other in ActorType)
    mark = cards.mark(actor, palette.ACTOR_COLOURS[actor])
    return f'<tr><th scope="row">{mark}{actor.label}</th>{cells}</tr>'


def _together_cell(profile: ActorProfile, actor: ActorType, other: ActorType, highest: int) -> str:
    count = profile.together.get((actor, other), 0)
    if actor is other:
        return f'<td class="kg-number"><b>{count:,}</b></td>'
    colours = palette.SEQUENTIAL
    colour = colours[min(len(colours) - 1, count * len(colours) // (highest + 1))]
    style = f"background:{colour};color:{palette.ink_on(colour)}" if count else ""
    return f'<td class="kg-number" style="{style}">{count:,}</td>'


def organisation_list(edition: Edition, filters: Filters, place_id: str) -> None:
    """Organisations taking part, counted by activities."""
    found = organisations(edition, filters, place_id)
    st.html("<h2 class=kg-section>参加した団体</h2>")
    if not found:
        st.write("団体名の記録はありません。")
        return
    st.caption(f"資料にある名称のまま{len(found):,}団体。名称が違えば別の団体と数えます。")
    st.html(_organisation_table(found[:SHOWN_ORGANISATIONS]))
    if len(found) > SHOWN_ORGANISATIONS:
        with st.expander(f"残りの{len(found) - SHOWN_ORGANISATIONS:,}団体"):
            st.html(_organisation_table(found[SHOWN_ORGANISATIONS:]))


def _organisation_table(found: tuple[tuple[str, int], ...]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        f'<td class="kg-number">{count_label(count)}</td></tr>'
        for name, count in found
    )
    head = '<tr><th scope="col">団体</th><th scope="col" class="kg-number">活動</th></tr>'
    return f'<table class="kg-table kg-narrow"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def actor_notes(edition: Edition, filters: Filters) -> None:
    """Counting rule, source and edition."""
    pairs = (
        ("対象", describe_filters(edition, filters)),
        ("数え方", "主体ごとの件数は延べです。一つの活動に複数の主体が参加します。"),
        ("市", CITY_NOTE),
        ("出典", f"公開資料による活動の記録（{edition.info.label}）"),
    )
    st.html(cards.notes(pairs))
