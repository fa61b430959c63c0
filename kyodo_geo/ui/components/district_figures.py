"""Figures of a district as parts: beside others', by year, by form and actor type."""

from __future__ import annotations

from kyodo_geo.editions import Edition
from kyodo_geo.graphics.chart import NO_RECORDS
from kyodo_geo.graphics.district_charts import (
    PAIRS_CAPTION,
    QUOTIENT_KINDS,
    QUOTIENT_RULE,
    YEARS_CAPTION,
    figure_scale,
    form_pairs,
)
from kyodo_geo.graphics.term_charts import form_key, year_columns
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.districts.profile import Profile
from kyodo_geo.measures.places.composition import Mix
from kyodo_geo.measures.places.indicators import Indicator
from kyodo_geo.measures.places.time_series import Years, highest_bar
from kyodo_geo.ui.components import charts, prose
from kyodo_geo.ui.components.data_table import numbers, row_table, texts
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import ChartRow, Column, Folded, Part
from kyodo_geo.vocabulary import Form, Term

TOTALS_NOTE = "地域と市の件数・参加者数は合計です。"


def figures(edition: Edition, profile: Profile) -> tuple[Part, ...]:
    """The figures of the district beside those it is compared with."""
    place = edition.place_by_id[profile.region_id]
    all_districts = f"{len(edition.districts)}地区"
    heads = [
        *charts.text_heads("指標"),
        *charts.number_heads("この地区"),
        *charts.text_heads("順位", f"{all_districts}の分布"),
        *charts.number_heads(place.label, "市全体", f"{all_districts}の中央値"),
    ]
    beside = f"{place.label}・市全体・{all_districts}"
    caption = f"{profile.district.full_name}と{beside}。{TOTALS_NOTE}"
    label = f"{all_districts}の分布での位置"
    rows = [_figure(figure, profile, label) for figure in profile.figures]
    table = charts.chart_table(caption, heads, rows, style="kg-figures-table")
    few = (prose.paragraph(profile.few),) if profile.few else ()
    return (prose.section("数値"), table, *few, *image_buttons("district-figures"))


def years(profile: Profile) -> tuple[Part, ...]:
    """Activities by fiscal year and form; years without a record are shown as such."""
    chart = year_chart(profile.years, highest_bar(profile.years))
    return prose.section("年度ごとの変化"), chart, *image_buttons("district")


def year_chart(found: Years, highest: int) -> Part:
    """Columns by year (延べ by form) with the 実件数 above, and the same as a table.

    A column of `highest` is as high as the chart: charts side by side share it.
    """
    if not found:
        return prose.paragraph(NO_RECORDS)
    columns = year_columns(found, highest)
    return charts.stacked_columns(columns, YEARS_CAPTION, form_key([found]), _year_table(found))


def forms_by_actors(profile: Profile) -> tuple[Part, ...]:
    """Forms × actors of the district, and the forms of the guideline that are not there."""
    return (
        prose.section("形態と主体"),
        charts.heatmap(form_pairs(profile), "形態", PAIRS_CAPTION),
        prose.paragraph(_absent(profile.mix)),
        *image_buttons("district-pairs"),
        Folded(
            "市全体と比べた特化係数", [_quotients(profile), *image_buttons("district-quotients")]
        ),
    )


def _figure(figure: Indicator, profile: Profile, label: str) -> ChartRow:
    scale = charts.scale(figure_scale(figure, profile), label, is_short=True)
    cells = [
        figure.text(profile.district.district_id),
        profile.rank_text(figure),
        scale or "—",
        figure.text(profile.region_id),
        figure.text("ALL"),
        figure.middle_text,
    ]
    return charts.row(figure.label, cells, figure.definition + figure.caveat)


def _quotients(profile: Profile) -> Part:
    columns = (
        *texts("", "項目"),
        Column("件数"),
        Column("割合（％）", digits=1),
        Column("市全体の割合（％）", digits=1),
        Column("特化係数", digits=2, has_bar=True),
    )
    rows = [
        (str(term), (kind, term.label, *_compared(profile, term)))
        for kind, vocabulary in QUOTIENT_KINDS
        for term in vocabulary
    ]
    caption = f"{QUOTIENT_RULE}{profile.few}{profile.thin_note}"
    return row_table(caption, columns, rows)


def _compared(profile: Profile, term: Term) -> tuple[float | None, ...]:
    shares = [mix.share(term) for mix in (profile.mix, profile.city)]
    percent = (None if share is None else share * 100 for share in shares)
    return (profile.mix.count(term), *percent, profile.quotient(term))


def _year_table(found: Years) -> Part:
    columns = [*texts("年度"), *numbers("実件数", *(form.label for form in Form))]
    rows = [
        (
            str(year.fiscal_year),
            (
                fiscal_year_label(year.fiscal_year),
                year.activities,
                *(year.forms.get(form, 0) for form in Form),
            ),
        )
        for year in found
    ]
    return row_table("年度と形態の表（形態は延べ）", columns, rows)


def _absent(mix: Mix) -> str:
    names = "".join(f"「{form.label}」" for form in mix.absent_forms())
    if not names:
        return "指針の6つの形態は、すべて記録にあります。"
    return f"指針の6つの形態のうち、記録にない形態（空白）: {names}"
