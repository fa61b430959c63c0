"""What goes with every export: the view, how it was counted, sources, licence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kyodo_geo import __version__
from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.export.schema.tables import TableSchema
from kyodo_geo.filters.query_string import texts_from_filters
from kyodo_geo.measures.places.description import describe_filters, describe_view
from kyodo_geo.model import Filters

TITLE = f"{city().title}（Kyodo Geo）"
LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
ENCODING = "CSVとTXTはUTF-8（BOM付き）で改行はCRLF、JSONとGeoJSONはUTF-8（BOMなし）で改行はLFです。"
COUNTING_RULE = (
    "協働は、市民の側の主体と市がともに参加した活動です（形態がわかる活動は市の参加とみなします）。"
    "件数は実件数で、複数の地区の活動はそれぞれの地区で1件と数えます。"
    "形態と主体は一つの活動に複数あるため、その合計は延べです。"
    "全市の取り組みは地区に割り振りません。推定した形態は明記された形態と分けています。"
)
FICTIONAL = "架空データ: 実際の活動ではありません。"
CAVEAT = "公開資料による記録です。件数の多い少ないは、まず資料の多い少ないを表します。"


def code_rows(edition: Edition) -> list[tuple[str, ...]]:
    """The code table: kind, id, label and definition, in the guideline's order."""
    return edition.rows("SELECT kind, id, label, definition FROM code ORDER BY kind, ordinal")


def about_lines(edition: Edition, filters: Filters) -> list[tuple[str, str]]:
    """What a reader has to know, as pairs of item and text."""
    info = edition.info
    lines = [
        ("版", info.label),
        ("対象", describe_view(edition, filters)),
        ("数え方", COUNTING_RULE),
        ("注意", CAVEAT),
        ("ライセンス", f"{LICENCE}。出典を示し、加工した場合はその旨を記してください。"),
        *((f"出典 {card.get('title', '')}", _source(card)) for card in edition.sources),
    ]
    return [("架空データ", "実際の活動ではありません。"), *lines] if info.is_fictional else lines


def title_of(tables: Sequence[TableSchema]) -> str:
    """What a description for programs is called: a table alone by its name."""
    return f"{TITLE} {tables[0].title}" if len(tables) == 1 else TITLE


def in_words(edition: Edition, filters: Filters, tables: Sequence[TableSchema]) -> str:
    """What a description for programs says of tables: the view, how it counts, its limits."""
    fictional = [FICTIONAL] if edition.info.is_fictional else []
    if any(table.is_counted for table in tables):
        return "\n".join([*fictional, describe_view(edition, filters), COUNTING_RULE, CAVEAT])
    return "\n".join([*fictional, f"{edition.info.label}、{describe_filters(edition, filters)}"])


def provenance(edition: Edition, generated_at: datetime | None) -> dict[str, Any]:
    """Where a file for programs comes from; `generated_at` with its zone.

    It is None, and left out, for what stays the same byte by byte as long as the edition does.
    """
    made = {"generated_at": generated_at.isoformat(timespec="seconds")} if generated_at else {}
    return {
        "edition": edition.info.number,
        "edition_published_at": edition.info.published_at.isoformat(),
        "is_fictional": edition.info.is_fictional,
        **made,
        "licence": LICENCE,
    }


def manifest(edition: Edition, filters: Filters, generated_at: datetime | None) -> dict[str, Any]:
    """What a reader has to know, for programs.

    `filters_by_key` holds the filters as they stand in addresses; it is empty where nothing is
    narrowed.
    """
    return {
        "title": TITLE,
        "software": f"kyodo-geo {__version__}",
        **provenance(edition, generated_at),
        "filters": describe_filters(edition, filters),
        "filters_by_key": texts_from_filters(filters),
        "view": describe_view(edition, filters),
        "counting_rule": COUNTING_RULE,
        "caveat": CAVEAT,
        "encoding": ENCODING,
        "sources": list(edition.sources),
    }


def _source(card: dict[str, Any]) -> str:
    parts = (card.get("publisher"), card.get("address"), card.get("licence"), card.get("caveat"))
    return "、".join(str(part) for part in parts if part)
