"""Command that takes reviews (ふりかえり) in from a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer

from kyodo_geo.auth.roles import official
from kyodo_geo.cli.import_activities import COUNT_LABELS, MOST_SHOWN, File, file_content
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
        told = _plain(found) | {"published": number}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo(_outcome(found, number))
    if found.is_refused:
        raise typer.Exit(REFUSED)


def _print(found: ReviewExamination) -> None:
    typer.echo(f"{found.file_name} を第{found.edition_number}版と比べました。")
    labels = {name: label.replace("活動", "ふりかえり") for name, label in COUNT_LABELS.items()}
    print_table(["", "件数"], [(label, found.counts[name]) for name, label in labels.items()])
    if found.findings:
        rows = [
            (f.kind.finding_id, f.severity.label, f.where, f.sentence)
            for f in found.findings[:MOST_SHOWN]
        ]
        print_table(["番号", "重さ", "場所", "内容"], rows)
    if len(found.findings) > MOST_SHOWN:
        rest = len(found.findings) - MOST_SHOWN
        typer.echo(f"ほかに{rest:,}件あります（--json ですべて見られます）。")


def _outcome(found: ReviewExamination, number: int | None) -> str:
    if number is not None:
        return f"第{number}版を作りました。"
    if found.is_refused:
        return "取り込める行がありません。版は作りませんでした。"
    if found.is_nothing_new:
        return "いまの版と変わるところがないため、版は作りませんでした。"
    return "調べるだけにしました。版は作っていません。"


def _plain(found: ReviewExamination) -> dict[str, Any]:
    return {
        "file": found.file_name,
        "sha256": found.sha256,
        "edition": found.edition_number,
        "counts": dict(found.counts),
        "findings": [finding.as_dict() for finding in found.findings],
        "changes": [asdict(change) for change in (found.plan.changes if found.plan else ())],
    }
