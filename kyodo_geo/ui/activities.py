"""Parts of the activities page: the list, a page at a time, and one activity in full."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from kyodo_geo.editions import Edition
from kyodo_geo.maps import palette
from kyodo_geo.measures.activities import ListedActivity, Order, find_activity, list_activities
from kyodo_geo.measures.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.text import count_label, fiscal_year_label
from kyodo_geo.ui import address, cards, options
from kyodo_geo.ui.components import panel
from kyodo_geo.vocabulary import CONTEXT_SCOPES, Status

ROWS_PER_PAGE = 50
ORDERS = {order.order_id: order for order in Order}
COLUMNS = (
    ("名称", "text"),
    ("年度", "text"),
    ("地区", "text"),
    ("形態", "text"),
    ("主体", "text"),
    ("分野", "text"),
    ("参加者数", "number"),
    ("実施・予定", "text"),
    ("出典", "link"),
)


def choose_order() -> Order:
    """How the list is sorted."""
    labels = {order_id: order.label for order_id, order in ORDERS.items()}
    return ORDERS[options.select("order", "並べ方", labels, "newest")]


def choose_page(rows: int) -> int:
    """Which page of the list to show, from 0; kept in the address."""
    pages = max(1, -(-rows // ROWS_PER_PAGE))
    known = [str(number) for number in range(1, pages + 1)]
    current = int(address.option("page", known, "1"))
    key = address.widget("page", current)
    st.session_state[key] = min(st.session_state[key], pages)
    chosen = st.number_input(f"ページ（全{pages:,}）", 1, pages, key=key)
    address.set_option("page", str(chosen) if chosen > 1 else None)
    return int(chosen) - 1


def activity_list(edition: Edition, filters: Filters, order: Order, page: int) -> None:
    """One page of the list; a title opens the activity."""
    start = page * ROWS_PER_PAGE
    found = list_activities(edition, filters, order, limit=ROWS_PER_PAGE, offset=start)
    total = summarise(edition, filters).total.activities
    panel(
        "table",
        {
            "label": f"活動 {total:,}件のうち {start + 1:,}〜{start + len(found):,}件目。"
            "名称を押すと詳しく見られます。",
            "columns": [{"label": label, "kind": kind} for label, kind in COLUMNS],
            "rows": [_row(activity) for activity in found],
            "footer": [],
            "selected": st.session_state[address.OPTIONS].get("activity"),
            "subject": "activity",
            "isPage": True,
        },
        key="kg_activity_table",
        on_pick=_open_picked,
    )


def activity_detail(edition: Edition) -> None:
    """The chosen activity in full, or a sentence if the address names none of ours."""
    activity_id = st.session_state[address.OPTIONS].get("activity")
    if not activity_id:
        return
    activity = find_activity(edition, activity_id)
    if activity is None:
        st.warning(
            f"活動「{activity_id[:40]}」は、この版の記録にありません。一覧から選んでください。"
        )
        return
    with st.container(border=True, key="kg_activity"):
        st.html(_detail(activity))
        st.button(
            "閉じる", key="kg_close_activity", on_click=_open_picked, args=({"activity": None},)
        )


def _open_picked(value: Mapping[str, Any]) -> None:
    if "activity" in value:
        address.set_option("activity", value["activity"])


def _row(activity: ListedActivity) -> dict[str, Any]:
    forms = [form.label for form in activity.forms_stated]
    forms += [f"{form.label}（推定）" for form in activity.forms_implied]
    cells = (
        activity.title,
        "不明" if activity.fiscal_year is None else f"{activity.fiscal_year}",
        "・".join(activity.place_labels),
        "・".join(forms) or "不明",
        "・".join(actor.label for actor in activity.actors),
        activity.field.label,
        activity.participants_count,
        activity.status.label,
        activity.source,
    )
    return {"id": activity.activity_id, "cells": cells, "pick": True}


def _detail(activity: ListedActivity) -> str:
    actors = "　".join(
        f"{cards.mark(actor, palette.ACTOR_COLOURS[actor])}{actor.label}"
        for actor in activity.actors
    )
    planned = "（予定。結果は確認していません）" if activity.status is Status.PLANNED else ""
    rows = (
        ("番号", escape(activity.activity_id)),
        ("概要", escape(activity.summary)),
        ("年度", escape(fiscal_year_label(activity.fiscal_year) + planned)),
        ("期間", escape(_period(activity))),
        ("地区", escape("・".join(activity.place_labels))),
        ("形態", cards.form_marks(activity)),
        ("範囲", escape(_scopes(activity))),
        ("主体", actors),
        ("団体", escape("、".join(activity.organisations))),
        ("分野", escape(activity.field.label)),
        ("参加者数", escape(count_label(activity.participants_count, "人"))),
        ("市の負担額", escape(count_label(activity.city_cost_yen, "円"))),
        ("備考", escape(activity.note)),
        ("出典", cards.link(activity.source, activity.source)),
        ("資料の日付", escape(activity.source_date)),
    )
    items = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows if value)
    return (
        f'<section class="kg-card"><h3>{escape(activity.title)}</h3>'
        f'<dl class="kg-detail">{items}</dl></section>'
    )


def _period(activity: ListedActivity) -> str:
    days = [f"{day:%Y-%m-%d}" for day in (activity.start_date, activity.end_date) if day]
    return "〜".join(dict.fromkeys(days))


def _scopes(activity: ListedActivity) -> str:
    names = "、または ".join(scope.label for scope in activity.scopes)
    is_context = set(activity.scopes) <= set(CONTEXT_SCOPES)
    return f"{names}（参考。協働の件数には入りません）" if is_context else names
