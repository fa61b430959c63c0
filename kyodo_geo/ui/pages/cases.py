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
    STATED,
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
from kyodo_geo.ui.components.parts import (
    Button,
    CaseCard,
    CaseHead,
    Cases,
    Content,
    Definitions,
    ExternalLink,
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
    """The activity that the address names; None without one, or for one that isn't there."""
    activity_id = activity_id_in_view()
    return find_activity_case(edition, activity_id, today()) if activity_id else None


def choices(edition: Edition, filters: Filters) -> tuple[OptionItem, ...]:
    """How the cards are sorted, and which page of them is shown."""
    total = summarise(edition, filters).total.activities
    page = option_bar.page_item(pages_of(total, CASES_PER_PAGE))
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
    cards = [_card(edition, activity, "h2") for activity in found]
    return (*missing, Cases(label, cards, is_list=True))


def ways(edition: Edition, filters: Filters, case: ActivityCase) -> tuple[Part, ...]:
    """The way back to the cards, to the page with this one, and to its neighbours in the list."""
    order = ORDERS[option_bar.chosen(ORDER)]
    position = list_position(edition, filters, order, case.activity.activity_id)
    back: dict[str, list[str]] = {"activity": []}
    if position is None:
        return prose.notice(NOT_IN_VIEW), prose.buttons(Button("一覧へ", back))
    page = (position.number - 1) // CASES_PER_PAGE + 1
    back |= {"page": [str(page)] if page > 1 else []}
    label = f"一覧へ戻る（{position.total:,}件のうち{position.number:,}件目）"
    return (prose.buttons(Button(label, back), *_beside(position)),)


def story(edition: Edition, case: ActivityCase) -> tuple[Part, ...]:
    """What it was, who took part, in which form and why, what came of it."""
    activity, told = case.activity, case_of(edition, case.activity)
    line = "　".join(
        (where(edition, activity), fiscal_year_label(activity.fiscal_year), activity.field.label)
    )
    return (
        CaseHead(activity.activity_id, activity.title, line, planned_note(activity)),
        Text(activity.summary or "概要の記載はありません。", style="kg-lead"),
        Pick(activity.activity_id, activity.title, MOST_PICKS),
        *_who(told),
        *_how(told),
        *_effects(told),
        *review_parts.block(case, person()),
        *chain(case.chain, activity.activity_id, "cases"),
    )


def facts(edition: Edition, activity: ListedActivity) -> tuple[Part, ...]:
    """When, where, how many, from which source; ways to the district and to corrections."""
    link = ExternalLink(activity.source, activity.source)
    source: Content = [link] if activity.source else NOT_ON_RECORD
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
            prose.details(pairs),
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
    cards = [
        _card(edition, one.activity, "h3", (f"近さ {one.points}（100が最大）", *one.reasons))
        for one in found
    ]
    return heading, prose.paragraph(HOW_ALIKE), Cases("似た事例", cards)


def _who(case: Case) -> tuple[Part, ...]:
    organisations = "、".join(case.activity.organisations) or NOT_ON_RECORD
    return (
        prose.section("だれが"),
        _explained(case.actors),
        prose.details([("団体", organisations)]),
    )


def _how(case: Case) -> tuple[Part, ...]:
    no_form = TermNote(Form.UNKNOWN, "", case.no_form)
    return (
        prose.section("どんな形で、なぜ"),
        _explained(case.forms or [no_form]),
        prose.section("協働の範囲"),
        _explained(case.scopes),
        prose.paragraph(case.scope_why),
    )


def _effects(case: Case) -> tuple[Part, ...]:
    """Effects that were hoped for or seen, where somebody has looked back."""
    if not case.effects:
        return ()
    return prose.section("期待される効果"), _explained(case.effects)


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
        Link(
            f"{edition.district_by_id[id_].full_name}の地区カルテ", "district", {"district": [id_]}
        )
        for id_ in _districts(edition, activity)
    ]
    return prose.links(*districts, Link("活動一覧で見る", "activities", view))


def _districts(edition: Edition, activity: ListedActivity) -> Sequence[str]:
    return [id_ for id_ in activity.place_ids if id_ in edition.district_by_id]


def _beside(position: ListPosition) -> list[Button]:
    found = (("← 前の事例", position.before), ("次の事例 →", position.after))
    return [Button(label, {"activity": [id_]}) for label, id_ in found if id_]


def _card(
    edition: Edition,
    activity: ListedActivity,
    tag: Literal["h2", "h3"],
    reasons: Sequence[str] = (),
) -> CaseCard:
    """A card of an activity, with the reasons why it stands here."""
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
    key = prose.term_key(term)
    name = Term(key, is_marked=True, is_implied=tag == IMPLIED, in_rows=True)
    return Text([name, prose.tag(tag)] if tag else [name], "span")


def _explained(found: Sequence[TermNote]) -> Part:
    """Terms with what they mean, and why they stand here."""
    return Definitions([(_explained_term(one), one.text) for one in found], "kg-explained")


def _explained_term(one: TermNote) -> Content:
    name = Term(prose.term_key(one.term), is_marked=True, is_implied=one.tag == IMPLIED)
    return [name, prose.tag(one.tag)] if one.tag else [name]


def _place_and_year(edition: Edition, activity: ListedActivity) -> str:
    return f"{where(edition, activity)}　{fiscal_year_label(activity.fiscal_year)}"


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
    items = [
        PickedCase(activity.activity_id, activity.title, _place_and_year(edition, activity))
        for activity in chosen
    ]
    problems = [error.sentence for error in errors]
    return Handout(items, title, problems, MOST_PICKS, TITLE_LENGTH)
