"""Pictures of the guideline's pages: its bands, the city's efforts, reviews, checks."""

from __future__ import annotations

from dataclasses import replace

from kyodo_geo.city import city
from kyodo_geo.export.schema.columns import NOT_APPLICABLE
from kyodo_geo.graphics.context import GraphicContext
from kyodo_geo.graphics.image_options import effort_in
from kyodo_geo.graphics.svg.chart import Bar, Bars, Chart, ChartKey, Heatmap, Piece, Slope, Slopes
from kyodo_geo.guideline.checks import CheckResult, check_results, with_all_bands
from kyodo_geo.guideline.city_actions import EffortRecord, effort_records
from kyodo_geo.maps import palette
from kyodo_geo.measures.activities.reviews import (
    LEAST_FOR_MEAN,
    PrincipleFigures,
    ratings_of,
    reviews_in,
)
from kyodo_geo.measures.places.description import describe_filters
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import Grade, Scope

YEARS_ONLY = (
    "市の取り組みに地区や形態はないため、絞り込みのうち年度だけが効きます。"
    "公開資料で確かめられたものだけで、すべてではありません。"
)
ACTIONS_CAPTION = "年度ごとの記録の数。「－」と点線は記録なしで、0件という意味ではありません。"
MEAN_RULE = (
    f"段階（{Grade.WELL_DONE.step} よくできた〜{Grade.NOT_DONE.step} できなかった）の平均です。"
    f"「{NOT_APPLICABLE}」は入りません。評価が{LEAST_FOR_MEAN}件より少ないときは示しません（—）。"
    "書いた人の見方であり、活動の優劣ではありません。"
)
ACTIONS_SOURCE = "公開資料による市の取り組みの記録"
REVIEWS_SOURCE = "職員によるふりかえりと、公開資料による活動の記録"
BANDS_SIDES = ("市民のかかわり（淡い色）", "市のかかわり（濃い色）")
BANDS_CAPTION = "左ほど市民、右ほど市のかかわりが強くなります。A・B・Cが協働の範囲です。"
CITIZENS_SHARES: dict[Scope, tuple[int, int]] = {
    Scope.CITIZEN_ONLY: (100, 100),
    Scope.A: (100, 67),
    Scope.B: (67, 33),
    Scope.C: (33, 0),
    Scope.CITY_ONLY: (0, 0),
}
"""How much of a band is the citizens' side, in percent, at its left and right edge."""


def efforts(view: GraphicContext, title: str) -> Chart:
    """The years of the city's actions, one panel an effort; one alone where it is chosen."""
    chosen = effort_in(view.texts)
    records = [
        record
        for record in effort_records(view.edition, view.filters)
        if chosen in (None, record.effort)
    ]
    longest = max((record.years.get(y, 0) for record in records for y in record.span), default=0)
    years = Filters(year_from=view.filters.year_from, year_to=view.filters.year_to)
    return Chart(
        f"{title}　市の取り組みの記録",
        f"{describe_filters(view.edition, years)}の市の取り組み。{YEARS_ONLY}",
        [_effort(record, longest) for record in records],
        view.foot(source=ACTIONS_SOURCE),
        ACTIONS_CAPTION,
    )


def bands(view: GraphicContext, title: str) -> Chart:
    """The bands of the guideline; the chosen one is marked."""
    sides = (palette.CITIZENS, palette.CITY)
    slopes = [
        Slope(
            scope.label,
            f"{scope.label}。{scope.definition}",
            1 - left / 100,
            1 - right / 100,
            is_marked=view.text("term") == scope,
        )
        for scope, (left, right) in CITIZENS_SHARES.items()
    ]
    key = [ChartKey(side, colour) for side, colour in zip(BANDS_SIDES, sides, strict=True)]
    return Chart(
        f"{title}　協働の範囲",
        BANDS_CAPTION,
        (Slopes(slopes, *sides),),
        view.foot(source=f"「{city().guideline}」第2章 4 協働の範囲"),
        key=key,
    )


def ratings(view: GraphicContext, title: str) -> Chart:
    """How the seven principles were rated: shares of the grades, then their numbers."""
    reviewed = reviews_in(view.edition, view.filters)
    figures = ratings_of(reviewed) if reviewed else ()
    shares = Bars([_rating(one) for one in figures], 1, "段階の割合と平均")
    grades = tuple(reversed(Grade))
    numbers = Heatmap(
        [*(f"{grade.mark} {grade.label}" for grade in grades), NOT_APPLICABLE],
        [_numbers(one, grades) for one in figures],
        "件数",
    )
    return Chart(
        f"{title}　七つの考え方",
        f"{describe_filters(view.edition, view.filters)}の活動のふりかえり{len(reviewed):,}件。",
        (shares, numbers) if figures else (),
        view.foot(source=REVIEWS_SOURCE),
        MEAN_RULE,
        [ChartKey(grade.label, palette.GRADE_COLOURS[grade], grade.mark) for grade in grades],
    )


def checks(view: GraphicContext, title: str) -> Chart:
    """How many activities each check finds something in."""
    view = replace(view, filters=with_all_bands(view.filters))
    results = check_results(view.edition, view.filters, view.day)
    longest = max(result.found for result in results)
    return Chart(
        f"{title}　気づいた件数",
        view.sentence,
        (Bars([_check(result) for result in results], longest),),
        view.foot(),
        "割合は、点検ごとの対象の件数に占める割合です。記録についての気づきで、"
        "活動のよしあしではありません。",
    )


def _effort(record: EffortRecord, longest: int) -> Bars:
    bars = []
    for year in record.span:
        count = record.years.get(year, 0)
        told = f"{count:,}件" if count else "記録なし"
        pieces = (Piece(told, count, palette.CIRCLE),) if count else ()
        bars.append(Bar(str(year), told, pieces, f"{year}年度", f"{count:,}" if count else "－"))
    effort = record.effort
    said = "".join(record.sentences)
    return Bars(bars, longest, f"{effort.mark} {effort.label}", said, is_standing=True)


def _rating(figures: PrincipleFigures) -> Bar:
    pieces = [
        Piece(
            f"{grade.label} {figures.counts[grade]:,}件",
            figures.counts[grade] / figures.rated,
            palette.GRADE_COLOURS[grade],
            grade.mark,
        )
        for grade in reversed(Grade)
        if figures.counts[grade]
    ]
    mean = "—" if figures.mean is None else f"{figures.mean:.1f}"
    told = f"平均 {mean}（{figures.rated:,}件）" if figures.rated else "評価はありません"
    principle = figures.principle
    return Bar(f"{principle.mark} {principle.label}", told, pieces)


def _numbers(
    figures: PrincipleFigures, grades: tuple[Grade, ...]
) -> tuple[str, list[tuple[str, str]]]:
    counts = (*(figures.counts[grade] for grade in grades), figures.not_applicable)
    principle = figures.principle
    cells = [(f"{count:,}", palette.ZERO) for count in counts]
    return f"{principle.mark} {principle.label}", cells


def _check(result: CheckResult) -> Bar:
    share = "—" if result.share is None else f"{result.share:.1f}％"
    told = f"{result.found:,}件（対象{result.applies:,}件の{share}）"
    pieces = (Piece(told, result.found, palette.CIRCLE),) if result.found else ()
    return Bar(f"{result.check.check_id} {result.check.title}", told, pieces)
