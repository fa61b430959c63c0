"""The hand-out (配付資料): chosen cases on paper, with what they are and where they are from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import ExportError, FilterError, refusal_to_write
from kyodo_geo.export.metadata.manifest import LICENCE
from kyodo_geo.japanese import JAPAN, count_label, fiscal_year_label
from kyodo_geo.measures.activities.case_study import (
    Case,
    TermNote,
    case_of,
    planned_note,
    when,
    where,
)
from kyodo_geo.measures.activities.handout_selection import (
    WHERE,
    handout_title,
    selected_activities,
)
from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.report.district_sheets import draft_folder
from kyodo_geo.report.qr_link import cases_address, qr_svg
from kyodo_geo.report.sheet_content import AUTHOR, NOT_ON_RECORD
from kyodo_geo.report.typst import compile_pdf
from kyodo_geo.settings import Settings

NOTES = (
    "公開資料の記録です。「記録なし」は、資料に記載がないことを表します。",
    "明記＝資料に形態が書かれているもの。推定＝書かれた内容から推定したもの。",
    "範囲は、市民の範囲から市の範囲までを五つに分けた指針の考え方です。",
)


def check_picks(edition: Edition, ids: Sequence[str]) -> tuple[ListedActivity, ...]:
    """The activities of a hand-out. Raises FilterError unless all of them can be printed."""
    activities, errors = selected_activities(edition, ids)
    for error in errors:
        raise error
    if not activities:
        next_step = "事例を選んでから作ってください"
        raise FilterError(WHERE, "事例が選ばれていません", next_step=next_step)
    return activities


def handout(
    edition: Edition,
    ids: Sequence[str],
    title: str,
    *,
    settings: Settings,
    base_address: str,
    day: date,
) -> bytes:
    """The cases with these ids as PDF, in this order; `day` is printed as the day it was made.

    Raises FilterError for unknown, doubled, too many or no ids and for a title too long. The
    same arguments give the same bytes.
    """
    activities = check_picks(edition, ids)
    address = cases_address(base_address, [a.activity_id for a in activities])
    content = {
        "title": handout_title(title),
        "author": AUTHOR,
        "record": city().title,
        "fictional": edition.info.is_fictional,
        "edition": edition.info.label,
        "date": _day(day),
        "count": f"{len(activities)}件",
        "office": _office(settings),
        "cases": [_case(edition, case_of(edition, activity)) for activity in activities],
        "notes": list(NOTES),
        "licence": f"{LICENCE}（出典を示し、加工した場合はその旨を記してください）",
        "address": address,
        "qr": qr_svg(address),
    }
    return compile_pdf("handout.typ", content, datetime.combine(day, time(), JAPAN))


def write_handout(pdf: bytes, target: Path) -> None:
    """Write a hand-out, whole or not at all. Raises ExportError if that is refused."""
    with refusal_to_write(ExportError, target), draft_folder(target.parent) as drafts:
        draft = drafts / "handout.pdf"
        draft.write_bytes(pdf)
        draft.replace(target)


def handout_name(edition: Edition, title: str) -> str:
    """A telling file name: kyodo_cases_夏の事例_第1版.pdf."""
    words = ["fictional"] if edition.info.is_fictional else []
    name = "".join(c if c.isalnum() else "-" for c in " ".join(title.split()))
    words += ["kyodo_cases", *([name] if name else []), f"第{edition.info.number}版"]
    return "_".join(words) + ".pdf"


def _case(edition: Edition, case: Case) -> dict[str, Any]:
    activity = case.activity
    return {
        "id": activity.activity_id,
        "title": activity.title,
        "planned": planned_note(activity),
        "line": _line(edition, activity),
        "summary": activity.summary or "概要の記載はありません。",
        "actors": [_term_content(told) for told in case.actors],
        "organisations": "、".join(activity.organisations) or NOT_ON_RECORD,
        "forms": [_term_content(told) for told in case.forms],
        "no_form": case.no_form,
        "scopes": [_term_content(told) for told in case.scopes],
        "scope_why": case.scope_why,
        "effects": [_term_content(told) for told in case.effects],
        "lesson": case.review.lesson if case.review else "",
        "participants": _count(activity.participants_count, "人"),
        "cost": _count(activity.city_cost_yen, "円"),
        "note": activity.note,
        "source": activity.source or NOT_ON_RECORD,
        "has_link": activity.source.startswith(("https://", "http://")),
        "source_date": activity.source_date,
    }


def _line(edition: Edition, activity: ListedActivity) -> list[str]:
    days = when(activity)
    year = fiscal_year_label(activity.fiscal_year) + (f"（{days}）" if days else "")
    return [year, where(edition, activity), activity.field.label]


def _term_content(told: TermNote) -> dict[str, str]:
    term = told.term
    return {
        "id": str(term),
        "mark": term.mark,
        "label": term.label,
        "tag": told.tag,
        "text": told.text,
    }


def _count(value: int | None, unit: str) -> str:
    return NOT_ON_RECORD if value is None else count_label(value, unit)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _office(settings: Settings) -> list[str]:
    return [
        settings.contact_office,
        f"電話 {settings.contact_tel}",
        f"ファクス {settings.contact_fax}",
        f"メール {settings.contact_mail}",
    ]
