"""The source card of reference data: what pages and files say of where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from kyodo_geo.editions.sql import fetch_rows
from kyodo_geo.errors import IntakeError
from kyodo_geo.imports.reference.dataset import DatasetKind

NOT_STATED = "記載なし"
LONGEST = 100
"""Characters of a text: it stands at the foot of a printed page."""

APPROXIMATE = "地区の境界は概略であり公式のものではありません。"


@dataclass(frozen=True)
class Source:
    """What is said of a file by who hands it in; empty texts are not stated.

    `is_official` says that the city itself has laid the boundaries down so.
    """

    title: str = ""
    publisher: str = ""
    licence: str = ""
    address: str = ""
    is_official: bool = False

    def __post_init__(self) -> None:
        """Raise IntakeError for texts that would burst the printed sheet."""
        for text in (self.title, self.publisher, self.licence, self.address):
            if len(text) > LONGEST:
                raise IntakeError(
                    where="資料の出典",
                    found=f"「{text[:20]}…」は長すぎます",
                    expected=f"それぞれ{LONGEST}字までです",
                )


def write_card(
    con: duckdb.DuckDBPyConnection, kind: DatasetKind, source: Source, file_name: str, on: date
) -> None:
    """Put the card of a kind in place of the one that was there.

    Cards of sources that only the file before it was made of go with it.
    """
    rows = fetch_rows(con, "SELECT card FROM source ORDER BY rowid")
    kept = without_file(kind, (json.loads(row.card) for row in rows))
    cards = [card_of(kind, source, file_name, on), *kept]
    con.execute("DELETE FROM source")
    texts = [(json.dumps(card, ensure_ascii=False, default=str),) for card in cards]
    con.executemany("INSERT INTO source VALUES (?)", texts)


def without_file(kind: DatasetKind, cards: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cards that still hold once the file of a kind is another."""
    kept = []
    for card in cards:
        files = [name for name in card["files"] if name != kind.file]
        if card["id"] != kind and (files or not card["files"]):
            kept.append(card | {"files": files})
    return kept


def card_of(kind: DatasetKind, source: Source, file_name: str, on: date) -> dict[str, Any]:
    """The card of a file handed in."""
    title = source.title or f"{kind.label}（{file_name}）"
    publisher = source.publisher or NOT_STATED
    card = {
        "id": str(kind),
        "title": title,
        "files": [file_name],
        "publisher": publisher,
        "address": source.address or NOT_STATED,
        "licence": source.licence or NOT_STATED,
        "retrieved": f"{on.isoformat()}（入れ替えた日）",
        "caveat": CAVEATS[kind],
    }
    if kind is not DatasetKind.BOUNDARIES:
        return card
    by = publisher if source.publisher else file_name
    licence = f"、{source.licence}" if source.licence else ""
    attribution = f"地区の境界は「{title}」（{by}{licence}）を加工して作成。"
    return card | {
        "is_official": source.is_official,
        "caveat": "" if source.is_official else APPROXIMATE,
        "attribution": attribution + ("" if source.is_official else APPROXIMATE),
    }


CAVEATS = {
    DatasetKind.BOUNDARIES: "",
    DatasetKind.POPULATION: "地域・地区と日ごとの値です。出典は行ごとに記載されています。",
    DatasetKind.TOWNS: "町・大字と地区の対応です。確度と出典は行ごとに記載されています。",
}
