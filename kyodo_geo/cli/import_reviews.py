"""Command that takes reviews (ふりかえり) in from a file."""

from __future__ import annotations

from typing import Annotated

import typer

from kyodo_geo.auth.roles import official
from kyodo_geo.cli.import_activities import (
    MOST_SHOWN,
    File,
    describe_outcome,
    file_content,
    print_counts,
    print_json,
)
from kyodo_geo.cli.options import (
    REFUSED,
    AsJson,
    DataDir,
    print_table,
    settings_in_force,
    user_name,
)
from kyodo_geo.editions import EditionStore
from kyodo_geo.imports.reviews import ReviewExamination, examine_reviews, publish_reviews
from kyodo_geo.japanese import today


def import_reviews(
    ctx: typer.Context,
    file: File,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="調べるだけで、版を作らない")] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="名前", help="版の履歴に残す、公開した人の名前")
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """ふりかえりのファイルを調べ、取り込める行で新しい版を作る。"""
    store = EditionStore(settings_in_force(ctx, data_dir).editions_dir)
    found = examine_reviews(file_content(file), file.name, store.current(), today())
    if not as_json:
        _print(found)
    number = None
    if not dry_run and not found.is_nothing_new:
        number = publish_reviews(store, found, official(by or user_name()))
    if as_json:
        print_json(found, number)
    else:
        typer.echo(describe_outcome(found, number))
    if found.is_refused:
        raise typer.Exit(REFUSED)


def _print(found: ReviewExamination) -> None:
    print_counts(found, "ふりかえり")
    if found.findings:
        rows = [
            (f.kind.finding_id, f.severity.label, f.where, f.sentence)
            for f in found.findings[:MOST_SHOWN]
        ]
        print_table(["番号", "重さ", "場所", "内容"], rows)
    if len(found.findings) > MOST_SHOWN:
        rest = len(found.findings) - MOST_SHOWN
        typer.echo(f"ほかに{rest:,}件あります（--json ですべて見られます）。")
