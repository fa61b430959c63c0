"""Parts of the About page: counting rules, coverage, sources, editions, contact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import streamlit as st

from kyodo_geo.editions import Edition
from kyodo_geo.export.about import CAVEAT, COUNTING_RULE, LICENCE
from kyodo_geo.export.districts import attribution
from kyodo_geo.measures.coverage import Coverage, coverage
from kyodo_geo.measures.density import MEASURES
from kyodo_geo.model import Filters
from kyodo_geo.settings import Settings
from kyodo_geo.ui import cards
from kyodo_geo.vocabulary import Scope

COVERAGE_KINDS = ("district", "citywide", "unknown", "all")


def counting() -> None:
    """How things are counted, and each measure with its caveat."""
    st.html("<h2 class=kg-section>数え方</h2>")
    st.write(COUNTING_RULE)
    st.write(CAVEAT)
    rows = [(m.label, m.unit, m.definition, m.caveat) for m in MEASURES.values()]
    st.html(_table(("指標", "単位", "定義", "注意"), rows, wrap=True))


def district_coverage(edition: Edition) -> None:
    """How many records, years and sources stand behind each district."""
    st.html("<h2 class=kg-section>地区ごとの記録の量</h2>")
    st.caption(
        "協働ではない活動（市民の範囲・市の範囲）も含む、すべての記録です。"
        "資料が一つしかない地区や、記録のない年度の多い地区の数字は、控えめに読んでください。"
    )
    rows = [
        _coverage_row(row)
        for row in coverage(edition, Filters(scopes=tuple(Scope)))
        if row.place.kind in COVERAGE_KINDS and (row.activities or row.place.kind != "unknown")
    ]
    header = ("地区", "地域", "記録", "年度の数", "期間", "資料の数", "形態不明", "人数不明")
    st.html(_table(header, rows, numbers=(2, 3, 5, 6, 7)))


def sources(edition: Edition) -> None:
    """Source cards and the attribution of the boundaries."""
    st.html("<h2 class=kg-section>資料とライセンス</h2>")
    st.info(attribution(edition))
    st.write(f"書き出したファイルは {LICENCE} で使えます。出典と、加工した旨を示してください。")
    st.html("".join(_source_card(card) for card in edition.sources))


def editions(edition: Edition) -> None:
    """The edition served and its history."""
    st.html("<h2 class=kg-section>版の履歴</h2>")
    rows = [
        (
            f"第{entry.number}版",
            f"{entry.published_at:%Y-%m-%d %H:%M}",
            entry.published_by,
            entry.description,
            f"{entry.activities_added:,}",
            f"{entry.activities_changed:,}",
            f"{entry.activities_removed:,}",
        )
        for entry in edition.log
    ]
    header = ("版", "日時", "だれが", "何を", "追加", "変更", "削除")
    st.html(_table(header, rows, numbers=(4, 5, 6), wrap=True))


def contact(settings: Settings) -> None:
    """Whom to ask about collaboration."""
    st.html("<h2 class=kg-section>問い合わせ</h2>")
    mail = escape(settings.contact_mail)
    st.html(
        f"<p>{escape(settings.contact_office)}<br>"
        f"電話 {escape(settings.contact_tel)}　FAX {escape(settings.contact_fax)}<br>"
        f'メール <a href="mailto:{mail}">{mail}</a></p>'
    )


def _coverage_row(row: Coverage) -> tuple[Any, ...]:
    period = "—" if row.first_year is None else f"{row.first_year}〜{row.last_year}"
    return (
        row.place.label,
        row.place.region,
        f"{row.activities:,}",
        row.years,
        period,
        row.sources,
        row.form_unknown,
        row.participants_unknown,
    )


def _source_card(card: dict[str, Any]) -> str:
    title = escape(str(card.get("title", "")))
    pairs = (
        ("発行", card.get("publisher")),
        ("ライセンス", card.get("licence")),
        ("取得", card.get("retrieved")),
        ("ファイル", "、".join(card.get("files", []))),
        ("注意", str(card.get("caveat", "")).replace("\n", "")),
    )
    items = cards.notes((name, str(value)) for name, value in pairs if value)
    address = str(card.get("address", ""))
    link = cards.link(address, address)
    return f'<section class="kg-card"><h4>{title}</h4>{items}<p>{link}</p></section>'


def _table(
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    numbers: Sequence[int] = (),
    wrap: bool = False,
) -> str:
    head = "".join(
        f'<th scope="col"{_kind(n, numbers)}>{name}</th>' for n, name in enumerate(header)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{_kind(n, numbers)}>{escape(str(cell))}</td>" for n, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    kind = "kg-table kg-wrapped" if wrap else "kg-table"
    return (
        f'<div class="kg-scroll"><table class="{kind}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _kind(position: int, numbers: Sequence[int]) -> str:
    return ' class="kg-number"' if position in numbers else ""
