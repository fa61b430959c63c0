"""Pictures of the guideline's pages: its bands, the city's efforts, reviews, checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from kyodo_geo.city import city
from kyodo_geo.export.schema.columns import NOT_APPLICABLE
from kyodo_geo.graphics.chart import (
    Bar,
    Bars,
    Chart,
    ChartKey,
    Columns,
    Heatmap,
    Piece,
    Slope,
    Slopes,
)
from kyodo_geo.graphics.context import GraphicContext
from kyodo_geo.graphics.image_options import effort_in
from kyodo_geo.graphics.term_charts import summarise_years
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
from kyodo_geo.vocabulary import SCOPE_FORMS, Grade, Scope

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
BANDS_SIDES = (
    ChartKey("市民のかかわり（淡い色）", palette.CITIZENS),
    ChartKey("市のかかわり（濃い色）", palette.CITY),
)
BANDS_CAPTION = "左ほど市民、右ほど市のかかわりが強くなります。A・B・Cが協働の範囲です。"
GRADES = tuple(reversed(Grade))
"""The best grade comes first."""

CITIZENS_SHARES: dict[Scope, tuple[int, int]] = {
    Scope.CITIZEN_ONLY: (100, 100),
    Scope.A: (100, 67),
    Scope.B: (67, 33),
    Scope.C: (33, 0),
    Scope.CITY_ONLY: (0, 0),
}
"""How much of a band is the citizens' side, in percent, at its left and right edge."""


def efforts(view: GraphicContext, title: str) -> Chart:
    """The years of the city's actions, one panel per effort; one alone where it is chosen."""
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
        [effort_columns(record, longest) for record in records],
        view.foot(source=ACTIONS_SOURCE),
        ACTIONS_CAPTION,
    )


def bands(view: GraphicContext, title: str) -> Chart:
    """The bands of the guideline; the chosen one is marked."""
    return Chart(
        f"{title}　協働の範囲",
        BANDS_CAPTION,
        (band_slopes(view.text("term")),),
        view.foot(source=f"「{city().guideline}」第2章 4 協働の範囲"),
        key=BANDS_SIDES,
    )


def ratings(view: GraphicContext, title: str) -> Chart:
    """How the seven principles were rated: shares of the grades, then their numbers."""
    reviewed = reviews_in(view.edition, view.filters)
    figures = ratings_of(reviewed) if reviewed else ()
    return Chart(
        f"{title}　七つの考え方",
        f"{describe_filters(view.edition, view.filters)}の活動のふりかえり{len(reviewed):,}件。",
        (rating_bars(figures), rating_numbers(figures)) if figures else (),
        view.foot(source=REVIEWS_SOURCE),
        MEAN_RULE,
        [ChartKey(grade.label, palette.GRADE_COLOURS[grade], grade.mark) for grade in GRADES],
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


def effort_columns(record: EffortRecord, longest: int = 0) -> Columns:
    """One column per year; a year without a record has no piece, which is not the same as zero."""
    bars = []
    for year in record.span:
        count = record.years.get(year, 0)
        text = f"{count:,}件" if count else "記録なし"
        pieces = (Piece(text, count, palette.CIRCLE),) if count else ()
        bars.append(Bar(str(year), text, pieces, f"{year}年度", f"{count:,}" if count else "－"))
    effort = record.effort
    counts = [(f"{year}年度", record.years.get(year, 0)) for year in record.span]
    recorded = "、".join(f"{label} {count}件" for label, count in counts if count)
    return Columns(
        bars,
        longest,
        f"{effort.mark} {effort.label}",
        "".join(record.sentences),
        f"{effort.label}の年度ごとの記録: {recorded}。ほかの年度は記録なし。",
        summarise_years(counts),
    )


def band_slopes(chosen: str | None) -> Slopes:
    """The bands from the citizens' to the city's; `chosen` is the id of the one that is marked."""
    slopes = [
        Slope(
            scope.label,
            f"{scope.label}。{scope.definition}",
            1 - left / 100,
            1 - right / 100,
            is_marked=chosen == scope,
            term=scope,
            mark=scope.mark if scope in SCOPE_FORMS else "",
        )
        for scope, (left, right) in CITIZENS_SHARES.items()
    ]
    return Slopes(slopes, palette.CITIZENS, palette.CITY)


def rating_bars(figures: Sequence[PrincipleFigures]) -> Bars:
    """The shares of the grades per principle, with the mean."""
    return Bars([_rating(one) for one in figures], 1, "段階の割合と平均")


def rating_numbers(figures: Sequence[PrincipleFigures]) -> Heatmap:
    """The numbers of the grades per principle."""
    heads = [*(f"{grade.mark} {grade.label}" for grade in GRADES), NOT_APPLICABLE]
    return Heatmap(heads, [_numbers(one) for one in figures], "件数")


def mean_text(figures: PrincipleFigures) -> str:
    """The mean of a principle; a dash where ratings are too few for one."""
    if figures.mean is None:
        return "—"
    # Half up, as people round: 2.25 is 2.3.
    return str(Decimal(str(figures.mean)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _rating(figures: PrincipleFigures) -> Bar:
    pieces = [
        Piece(
            f"{grade.label} {figures.counts[grade]:,}件",
            figures.counts[grade] / figures.rated,
            palette.GRADE_COLOURS[grade],
            grade.mark,
        )
        for grade in GRADES
        if figures.counts[grade]
    ]
    mean = f"平均 {mean_text(figures)}（{figures.rated:,}件）"
    principle = figures.principle
    text = mean if figures.rated else "評価はありません"
    return Bar(f"{principle.mark} {principle.label}", text, pieces, term=principle)


def _numbers(figures: PrincipleFigures) -> tuple[str, list[tuple[str, str]]]:
    counts = (*(figures.counts[grade] for grade in GRADES), figures.not_applicable)
    principle = figures.principle
    cells = [(f"{count:,}", palette.ZERO) for count in counts]
    return f"{principle.mark} {principle.label}", cells


def _check(result: CheckResult) -> Bar:
    share = "—" if result.share is None else f"{result.share:.1f}％"
    text = f"{result.found:,}件（対象{result.applies:,}件の{share}）"
    pieces = (Piece(text, result.found, palette.CIRCLE),) if result.found else ()
    return Bar(f"{result.check.check_id} {result.check.title}", text, pieces)
