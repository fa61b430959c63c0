"""Figures of a district as parts: beside others', by year, by form and actor type."""

from __future__ import annotations

from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.graphics.district_charts import PAIRS_CAPTION, QUOTIENT_RULE, YEARS_CAPTION
from kyodo_geo.graphics.term_charts import highest_bar, year_label
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.districts.profile import Profile
from kyodo_geo.measures.places.composition import Mix
from kyodo_geo.measures.places.indicators import Indicator
from kyodo_geo.measures.places.time_series import Years
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.data_table import numbers, row_table, shade, texts
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import Column, Folded, Part
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Field, Form, Term

TOTALS_NOTE = "地域と市の件数・参加者数は合計です。"


def figures(edition: Edition, profile: Profile) -> tuple[Part, ...]:
    """The figures of the district beside those it is compared with."""
    place = edition.place_by_id[profile.region_id]
    beside = f"{place.label}・市全体・{len(edition.districts)}地区"
    part = {
        "kind": "figures",
        "caption": f"{profile.district.full_name}と{beside}。{TOTALS_NOTE}",
        "region": place.label,
        "items": [_figure(figure, profile) for figure in profile.figures],
    }
    few = (prose.paragraph(profile.few),) if profile.few else ()
    return (prose.section("数値"), part, *few, *image_buttons("district-figures"))


def years(profile: Profile) -> tuple[Part, ...]:
    """Activities by fiscal year and form; years without a record are shown as such."""
    chart = year_chart(profile.years, highest_bar(profile.years))
    return prose.section("年度ごとの変化"), chart, *image_buttons("district")


def year_chart(found: Years, highest: int) -> Part:
    """Bars by year (延べ by form) with the 実件数 above, and the same as a table.

    A bar of `highest` is as high as the chart: charts side by side share it.
    """
    bars = [
        (
            year_label(year.fiscal_year),
            fiscal_year_label(year.fiscal_year),
            year.activities,
            [(prose.position(form), n) for form, n in year.forms.items()],
        )
        for year in found
    ]
    return {
        "kind": "years",
        "caption": YEARS_CAPTION,
        "years": bars,
        "highest": highest,
        "table": _year_table(found),
    }


def forms_by_actors(profile: Profile) -> tuple[Part, ...]:
    """Forms × actors of the district, and the forms of the guideline that are not there."""
    mix = profile.mix
    highest = max(mix.pairs.values(), default=0)
    columns = [*texts("形態"), *(Column(a.label, "shade") for a in ActorType)]
    rows = [
        (
            str(form),
            (form.label, *(shade(mix.pairs.get((form, a), 0), highest) for a in ActorType)),
        )
        for form in Form
    ]
    return (
        prose.section("形態と主体"),
        row_table(PAIRS_CAPTION, columns, rows),
        prose.paragraph(_absent(mix)),
        *image_buttons("district-pairs"),
        Folded(
            "市全体と比べた特化係数", [_quotients(profile), *image_buttons("district-quotients")]
        ),
    )


def _figure(figure: Indicator, profile: Profile) -> dict[str, Any]:
    district_id = profile.district.district_id
    return {
        "label": figure.label,
        "value": figure.text(district_id),
        "rank": profile.rank_text(figure),
        "region": figure.text(profile.region_id),
        "city": figure.text("ALL"),
        "middle": figure.middle_text,
        "values": prose.ticks(figure.district_values),
        "has_strip": not figure.by_region,
        "here": list(figure.district_values).index(district_id),
        "note": figure.definition + figure.caveat,
    }


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
        for kind, vocabulary in (("形態", KNOWN_FORMS), ("主体", ActorType), ("分野", Field))
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
