"""Commands that take activities in: import a file, write a template for one."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from kyodo_geo.auth.roles import official
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
from kyodo_geo.errors import IntakeError, refusal_to_write, system_error_text
from kyodo_geo.imports.activities import ActivityExamination, Severity, examine, publish
from kyodo_geo.imports.activities.activity_examination import STEPS
from kyodo_geo.imports.activities.rejected_rows import refused_csv
from kyodo_geo.imports.activities.template import write_template
from kyodo_geo.imports.examination import RowExamination, RowPlan
from kyodo_geo.tabular.file_types import MOST_BYTES

MOST_SHOWN = 50
"""Findings shown in the table; `--json` has all."""

COUNT_LABELS = {
    "new": "新しい活動",
    "changed": "変わる活動",
    "unchanged": "変わらない活動",
    "refused": "取り込めない行",
}

File: TypeAlias = Annotated[Path, typer.Argument(metavar="ファイル", help="CSV・XLSX・ODS")]


def import_file(
    ctx: typer.Context,
    file: File,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="調べるだけで、版を作らない")] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="名前", help="版の履歴に残す、公開した人の名前")
    ] = None,
    refused: Annotated[
        Path | None,
        typer.Option("--refused", metavar="CSV", help="取り込めない行を、理由をつけて書き出す"),
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """活動のファイルを調べ、取り込める行で新しい版を作る。"""
    if refused is not None:
        refuse_to_replace(refused, force)
    store = EditionStore(settings_in_force(ctx, data_dir).editions_dir)
    examination = _examine(file, store.current())
    if not as_json:
        _print_examination(examination)
    if refused is not None:
        _write_refused(examination, refused, silent=as_json)
    number = None
    if not dry_run and not examination.is_nothing_new:
        number = publish(store, examination, official(by or user_name()))
    if as_json:
        print_json(examination, number)
    elif examination.plan is not None:
        typer.echo(describe_outcome(examination, number))
    if examination.is_refused:
        raise typer.Exit(REFUSED)


def template(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="ファイル", help="作るファイル（.xlsx か .csv）")],
    *,
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """取り込みに使う、空の表（ひな形）を作る。"""
    refuse_to_replace(file, force)
    store = EditionStore(settings_in_force(ctx, data_dir).editions_dir)
    write_template(store.current(), file)
    typer.echo(f"ひな形を書き出しました: {file}")


def _examine(file: Path, edition: Edition) -> ActivityExamination:
    content = file_content(file)
    with progress() as bar:
        task = bar.add_task("取り込むファイルを調べています", total=len(STEPS))
        return examine(
            content,
            file.name,
            edition,
            lambda step: bar.update(task, description=step, advance=1),
        )


def file_content(file: Path) -> bytes:
    """What a file holds, one byte more than may be taken at most. Raises IntakeError."""
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        next_step = "名前と場所を確かめてください"
        raise IntakeError(
            str(file), f"読めません{system_error_text(error)}", next_step=next_step
        ) from error


def _write_refused(examination: ActivityExamination, target: Path, *, silent: bool) -> None:
    if not examination.counts["refused"]:
        return
    with refusal_to_write(IntakeError, target):
        target.write_bytes(refused_csv(examination))
    if not silent:
        typer.echo(f"取り込めない行を書き出しました: {target}")


def _print_examination(examination: ActivityExamination) -> None:
    if examination.plan is None:
        for finding in examination.findings:
            typer.echo(f"{examination.file_name}: {finding.sentence}", err=True)
        return
    print_counts(examination)
    _print_findings(examination)


def _print_findings(examination: ActivityExamination) -> None:
    """What was found, the gravest first, the same in the same column only once."""
    order = list(Severity)
    times = Counter((f.kind, f.column, f.found) for f in examination.findings)
    first = {(f.kind, f.column, f.found): f for f in reversed(examination.findings)}
    found = sorted(
        first.items(), key=lambda item: (order.index(item[1].severity), item[1].row or 0)
    )
    if not found:
        return
    print_table(
        ["番号", "規則", "重さ", "場所", "内容"],
        [
            (
                finding.kind.finding_id,
                finding.kind.rule,
                finding.severity.label,
                finding.where + (f" ほか{times[key] - 1:,}か所" if times[key] > 1 else ""),
                finding.sentence,
            )
            for key, finding in found[:MOST_SHOWN]
        ],
    )
    if len(found) > MOST_SHOWN:
        typer.echo(f"ほかに{len(found) - MOST_SHOWN:,}種類あります（--json ですべて見られます）。")


def describe_outcome(examination: RowExamination[RowPlan], number: int | None) -> str:
    """Say what became of a file: the edition it made, or why it made none."""
    if number is not None:
        return f"第{number}版を作りました。"
    if examination.is_refused:
        return "取り込める行がありません。版は作りませんでした。"
    if examination.is_nothing_new:
        return "いまの版と変わるところがないため、版は作りませんでした。"
    return "調べるだけにしました。版は作っていません。"


def print_counts(examination: RowExamination[RowPlan], what: str = "活動") -> None:
    """Print what the file was compared with, and how many rows become what."""
    typer.echo(f"{examination.file_name} を第{examination.edition_number}版と比べました。")
    rows = [
        (label.replace("活動", what), examination.counts[name])
        for name, label in COUNT_LABELS.items()
    ]
    print_table(["", "件数"], rows)


def print_json(examination: RowExamination[RowPlan], number: int | None) -> None:
    """Print all that was found and what changes, with the edition that was published, if any."""
    changes = examination.plan.changes if examination.plan else ()
    values = {
        "file": examination.file_name,
        "sha256": examination.sha256,
        "edition": examination.edition_number,
        "counts": dict(examination.counts),
        "findings": [finding.as_dict() for finding in examination.findings],
        "changes": [asdict(change) for change in changes],
        "published": number,
    }
    typer.echo(json.dumps(values, ensure_ascii=False, indent=2))
