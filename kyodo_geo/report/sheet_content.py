"""What a sheet says, as plain values for the template: texts, numbers, drawings."""

from __future__ import annotations

from typing import Any

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.export.metadata.manifest import LICENCE
from kyodo_geo.export.writers.geojson import attribution
from kyodo_geo.filters.conditions import holds_context
from kyodo_geo.measures.districts.profile import Profile, district_profile
from kyodo_geo.measures.places.description import describe_filters
from kyodo_geo.measures.places.district_shapes import are_approximate
from kyodo_geo.measures.places.time_series import highest_bar
from kyodo_geo.model import District, Filters
from kyodo_geo.report.locator import locator
from kyodo_geo.report.qr_link import page_address, qr_svg
from kyodo_geo.report.sheet_tables import (
    actor_rows,
    figure_notes,
    figure_rows,
    form_rows,
    year_columns,
    years_in_words,
)

AUTHOR = "Kyodo Geo"
NOT_ON_RECORD = "記録なし"

SOURCE_LENGTH, MOST_SOURCES = 60, 12
"""A sheet has room for so much of the sources; the page about the data has all of them."""

COUNTING = (
    "公開資料の記録です。件数の少なさは、活動の少なさを意味しません。",
    "複数の地区の活動は各地区で1件と数えます。全市の取り組みは地区に割り振りません。",
    "形態と主体の件数は延べです。形態の割合は、形態のわかる延べ件数に対するものです。",
    "特化係数 ＝ この地区での割合 ÷ 市全体での割合。",
)


def sheet_content(
    edition: Edition, filters: Filters, district_id: str, base_address: str
) -> dict[str, Any]:
    """Everything the template needs. Raises KeyError for an unknown district."""
    profile = district_profile(edition, filters, district_id)
    address = page_address(base_address, filters, district_id)
    return {
        **_head(edition, profile),
        # Without any record the one sentence says it.
        "few": profile.few if profile.summary.activities else "",
        "towns": _towns(profile),
        "sentences": [sentence.text for sentence in profile.sentences],
        "map": locator(edition, profile.district, profile.neighbours),
        "neighbours": "、".join(near.name for near in profile.neighbours) or "なし",
        "figures": figure_rows(profile),
        "forms": form_rows(profile),
        "actors": actor_rows(profile),
        "years": year_columns(profile),
        "tallest_year": highest_bar(profile.years),
        "years_in_words": years_in_words(profile),
        "similar": _similar(profile),
        "notes": [note for note in (profile.thin_note, *COUNTING) if note],
        "figure_notes": [*figure_notes(profile), attribution(edition)],
        "sources": source_lines(edition),
        "boundaries": "境界は概略です。" if are_approximate(edition) else "",
        "licence": f"{LICENCE}（出典を示し、加工した場合はその旨を記してください）",
        "address": address,
        "qr": qr_svg(address),
    }


def source_lines(edition: Edition) -> list[str]:
    """The sources of the edition in short: what is under which licence, and whose it is."""
    by_licence: dict[str, list[str]] = {}
    for card in edition.sources[:MOST_SOURCES]:
        title, publisher = (_short(card, key) for key in ("title", "publisher"))
        by_licence.setdefault(_short(card, "licence"), []).append(f"{title}（{publisher}）")
    return [f"{licence}：{'、'.join(names)}" for licence, names in by_licence.items()]


def _head(edition: Edition, profile: Profile) -> dict[str, Any]:
    district, info = profile.district, edition.info
    return {
        "title": f"地区カルテ {district.full_name} {info.label}",
        "author": AUTHOR,
        "record": city().title,
        "city": city().name,
        "council_noun": city().council_noun,
        "fictional": info.is_fictional,
        "id": district.district_id,
        "name": district.full_name,
        "kana": district.name_kana,
        "region": f"{district.region}地域",
        "council": district.council_name or NOT_ON_RECORD,
        "centre": _centre(district),
        "edition": info.label,
        "date": f"{info.published_at.year}年{info.published_at.month}月{info.published_at.day}日",
        "conditions": describe_filters(edition, profile.filters),
        "subject": _subject(profile.filters),
    }


def _centre(district: District) -> str:
    parts = (district.center_name, district.center_address)
    return "　".join(part for part in parts if part) or NOT_ON_RECORD


def _towns(profile: Profile) -> str:
    """The towns, where a thin record leaves room for them."""
    names = dict.fromkeys(town.town for town in profile.towns)
    return "、".join(names) if profile.few else ""


def _subject(filters: Filters) -> str:
    if holds_context(filters):
        return "協働ではない活動（市民の範囲・市の範囲）を含む"
    return "協働（市民の側の主体と市がともに参加した活動）"


def _similar(profile: Profile) -> list[dict[str, str]]:
    return [
        {
            "name": kin.district.full_name,
            "likeness": f"{kin.likeness * 100:.0f}％",
            "reasons": "、".join(kin.reasons),
        }
        for kin in profile.similar
    ]


def _short(card: dict[str, Any], key: str) -> str:
    """One line of a card without what it adds in brackets."""
    text = str(card.get(key) or NOT_ON_RECORD).split("（")[0] if key != "title" else ""
    text = text or str(card.get(key) or NOT_ON_RECORD)
    return text if len(text) <= SOURCE_LENGTH else text[:SOURCE_LENGTH] + "…"
