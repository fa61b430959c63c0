"""Parts of the page of reference data: what was found in a file and what it would change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.graphics.boundary_overlay import outlines_png, outlines_svg
from kyodo_geo.imports.reference import (
    BoundaryPlan,
    DatasetKind,
    ReferenceExamination,
    ReferencePlan,
    Source,
    examine_boundaries,
    examine_population,
    examine_towns,
    plan_tables,
)
from kyodo_geo.imports.reference.boundary_comparison import outlines
from kyodo_geo.imports.reference.boundary_plan import STEPS
from kyodo_geo.imports.reference.sources import LONGEST
from kyodo_geo.imports.reference.templates import SUFFIXES, reference_file
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.data_table import row_table
from kyodo_geo.ui.components.import_report import MOST_SHOWN, describe_rest, finding_table
from kyodo_geo.ui.components.parts import Column, Outlines, Part
from kyodo_geo.ui.runtime import out_of_turn

KEPT = "kyodo_reference_examined"
INTRODUCTION = (
    "地区の境界、人口、町名表を、市の資料などのファイルに入れ替えます。"
    "ファイルを調べて、いまの内容と比べます。公開するまで、何も変わりません。"
)
FORMATS = {
    DatasetKind.BOUNDARIES: ("geojson", "json", "gpkg", "zip"),
    DatasetKind.POPULATION: ("csv", "xlsx", "ods"),
    DatasetKind.TOWNS: ("csv", "xlsx", "ods"),
}
ADVICE = {
    DatasetKind.BOUNDARIES: "GeoJSON、GeoPackage、ShapefileのZIP（20MBまで）。"
    f"座標系は地図に合わせて変換します。{city().district_count}地区の番号（C01など）か名前の列があれば、それで対応させます。",
    DatasetKind.POPULATION: "地域か地区、日付、人口、世帯数、出典の表。"
    "同じ場所と日の行は置き換わり、ほかの行は加わります。",
    DatasetKind.TOWNS: "町・大字、小字など、地区、緯度、経度、確度、根拠、出典の表。"
    "表の全体が入れ替わります。",
}


def introduction() -> tuple[Part, ...]:
    """What the page does."""
    return (prose.paragraph(INTRODUCTION),)


def kind_chosen() -> DatasetKind:
    """What is to be replaced."""
    labels = {kind.label: kind for kind in DatasetKind}
    chosen = st.radio("入れ替えるもの", list(labels), horizontal=True)
    kind = labels[chosen or DatasetKind.BOUNDARIES.label]
    st.caption(ADVICE[kind])
    return kind


def draw_current_button(edition: Edition, kind: DatasetKind) -> None:
    """The present data as a file, made at the click."""
    suffix = SUFFIXES[kind][-1]
    name = f"kyodo_{kind}_{edition.info.number}{suffix}"
    label = f"いまの{kind.label}をファイルにする（{suffix}）"
    st.download_button(
        label,
        lambda: reference_file(edition, kind, suffix),
        name,
        on_click="ignore",
        key=f"now_{kind}",
    )


def examined(
    edition: Edition, kind: DatasetKind, upload: UploadedFile
) -> ReferenceExamination[ReferencePlan]:
    """What was found in a file, kept for this session while file and edition are the same."""
    key = (kind, upload.file_id, edition.info.number)
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != key:
        with st.status("調べています…") as status, out_of_turn():
            found = _examined(edition, kind, upload, status.update)
            status.update(label="調べました")
        kept = st.session_state[KEPT] = (key, found)
    examination: ReferenceExamination[ReferencePlan] = kept[1]
    return examination


def _examined(
    edition: Edition, kind: DatasetKind, upload: UploadedFile, update: Callable[..., object]
) -> ReferenceExamination[ReferencePlan]:
    content = upload.getvalue()
    if kind is DatasetKind.POPULATION:
        return examine_population(content, upload.name, edition)
    if kind is DatasetKind.TOWNS:
        return examine_towns(content, upload.name, edition)

    def on_step(name: str) -> None:
        update(label=f"{name}（{STEPS.index(name) + 1}/{len(STEPS)}）")

    return examine_boundaries(content, upload.name, edition, on_step)


def report(examination: ReferenceExamination[ReferencePlan], edition: Edition) -> tuple[Part, ...]:
    """Findings, the picture of boundaries, tables of what would change."""
    number = examination.edition_number
    heading = prose.section(f"{examination.file_name} を第{number}版と比べた結果")
    plan = examination.plan
    if plan is None:
        return heading, *finding_table(examination.findings)
    return heading, *finding_table(examination.findings), *_picture(plan), *_tables(plan, edition)


def draw_overlay_buttons(examination: ReferenceExamination[ReferencePlan]) -> None:
    """The picture of boundaries as files, made at the click, for this session alone."""
    plan = examination.plan
    if not isinstance(plan, BoundaryPlan):
        return
    stem = Path(examination.file_name).stem
    row = st.container(horizontal=True)
    for ending, draw in (("png", outlines_png), ("svg", outlines_svg)):
        row.download_button(
            f"境界の図を画像として保存（{ending.upper()}）",
            partial(draw, plan, examination.file_name, examination.edition_number),
            f"{stem}_境界の比較.{ending}",
            on_click="ignore",
            key=f"outlines_{ending}",
        )


def draw_publish_form(examination: ReferenceExamination[ReferencePlan]) -> Source | None:
    """The source of the data, if the button that publishes was pressed; no button for nothing."""
    if examination.plan is None:
        st.info("このファイルは使えません。いまの内容は変わりません。")
        return None
    if examination.is_nothing_new:
        st.info("いまの内容と同じです。入れ替えるところはありません。")
        return None
    kind = examination.kind
    with st.form(f"source_{kind}", border=True):
        st.write("資料の出典（「このデータについて」と書き出すファイルに示します）")
        title = st.text_input(
            "資料の名前", max_chars=LONGEST, placeholder=Path(examination.file_name).stem
        )
        left, right = st.columns(2)
        publisher = left.text_input("発行者", max_chars=LONGEST, placeholder=city().name)
        licence = right.text_input("ライセンス", max_chars=LONGEST, placeholder="CC BY 4.0")
        address = st.text_input("所在（アドレスなど）", max_chars=LONGEST)
        is_official = kind is DatasetKind.BOUNDARIES and st.checkbox(
            "市の公式な境界です（「概略」と示さなくなります）"
        )
        label = f"{kind.label}を入れ替え、新しい版として公開する"
        if not st.form_submit_button(label, type="primary"):
            return None
    return Source(title.strip(), publisher.strip(), licence.strip(), address.strip(), is_official)


def published(examination: ReferenceExamination[ReferencePlan], number: int) -> str:
    """What has been done, and how to take it back."""
    label, name = examination.kind.label, examination.file_name
    return (
        f"{label}を {name} に入れ替え、第{number}版を公開しました。"
        f"元に戻すには、「版の履歴」で第{examination.edition_number}版の内容に戻します。"
    )


def _picture(plan: ReferencePlan) -> tuple[Part, ...]:
    if not isinstance(plan, BoundaryPlan):
        return ()
    label = "いまの境界と新しい境界を重ねた図。数値は下の表にあります。"
    return (Outlines(label, **outlines(plan)),)


def _tables(plan: ReferencePlan, edition: Edition) -> tuple[Part, ...]:
    parts = []
    for table in plan_tables(plan, edition):
        if not table.rows:
            parts.append(prose.paragraph(table.caption))
            continue
        columns = [
            Column(
                label,
                "text" if isinstance(cell, str) else "number",
                digits=2 if isinstance(cell, float) else 0,
            )
            for label, cell in zip(table.labels, table.rows[0], strict=True)
        ]
        rows = [(str(n), row) for n, row in enumerate(table.rows[:MOST_SHOWN])]
        caption = f"{table.caption}　{describe_rest(len(table.rows))}"
        parts.append(row_table(caption, columns, rows, style="kg-changes"))
        if table.note:
            parts.append(prose.paragraph(table.note))
    return tuple(parts)
