"""Command that prints the figures of the newest edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from kyodo_geo.cli.filter_options import Texts, filters_given, with_filters
from kyodo_geo.cli.options import AsJson, DataDir, current_edition, print_json, print_table
from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import texts_from_filters
from kyodo_geo.measures.places.actors import actor_profiles
from kyodo_geo.measures.places.description import describe_view
from kyodo_geo.measures.places.forms import form_profiles
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.vocabulary import ActorType, Form


@with_filters
def info(*, texts: Texts, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """いまの版と、地区・形態・主体ごとの件数を示す。"""
    edition = current_edition(data_dir)
    filters = filters_given(edition, texts)
    figures = _figures(edition, filters)
    if as_json:
        print_json(figures)
    else:
        _print_figures(edition, figures)


def _figures(edition: Edition, filters: Filters) -> dict[str, Any]:
    """Return edition, filters and counts per place, form and actor type as plain values."""
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
