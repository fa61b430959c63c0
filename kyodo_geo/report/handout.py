"""Hand-out (配付資料): chosen cases on paper, with definitions of their terms and sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.japanese import JAPAN, count_label, fiscal_year_label
from kyodo_geo.measures.activities.case_study import (
    HANDOUT,
    Case,
    TermNote,
    case_of,
    handout_title,
    planned_note,
    selected_activities,
    when,
    where,
)
from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.report.files import file_name_part, file_stem
from kyodo_geo.report.qr_link import cases_address, qr_svg
from kyodo_geo.report.sheet_content import AUTHOR, LICENCE_NOTE, NOT_ON_RECORD, date_label
from kyodo_geo.report.typst import compile_pdf
from kyodo_geo.settings import Settings

NOTES = (
    "公開資料の記録です。「記録なし」は、資料に記載がないことを表します。",
    "明記＝資料に形態が書かれているもの。推定＝書かれた内容から推定したもの。",
    "範囲は、市民の範囲から市の範囲までを五つに分けた指針の考え方です。",
)


def check_picks(edition: Edition, ids: Sequence[str]) -> tuple[ListedActivity, ...]:
    """Return the activities of a hand-out. Raises FilterError unless all can be printed."""
    activities, errors = selected_activities(edition, ids)
    for error in errors:
        raise error
    if not activities:
        next_step = "事例を選んでから作ってください"
        raise FilterError(HANDOUT, "事例が選ばれていません", next_step=next_step)
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
    """Return the cases with these ids as PDF, in this order, dated `day`.

    Deterministic: same arguments give the same bytes. Raises FilterError for unknown, doubled,
    too many or no ids and for a title too long.
    """
    activities = check_picks(edition, ids)
    address = cases_address(base_address, [a.activity_id for a in activities])
    content = {
        "title": handout_title(title),
        "author": AUTHOR,
        "record": city().title,
        "fictional": edition.info.is_fictional,
        "edition": edition.info.label,
        "date": date_label(day),
        "count": f"{len(activities)}件",
        "office": [
            settings.contact_office,
            f"電話 {settings.contact_tel}",
            f"ファクス {settings.contact_fax}",
            f"メール {settings.contact_mail}",
        ],
        "cases": [_case(edition, case_of(edition, activity)) for activity in activities],
        "notes": list(NOTES),
        "licence": LICENCE_NOTE,
        "address": address,
        "qr": qr_svg(address),
    }
    return compile_pdf("handout.typ", content, datetime.combine(day, time(), JAPAN))


def handout_name(edition: Edition, title: str) -> str:
    """Return the file name, e.g. kyodo_cases_夏の事例_第1版.pdf."""
    name = file_name_part(" ".join(title.split()))
    return f"{file_stem(edition, 'kyodo_cases', *filter(None, [name]))}.pdf"


def _case(edition: Edition, case: Case) -> dict[str, Any]:
    activity = case.activity
    return {
        "id": activity.activity_id,
        "title": activity.title,
        "planned": planned_note(activity),
        "line": _line(edition, activity),
        "summary": activity.summary or "概要の記載はありません。",
        "actors": [_term_content(note) for note in case.actors],
        "organisations": "、".join(activity.organisations) or NOT_ON_RECORD,
        "forms": [_term_content(note) for note in case.forms],
        "no_form": case.no_form,
        "scopes": [_term_content(note) for note in case.scopes],
        "scope_why": case.scope_why,
        "effects": [_term_content(note) for note in case.effects],
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


def _term_content(note: TermNote) -> dict[str, str]:
    identity = {"id": str(note.term), "mark": note.term.mark, "label": note.term.label}
    return {**identity, "tag": note.tag, "text": note.text}


def _count(value: int | None, unit: str) -> str:
    return NOT_ON_RECORD if value is None else count_label(value, unit)
