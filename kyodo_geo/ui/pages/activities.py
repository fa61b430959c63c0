"""Parts of the activities page: the list, a page at a time, and one activity in full."""

from __future__ import annotations

from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.measures.activities.listing import (
    ListedActivity,
    list_activities,
)
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.ui.components import option_bar, prose
from kyodo_geo.ui.components.activity_detail import (
    ROWS_PER_PAGE,
    activity_detail,
    activity_id_in_view,
    additions,
    chosen_page,
    correction,
    pages_of,
)
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.parts import Column, Part
from kyodo_geo.ui.state.page_options import ORDER, ORDERS

COLUMNS = (
    *texts("名称", "年度", "地区"),
    Column("形態", "texts"),
    Column("主体", "texts"),
    *texts("分野"),
    Column("参加者数"),
    *texts("実施・予定"),
    Column("出典", "link"),
)


def record(edition: Edition, filters: Filters) -> tuple[Part, ...]:
    """The activities of a page about something else: order, list, one of them in full."""
    heading = prose.section("活動の記録")
    if edition.holds_figures_only:
        return heading, prose.paragraph("この版は件数だけで、活動の一つ一つはありません。")
    total = summarise(edition, filters).total.activities
    if not total:
        nothing = prose.paragraph("この条件に合う記録はありません。")
        return heading, nothing, *additions(), correction(edition)
    choices = option_bar.row(option_bar.option_item(ORDER), option_bar.page_item(pages_of(total)))
    detail = activity_detail(edition)
    shown = (*((detail,) if detail else ()), activity_list(edition, filters))
    return heading, choices, *shown, *additions(), correction(edition)


def activity_list(edition: Edition, filters: Filters) -> Part:
    """One page of the list; a title opens the activity."""
    total = summarise(edition, filters).total.activities
    start = chosen_page(total) * ROWS_PER_PAGE
    order = ORDERS[option_bar.chosen(ORDER)]
    found = list_activities(edition, filters, order, limit=ROWS_PER_PAGE, offset=start)
    return row_table(
        f"活動 {total:,}件のうち {start + 1:,}〜{start + len(found):,}件目。"
        "名称を押すと詳しく見られます。",
        COLUMNS,
        [(activity.activity_id, _cells(activity)) for activity in found],
        picks="activity",
        selected=activity_id_in_view(),
        style="kg-page",
    )


def _cells(activity: ListedActivity) -> tuple[Any, ...]:
    forms = [form.label for form in activity.forms_stated]
    forms += [f"{form.label}（推定）" for form in activity.forms_implied]
    return (
        activity.title,
        "不明" if activity.fiscal_year is None else f"{activity.fiscal_year}",
        "・".join(activity.place_labels),
        forms,
        [actor.label for actor in activity.actors],
        activity.field.label,
        activity.participants_count,
        activity.status.label,
        activity.source,
    )
