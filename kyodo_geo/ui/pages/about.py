"""Parts of the About page: counting rules, coverage, sources, editions, contact."""

from __future__ import annotations

from typing import Any

from kyodo_geo.editions import Edition, LogEntry
from kyodo_geo.export.metadata.manifest import CAVEAT, COUNTING_RULE, LICENCE
from kyodo_geo.export.writers.geojson import attribution
from kyodo_geo.measures.places.coverage import Coverage, coverage
from kyodo_geo.measures.places.density import MEASURES
from kyodo_geo.model import Filters
from kyodo_geo.settings import Settings
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.data_table import numbers, row_table, texts
from kyodo_geo.ui.components.parts import ExternalLink, Part
from kyodo_geo.vocabulary import Scope

COVERAGE_KINDS = ("district", "citywide", "unknown", "all")


def counting() -> tuple[Part, ...]:
    """How things are counted, and each measure with its caveat."""
    rows = [(m.measure_id, (m.label, m.unit, m.definition, m.caveat)) for m in MEASURES.values()]
    return (
        prose.section("数え方"),
        prose.paragraph(COUNTING_RULE),
        prose.paragraph(CAVEAT),
        row_table("指標", texts("指標", "単位", "定義", "注意"), rows, style="kg-wrapped"),
    )


def district_coverage(edition: Edition) -> tuple[Part, ...]:
    """How many records, years and sources stand behind each district."""
    rows = [
        (row.place.place_id, _coverage_cells(row))
        for row in coverage(edition, Filters(scopes=tuple(Scope)))
        if row.place.kind in COVERAGE_KINDS and (row.activities or row.place.kind != "unknown")
    ]
    return (
        prose.section("地区ごとの記録の量"),
        prose.paragraph(COVERAGE_NOTE),
        row_table("協働ではない活動も含む、すべての記録", COVERAGE_COLUMNS, rows),
    )


def sources(edition: Edition) -> tuple[Part, ...]:
    """Source cards and the attribution of the boundaries."""
    return (
        prose.section("資料とライセンス"),
        prose.notice(attribution(edition)),
        prose.paragraph(
            f"書き出したファイルは {LICENCE} で使えます。出典と、加工した旨を示してください。"
        ),
        *(_source_card(card) for card in edition.sources),
    )


def editions(edition: Edition) -> tuple[Part, ...]:
    """The edition served and its history."""
    rows = [(str(entry.number), _log_cells(entry)) for entry in edition.log]
    return (
        prose.section("版の履歴"),
        row_table("新しい順", LOG_COLUMNS, rows, style="kg-wrapped"),
    )


def contact(settings: Settings) -> tuple[Part, ...]:
    """Whom to ask about collaboration."""
    return (
        prose.section("問い合わせ"),
        prose.details(
            (
                ("担当", settings.contact_office),
                ("電話", settings.contact_tel),
                ("FAX", settings.contact_fax),
                ("メール", prose.mail_address(settings.contact_mail)),
            )
        ),
    )


def _coverage_cells(row: Coverage) -> tuple[Any, ...]:
    period = "—" if row.first_year is None else f"{row.first_year}〜{row.last_year}"
    return (
        row.place.label,
        row.place.region,
        row.activities,
        row.years,
        period,
        row.sources,
        row.form_unknown,
        row.participants_unknown,
    )


def _log_cells(entry: LogEntry) -> tuple[Any, ...]:
    return (
        f"第{entry.number}版",
        f"{entry.published_at:%Y-%m-%d %H:%M}",
        entry.published_by,
        entry.description,
        entry.activities_added,
        entry.activities_changed,
        entry.activities_removed,
    )


def _source_card(card: dict[str, Any]) -> Part:
    address = str(card.get("address") or "")
    pairs = (
        ("発行", str(card.get("publisher", ""))),
        ("ライセンス", str(card.get("licence", ""))),
        ("取得", str(card.get("retrieved", ""))),
        ("ファイル", "、".join(card.get("files", []))),
        ("注意", str(card.get("caveat", "")).replace("\n", "")),
        ("所在", [ExternalLink(address, address)] if address else ""),
    )
    title = str(card.get("title", ""))
    return prose.card(title, prose.heading(title), prose.notes(pairs))


COVERAGE_NOTE = (
    "資料が一つしかない地区や、記録のない年度の多い地区の数字は、控えめに読んでください。"
)
COVERAGE_COLUMNS = (
    *texts("地区", "地域"),
    *numbers("記録", "年度の数"),
    *texts("期間"),
    *numbers("資料の数", "形態不明", "人数不明"),
)
LOG_COLUMNS = (*texts("版", "日時", "だれが", "何を"), *numbers("追加", "変更", "削除"))
