"""Commands that import activities and reviews (ふりかえり), and the template for activities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from kyodo_geo.cli.options import (
    REFUSED,
    AsJson,
    By,
    DataDir,
    DryRun,
    Force,
    edition_store,
    operator,
    print_json,
    print_table,
    progress,
    refuse_to_replace,
)
from kyodo_geo.errors import IntakeError, refusal_to_write, system_error_text
from kyodo_geo.imports.activities import ActivityExamination, Severity, examine, publish
from kyodo_geo.imports.activities.activity_examination import STEPS, refused_csv
from kyodo_geo.imports.activities.template import write_template
from kyodo_geo.imports.examination import RowExamination, RowPlan
from kyodo_geo.imports.reviews import ReviewExamination, examine_reviews, publish_reviews
from kyodo_geo.japanese import today
from kyodo_geo.tabular.file_types import MOST_BYTES
from kyodo_geo.tabular.findings import Finding

MOST_SHOWN = 50
"""Findings or rows printed per table; `--json` has all."""

COUNT_LABELS = {
    "new": "新しい活動",
    "changed": "変わる活動",
    "unchanged": "変わらない活動",
    "refused": "取り込めない行",
}

File: TypeAlias = Annotated[Path, typer.Argument(metavar="ファイル", help="CSV・XLSX・ODS")]


def import_file(
    file: File,
    *,
    dry_run: DryRun = False,
    by: By = None,
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
    store = edition_store(data_dir)
    content = file_content(file)
    with progress("取り込むファイルを調べています", total=len(STEPS)) as update:
        examination = examine(
            content, file.name, store.current(), lambda step: update(description=step, advance=1)
        )
    if not as_json:
        _print_examination(examination)
    if refused is not None:
        _write_refused(examination, refused, silent=as_json)
    number = None
    if not dry_run and not examination.is_nothing_new:
        number = publish(store, examination, operator(by))
    if as_json:
        _print_as_json(examination, number)
    elif examination.plan is not None:
        typer.echo(_describe_outcome(examination, number))
    if examination.is_refused:
        raise typer.Exit(REFUSED)


def import_reviews(
    file: File,
    *,
    dry_run: DryRun = False,
    by: By = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """ふりかえりのファイルを調べ、取り込める行で新しい版を作る。"""
    store = edition_store(data_dir)
    examination = examine_reviews(file_content(file), file.name, store.current(), today())
    if not as_json:
        _print_review_examination(examination)
    number = None
    if not dry_run and not examination.is_nothing_new:
        number = publish_reviews(store, examination, operator(by))
    if as_json:
        _print_as_json(examination, number)
    else:
        typer.echo(_describe_outcome(examination, number))
    if examination.is_refused:
        raise typer.Exit(REFUSED)


def template(
    file: Annotated[Path, typer.Argument(metavar="ファイル", help="作るファイル（.xlsx か .csv）")],
    *,
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """取り込みに使う、空の表（ひな形）を作る。"""
    refuse_to_replace(file, force)
    write_template(edition_store(data_dir).current(), file)
    typer.echo(f"ひな形を書き出しました: {file}")


def file_content(file: Path) -> bytes:
    """Read a file up to one byte more than may be imported. Raises IntakeError."""
    try:
        with file.open("rb") as stream:
            # One byte too many is enough to refuse a file of any size.
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        next_step = "名前と場所を確かめてください"
        raise IntakeError(
            str(file), f"読めません{system_error_text(error)}", next_step=next_step
        ) from error


def first_findings(
    findings: Sequence[Finding], key: Callable[[Finding], Hashable]
) -> list[tuple[Finding, str]]:
    """Return the first finding per key, with its place and the number of further places.

    Keys are in the order of their last findings, from the end.
    """
    times = Counter(map(key, findings))
    first = {key(finding): finding for finding in reversed(findings)}
    return [
        (finding, finding.where + (f" ほか{times[k] - 1:,}か所" if times[k] > 1 else ""))
        for k, finding in first.items()
    ]


def print_omitted(total: int, unit: str) -> None:
    """Print how many rows of `total` were left out after MOST_SHOWN, if any."""
    if total > MOST_SHOWN:
        typer.echo(f"ほかに{total - MOST_SHOWN:,}{unit}あります（--json ですべて見られます）。")


def _write_refused(examination: ActivityExamination, target: Path, *, silent: bool) -> None:
    if not examination.counts["refused"]:
        return
    with refusal_to_write(IntakeError, target):
        target.write_bytes(refused_csv(examination))
    if not silent:
        typer.echo(f"取り込めない行を書き出しました: {target}")


def _print_examination(examination: ActivityExamination) -> None:
    """Print counts and findings, the gravest first, the same in the same column only once."""
    if examination.plan is None:
        for finding in examination.findings:
            typer.echo(f"{examination.file_name}: {finding.sentence}", err=True)
        return
    _print_counts(examination)
    order = list(Severity)
    found = sorted(
        first_findings(examination.findings, lambda f: (f.kind, f.column, f.found)),
        key=lambda item: (order.index(item[0].severity), item[0].row or 0),
    )
    rows = [
        (f.kind.finding_id, f.kind.rule, f.severity.label, where, f.sentence)
        for f, where in found[:MOST_SHOWN]
    ]
    if rows:
        print_table(["番号", "規則", "重さ", "場所", "内容"], rows)
    print_omitted(len(found), "種類")


def _print_review_examination(examination: ReviewExamination) -> None:
    _print_counts(examination, "ふりかえり")
    rows = [
        (f.kind.finding_id, f.severity.label, f.where, f.sentence)
        for f in examination.findings[:MOST_SHOWN]
    ]
    if rows:
        print_table(["番号", "重さ", "場所", "内容"], rows)
    print_omitted(len(examination.findings), "件")


def _describe_outcome(examination: RowExamination[RowPlan], number: int | None) -> str:
    """Say which edition a file made, or why it made none."""
    if number is not None:
        return f"第{number}版を作りました。"
    if examination.is_refused:
        return "取り込める行がありません。版は作りませんでした。"
    if examination.is_nothing_new:
        return "いまの版と変わるところがないため、版は作りませんでした。"
    return "調べるだけにしました。版は作っていません。"


def _print_counts(examination: RowExamination[RowPlan], what: str = "活動") -> None:
    typer.echo(f"{examination.file_name} を第{examination.edition_number}版と比べました。")
    rows = [
        (label.replace("活動", what), examination.counts[name])
        for name, label in COUNT_LABELS.items()
    ]
    print_table(["", "件数"], rows)


def _print_as_json(examination: RowExamination[RowPlan], number: int | None) -> None:
    """Print findings, changes and the number of the edition published; null if none."""
    changes = examination.plan.changes if examination.plan else ()
    print_json(
        {
            "file": examination.file_name,
            "sha256": examination.sha256,
            "edition": examination.edition_number,
            "counts": dict(examination.counts),
            "findings": [finding.as_dict() for finding in examination.findings],
            "changes": [asdict(change) for change in changes],
            "published": number,
        }
    )
