"""What a plan would do, as tables of texts: the same on the page and on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from kyodo_geo.editions import Edition
from kyodo_geo.geo.places import CONFIDENCE_LABELS
from kyodo_geo.imports.reference.boundary_plan import BoundaryPlan
from kyodo_geo.imports.reference.effects import AreaChange, TownElsewhere
from kyodo_geo.imports.reference.population_plan import LEVEL_LABELS, PopulationPlan
from kyodo_geo.imports.reference.reference_examination import ReferencePlan
from kyodo_geo.imports.reference.table_plan import RowChange
from kyodo_geo.imports.reference.town_plan import COLUMNS, TownPlan
from kyodo_geo.model import Population, Town

OUTSIDE = "どの地区の外"
NONE = "—"


@dataclass(frozen=True)
class PreviewTable:
    """One table: what it is about, its columns, its rows.

    A column is text all the way down, or numbers, which are exact to two digits. `note` says
    how to read it.
    """

    caption: str
    labels: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
    note: str = ""


def plan_tables(plan: ReferencePlan, edition: Edition) -> tuple[PreviewTable, ...]:
    """The tables of a plan, the most important first."""
    if isinstance(plan, BoundaryPlan):
        return tuple(_of_boundaries(plan, edition))
    if isinstance(plan, PopulationPlan):
        return (_of_population(plan),)
    assert isinstance(plan, TownPlan)
    return (_of_towns(plan),)


def _of_boundaries(plan: BoundaryPlan, edition: Edition) -> Iterator[PreviewTable]:
    before, after = (frame["area_km2"].sum() for frame in (plan.before, plan.after))
    yield PreviewTable(
        f"地区の面積（合計 {before:,.1f}km² → {after:,.1f}km²）",
        (
            "番号",
            "地区",
            "前のkm²",
            "後のkm²",
            "差km²",
            "差％",
            "重なり％",
            "対応",
            "確認",
        ),
        tuple(_area_cells(area) for area in plan.areas),
        "重なりは、前と後を合わせた範囲のうち、共通する部分の割合です。",
    )
    names = {district.district_id: district.name for district in edition.districts}
    yield PreviewTable(
        f"代表点が、町名表と違う地区に入る町（{len(plan.towns):,}）",
        ("町・大字", "町名表の地区", "代表点のある地区", "いまの境界では"),
        tuple(_town_cells(one, names) for one in plan.towns),
        "町名表は変えません。地区は、境界ではなく町名表で決めます。",
    )
    outcomes = plan.activities.outcomes
    yield PreviewTable(
        f"活動の地区（すべての活動 {sum(outcomes.values()):,}件）",
        ("どうなるか", "件数"),
        tuple((outcome.value, count) for outcome, count in outcomes.items() if count),
    )
    if plan.activities.moves:
        yield PreviewTable(
            "地区の変わる活動",
            ("活動の番号", "名称", "いまの地区", "新しい地区"),
            tuple(
                (
                    one.activity_id,
                    one.title,
                    _district(one.before, names),
                    _district(one.after, names),
                )
                for one in plan.activities.moves
            ),
        )


def _area_cells(area: AreaChange) -> tuple[str | float, ...]:
    return (
        area.district.district_id,
        area.district.name,
        round(area.before_km2, 2),
        round(area.after_km2, 2),
        round(area.difference_km2, 2),
        round(area.share * 100, 2),
        round(area.overlap * 100, 2),
        str(area.way),
        area.doubt,
    )


def _town_cells(one: TownElsewhere, names: dict[str, str]) -> tuple[str, ...]:
    town = one.town
    return (
        f"{town.town} {town.koaza}".strip(),
        _district(town.district_id, names),
        _district(one.lies_in, names),
        "同じ地区にある" if one.is_new else "やはり違う",
    )


def _district(district_id: str | None, names: dict[str, str]) -> str:
    return f"{district_id} {names[district_id]}" if district_id else OUTSIDE


def _of_population(plan: PopulationPlan) -> PreviewTable:
    counts = plan.counts
    return PreviewTable(
        f"新しい行{counts['new']:,}、変わる行{counts['changed']:,}、"
        f"変わらない行{counts['unchanged']:,}。ファイルにない行は、そのまま残ります。",
        ("種類", "名称", "日付", "いまの人口・世帯・出典", "新しい人口・世帯・出典"),
        tuple(
            (
                LEVEL_LABELS[after.level],
                after.name,
                after.as_of.isoformat(),
                _people(change.before, after),
                _people(after, change.before),
            )
            for change in plan.changes
            if (after := change.after)
        ),
    )


def _people(row: Population | None, other: Population | None) -> str:
    """One side of a change; the source only where it is another."""
    if row is None:
        return NONE
    households = "記載なし" if row.households is None else f"{row.households:,}世帯"
    source = row.source if other is None or other.source != row.source else ""
    return "　".join(part for part in (f"{row.population:,}人", households, source) if part)


def _of_towns(plan: TownPlan) -> PreviewTable:
    counts = plan.counts
    return PreviewTable(
        f"新しい町{counts['new']:,}、変わる町{counts['changed']:,}、なくなる町{counts['removed']:,}、"
        f"変わらない町{counts['unchanged']:,}",
        ("町・大字", "何が", "いまの表", "新しい表"),
        tuple(row for change in plan.changes for row in _town_rows(change)),
    )


def _town_rows(change: RowChange[Town]) -> Iterator[tuple[str, ...]]:
    town = change.after or change.before
    assert town is not None
    name = f"{town.town} {town.koaza}".strip()
    if change.before is None or change.after is None:
        yield name, "町", _town(change.before), _town(change.after)
        return
    was, becomes = astuple(change.before), astuple(change.after)
    for column, old, new in zip(COLUMNS, was, becomes, strict=True):
        if old != new:
            yield name, column.label, _text(old), _text(new)


def _town(town: Town | None) -> str:
    if town is None:
        return NONE
    return f"{town.district_id}（確度: {CONFIDENCE_LABELS[town.confidence]}）"


def _text(value: object) -> str:
    return CONFIDENCE_LABELS.get(str(value), str(value)) if value else NONE
