"""Parts of 事例: cards of a view a page at a time, one case in full, cases like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.guideline.activity_case import ActivityCase, find_activity_case
from kyodo_geo.japanese import count_label, fiscal_year_label, today
from kyodo_geo.measures.activities.activity_similarity import similar_cases
from kyodo_geo.measures.activities.case_study import (
    IMPLIED,
    MOST_PICKS,
    STATED,
    TITLE_LENGTH,
    Case,
    TermNote,
    case_of,
    handout_title,
    planned_note,
    selected_activities,
    when,
    where,
)
from kyodo_geo.measures.activities.listing import (
    DETAIL_LABELS,
    ListedActivity,
    ListPosition,
    list_activities,
    list_position,
)
from kyodo_geo.measures.places.district_shapes import district_neighbours
from kyodo_geo.measures.places.summary import summarise
from kyodo_geo.model import Filters
from kyodo_geo.ui.auth.visitor import person
from kyodo_geo.ui.components import activity_detail, option_bar, prose, review_parts
from kyodo_geo.ui.components.activity_detail import activity_id_in_view, chosen_page, pages_of
from kyodo_geo.ui.components.continuations import chain
from kyodo_geo.ui.components.district_picker import locator
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import (
    Button,
    CaseCard,
    CaseHead,
    Cases,
    Content,
    Definitions,
    Handout,
    Link,
    List,
    OptionItem,
    Part,
    Pick,
    PickedCase,
    Term,
    Text,
)
from kyodo_geo.ui.state import view_state
from kyodo_geo.ui.state.page_options import ORDER, ORDERS
from kyodo_geo.vocabulary import Form, Status
from kyodo_geo.vocabulary import Term as VocabularyTerm

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


def requested_case(edition: Edition) -> ActivityCase | None:
    """Return the activity that the address names; None without one, or for an unknown id."""
    activity_id = activity_id_in_view()
    return find_activity_case(edition, activity_id, today()) if activity_id else None


def choices(edition: Edition, filters: Filters) -> tuple[OptionItem, ...]:
    """Offer the order and the page of the cards; empty where there are none."""
    total = summarise(edition, filters).total.activities
    page = option_bar.page_item(pages_of(total, CASES_PER_PAGE))
    return (option_bar.option_item(ORDER), page) if total else ()


def grid(edition: Edition, filters: Filters) -> tuple[Part, ...]:
    """List one page of cards, below a notice for an unknown id in the address."""
    total = summarise(edition, filters).total.activities
    activity_id = activity_id_in_view()
    missing = (prose.unknown_activity(activity_id),) if activity_id else ()
    if not total:
        return missing
    start = chosen_page(total, CASES_PER_PAGE) * CASES_PER_PAGE
    order = ORDERS[option_bar.chosen(ORDER)]
    found = list_activities(edition, filters, order, limit=CASES_PER_PAGE, offset=start)
    label = f"事例 {total:,}件のうち {start + 1:,}〜{start + len(found):,}件目。{HOW_COUNTED}"
    cards = [_card(edition, activity, "h2") for activity in found]
    return (*missing, Cases(label, cards, is_list=True))


def ways(edition: Edition, filters: Filters, case: ActivityCase) -> tuple[Part, ...]:
    """Link back to the page of cards with this case, and to its neighbours in the list."""
    order = ORDERS[option_bar.chosen(ORDER)]
    position = list_position(edition, filters, order, case.activity.activity_id)
    back: dict[str, list[str]] = {"activity": []}
    if position is None:
        return prose.notice(NOT_IN_VIEW), prose.buttons(Button("一覧へ", back))
    page = (position.number - 1) // CASES_PER_PAGE + 1
    back |= {"page": [str(page)] if page > 1 else []}
    label = f"一覧へ戻る（{position.total:,}件のうち{position.number:,}件目）"
    return (prose.buttons(Button(label, back), *_neighbours(position)),)


def story(edition: Edition, case: ActivityCase) -> tuple[Part, ...]:
    """Tell a case: summary, actors, forms with their reasons, effects, review, chain."""
    activity, study = case.activity, case_of(edition, case.activity)
    line = f"{_place_and_year(edition, activity)}　{activity.field.label}"
    return (
        CaseHead(activity.activity_id, activity.title, line, planned_note(activity)),
        Text(activity.summary or "概要の記載はありません。", style="kg-lead"),
        Pick(activity.activity_id, activity.title, MOST_PICKS),
        *_who(study),
        *_how(study),
        *_effects(study),
        *review_parts.block(case, person()),
        *chain(case.chain, activity.activity_id, "cases"),
    )


def facts(edition: Edition, activity: ListedActivity) -> Part:
    """Show year, period, district, counts and source; link to the district and corrections."""
    pairs = (
        ("年度", fiscal_year_label(activity.fiscal_year)),
        ("期間", when(activity)),
        ("地区", where(edition, activity)),
        ("分野", activity.field.label),
        ("参加者数", _count(activity.participants_count, "人")),
        ("市の負担額", _count(activity.city_cost_yen, "円")),
        ("備考", activity.note),
        ("出典", prose.source_link(activity.source) or NOT_ON_RECORD),
        ("資料の日付", activity.source_date),
        ("番号", activity.activity_id),
    )
    return prose.card(
        "基本のことがら",
        prose.details(pairs),
        *_locator(edition, activity),
        _links(edition, activity),
        *activity_detail.corrections(edition, activity),
    )


def alike(edition: Edition, activity: ListedActivity) -> tuple[Part, ...]:
    """List similar cases, each with the reasons (decision 33)."""
    found = similar_cases(edition, activity.activity_id)
    heading = prose.section("似た事例")
    if not found:
        return heading, prose.paragraph(NONE_ALIKE)
    cards = [
        _card(edition, one.activity, "h3", (f"近さ {one.points}（100が最大）", *one.reasons))
        for one in found
    ]
    return heading, prose.paragraph(HOW_ALIKE), Cases("似た事例", cards)


def _who(case: Case) -> tuple[Part, ...]:
    organisations = "、".join(case.activity.organisations) or NOT_ON_RECORD
    pairs = [("団体", organisations)]
    return prose.section("だれが"), _explain(case.actors), prose.details(pairs)


def _how(case: Case) -> tuple[Part, ...]:
    no_form = TermNote(Form.UNKNOWN, "", case.no_form)
    return (
        prose.section("どんな形で、なぜ"),
        _explain(case.forms or [no_form]),
        prose.section("協働の範囲"),
        _explain(case.scopes),
        prose.paragraph(case.scope_why),
    )


def _effects(case: Case) -> tuple[Part, ...]:
    """Explain the effects expected or seen; empty without a review."""
    return (prose.section("期待される効果"), _explain(case.effects)) if case.effects else ()


def _locator(edition: Edition, activity: ListedActivity) -> tuple[Part, ...]:
    """Show where an activity of one district was; empty for several or none."""
    districts = _districts(edition, activity)
    if len(districts) != 1:
        return ()
    near = district_neighbours(edition)[districts[0]]
    beside = (edition.district_by_id[id_] for id_ in near)
    picture = locator(edition, districts[0], beside, is_still=True)
    return picture, *image_buttons("case-location")


def _links(edition: Edition, activity: ListedActivity) -> Part:
    view = view_state.map_view() | {"activity": [activity.activity_id]}
    districts = [edition.district_by_id[id_] for id_ in _districts(edition, activity)]
    links = [
        Link(f"{one.full_name}の地区カルテ", "district", {"district": [one.district_id]})
        for one in districts
    ]
    return prose.links(*links, Link("活動一覧で見る", "activities", view))


def _districts(edition: Edition, activity: ListedActivity) -> Sequence[str]:
    return [id_ for id_ in activity.place_ids if id_ in edition.district_by_id]


def _neighbours(position: ListPosition) -> list[Button]:
    found = (("← 前の事例", position.before), ("次の事例 →", position.after))
    return [Button(label, {"activity": [id_]}) for label, id_ in found if id_]


def _card(
    edition: Edition,
    activity: ListedActivity,
    tag: Literal["h2", "h3"],
    reasons: Sequence[str] = (),
) -> CaseCard:
    """Build the card of an activity, with the reasons why it is listed."""
    open_it = Button(activity.title, {"activity": [activity.activity_id]}, "kg-link")
    people = activity.participants_count
    participants = Text(f"参加者 {count_label(people, '人')}", style="kg-case-line")
    content = [
        Text(_line(edition, activity), style="kg-case-line"),
        Text([open_it], tag),
        Text(activity.summary, style="kg-case-summary"),
        Text(_forms(activity), style="kg-case-terms"),
        Text([_term(actor) for actor in activity.actors], style="kg-case-terms"),
        *([] if people is None else [participants]),
        *([List(reasons, "kg-case-reasons")] if reasons else []),
        Pick(activity.activity_id, activity.title, MOST_PICKS),
    ]
    return CaseCard(activity.activity_id, content)


def _line(edition: Edition, activity: ListedActivity) -> Content:
    planned = [prose.tag("予定")] if activity.status is Status.PLANNED else []
    field = Term(prose.term_key(activity.field), in_rows=True)
    return [f"{_place_and_year(edition, activity)}　", field, *planned]


def _forms(activity: ListedActivity) -> Content:
    stated = [_term(form, STATED) for form in activity.forms_stated]
    implied = [_term(form, IMPLIED) for form in activity.forms_implied]
    return stated + implied or [Term(prose.term_key(Form.UNKNOWN), in_rows=True)]


def _term(term: VocabularyTerm, tag: str = "") -> Part:
    return Text(_tagged(term, tag, in_rows=True), "span")


def _explain(found: Sequence[TermNote]) -> Part:
    """Explain terms: what they mean, and why the case has them."""
    return Definitions([(_tagged(one.term, one.tag), one.text) for one in found], "kg-explained")


def _tagged(term: VocabularyTerm, tag: str, *, in_rows: bool = False) -> Content:
    key = prose.term_key(term)
    name = Term(key, is_marked=True, is_implied=tag == IMPLIED, in_rows=in_rows)
    return [name, prose.tag(tag)] if tag else [name]


def _place_and_year(edition: Edition, activity: ListedActivity) -> str:
    return f"{where(edition, activity)}　{fiscal_year_label(activity.fiscal_year)}"


def _count(value: int | None, unit: str) -> str:
    return NOT_ON_RECORD if value is None else count_label(value, unit)


def bar(edition: Edition) -> Part:
    """Show the hand-out's selection; report unusable picks and drop them from the address."""
    chosen, errors = selected_activities(edition, view_state.text_option("pick").split())
    title = view_state.text_option("title")
    try:
        handout_title(title)
    except FilterError as error:
        errors, title = (*errors, error), title[:TITLE_LENGTH]
    view_state.set_option("pick", " ".join(activity.activity_id for activity in chosen))
    view_state.set_option("title", title)
    items = [
        PickedCase(activity.activity_id, activity.title, _place_and_year(edition, activity))
        for activity in chosen
    ]
    return Handout(items, title, [one.sentence for one in errors], MOST_PICKS, TITLE_LENGTH)
