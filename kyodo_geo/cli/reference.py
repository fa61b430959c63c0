"""Commands on reference data: replace boundaries, populations, towns; write them to a file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from kyodo_geo.auth.roles import official
from kyodo_geo.city import city
from kyodo_geo.cli.import_activities import file_content
from kyodo_geo.cli.options import (
    REFUSED,
    AsJson,
    DataDir,
    Force,
    print_table,
    progress,
    refuse_to_replace,
    settings_in_force,
    user_name,
)
from kyodo_geo.editions import Edition, EditionStore
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
    publish,
)
from kyodo_geo.imports.reference.boundary_plan import STEPS
from kyodo_geo.imports.reference.templates import write_reference

MOST_SHOWN = 50
"""Rows of a table on the screen; `--json` has all."""

KindArgument: TypeAlias = Annotated[
    DatasetKind, typer.Argument(metavar="種類", help="、".join(DatasetKind))
]
IsOfficial: TypeAlias = Annotated[
    bool, typer.Option("--official", help="市の公式な境界である（「概略」と示さない）")
]
File: TypeAlias = Annotated[Path, typer.Argument(metavar="ファイル")]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="調べるだけで、版を作らない")]
By: TypeAlias = Annotated[
    str | None, typer.Option("--by", metavar="名前", help="版の履歴に残す、公開した人の名前")
]
SourceTitle: TypeAlias = Annotated[
    str, typer.Option("--source", metavar="資料名", help="画面とファイルに示す、資料の名前")
]
Publisher: TypeAlias = Annotated[
    str, typer.Option("--publisher", metavar="発行者", help=f"資料の発行者（例: {city().name}）")
]
Licence: TypeAlias = Annotated[
    str, typer.Option("--licence", metavar="ライセンス", help="資料のライセンス（例: CC BY 4.0）")
]
Address: TypeAlias = Annotated[
    str, typer.Option("--source-address", metavar="所在", help="資料のあるアドレスなど")
]
Examine: TypeAlias = Callable[[bytes, str, Edition], ReferenceExamination[ReferencePlan]]


def replace(
    ctx: typer.Context,
    kind: KindArgument,
    file: File,
    *,
    is_official: IsOfficial = False,
    source: SourceTitle = "",
    publisher: Publisher = "",
    licence: Licence = "",
    address: Address = "",
    dry_run: DryRun = False,
    by: By = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """基礎資料（地区の境界・人口・町名表）を、ファイルの内容に入れ替える。

    境界は GeoJSON・GeoPackage・ShapefileのZIP、ほかは CSV・XLSX・ODS。人口は、同じ場所と日の行が
    置き換わり、ほかの行は加わる。
    """
    if is_official and kind is not DatasetKind.BOUNDARIES:
        raise typer.BadParameter("境界だけにつけられます", param_hint="--official")
    store = EditionStore(settings_in_force(ctx, data_dir).editions_dir)
    edition = store.current()
    examination = EXAMINE[kind](file_content(file), file.name, edition)
    if not as_json:
        _print(examination, edition)
    number = None
    if not dry_run and not examination.is_nothing_new:
        card = Source(source, publisher, licence, address, is_official)
        number = publish(store, examination, official(by or user_name()), card)
    if as_json:
        told = _plain(examination, edition) | {"published": number}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif examination.plan is not None:
        typer.echo(_outcome(examination, number))
    if examination.plan is None:
        raise typer.Exit(REFUSED)


def reference(
    ctx: typer.Context,
    kind: KindArgument,
    file: Annotated[
        Path, typer.Argument(metavar="ファイル", help="境界は .geojson、ほかは .csv か .xlsx")
    ],
    *,
    is_empty: Annotated[
        bool, typer.Option("--empty", help="列名だけの、空の表（ひな形）にする")
    ] = False,
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """いまの基礎資料を、直して入れ替えられるファイルに書き出す。"""
    refuse_to_replace(file, force)
    store = EditionStore(settings_in_force(ctx, data_dir).editions_dir)
    write_reference(store.current(), kind, file, is_empty=is_empty)
    typer.echo(f"{kind.label}を書き出しました: {file}")


def _examine_boundaries(
    content: bytes, name: str, edition: Edition
) -> ReferenceExamination[BoundaryPlan]:
    with progress() as bar:
        task = bar.add_task("境界を調べています", total=len(STEPS))
        return examine_boundaries(
            content, name, edition, lambda step: bar.update(task, description=step, advance=1)
        )


EXAMINE: dict[DatasetKind, Examine] = {
    DatasetKind.BOUNDARIES: _examine_boundaries,
    DatasetKind.POPULATION: examine_population,
    DatasetKind.TOWNS: examine_towns,
}


def _print(examination: ReferenceExamination[ReferencePlan], edition: Edition) -> None:
    if examination.plan is None:
        for finding in examination.findings:
            place = " ".join((examination.file_name, finding.where)).strip()
            typer.echo(f"{place}: {finding.sentence}", err=True)
        return
    typer.echo(f"{examination.file_name} を第{examination.edition_number}版と比べました。")
    times = Counter((f.kind, f.column) for f in examination.findings)
    first = {(f.kind, f.column): f for f in reversed(examination.findings)}
    found = [
        (
            finding.kind.finding_id,
            finding.severity.label,
            finding.where + (f" ほか{times[key] - 1:,}か所" if times[key] > 1 else ""),
            finding.sentence,
        )
        for key, finding in reversed(first.items())
    ]
    if found:
        print_table(["番号", "重さ", "場所", "内容"], found)
    for table in plan_tables(examination.plan, edition):
        typer.echo(table.caption)
        if table.rows:
            print_table(table.labels, table.rows[:MOST_SHOWN])
        if table.rows and table.note:
            typer.echo(table.note)
        if len(table.rows) > MOST_SHOWN:
            rest = len(table.rows) - MOST_SHOWN
            typer.echo(f"ほかに{rest:,}行あります（--json ですべて見られます）。")


def _outcome(examination: ReferenceExamination[ReferencePlan], number: int | None) -> str:
    if number is not None:
        return (
            f"第{number}版を作りました。元に戻すには "
            f"`python -m kyodo_geo undo {examination.edition_number}` を実行します。"
        )
    if examination.is_nothing_new:
        return "いまの版と変わるところがないため、版は作りませんでした。"
    return "調べるだけにしました。版は作っていません。"


def _plain(examination: ReferenceExamination[ReferencePlan], edition: Edition) -> dict[str, Any]:
    tables: Sequence[Any] = plan_tables(examination.plan, edition) if examination.plan else ()
    return {
        "kind": str(examination.kind),
        "file": examination.file_name,
        "sha256": examination.sha256,
        "edition": examination.edition_number,
        "is_usable": examination.plan is not None,
        "is_nothing_new": examination.is_nothing_new,
        "findings": [finding.as_dict() for finding in examination.findings],
        "tables": [
            {"caption": table.caption, "columns": list(table.labels), "rows": list(table.rows)}
            for table in tables
        ],
    }
