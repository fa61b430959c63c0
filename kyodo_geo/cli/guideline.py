"""Commands on the guideline: check the record against it, list the city's actions."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated

import typer

from kyodo_geo.cli.describe import Describe, describing
from kyodo_geo.cli.filter_options import Texts, filters_given, with_filters
from kyodo_geo.cli.options import AsJson, DataDir, Force, current_edition, print_json, print_table
from kyodo_geo.export.schema.tables import ACTIONS, CHECKED
from kyodo_geo.export.writers.guideline_tables import write_actions, write_checks
from kyodo_geo.filters.query_string import FILTER_KEYS
from kyodo_geo.guideline.checks import CHECK_BY_ID, CHECKS, check_results, with_all_bands
from kyodo_geo.guideline.city_actions import effort_records
from kyodo_geo.japanese import today
from kyodo_geo.measures.places.description import describe_view
from kyodo_geo.vocabulary import Effort

YEAR_KEYS = tuple(key for key in FILTER_KEYS if key.key in ("year_from", "year_to"))


@with_filters
def checks(
    *,
    texts: Texts,
    check_id: Annotated[
        str | None, typer.Option("--check", metavar="番号", help="書き出す点検（例: G02）")
    ] = None,
    target: Annotated[
        Path | None, typer.Option("--out", help="気づいた活動を書き出すCSVファイル")
    ] = None,
    is_described: Describe = False,
    force: Force = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """指針に照らして、記録を点検する。"""
    if check_id is not None and check_id not in CHECK_BY_ID:
        raise typer.BadParameter(f"使えるのは {'、'.join(CHECK_BY_ID)} です", param_hint="--check")
    edition = current_edition(data_dir)
    # Decision 31: checks also see what passes for no 協働.
    filters = with_all_bands(filters_given(edition, texts))
    day = today()
    shown = [CHECK_BY_ID[check_id]] if check_id else list(CHECKS)
    results = [one for one in check_results(edition, filters, day) if one.check in shown]
    rows = [(r.check.check_id, r.check.title, r.applies, r.found) for r in results]
    if as_json:
        names = ("check", "title", "applies", "found")
        print_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        typer.echo(describe_view(edition, filters))
        print_table(["番号", "点検", "対象の件数", "気づいた件数"], rows)
    if target is not None:
        tables = (CHECKED,) if is_described else ()
        with describing(edition, filters, tables, target, force):
            written = write_checks(edition, filters, shown, day, target)
        # stdout then holds JSON and nothing else.
        typer.echo(f"{written:,}行を書き出しました: {target}", err=as_json)


@functools.partial(with_filters, keys=YEAR_KEYS)
def promotion(
    *,
    texts: Texts,
    effort_id: Annotated[Effort | None, typer.Option("--effort", help="推進方針の取り組み")] = None,
    target: Annotated[
        Path | None, typer.Option("--out", help="市の取り組みを書き出すCSVファイル")
    ] = None,
    is_described: Describe = False,
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """推進方針にもとづく市の取り組みの記録を示す。"""
    edition = current_edition(data_dir)
    filters = filters_given(edition, texts)
    for record in effort_records(edition, filters):
        if effort_id in (None, record.effort):
            typer.echo(f"{record.effort.mark} {record.effort.label}　{''.join(record.sentences)}")
    if target is not None:
        tables = (ACTIONS,) if is_described else ()
        with describing(edition, filters, tables, target, force):
            written = write_actions(edition, filters, effort_id, target)
        typer.echo(f"{written:,}行を書き出しました: {target}")
