"""Parts of 推進方針: what the guideline asks of whom, beside what is on record."""

from __future__ import annotations

from collections.abc import Sequence

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import texts_from_filters
from kyodo_geo.graphics.guideline_charts import ACTIONS_CAPTION, YEARS_ONLY, effort_columns
from kyodo_geo.graphics.image_options import EFFORT, effort_in
from kyodo_geo.guideline.citizen_roles import Hope, hopes
from kyodo_geo.guideline.city_actions import (
    NO_SUM,
    EffortRecord,
    amount_note,
    city_actions,
    effort_records,
    first_and_last_year,
)
from kyodo_geo.guideline.policy import Wish, shipped_policy
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.measures.districts.district_similarity import narrowed_to
from kyodo_geo.model import CityAction, Filters
from kyodo_geo.ui.components import charts, export_buttons, prose
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import Column, Content, Link, List, Part
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import Effort, Status

CITIZENS_NOTE = (
    "指針が望むことを、記録の件数で測ることはできません。下の件数と例は、その主体が加わった活動が"
    "どれだけ記録にあるかを示します。記録のない地区も、活動がないとは限りません。"
)
ACTION_COLUMNS = [
    *texts("名称", "年度", "推進方針", "概要"),
    Column("金額（円）"),
    *texts("金額の確かさ"),
    Column("出典", "link"),
]


def efforts(edition: Edition, filters: Filters) -> tuple[Part, ...]:
    """The three efforts of the city: what is promised beside what is on record."""
    shown = [_effort(record) for record in _listed_actions(edition, filters)]
    return (
        prose.section("市の三つの取り組み"),
        prose.paragraph(YEARS_ONLY),
        prose.columns(*shown),
        *image_buttons("promotion"),
    )


def actions_by_year(edition: Edition, filters: Filters) -> tuple[Part, ...]:
    """The years of the city's actions alone, as they are embedded elsewhere."""
    parts: list[Part] = [prose.paragraph(YEARS_ONLY)]
    for record in _listed_actions(edition, filters):
        effort = record.effort
        parts += [prose.section(f"{effort.mark} {effort.label}"), *_on_record(record)]
    return tuple(parts)


def actions(edition: Edition, filters: Filters) -> tuple[Part, ...]:
    """The documented actions of the city, newest first, as a table and as a file."""
    heading = prose.section("市の取り組みの一覧")
    found = city_actions(edition, filters, _chosen())
    if not found:
        return heading, prose.notice(_why_empty(edition))
    return (
        heading,
        _action_table(found),
        prose.paragraph(NO_SUM),
        export_buttons.download("この表をCSVにする", export_buttons.CITY_ACTIONS, EFFORT),
    )


def citizens(edition: Edition, filters: Filters) -> tuple[Part, ...]:
    """The actor types of the citizens' side: what is hoped for beside the record."""
    heading = prose.section("市民の五つの主体")
    found = hopes(edition, filters)
    if not found:
        return heading, prose.notice("絞り込みに、市民の側の主体がありません。")
    return (
        heading,
        prose.paragraph(CITIZENS_NOTE),
        prose.columns(*(_hope(filters, one) for one in found)),
    )


def notes() -> Part:
    """Where the texts come from, and how to read the record."""
    return prose.notes(
        (
            (
                "指針の言葉",
                f"「{city().guideline}」第3章 2 推進方針を、この製品の言葉で短くしたものです。",
            ),
            (
                "金額の確かさ",
                "記録の文にある「約」「予算」「決算」と、出典がだれのページかによります。",
            ),
        )
    )


def _chosen() -> Effort | None:
    return effort_in(view_state.view())


def _listed_actions(edition: Edition, filters: Filters) -> list[EffortRecord]:
    chosen = _chosen()
    records = effort_records(edition, filters)
    return [record for record in records if chosen in (None, record.effort)]


def _why_empty(edition: Edition) -> str:
    known = first_and_last_year(edition)
    if known is None:
        return "この版には、年度のわかる市の取り組みの記録がありません。"
    span = f"{known[0]}〜{known[1]}年度"
    return f"この条件に合う市の取り組みの記録はありません。記録があるのは{span}です。"


def _effort(record: EffortRecord) -> Part:
    effort = record.effort
    return _wish(
        effort,
        shipped_policy().city[effort],
        prose.heading("記録にあるもの"),
        *_on_record(record),
    )


def _on_record(record: EffortRecord) -> tuple[Part, ...]:
    sentences = prose.paragraph("".join(record.sentences))
    chart = charts.counted_columns(effort_columns(record), ACTIONS_CAPTION)
    return (chart, sentences) if record.actions else (sentences,)


def _wish(term: Effort, wish: Wish, *below: Part) -> Part:
    return prose.card(
        term.label,
        prose.title(f"{term.mark} {term.label}", wish.chapter),
        prose.paragraph(f"{wish.aim}。"),
        prose.points(wish.promises),
        *below,
    )


def _action_table(found: Sequence[CityAction]) -> Part:
    rows = [
        (
            str(n),
            (
                action.title,
                "不明" if action.fiscal_year is None else str(action.fiscal_year),
                Effort.of(action.effort).label,
                action.summary,
                action.amount_yen,
                amount_note(action),
                action.source,
            ),
        )
        for n, action in enumerate(found)
    ]
    return row_table(
        f"市の取り組み {len(found):,}件（新しい順）", ACTION_COLUMNS, rows, style="kg-actions"
    )


def _hope(filters: Filters, hope: Hope) -> Part:
    view = texts_from_filters(narrowed_to(filters, hope.actor))
    on_map = texts_from_filters(filters) | {"shown_actor": [str(hope.actor)]}
    links = prose.links(
        Link(f"{hope.activities:,}件の一覧", "activities", view),
        Link("地区の地図で見る", "actors", on_map),
    )
    records = [_record(activity) for activity in hope.latest]
    return prose.card(
        hope.actor.label,
        prose.title(hope.actor.label, hope.wish.chapter),
        prose.paragraph(f"{hope.wish.aim}。"),
        prose.points(hope.wish.promises),
        prose.heading("記録にあるもの"),
        prose.big_figure(f"{hope.activities:,}件", f"{hope.actor.label}の加わった活動"),
        *([List(records, "kg-records")] if records else []),
        prose.paragraph(_absent(hope)),
        *([links] if hope.activities else []),
    )


def _record(activity: ListedActivity) -> Content:
    places = "・".join(activity.place_labels)
    planned = ["予定"] if activity.status is Status.PLANNED else []
    note = "　".join((fiscal_year_label(activity.fiscal_year), places, *planned))
    title = Link(activity.title, "activities", {"activity": [activity.activity_id]})
    return [title, prose.small(note)]


def _absent(hope: Hope) -> str:
    if not hope.absent:
        return f"{hope.actor.label}の加わった記録は、どの地区にもあります。"
    if hope.is_everywhere_absent:
        return f"{hope.actor.label}の加わった記録は、どの地区にもありません。"
    names = "・".join(district.name for district in hope.absent)
    silent = f"うち{hope.silent}地区は、どの主体の記録もありません。" if hope.silent else ""
    return f"{hope.actor.label}の加わった記録がない地区（{len(hope.absent)}）: {names}。{silent}"
