"""Commands on editions: list, compare, undo, back up, restore, upgrade, delete activities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from kyodo_geo.cli.options import (
    AsJson,
    DataDir,
    Force,
    current_edition,
    edition_store,
    operator,
    print_json,
    print_table,
    progress,
    refuse_to_replace,
)
from kyodo_geo.editions.backup import back_up
from kyodo_geo.editions.backup import restore as restore_archive
from kyodo_geo.editions.delete_activities import remove
from kyodo_geo.editions.diff import ActivityName
from kyodo_geo.editions.diff import undo as undo_edition
from kyodo_geo.editions.migrations import upgrade as upgrade_editions
from kyodo_geo.editions.store import describe_numbers
from kyodo_geo.measures.places.edition_impact import Comparison, compare_editions, effect_texts

MOST_SHOWN = 200
"""Activities printed per kind of change; `--json` has all."""

Number: TypeAlias = Annotated[int, typer.Argument(metavar="版", help="版の番号", min=1)]
File: TypeAlias = Annotated[Path, typer.Argument(metavar="ファイル", help="控え（ZIP）")]

STEPS_OF_UNDO = {
    "locked": "いまの版を写しています",
    "copied": "内容を戻しています",
    "changed": "確かめています",
    "committed": "書き込んでいます",
}


def editions(*, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """版の履歴を新しい順に示す。"""
    log = current_edition(data_dir).log
    if as_json:
        print_json([vars(entry) for entry in log])
        return
    print_table(
        ["版", "公開日時", "公開した人", "内容", "説明", "追加", "変更", "削除"],
        ((str(entry.number), *entry.cells) for entry in log),
    )


def diff(
    before: Number,
    after: Number,
    *,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """二つの版の違いと、地区の数値への影響を示す。"""
    store = edition_store(data_dir)
    with progress("版を比べています"):
        comparison = compare_editions(store, before, after, None if as_json else MOST_SHOWN)
    if as_json:
        print_json(_plain(comparison))
    else:
        _print_comparison(comparison)


def undo(
    number: Number,
    *,
    published_by: Annotated[
        str | None, typer.Option("--by", metavar="名前", help="履歴に残す、戻した人の名前")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """前の版の内容を、新しい版として公開する。"""
    store = edition_store(data_dir)
    with progress("版を開いています") as update:
        made = undo_edition(
            store,
            number,
            operator(published_by),
            lambda step: update(description=STEPS_OF_UNDO.get(step, "公開しています")),
        )
    entry = store.open(made).log[0]
    typer.echo(f"第{number}版の内容に戻した第{made}版を公開しました。")
    typer.echo(
        f"活動の追加{entry.activities_added:,}件、変更{entry.activities_changed:,}件、"
        f"削除{entry.activities_removed:,}件"
    )


def backup(target: File, *, force: Force = False, data_dir: DataDir = None) -> None:
    """すべての版の控えを、一つのファイルに作る。"""
    refuse_to_replace(target, force)
    store = edition_store(data_dir)
    with progress("控えを作っています") as update:
        manifest = back_up(store, target, lambda done, total: update(completed=done, total=total))
    typer.echo(
        f"{describe_numbers(manifest.numbers)}の控えを作り、読み返して確かめました: {target}"
    )


def restore(source: File, *, data_dir: DataDir = None) -> None:
    """控えから、すべての版を戻す。"""
    store = edition_store(data_dir)
    with progress("控えを戻しています") as update:
        restored = restore_archive(
            store, source, lambda done, total: update(completed=done, total=total)
        )
    if restored.has_put_proposals:
        typer.echo(f"提案を戻しました。場所: {store.folder.parent}")
    if restored.numbers:
        typer.echo(f"{describe_numbers(restored.numbers)}を戻しました。場所: {store.folder}")
    elif not restored.has_put_proposals:
        typer.echo("控えの版は、すべて同じものがもうあります。何もしませんでした。")


def upgrade(*, data_dir: DataDir = None) -> None:
    """前のプログラムで作った版を、内容はそのままで、いまの形式にする。"""
    store = edition_store(data_dir)
    with progress("版の形式を新しくしています"):
        numbers = upgrade_editions(store)
    if numbers:
        typer.echo(f"{describe_numbers(numbers)}を、いまの形式にしました。内容は変わりません。")
    else:
        typer.echo("すべての版が、もういまの形式です。何もしませんでした。")


def delete(
    ids: Annotated[list[str], typer.Argument(metavar="活動の番号...", help="例: P0001")],
    *,
    why: Annotated[str, typer.Option(metavar="理由", help="削除する理由（版の履歴に残ります）")],
    published_by: Annotated[
        str | None, typer.Option("--by", metavar="名前", help="履歴に残す、削除した人の名前")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """活動をいまの記録から除いた、新しい版を公開する。"""
    store = edition_store(data_dir)
    made = remove(store, ids, operator(published_by), why)
    typer.echo(f"第{made}版を公開しました。{store.open(made).log[0].description}")


def _plain(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values; None for a place that an edition lacks."""
    found = asdict(comparison.difference)
    effects = [
        {
            "place_id": effect.place.place_id,
            "label": effect.place.label,
            "before": effect.before and asdict(effect.before),
            "after": effect.after and asdict(effect.after),
        }
        for effect in comparison.effects
    ]
    return found | {"effects": effects}


def _print_comparison(comparison: Comparison) -> None:
    difference = comparison.difference
    typer.echo(difference.sentence)
    changes = [
        (activity.activity_id, activity.title, change.label, change.before, change.after)
        for activity in difference.changed
        for change in activity.changes
    ]
    _print_section("変更された活動", ["番号", "名称", "項目", "前", "後"], changes)
    _print_omitted(len(difference.changed), difference.counts["changed"])
    _print_names("追加された活動", difference.added, difference.counts["added"])
    _print_names("削除された活動", difference.removed, difference.counts["removed"])
    tables = [(t.label, t.rows_added, t.rows_removed) for t in difference.tables]
    _print_section("活動のほかに違うもの", ["内容", "増えた行", "なくなった行"], tables)
    columns = ["地区", "すべての記録", "うち協働（実件数）", "協働の参加者数"]
    rows = [(e.place.label, *effect_texts(e)) for e in comparison.effects]
    _print_section("数値への影響（絞り込みなし）", columns, rows)


def _print_names(heading: str, activities: Sequence[ActivityName], total: int) -> None:
    rows = [(a.activity_id, a.title, a.districts, a.fiscal_year) for a in activities]
    _print_section(heading, ["番号", "名称", "地区", "年度"], rows)
    _print_omitted(len(activities), total)


def _print_section(
    heading: str, columns: Sequence[str], rows: Sequence[Sequence[str | int]]
) -> None:
    if rows:
        typer.echo(f"\n{heading}")
        print_table(columns, rows)


def _print_omitted(shown: int, total: int) -> None:
    if shown < total:
        typer.echo(f"ほか{total - shown:,}件（--json ですべて出力します）")
