"""Bars, columns and keys of terms: the same colours and letters in all charts."""

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
    """Describe a bar per form, with the number of implied ones."""
    counts = {form: profile.counts[form] for form in KNOWN_FORMS}
    bars = []
    for form, count in counts.items():
        implied = f"（うち推定{count.implied:,}）" if count.implied else ""
        bars.append(term_bar(form, count.activities, f"{count.activities:,}件{implied}"))
    return Bars(bars, max(count.activities for count in counts.values()), heading)


def actor_bars(profile: ActorProfile, heading: str = "") -> Bars:
    """Describe a bar per actor type."""
    counts = {actor: profile.count(actor) for actor in ActorType}
    bars = [term_bar(actor, count, f"{count:,}件") for actor, count in counts.items()]
    return Bars(bars, max(counts.values()), heading)


def term_bar(term: Term, length: float, text: str) -> Bar:
    """Describe the bar of a term in its colour; without a piece for length 0."""
    pieces = (Piece(text, length, colour_of(term), term.mark),) if length else ()
    return Bar(term.label, text, pieces, term=term)


def year_columns(years: Years, longest: float, heading: str = "") -> Columns:
    """Describe a column per fiscal year: 延べ per form, with the 実件数 above it."""
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
    """Summarise counts per year in words: range, peak, number of years without a record (0)."""
    if not counts:
        return ""
    known = [count for _, count in counts if count]
    most = "と".join(label for label, count in counts if known and count == max(known))
    peak = f"最も多いのは{most}の{max(known):,}件。" if known else ""
    absent = len(counts) - len(known)
    return f"{counts[0][0]}から{counts[-1][0]}まで。{peak}記録のないのは{absent}か年。"


def form_key(years: Iterable[Years]) -> tuple[ChartKey, ...]:
    """Return the key of year columns: the forms that occur."""
    used = {form for found in years for year in found for form in year.forms}
    return tuple(term_key(form) for form in Form if form in used)


def colour_of(term: Term) -> str:
    """Return the colour of a form or an actor type; all other terms share one."""
    if isinstance(term, Form):
        return palette.FORM_COLOURS[term]
    return palette.ACTOR_COLOURS[term] if isinstance(term, ActorType) else palette.CIRCLE


def term_key(term: Term) -> ChartKey:
    """Return the key entry of a term."""
    return ChartKey(term.label, colour_of(term), term.mark, term)


def shaded_grid(
    rows: Iterable[RowTerm],
    columns: Iterable[ColumnTerm],
    counts: Mapping[tuple[RowTerm, ColumnTerm], int],
) -> Heatmap:
    """Describe counts of pairs on colours that grow with them.

    A pair of a term with itself has no colour: its count is a total.
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
