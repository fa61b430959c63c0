"""Parts of the density page: the chosen place beside the map, table, notes."""

from __future__ import annotations

from kyodo_geo.editions import Edition
from kyodo_geo.export.writers.geojson import attribution
from kyodo_geo.graphics.choropleths import rank_text
from kyodo_geo.graphics.place_charts import ACTORS_HEADING, FORMS_HEADING, measured_scale
from kyodo_geo.graphics.term_charts import actor_bars, form_bars
from kyodo_geo.japanese import count_label
from kyodo_geo.measures.activities.listing import list_activities
from kyodo_geo.measures.places.actors import actor_profiles
from kyodo_geo.measures.places.density import Measured
from kyodo_geo.measures.places.forms import form_profiles
from kyodo_geo.model import Filters
from kyodo_geo.ui.components import charts, prose
from kyodo_geo.ui.components.data_table import PlaceColumn, place_table
from kyodo_geo.ui.components.parts import Part

LATEST_COUNT = 5


def place_card(
    edition: Edition, filters: Filters, measured: Measured, district_id: str | None
) -> Part:
    """The chosen district (or the whole city): figures, rank, share, latest activities."""
    place_id = district_id or "ALL"
    among = f"{len(edition.districts)}地区の中での位置"
    return prose.card(
        "選んだ地区",
        *prose.district_heading(edition, place_id),
        _figure(measured, place_id),
        _share(measured, district_id),
        prose.heading(f"{among}（{measured.measure.label}）"),
        charts.scale(measured_scale(measured, place_id), among),
        prose.heading(FORMS_HEADING),
        charts.bars(form_bars(form_profiles(edition, filters)[place_id])),
        prose.heading(ACTORS_HEADING),
        charts.bars(actor_bars(actor_profiles(edition, filters)[place_id])),
        *_latest(edition, filters, place_id),
    )


def _latest(edition: Edition, filters: Filters, place_id: str) -> tuple[Part, ...]:
    if edition.holds_figures_only:
        return ()
    found = list_activities(edition, filters, limit=LATEST_COUNT, place_id=place_id)
    return prose.heading("最近の活動"), prose.latest(found)


def density_table(measured: Measured, selected: str | None) -> Part:
    """All places with the chosen measure and the figures it rests on."""
    values = measured.values
    measure = measured.measure
    columns = [
        PlaceColumn("件数", lambda row: row.activities, bar=True),
        PlaceColumn("参加者数", lambda row: row.participants, help="人数の記載がある活動の合計"),
        PlaceColumn("人数のわかる活動", lambda row: row.participants_known),
        PlaceColumn("主体の種類", lambda row: row.actor_kinds),
    ]
    if measure.measure_id not in ("activities", "participants", "actor_kinds"):
        chosen = PlaceColumn(
            measure.label,
            lambda row: values[row.place.place_id],
            measure.digits,
            help=measure.definition,
            bar=True,
        )
        columns.insert(0, chosen)
    count = len(measured.district_values)
    caption = f"{count}地区の表（{measure.label}ほか）。地区名を押すと選べます。"
    return place_table(measured.summary, columns, caption, selected)


def density_notes(edition: Edition, measured: Measured) -> Part:
    """Counting rule, denominator, boundaries, source and edition; the view is said above."""
    measure = measured.measure
    return prose.notes(
        (
            ("数え方", measure.definition + "全市の取り組みは地区に割り振りません。"),
            ("分母", measured.denominator),
            ("注意", measure.caveat + measured.reason),
            ("境界", attribution(edition)),
            ("出典", f"公開資料による活動の記録（{edition.info.label}）"),
        )
    )


def _figure(measured: Measured, place_id: str) -> Part:
    measure = measured.measure
    value = count_label(measured.values[place_id], measure.unit, measure.digits)
    rank = rank_text(measured, place_id) if place_id != "ALL" else "市全体"
    label = "" if measure.label == measure.unit else measure.label
    return prose.big_figure(value, "　".join(part for part in (label, rank) if part))


def _share(measured: Measured, district_id: str | None) -> Part:
    total = measured.summary.total.activities
    row = measured.summary.of(district_id or "ALL")
    people = (
        f"参加者数の記載がある活動は{row.participants_known:,}件、"
        f"合計{count_label(row.participants, '人')}。"
    )
    if district_id is None or not total:
        return prose.paragraph(people if row.participants_known else "参加者数の記載はありません。")
    share = f"実件数{total:,}件の{row.activities / total * 100:.1f}％（{row.activities:,}件）。"
    return prose.paragraph(share + (people if row.participants_known else ""))
