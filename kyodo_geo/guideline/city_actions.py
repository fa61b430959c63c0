"""The city's documented actions by effort (推進方針): years, gaps in the record, amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from kyodo_geo.city import city
from kyodo_geo.editions import Edition, query_text
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.model import CityAction, Filters
from kyodo_geo.vocabulary import Effort

CITY_HOSTS = (city().website, "lg.jp")
"""Pages below these are the city's own, or another public office's."""

ABOUT_YEN = re.compile(r"約\s*[\d０-９,，.]+\s*[億万千百]*[\d０-９,，]*[万千]?円")
"""A rounded amount, as texts write it: 約7381万円. Of people (約150人) it says nothing."""

NO_SUM = (
    "金額は、総額・事業費・予算など資料によって意味が違い、同じ交付金が年度ごとに出てくることも"
    "あるため、合計しません。"
)


@dataclass(frozen=True)
class EffortRecord:
    """What is on record of one effort: actions by fiscal year; None is 年度不明.

    A year without a record is not in `years`: nothing is known of it, not zero. `span` has every
    year of the view from the first to the last that the edition has an action of any effort in.
    """

    effort: Effort
    years: Mapping[int | None, int]
    span: range

    @property
    def actions(self) -> int:
        """How many actions there are."""
        return sum(self.years.values())

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the record holds of this effort, and where it holds nothing."""
        return tuple(_sentences(self))


def city_actions(
    edition: Edition, filters: Filters, effort: Effort | None = None
) -> tuple[CityAction, ...]:
    """The actions of one effort or of all in the years of a view, newest first.

    Of the filters the years alone are heard: an action has no district, form or actor. Where a
    year is set, actions of unknown year are left out.
    """
    return tuple(
        action
        for action in _all_actions(edition)
        if effort in (None, action.effort) and _is_in_years(action.fiscal_year, filters)
    )


def effort_records(edition: Edition, filters: Filters) -> tuple[EffortRecord, ...]:
    """What is on record of each of the three efforts in the years of a view, in the
    guideline's order."""
    span = _span(edition, filters)
    return tuple(
        EffortRecord(
            effort, Counter(a.fiscal_year for a in city_actions(edition, filters, effort)), span
        )
        for effort in Effort
    )


def first_and_last_year(edition: Edition) -> tuple[int, int] | None:
    """The years that the edition has the first and the last action of; None without any."""
    known = [a.fiscal_year for a in _all_actions(edition) if a.fiscal_year is not None]
    return (min(known), max(known)) if known else None


def amount_note(action: CityAction) -> str:
    """How far the amount of an action can be relied on, from what its record says; empty
    without an amount."""
    if action.amount_yen is None:
        return ""
    text = f"{action.title} {action.summary}"
    return "。".join((_rounding(text), _kind_of_amount(text), _publisher(action.source))) + "。"


def _all_actions(edition: Edition) -> tuple[CityAction, ...]:
    return edition.cached(
        "city_actions", lambda: edition.records(CityAction, query_text("city_actions"))
    )


def _span(edition: Edition, filters: Filters) -> range:
    first, last = first_and_last_year(edition) or (0, -1)
    return range(max(first, filters.year_from or first), min(last, filters.year_to or last) + 1)


def _is_in_years(year: int | None, filters: Filters) -> bool:
    first, last = filters.year_from, filters.year_to
    if year is None:
        return first is None and last is None
    return (first is None or year >= first) and (last is None or year <= last)


def _sentences(record: EffortRecord) -> Iterator[str]:
    known = sorted(year for year in record.years if year is not None)
    if not record.actions:
        yield "記録がありません。取り組みがなかったという意味ではありません。"
        return
    yield f"記録は{record.actions:,}件です。"
    if None in record.years:
        yield f"うち{record.years[None]:,}件は年度がわかりません。"
    if not known:
        return
    before = range(record.span.start, known[0])
    gaps = [before, *(range(a + 1, b) for a, b in pairwise(known))]
    missing = [_years_label(gap) for gap in gaps if len(gap)]
    if missing:
        yield f"{'、'.join(missing)}は記録がありません。"
    if known[-1] < record.span.stop - 1:
        yield f"{fiscal_year_label(known[-1])}を最後に、その後の記録がありません。"


def _years_label(years: range) -> str:
    if len(years) == 1:
        return f"{years.start}年度"
    return f"{years.start}〜{years.stop - 1}年度"


def _rounding(text: str) -> str:
    if ABOUT_YEN.search(text):
        return "資料に「約」とある概数"
    return "概数かどうかは記録にない"


def _kind_of_amount(text: str) -> str:
    kinds: Iterable[str] = (kind for kind in ("予算", "決算") if kind in text)
    named = "・".join(kinds)
    return f"{named}の額とある" if named else "予算か決算かは記録にない"


def _publisher(source: str) -> str:
    host = urlsplit(source).hostname or ""
    if any(host == city or host.endswith(f".{city}") for city in CITY_HOSTS):
        return "市などの公式の資料による"
    return f"市の資料ではない（{host or '出典なし'}）"
