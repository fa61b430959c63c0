"""What a view is narrowed to and what it holds, in one Japanese sentence."""

from __future__ import annotations

from collections.abc import Iterable

from kyodo_geo.editions import Edition
from kyodo_geo.filters.conditions import holds_context
from kyodo_geo.measures.places.summary import Summary, summarise
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Certainty, Term


def describe_filters(edition: Edition, filters: Filters) -> str:
    """The conditions of a view joined by 「・」, e.g. 2015〜2024年度・花巻地域; 全期間 alone
    where nothing is narrowed."""
    parts = [
        _period(filters),
        _either(f"{region}地域" for region in filters.regions),
        _either(_place_name(edition, place_id) for place_id in filters.districts),
        _with_label("形態が", filters.forms),
        _with_label("主体が", filters.actors),
        _with_label("範囲が", filters.scopes),
        _with_label("分野が", filters.fields),
        f"{filters.status.label}のみ" if filters.status else "",
        "明記された形態のみ" if filters.certainty is Certainty.STATED else "",
        f"キーワード「{filters.keyword}」" if filters.keyword.strip() else "",
    ]
    return "・".join(part for part in parts if part)


def describe_view(edition: Edition, filters: Filters) -> str:
    """The sentence that stands above every picture, with the 実件数."""
    summary = summarise(edition, filters)
    conditions = describe_filters(edition, filters)
    return f"{conditions}の{_counted(filters, summary)}{_excluded_note(edition, filters)}"


def _counted(filters: Filters, summary: Summary) -> str:
    total = summary.total
    if holds_context(filters):
        text = f"活動は{total.activities:,}件（実件数）。うち協働{total.kyodo:,}件、"
        text += f"協働ではない活動（市民の範囲・市の範囲）{total.activities - total.kyodo:,}件。"
    else:
        text = f"協働は{total.activities:,}件（実件数）。"
    if summary.citywide.activities:
        text += f"うち全市の取り組み{summary.citywide.activities:,}件。"
    if summary.unknown.activities:
        text += f"うち地区不明{summary.unknown.activities:,}件。"
    return text


def _excluded_note(edition: Edition, filters: Filters) -> str:
    if filters.year_from is None and filters.year_to is None:
        return ""
    without_period = summarise(edition, filters.but(year_from=None, year_to=None))
    unknown = without_period.total.year_unknown
    return f"年度のわからない{unknown:,}件は含みません。" if unknown else ""


def _period(filters: Filters) -> str:
    start, end = filters.year_from, filters.year_to
    if start is None and end is None:
        return "全期間"
    if start == end:
        return f"{start}年度"
    if end is None:
        return f"{start}年度から"
    return f"{start}〜{end}年度" if start else f"{end}年度まで"


def _place_name(edition: Edition, place_id: str) -> str:
    district = edition.district_by_id.get(place_id)
    return district.full_name if district else edition.place_by_id[place_id].label


def _either(names: Iterable[str]) -> str:
    return "または".join(names)


def _with_label(before: str, terms: Iterable[Term]) -> str:
    names = _either(term.label for term in terms)
    return f"{before}{names}" if names else ""
