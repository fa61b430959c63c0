"""Documented actions of the city by effort (推進方針): years, gaps in the record, amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from kyodo_geo.city import city
from kyodo_geo.editions import Edition, cached_per_edition, query_text
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.model import CityAction, Filters
from kyodo_geo.vocabulary import Effort

CITY_HOSTS = (city().website, "lg.jp")
"""Hosts of the city and of other public offices."""

ABOUT_YEN = re.compile(r"約\s*[\d０-９,，.]+\s*[億万千百]*[\d０-９,，]*[万千]?円")
"""A rounded amount (約7381万円), but no rounded number of people (約150人)."""

NO_SUM = (
    "金額は、総額・事業費・予算など資料によって意味が違い、同じ交付金が年度ごとに出てくることも"
    "あるため、合計しません。"
)


@dataclass(frozen=True)
class EffortRecord:
    """Actions of one effort per fiscal year (None is 年度不明).

    Years without a record are missing from `years`: unknown, not zero. `span` are the years of
    the view between the first and the last action of any effort in the edition.
    """

    effort: Effort
    years: Mapping[int | None, int]
    span: range

    @property
    def actions(self) -> int:
        """Number of actions."""
        return sum(self.years.values())

    @property
    def sentences(self) -> tuple[str, ...]:
        """Sentences on the actions on record and on the gaps."""
        return tuple(_sentences(self))


def city_actions(
    edition: Edition, filters: Filters, effort: Effort | None = None
) -> tuple[CityAction, ...]:
    """Return the actions of one effort or of all in the years of a view, newest first.

    Other filters are ignored. Where a year is set, actions of unknown year are left out.
    """
    # Only years can narrow: an action has no district, form or actor.
    return tuple(
        action
        for action in _all_actions(edition)
        if effort in (None, action.effort) and _is_in_years(action.fiscal_year, filters)
    )


def effort_records(edition: Edition, filters: Filters) -> tuple[EffortRecord, ...]:
    """Return the records of the three efforts in the years of a view, in the guideline's order."""
    span = _span(edition, filters)
    return tuple(
        EffortRecord(
            effort, Counter(a.fiscal_year for a in city_actions(edition, filters, effort)), span
        )
        for effort in Effort
    )


def first_and_last_year(edition: Edition) -> tuple[int, int] | None:
    """Return the years of the first and the last action; None without a known year."""
    known = [a.fiscal_year for a in _all_actions(edition) if a.fiscal_year is not None]
    return (min(known), max(known)) if known else None


def amount_note(action: CityAction) -> str:
    """Describe how certain the amount of an action is, by its own texts; empty without one."""
    # Decision 32: the table has no column for this, and what its texts do not say is not guessed.
    if action.amount_yen is None:
        return ""
    text = f"{action.title} {action.summary}"
    rounding = "資料に「約」とある概数" if ABOUT_YEN.search(text) else "概数かどうかは記録にない"
    return f"{rounding}。{_kind_of_amount(text)}。{_publisher(action.source)}。"


@cached_per_edition
def _all_actions(edition: Edition) -> tuple[CityAction, ...]:
    return edition.records(CityAction, query_text("city_actions"))


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
    last = years.stop - 1
    return f"{last}年度" if len(years) == 1 else f"{years.start}〜{last}年度"


def _kind_of_amount(text: str) -> str:
    named = "・".join(kind for kind in ("予算", "決算") if kind in text)
    return f"{named}の額とある" if named else "予算か決算かは記録にない"


def _publisher(source: str) -> str:
    host = urlsplit(source).hostname or ""
    if any(host == city or host.endswith(f".{city}") for city in CITY_HOSTS):
        return "市などの公式の資料による"
    return f"市の資料ではない（{host or '出典なし'}）"
