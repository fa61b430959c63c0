"""The tables of a sheet as plain texts and numbers: figures, forms, actors, years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kyodo_geo.japanese import count_label
from kyodo_geo.measures.districts.profile import Profile
from kyodo_geo.measures.places.indicators import Indicator
from kyodo_geo.measures.places.time_series import YearCount, highest_bar
from kyodo_geo.vocabulary import ActorType, Form, Term

NOT_THERE = "—"
NONE = "なし"


def figure_rows(profile: Profile) -> list[dict[str, Any]]:
    """A row a figure: label, district, region, city, median, rank, and the strip of all."""
    return [_figure_row(profile, figure) for figure in profile.figures]


def figure_notes(profile: Profile) -> list[str]:
    """What has to be said of single figures."""
    return [f"{f.label}：{f.caveat}" for f in profile.figures if f.caveat]


def form_rows(profile: Profile) -> list[dict[str, Any]]:
    """A row per form of the guideline, 形態不明 last; `absent` where it is not on record.

    `shares` are the lengths of its bar, 0 to 1: stated, then implied.
    """
    longest = max(count.activities for count in profile.forms.counts.values()) or 1
    return [
        {
            **_term_row(profile, form, count.activities),
            "shares": [count.stated / longest, count.implied / longest],
            "implied_text": f"うち推定{count.implied:,}" if count.implied else "",
            "absent": form is not Form.UNKNOWN and not count.activities,
        }
        for form in Form
        for count in [profile.forms.counts[form]]
    ]


def actor_rows(profile: Profile) -> list[dict[str, Any]]:
    """A row per actor type, with the length of its bar, 0 to 1."""
    counts = {actor: profile.mix.count(actor) for actor in ActorType}
    longest = max(counts.values()) or 1
    return [
        {**_term_row(profile, actor, count), "shares": [count / longest]}
        for actor, count in counts.items()
    ]


def year_columns(profile: Profile) -> list[dict[str, Any]]:
    """A column per fiscal year, 年度不明 last; its parts are shares of the tallest one's 延べ."""
    tallest = highest_bar(profile.years)
    return [
        {
            "label": "年度不明" if year.fiscal_year is None else str(year.fiscal_year),
            "count": f"{year.activities:,}" if year.activities else NONE,
            "parts": [
                {"form": form, "mark": form.mark, "share": year.forms[form] / tallest}
                for form in Form
                if year.forms.get(form)
            ],
        }
        for year in profile.years
    ]


def years_in_words(profile: Profile) -> str:
    """The same for those who can't see the picture."""
    recorded = [_year_in_words(year) for year in profile.years if year.activities]
    return "年度ごとの件数。" + ("、".join(recorded) or NONE)


def _figure_row(profile: Profile, figure: Indicator) -> dict[str, Any]:
    places = (profile.district.district_id, profile.region_id, "ALL")
    return {
        "label": figure.label,
        "cells": [
            *(figure.text(place) for place in places),
            figure.middle_text,
        ],
        "rank": profile.rank_text(figure),
        "strip": [] if figure.by_region else _strip(profile, figure),
    }


def _strip(profile: Profile, figure: Indicator) -> list[dict[str, Any]]:
    """All districts from the largest value to the smallest, those without one at the end.

    `height` is a share of the largest value, None where there is no value. A district without
    a record has no rank, and is not marked.
    """
    own = profile.district.district_id if profile.summary.activities else ""
    values = figure.district_values
    largest = max((value for value in values.values() if value is not None), default=0) or 1
    # Among equals the own one is first, as its rank says.
    order = sorted(values, key=lambda place: (_falling(values[place]), place != own))
    heights = {place: None if v is None else v / largest for place, v in values.items()}
    return [{"height": heights[place], "own": place == own} for place in order]


def _falling(value: float | None) -> tuple[bool, float]:
    return value is None, -(value or 0)


def _term_row(profile: Profile, term: Term, count: int) -> dict[str, Any]:
    share = None if term is Form.UNKNOWN else profile.mix.share(term)
    special = profile.quotient(term)
    return {
        "id": term,
        "mark": term.mark,
        "label": term.label,
        "count": count_label(count),
        "share": NOT_THERE if share is None else f"{share * 100:.1f}％",
        "quotient": NOT_THERE if special is None else f"{special:.2f}",
    }


def _year_in_words(year: YearCount) -> str:
    label = "年度不明" if year.fiscal_year is None else f"{year.fiscal_year}年度"
    return f"{label}は{year.activities:,}件（{_parts_in_words(year.forms)}）"


def _parts_in_words(forms: Mapping[Form, int]) -> str:
    return "、".join(f"{form.label}{forms[form]:,}" for form in Form if forms.get(form))
