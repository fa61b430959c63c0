"""The command line: the same functions as the pages, for scripts and the terminal.

Exit codes: 0 fine; 2 wrong use (an unknown option, district, form …); 1 refused, with a
sentence on stderr.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kyodo_geo import (
    cli_cube,
    cli_guideline,
    cli_handout,
    cli_history,
    cli_import,
    cli_picture,
    cli_proposals,
    cli_reference,
    cli_reviews,
    cli_selfcheck,
    cli_serve,
)
from kyodo_geo.cli_filters import Texts, filters_given, with_filters
from kyodo_geo.cli_shared import (
    REFUSED,
    AsJson,
    DataDir,
    Describe,
    Force,
    WayBack,
    base_address,
    current_edition,
    describe,
    print_table,
    progress,
    refuse_to_replace,
    refuse_to_replace_any,
    refusing_wrong_use,
    settings_in_force,
    user_name,
)
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.errors import KyodoError, StorageError
from kyodo_geo.export import FORMATS, export_view
from kyodo_geo.export.tables import TABLES_IN
from kyodo_geo.ingest.demo import publish_demo
from kyodo_geo.ingest.first_edition import publish_shipped
from kyodo_geo.measures.actors import actor_profiles
from kyodo_geo.measures.forms import form_profiles
from kyodo_geo.measures.parsing import (
    FILTER_KEYS,
    texts_from_filters,
)
from kyodo_geo.measures.sentence import describe_view
from kyodo_geo.measures.summary import summarise
from kyodo_geo.model import District, Filters
from kyodo_geo.report import all_names, asked_district, write_sheet, write_sheets
from kyodo_geo.settings import read_settings
from kyodo_geo.vocabulary import ActorType, Form

MOST_ACTIVITIES = 10_000_000

PLACELESS_KEYS = tuple(key for key in FILTER_KEYS if key.key not in ("region", "district"))
"""The filters of a sheet, which is about one place and compares it with all."""


class Refusing(TyperGroup):
    """Commands whose refusals are a sentence on stderr, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; KyodoError becomes exit code 1."""
        try:
            return super().invoke(ctx)
        except KyodoError as error:
            typer.echo(error.sentence_in_detail, err=True)
            raise typer.Exit(REFUSED) from error


app = typer.Typer(
    cls=Refusing,
    help="花巻市27地区の協働を地図と表にする Kyodo Geo のコマンド",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a character gets a substitute, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="python -m kyodo_geo")


@app.callback()
def _settings(ctx: typer.Context, data_dir: DataDir = None) -> None:
    ctx.obj = data_dir


@app.command()
def init(ctx: typer.Context, *, data_dir: DataDir = None) -> None:
    """同梱のデータから最初の版を作る。"""
    store = EditionStore(settings_in_force(ctx, data_dir).editions_dir)
    if numbers := store.numbers():
        typer.echo(f"版はもうあります（最新は第{numbers[-1]}版）。何もしませんでした。")
        return
    publish_shipped(store, user_name(), only_if_empty=True)
    edition = store.current()
    activities = edition.log[-1].activities_added
    typer.echo(f"{edition.info.label}を作りました（活動{activities:,}件）。場所: {edition.path}")


@app.command()
@with_filters
def info(
    ctx: typer.Context, *, texts: Texts, as_json: AsJson = False, data_dir: DataDir = None
) -> None:
    """いまの版と、地区・形態・主体ごとの件数を示す。"""
    edition = current_edition(ctx, data_dir)
    filters = filters_given(edition, texts)
    figures = _figures(edition, filters)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        _print_figures(edition, figures)


@app.command()
@with_filters
def export(
    ctx: typer.Context,
    *,
    texts: Texts,
    format_id: Annotated[str, typer.Option("--format", help="形式: " + "、".join(FORMATS))] = "csv",
    target: Annotated[Path, typer.Option("--out", help="書き出すファイル")],
    is_described: Describe = False,
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """絞り込んだ活動をファイルに書き出す。

    ZIP には、項目の説明が初めから入っている。
    """
    if format_id not in FORMATS:
        raise typer.BadParameter(f"使えるのは {'、'.join(FORMATS)} です", param_hint="--format")
    edition = current_edition(ctx, data_dir)
    filters = filters_given(edition, texts)
    tables = TABLES_IN[format_id] if is_described else ()
    refuse_to_replace_any(target, tables, force)
    report = export_view(edition, filters, format_id, target)
    describe(edition, filters, tables, target)
    typer.echo(describe_view(edition, filters))
    typer.echo(f"活動{report.rows:,}件を書き出しました: {target}")
    if not report.rows:
        typer.echo("条件に合う活動がないため、活動の行はありません。")
    if report.replaced_cells:
        typer.echo(
            f"この形式で表せない文字があり、{report.replaced_cells:,}個のセルで置き換えました。"
        )


@app.command()
@functools.partial(with_filters, keys=PLACELESS_KEYS)
def report(
    ctx: typer.Context,
    *,
    texts: Texts,
    name: Annotated[
        str | None, typer.Option("--district", metavar="地区", help="地区（例: C03、花北）")
    ] = None,
    is_all: Annotated[
        bool, typer.Option("--all", help="すべての地区の地区カルテと、それをまとめたZIPを作る")
    ] = False,
    target: Annotated[
        Path, typer.Option("--out", help="書き出すファイル（--all では、入れるフォルダー）")
    ],
    address: WayBack = None,
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """印刷用の地区カルテ（PDF）を作る。"""
    if (name is None) is not is_all:
        raise typer.BadParameter("--district か --all の、どちらか一つを指定してください")
    leads_to = base_address(settings_in_force(ctx, data_dir), address)
    edition = current_edition(ctx, data_dir)
    filters = filters_given(edition, texts)
    if name is not None:
        district = _district(edition, name)
        refuse_to_replace(target, force)
        write_sheet(edition, filters, district.district_id, target, leads_to)
        typer.echo(f"{district.name}地区の地区カルテを書き出しました: {target}")
        return
    for file in all_names(edition, filters):
        refuse_to_replace(target / file, force)
    bundle = _write_all_sheets(edition, filters, target, leads_to)
    typer.echo(f"{len(edition.districts)}地区の地区カルテを書き出しました: {target}")
    typer.echo(f"まとめたファイル: {bundle}")


@app.command()
def editions(ctx: typer.Context, *, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """版の履歴を新しい順に示す。"""
    log = current_edition(ctx, data_dir).log
    if as_json:
        entries = [vars(entry) for entry in log]
        typer.echo(json.dumps(entries, ensure_ascii=False, indent=2, default=str))
        return
    print_table(
        ["版", "公開日時", "公開した人", "内容", "説明", "追加", "変更", "削除"],
        (
            (
                str(entry.number),
                f"{entry.published_at:%Y-%m-%d %H:%M}",
                entry.published_by,
                entry.action,
                entry.description,
                entry.activities_added,
                entry.activities_changed,
                entry.activities_removed,
            )
            for entry in log
        ),
    )


for command in (
    cli_cube.cube,
    cli_guideline.checks,
    cli_guideline.promotion,
    cli_handout.handout,
    cli_history.diff,
    cli_history.undo,
    cli_history.backup,
    cli_history.restore,
    cli_history.upgrade,
    cli_history.delete,
    cli_picture.picture,
    cli_proposals.proposals,
):
    app.command()(command)

app.command("approve")(cli_proposals.approve_proposal)
app.command("return")(cli_proposals.return_proposal)  # a word Python keeps for itself

app.command("import")(cli_import.import_file)  # a word Python keeps for itself
app.command()(cli_import.template)
app.command()(cli_reviews.import_reviews)
app.command()(cli_reference.replace)
app.command()(cli_reference.reference)
app.command("selfcheck")(cli_selfcheck.check_file)
app.command()(cli_serve.serve)


@app.command()
def demo(
    *,
    activities: Annotated[int, typer.Option(help="活動の数", min=1, max=MOST_ACTIVITIES)],
    out: Annotated[Path, typer.Option(help="新しいデータの置き場所")],
    seed: Annotated[int, typer.Option(help="同じ値なら、同じデータになります")] = 1,
) -> None:
    """訓練や負荷試験のための架空データを作る。"""
    store = EditionStore(read_settings(out).editions_dir)
    try:
        publish_demo(store, activities, seed=seed)
    except StorageError as error:
        advice = "--out に別の場所を指定してください"
        raise StorageError("--out", error.found, error.expected, advice, error.detail) from error
    typer.echo(f"架空データ{activities:,}件の版を作りました。場所: {store.current().path}")
    typer.echo(f"見るには: python -m kyodo_geo serve --data-dir {out}")


def _district(edition: Edition, name: str) -> District:
    with refusing_wrong_use():
        return asked_district(edition, name)


def _write_all_sheets(edition: Edition, filters: Filters, folder: Path, base_address: str) -> Path:
    with progress() as bar:
        task = bar.add_task("地区カルテを作っています", total=len(edition.districts))
        return write_sheets(
            edition,
            filters,
            folder,
            base_address,
            lambda done, total: bar.update(task, completed=done, total=total),
        )


def _figures(edition: Edition, filters: Filters) -> dict[str, Any]:
    """What `info` tells, as plain values."""
    summary = summarise(edition, filters)
    total = summary.total.place.place_id
    forms = form_profiles(edition, filters)[total].counts
    actors = actor_profiles(edition, filters)[total]
    return {
        "edition": {
            "number": edition.info.number,
            "published_at": edition.info.published_at.isoformat(),
            "app_version": edition.info.app_version,
            "is_fictional": edition.info.is_fictional,
            "path": str(edition.path),
        },
        "filters": texts_from_filters(filters),
        "description": describe_view(edition, filters),
        "places": [
            {
                "id": row.place.place_id,
                "label": row.place.label,
                "region": row.place.region,
                "kind": row.place.kind,
                "activities": row.activities,
                "kyodo": row.kyodo,
            }
            for row in summary.rows()
        ],
        "forms": [
            {
                "id": form,
                "label": form.label,
                "activities": forms[form].activities,
                "stated": forms[form].stated,
            }
            for form in Form
        ],
        "actors": [
            {"id": actor, "label": actor.label, "activities": actors.count(actor)}
            for actor in ActorType
        ],
    }


def _print_figures(edition: Edition, figures: Mapping[str, Any]) -> None:
    fictional = "【架空データ】" if edition.info.is_fictional else ""
    typer.echo(f"{fictional}{edition.info.label} {edition.path}")
    typer.echo(figures["description"])
    print_table(
        ["番号", "地区", "地域", "件数"],
        ((p["id"], p["label"], p["region"], p["activities"]) for p in figures["places"]),
    )
    typer.echo("形態と主体は、1件の活動にいくつもあるので延べの件数です。")
    print_table(
        ["形態", "件数（延べ）", "うち明記"],
        ((form["label"], form["activities"], form["stated"]) for form in figures["forms"]),
    )
    print_table(
        ["主体", "件数（延べ）"],
        ((actor["label"], actor["activities"]) for actor in figures["actors"]),
    )
