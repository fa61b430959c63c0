"""Parts of 事例: cards of a view a page at a time, one case in full, cases like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.japanese import count_label, fiscal_year_label
from kyodo_geo.measures.activities.activity_similarity import similar_cases
from kyodo_geo.measures.activities.case_study import (
    IMPLIED,
    Case,
    TermNote,
    case_of,
    planned_note,
    when,
    where,
)
from kyodo_geo.measures.activities.handout_selection import (
    MOST_PICKS,
    TITLE_LENGTH,
    handout_title,
    selected_activities,
)
from kyodo_geo.measures.activities.listing import (
    DETAIL_LABELS,
    ListedActivity,
    find_activity,
    list_activities,
)
from kyodo_geo.measures.activities.neighbours_in_list import ListPosition, list_position
from kyodo_geo.measures.places.district_shapes import district_neighbours
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.ui.auth.visitor import person
from kyodo_geo.ui.components import activity_detail, option_bar, prose, review_parts
from kyodo_geo.ui.components.activity_detail import activity_id_in_view, chosen_page, pages_of
from kyodo_geo.ui.components.continuations import chain
from kyodo_geo.ui.components.district_picker import locator
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.mount import Part
from kyodo_geo.ui.state import view_state
from kyodo_geo.ui.state.page_options import ORDER, ORDERS
from kyodo_geo.vocabulary import Form, Status

CASES_PER_PAGE = 24

HOW_COUNTED = (
    "一つの活動を一つの事例として示します。件数は、同じ絞り込みの活動一覧と同じです。"
    f"「くわしい順」は、{'・'.join(DETAIL_LABELS)}のうち記録にあるものの多い順です"
    "（同じ数なら新しい順）。"
)
HOW_ALIKE = (
    "分野、形態、主体、地区の近さ、名称の言葉の近さを合わせて、協働の記録から選んでいます。"
    "同じ催しの別の年度は、ほかに似た事例がないときだけ示します。"
)
NONE_ALIKE = "似た事例は、記録の中に見つかりませんでした。"
NOT_IN_VIEW = "この事例は、いまの絞り込みには入っていません。"
NOT_ON_RECORD = "記録なし"


def requested_case(edition: Edition) -> ListedActivity | None:
    """The activity that the address names; None without one, or for one that isn't there."""
    activity_id = activity_id_in_view()
    return find_activity(edition, activity_id) if activity_id else None


def choices(edition: Edition, filters: Filters) -> tuple[option_bar.Item, ...]:
    """How the cards are sorted, and which page of them is shown."""
    total = summarise(edition, filters).total.activities
    page = ("page", {"last": pages_of(total, CASES_PER_PAGE)})
    return (option_bar.option_item(ORDER), page) if total else ()


def grid(edition: Edition, filters: Filters) -> tuple[Part, ...]:
    """One page of cards; before them what the address named in vain."""
    total = summarise(edition, filters).total.activities
    activity_id = activity_id_in_view()
    missing = (prose.unknown_activity(activity_id),) if activity_id else ()
    if not total:
        return missing
    start = chosen_page(total, CASES_PER_PAGE) * CASES_PER_PAGE
    order = ORDERS[option_bar.chosen(ORDER)]
    found = list_activities(edition, filters, order, limit=CASES_PER_PAGE, offset=start)
    label = f"事例 {total:,}件のうち {start + 1:,}〜{start + len(found):,}件目。{HOW_COUNTED}"
    cards_shown = (_card(edition, activity) for activity in found)
    return (*missing, _cards(label, cards_shown, is_list=True))


def ways(edition: Edition, filters: Filters, activity: ListedActivity) -> tuple[Part, ...]:
    """The way back to the cards, to the page with this one, and to its neighbours in the list."""
    order = ORDERS[option_bar.chosen(ORDER)]
    position = list_position(edition, filters, order, activity.activity_id)
    back: dict[str, list[str]] = {"activity": []}
    if position is None:
        buttons = [{"label": "一覧へ", "change": back}]
        return prose.notice(NOT_IN_VIEW), {"kind": "buttons", "items": buttons}
    page = (position.number - 1) // CASES_PER_PAGE + 1
    back |= {"page": [str(page)] if page > 1 else []}
    label = f"一覧へ戻る（{position.total:,}件のうち{position.number:,}件目）"
    return ({"kind": "buttons", "items": [{"label": label, "change": back}, *_beside(position)]},)


def story(edition: Edition, activity: ListedActivity) -> tuple[Part, ...]:
    """What it was, who took part, in which form and why, what came of it."""
    case = case_of(edition, activity)
    line = "　".join(
        (where(edition, activity), fiscal_year_label(activity.fiscal_year), activity.field.label)
    )
    return (
        {
            "kind": "caseHead",
            "id": activity.activity_id,
            "title": activity.title,
            "line": line,
            "planned": planned_note(activity),
        },
        prose.paragraph(activity.summary or "概要の記載はありません。") | {"style": "kg-lead"},
        {
            "kind": "pick",
            "id": activity.activity_id,
            "title": activity.title,
            "most": MOST_PICKS,
        },
        *_who(case),
        *_how(case),
        *_outcome(edition, case),
        *chain(edition, activity.activity_id, "cases"),
    )


def facts(edition: Edition, activity: ListedActivity) -> tuple[Part, ...]:
    """When, where, how many, from which source; ways to the district and to corrections."""
    source = {"link": activity.source} if activity.source else NOT_ON_RECORD
    pairs = (
        ("年度", fiscal_year_label(activity.fiscal_year)),
        ("期間", when(activity)),
        ("地区", where(edition, activity)),
        ("分野", activity.field.label),
        ("参加者数", _count(activity.participants_count, "人")),
        ("市の負担額", _count(activity.city_cost_yen, "円")),
        ("備考", activity.note),
        ("出典", source),
        ("資料の日付", activity.source_date),
        ("番号", activity.activity_id),
    )
    return (
        prose.card(
            "基本のことがら",
            prose.notes(pairs) | {"style": "kg-detail"},
            *_locator(edition, activity),
            _links(edition, activity),
            *activity_detail.corrections(edition, activity),
        ),
    )


def alike(edition: Edition, activity: ListedActivity) -> tuple[Part, ...]:
    """Cases like it, each with the reasons."""
    found = similar_cases(edition, activity.activity_id)
    heading = prose.section("似た事例")
    if not found:
        return heading, prose.paragraph(NONE_ALIKE)
    shown = (
        _card(edition, one.activity)
        | {"reasons": [f"近さ {one.points}（100が最大）", *one.reasons]}
        for one in found
    )
    return heading, prose.paragraph(HOW_ALIKE), _cards("似た事例", shown)


def _who(case: Case) -> tuple[Part, ...]:
    organisations = "、".join(case.activity.organisations) or NOT_ON_RECORD
    return (
        prose.section("だれが"),
        _explained(case.actors),
        prose.notes((("団体", organisations),)) | {"style": "kg-detail"},
    )


def _how(case: Case) -> tuple[Part, ...]:
    no_form = TermNote(Form.UNKNOWN, "", case.no_form)
    return (
        prose.section("どんな形で、なぜ"),
        _explained(case.forms or (no_form,)),
        prose.section("協働の範囲"),
        _explained(case.scopes),
        prose.paragraph(case.scope_why),
    )


def _outcome(edition: Edition, case: Case) -> tuple[Part, ...]:
    """Effects that were hoped for or seen, and the review, where somebody has looked back."""
    effects = (prose.section("期待される効果"), _explained(case.effects)) if case.effects else ()
    return (*effects, *review_parts.block(edition, case.activity.activity_id, person()))


def _locator(edition: Edition, activity: ListedActivity) -> tuple[Part, ...]:
    """Where it was, for an activity of one district."""
    districts = _districts(edition, activity)
    if len(districts) != 1:
        return ()
    near = district_neighbours(edition)[districts[0]]
    beside = (edition.district_by_id[id_] for id_ in near)
    where_it_lies = locator(edition, districts[0], beside, is_still=True)
    return where_it_lies, *image_buttons("case-location")


def _links(edition: Edition, activity: ListedActivity) -> Part:
    view = view_state.map_view() | {"activity": [activity.activity_id]}
    districts = [
        {
            "label": f"{edition.district_by_id[id_].full_name}の地区カルテ",
            "page": "district",
            "view": {"district": [id_]},
        }
        for id_ in _districts(edition, activity)
    ]
    in_list = {"label": "活動一覧で見る", "page": "activities", "view": view}
    return {"kind": "links", "items": [*districts, in_list]}


def _districts(edition: Edition, activity: ListedActivity) -> Sequence[str]:
    return [id_ for id_ in activity.place_ids if id_ in edition.district_by_id]


def _beside(position: ListPosition) -> list[dict[str, Any]]:
    found = (("← 前の事例", position.before), ("次の事例 →", position.after))
    return [{"label": label, "change": {"activity": [id_]}} for label, id_ in found if id_]


def _cards(label: str, items: Iterable[dict[str, Any]], *, is_list: bool = False) -> Part:
    """Cards; `is_list` for those of the view, to which one comes back from a case."""
    return {
        "kind": "cases",
        "label": label,
        "items": list(items),
        "most": MOST_PICKS,
        "is_list": is_list,
    }


def _card(edition: Edition, activity: ListedActivity) -> dict[str, Any]:
    known = [form for form in prose.forms_of(activity) if form[0] != prose.position(Form.UNKNOWN)]
    return {
        "id": activity.activity_id,
        "title": activity.title,
        "line": f"{where(edition, activity)}　{fiscal_year_label(activity.fiscal_year)}",
        "field": activity.field.label,
        "planned": "予定" if activity.status is Status.PLANNED else "",
        "summary": activity.summary,
        "forms": known,
        "actors": [prose.position(actor) for actor in activity.actors],
        "participants": count_label(activity.participants_count, "人")
        if activity.participants_count is not None
        else "",
        "reasons": [],
    }


def _explained(told: Iterable[TermNote]) -> Part:
    return {
        "kind": "explained",
        "items": [
            {
                "term": prose.term_key(one.term),
                "is_implied": one.tag == IMPLIED,
                "tag": one.tag,
                "text": one.text,
            }
            for one in told
        ],
    }


def _count(value: int | None, unit: str) -> str:
    return NOT_ON_RECORD if value is None else count_label(value, unit)


def bar(edition: Edition) -> Part:
    """What is chosen; what can't be is said, and taken out of the address."""
    chosen, errors = selected_activities(edition, view_state.text_option("pick").split())
    title = view_state.text_option("title")
    try:
        handout_title(title)
    except FilterError as error:
        errors, title = (*errors, error), title[:TITLE_LENGTH]
    view_state.set_option("pick", " ".join(activity.activity_id for activity in chosen))
    view_state.set_option("title", title)
    return {
        "kind": "handout",
        "items": [
            {
                "id": activity.activity_id,
                "title": activity.title,
                "line": f"{where(edition, activity)}　{fiscal_year_label(activity.fiscal_year)}",
            }
            for activity in chosen
        ],
        "title": title,
        "problems": [error.sentence for error in errors],
        "most": MOST_PICKS,
        "longest": TITLE_LENGTH,
    }
