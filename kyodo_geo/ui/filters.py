"""The filter row: the same on every page, one chip a filter, the rarer ones behind a button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from kyodo_geo.editions import Edition
from kyodo_geo.measures.selection import region_names
from kyodo_geo.measures.sentence import describe_view
from kyodo_geo.measures.summary import summarise
from kyodo_geo.model import CITYWIDE_ID, Filters
from kyodo_geo.text import fiscal_year_label
from kyodo_geo.ui import address
from kyodo_geo.ui.components import panel
from kyodo_geo.vocabulary import ActorType, AnyTerm, Certainty, Field, Form, Scope, Status

MOST_NAMED = 2


def filter_bar(edition: Edition) -> Filters:
    """Draw the filter row and return the filters as they stand now."""
    current = _as_set(address.filters())
    st.session_state[address.FILTERS] = current
    with st.container(horizontal=True, gap="small", key="kg_filters", vertical_alignment="center"):
        _years(edition, current)
        _regions(edition, current)
        _districts(edition, current)
        _terms("形態", "form", Form, current.forms)
        _terms("主体", "actor", ActorType, current.actors)
        _rarer(current)
        st.button(
            "解除",
            key="kg_clear",
            disabled=not current.is_narrowed,
            on_click=address.set_filters,
            args=(Filters(),),
            help="すべての絞り込みを外します",
        )
        panel(
            "copyLink",
            {"label": "リンクをコピー", "done": "コピーしました", "failed": "コピーできません"},
            key="kg_copy_link",
            on_pick=lambda _: None,
        )
    return current


def sentence(edition: Edition, filters: Filters) -> None:
    """What the view holds, in one sentence with the 実件数."""
    text = escape(describe_view(edition, filters))
    st.html(f'<p class="kg-sentence" role="status" aria-live="polite">{text}</p>')


def empty_state(edition: Edition, filters: Filters) -> bool:
    """Where nothing is left, say so and offer the nearest views that hold something."""
    if summarise(edition, filters).total.activities:
        return False
    years = edition.fiscal_years
    period = f"記録があるのは{years[0]}〜{years[-1]}年度です。" if years else ""
    st.info(f"この条件に合う活動の記録はありません。{period}条件を一つ外すと、次の件数になります。")
    with st.container(horizontal=True, key="kg_relax"):
        for label, relaxed in _relaxations(filters):
            count = summarise(edition, relaxed).total.activities
            if count:
                st.button(
                    f"{label}を外す（{count:,}件）",
                    key=f"kg_relax_{label}",
                    on_click=address.set_filters,
                    args=(relaxed,),
                )
    return True


def _as_set(before: Filters) -> Filters:
    """The filters with what the user has just set in the widgets, before they are drawn."""
    value = address.widget_value
    year_from, year_to = value("year_from", before.year_from), value("year_to", before.year_to)
    if year_from is not None and year_to is not None and year_from > year_to:
        year_from, year_to = year_to, year_from
    return Filters(
        year_from=year_from,
        year_to=year_to,
        regions=tuple(value("region", before.regions) or ()),
        districts=tuple(sorted(value("district", before.districts) or ())),
        forms=_in_order(Form, value("form", before.forms)),
        actors=_in_order(ActorType, value("actor", before.actors)),
        scopes=_in_order(Scope, value("scope", before.scopes)),
        fields=_in_order(Field, value("field", before.fields)),
        status=value("status", before.status),
        certainty=value("certainty", before.certainty) or Certainty.WITH_IMPLIED,
        keyword=str(value("keyword", before.keyword)).strip(),
        with_context=bool(value("context", before.with_context)),
    )


def _in_order(vocabulary: type[AnyTerm], chosen: Iterable[AnyTerm] | None) -> tuple[AnyTerm, ...]:
    picked = set(chosen or ())
    return tuple(term for term in vocabulary if term in picked)


def _years(edition: Edition, current: Filters) -> None:
    chosen = {year for year in (current.year_from, current.year_to) if year is not None}
    options = sorted(chosen | set(edition.fiscal_years), reverse=True)
    with st.popover(_year_chip(current), key="kg_pop_years"):
        for name, text in (("year_from", "年度（から）"), ("year_to", "年度（まで）")):
            key = address.widget(name, getattr(current, name))
            st.selectbox(
                text,
                options,
                index=None,
                format_func=fiscal_year_label,
                placeholder="指定なし",
                key=key,
            )
        st.caption("年度を指定すると、年度のわからない活動は含みません。")


def _year_chip(current: Filters) -> str:
    start, end = current.year_from, current.year_to
    if start is None and end is None:
        return "年度 すべて"
    return f"年度 {start or ''}〜{end or ''}" if start != end else f"年度 {start}"


def _regions(edition: Edition, current: Filters) -> None:
    with st.popover(_chip("地域", current.regions), key="kg_pop_region"):
        st.pills(
            "地域",
            list(region_names(edition)),
            selection_mode="multi",
            key=address.widget("region", list(current.regions)),
        )


def _districts(edition: Edition, current: Filters) -> None:
    options = [
        district.district_id
        for district in edition.districts
        if not current.regions or district.region in current.regions
    ]
    options += [d for d in (CITYWIDE_ID, *current.districts) if d not in options]
    names = {place_id: place.label for place_id, place in edition.place_by_id.items()}
    with st.popover(_chip("地区", [names[d] for d in current.districts]), key="kg_pop_district"):
        st.multiselect(
            "地区",
            options,
            format_func=names.__getitem__,
            placeholder="地区を選ぶ",
            key=address.widget("district", list(current.districts)),
        )


def _rarer(current: Filters) -> None:
    count = sum(map(bool, (current.scopes, current.fields, current.status, current.keyword)))
    count += (current.certainty is not Certainty.WITH_IMPLIED) + current.with_context
    with st.popover(f"＋ 絞り込み（{count}）" if count else "＋ 絞り込み", key="kg_pop_more"):
        st.text_input(
            "キーワード",
            key=address.widget("keyword", current.keyword),
            max_chars=100,
            placeholder="名称・概要・団体名。空白で区切るとすべてを含むもの",
        )
        _pills("範囲", "scope", Scope, current.scopes)
        _pills("分野", "field", Field, current.fields)
        st.segmented_control(
            "実施・予定",
            list(Status),
            format_func=lambda term: term.label,
            key=address.widget("status", current.status),
        )
        st.segmented_control(
            "形態の確実度",
            list(Certainty),
            format_func=lambda term: term.label,
            key=address.widget("certainty", current.certainty),
            help="「明記のみ」では、推定した形態を不明として扱います",
            required=True,
        )
        st.toggle(
            "協働ではない活動（市民の範囲・市の範囲）も含める",
            key=address.widget("context", current.with_context),
            help="参考として数えます。協働の件数には入りません",
        )


def _terms(label: str, name: str, vocabulary: type[AnyTerm], chosen: tuple[AnyTerm, ...]) -> None:
    with st.popover(_chip(label, [term.label for term in chosen]), key=f"kg_pop_{name}"):
        _pills(label, name, vocabulary, chosen)


def _pills(label: str, name: str, vocabulary: type[AnyTerm], chosen: tuple[AnyTerm, ...]) -> None:
    st.pills(
        label,
        list(vocabulary),
        format_func=lambda term: term.label,
        selection_mode="multi",
        key=address.widget(name, list(chosen)),
    )


def _chip(label: str, names: Sequence[str]) -> str:
    if not names:
        return f"{label} すべて"
    shown = "・".join(names[:MOST_NAMED])
    return f"{label} {shown}" + (
        f" ほか{len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    )


def _relaxations(filters: Filters) -> Iterable[tuple[str, Filters]]:
    empty = Filters()
    groups = (
        ("年度", ("year_from", "year_to")),
        ("地域", ("regions",)),
        ("地区", ("districts",)),
        ("形態", ("forms",)),
        ("主体", ("actors",)),
        ("範囲", ("scopes",)),
        ("分野", ("fields",)),
        ("実施・予定", ("status",)),
        ("確実度", ("certainty",)),
        ("キーワード", ("keyword",)),
    )
    for label, names in groups:
        relaxed = filters.but(**{name: getattr(empty, name) for name in names})
        if relaxed != filters:
            yield label, relaxed
