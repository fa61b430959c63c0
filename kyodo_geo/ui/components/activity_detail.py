"""One activity in full: its details, findings of the checks, ways to correct it."""

from __future__ import annotations

from collections.abc import Sequence

from kyodo_geo import japanese
from kyodo_geo.auth.roles import Role, may_correct
from kyodo_geo.editions import Edition
from kyodo_geo.guideline.activity_case import find_activity_case
from kyodo_geo.guideline.checks import Check
from kyodo_geo.japanese import count_label, fiscal_year_label
from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.ui.auth.visitor import person
from kyodo_geo.ui.components import prose, review_parts
from kyodo_geo.ui.components.continuations import chain
from kyodo_geo.ui.components.parts import Button, Content, ExternalLink, Link, List, Part
from kyodo_geo.ui.runtime import settings
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import CONTEXT_SCOPES, Status

ROWS_PER_PAGE = 50


def pages_of(rows: int, rows_per_page: int = ROWS_PER_PAGE) -> int:
    """How many pages so many rows take; at least one."""
    return max(1, -(-rows // rows_per_page))


def chosen_page(rows: int, rows_per_page: int = ROWS_PER_PAGE) -> int:
    """Which page of the list to show, from 0."""
    known = [str(number) for number in range(1, pages_of(rows, rows_per_page) + 1)]
    return int(view_state.option("page", known, "1")) - 1


def activity_detail(edition: Edition) -> Part | None:
    """The chosen activity in full, or a sentence if the address names none of ours."""
    activity_id = activity_id_in_view()
    if not activity_id:
        return None
    case = find_activity_case(edition, activity_id, japanese.today())
    close = prose.buttons(Button("閉じる", {"activity": []}))
    if case is None:
        return prose.card("活動", prose.unknown_activity(activity_id), close)
    return prose.card(
        "活動",
        prose.first_heading(case.activity.title),
        _detail(case.activity),
        _case_link(case.activity),
        *chain(case.chain, activity_id, "activities"),
        *review_parts.block(case, person()),
        *_check_findings(case.findings),
        *corrections(edition, case.activity),
        close,
    )


def additions() -> tuple[Part, ...]:
    """The way to add an activity by hand, for those who may."""
    return (_edit_link("活動を加える", {}),) if person().role >= Role.COUNCIL else ()


def corrections(edition: Edition, activity: ListedActivity) -> tuple[Part, ...]:
    """The ways to correct an activity: by hand for those who may, and by mail."""
    link = _edit_link("この記録を直す", {"activity": [activity.activity_id]})
    by_hand = (link,) if may_correct(person(), activity.place_ids) else ()
    return (*by_hand, correction(edition, activity))


def _case_link(activity: ListedActivity) -> Part:
    view = view_state.map_view() | {"activity": [activity.activity_id]}
    return prose.links(Link("事例として見る", "cases", view))


def _edit_link(label: str, view: dict[str, list[str]]) -> Part:
    return prose.links(Link(label, "edit", view))


def correction(edition: Edition, activity: ListedActivity | None = None) -> Part:
    """A prepared mail to the office: what is wrong with an activity, or which is missing."""
    about = f"{activity.activity_id} {activity.title}" if activity else "記載のない活動"
    lines = [
        f"対象: {about}",
        f"版: {edition.info.label}",
        "",
        "正しい内容、または不足している内容:",
        "",
        "確かめられる資料（広報、会報、ウェブサイトなど）:",
        "",
        "お名前・団体名（任意）:",
    ]
    label = "この記録の誤りを知らせる" if activity else "記録にない活動を知らせる"
    subject = f"【協働の記録】{about}"
    return prose.mail(f"{label}（メールを書く）", settings().contact_mail, subject, lines)


def activity_id_in_view() -> str | None:
    """The id of the activity that the address names; None without one."""
    return view_state.view().get("activity", [None])[0]


def _detail(activity: ListedActivity) -> Part:
    planned = "（予定。結果は確認していません）" if activity.status is Status.PLANNED else ""
    pairs = (
        ("番号", activity.activity_id),
        ("概要", activity.summary),
        ("年度", fiscal_year_label(activity.fiscal_year) + planned),
        ("期間", _period(activity)),
        ("地区", "・".join(activity.place_labels)),
        ("形態", prose.forms_of(activity)),
        ("範囲", _scopes(activity)),
        ("主体", prose.terms(activity.actors)),
        ("団体", "、".join(activity.organisations)),
        ("分野", activity.field.label),
        ("参加者数", count_label(activity.participants_count, "人")),
        ("市の負担額", count_label(activity.city_cost_yen, "円")),
        ("備考", activity.note),
        ("出典", _source(activity)),
        ("資料の日付", activity.source_date),
        ("場所（緯度・経度）", _point(activity)),
    )
    return prose.details(pairs)


def _period(activity: ListedActivity) -> str:
    days = [f"{day:%Y-%m-%d}" for day in (activity.start_date, activity.end_date) if day]
    return "〜".join(dict.fromkeys(days))


def _point(activity: ListedActivity) -> str:
    """Latitude and longitude; empty where they are not on record."""
    return "" if activity.point_lat is None else f"{activity.point_lat}、{activity.point_lng}"


def _source(activity: ListedActivity) -> Content:
    return [ExternalLink(activity.source, activity.source)] if activity.source else ""


def _scopes(activity: ListedActivity) -> Content:
    note = "（このどれかです）" if len(activity.scopes) > 1 else ""
    if set(activity.scopes) <= set(CONTEXT_SCOPES):
        note = "（参考。協働の件数には入りません）"
    return prose.terms(activity.scopes, note)


def _check_findings(findings: Sequence[Check]) -> tuple[Part, ...]:
    """Each finding with the way to its check; empty without any."""
    if not findings:
        return ()
    items = [_check_finding(check) for check in findings]
    return prose.heading("点検で気づいたこと"), List(items, "kg-sentences")


def _check_finding(check: Check) -> Content:
    link = Link(f"点検 {check.check_id}", "checks", {"check": [check.check_id]})
    return [f"{check.hint} ", prose.rows_link(link)]
