"""Forms and actor types as bars and keys: the same colours and letters in all charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from kyodo_geo.graphics.chart import Bar, Bars, ChartKey, Columns, Heatmap, Piece
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.maps import palette
from kyodo_geo.measures.places.actors import ActorProfile
from kyodo_geo.measures.places.forms import FormProfile
from kyodo_geo.measures.places.time_series import YearCount, Years
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Form, Term

RowTerm = TypeVar("RowTerm", bound=Term)
ColumnTerm = TypeVar("ColumnTerm", bound=Term)


def form_bars(profile: FormProfile, heading: str = "") -> Bars:
    """One bar per form; how many are implied is said."""
    counts = {form: profile.counts[form] for form in KNOWN_FORMS}
    bars = []
    for form, count in counts.items():
        implied = f"（うち推定{count.implied:,}）" if count.implied else ""
        bars.append(term_bar(form, count.activities, f"{count.activities:,}件{implied}"))
    return Bars(bars, max(count.activities for count in counts.values()), heading)


def actor_bars(profile: ActorProfile, heading: str = "") -> Bars:
    """One bar per actor type."""
    counts = {actor: profile.count(actor) for actor in ActorType}
    bars = [term_bar(actor, count, f"{count:,}件") for actor, count in counts.items()]
    return Bars(bars, max(counts.values()), heading)


def term_bar(term: Term, length: float, text: str) -> Bar:
    """The bar of a term in its colour; without a piece where there is nothing."""
    pieces = (Piece(text, length, colour_of(term), term.mark),) if length else ()
    return Bar(term.label, text, pieces, term=term)


def year_columns(years: Years, longest: float, heading: str = "") -> Columns:
    """One column per fiscal year, 延べ by form, with the 実件数 on it."""
    return Columns(
        [_year_column(year) for year in years],
        longest,
        heading,
        name="年度ごとの図",
        summary=summarise_years(
            [(fiscal_year_label(year.fiscal_year), year.activities) for year in years]
        ),
    )


def summarise_years(counts: Sequence[tuple[str, int]]) -> str:
    """First and last year, the ones with most, how many have no record (0); for screen readers."""
    if not counts:
        return ""
    known = [count for _, count in counts if count]
    most = "と".join(label for label, count in counts if known and count == max(known))
    peak = f"最も多いのは{most}の{max(known):,}件。" if known else ""
    absent = len(counts) - len(known)
    return f"{counts[0][0]}から{counts[-1][0]}まで。{peak}記録のないのは{absent}か年。"


def form_key(years: Iterable[Years]) -> tuple[ChartKey, ...]:
    """What the colours of years stand for: the forms that are there."""
    used = {form for found in years for year in found for form in year.forms}
    return tuple(term_key(form) for form in Form if form in used)


def colour_of(term: Term) -> str:
    """The colour of a form or an actor type; fields have one for all."""
    if isinstance(term, Form):
        return palette.FORM_COLOURS[term]
    return palette.ACTOR_COLOURS[term] if isinstance(term, ActorType) else palette.CIRCLE


def term_key(term: Term) -> ChartKey:
    """What the colour of a term stands for."""
    return ChartKey(term.label, colour_of(term), term.mark, term)


def shaded_grid(
    rows: Iterable[RowTerm],
    columns: Iterable[ColumnTerm],
    counts: Mapping[tuple[RowTerm, ColumnTerm], int],
) -> Heatmap:
    """Counts of pairs, each on a colour that grows with it.

    Where rows and columns meet in the same term its count has no colour: it is a total.
    """
    columns = tuple(columns)
    highest = max((n for (row, column), n in counts.items() if row is not column), default=0)

    def cell(row: RowTerm, column: ColumnTerm) -> tuple[str, str]:
        count = counts.get((row, column), 0)
        colour = palette.LAND if row is column else palette.shade(count, highest)
        return f"{count:,}", colour

    return Heatmap(
        [column.label for column in columns],
        [(row.label, [cell(row, column) for column in columns]) for row in rows],
    )


def _year_column(year: YearCount) -> Bar:
    return Bar(
        "不明" if year.fiscal_year is None else str(year.fiscal_year),
        f"{year.activities:,}件" if year.activities else "記録なし",
        [
            Piece(f"{form.label} {count:,}件", count, palette.FORM_COLOURS[form], form.mark)
            for form, count in year.forms.items()
        ],
        fiscal_year_label(year.fiscal_year),
        f"{year.activities:,}" if year.activities else "なし",
    )
