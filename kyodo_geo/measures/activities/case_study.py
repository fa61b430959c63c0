"""One activity as a case (事例) with the meaning of its terms; cases chosen for a hand-out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import FilterError
from kyodo_geo.filters.query_string import printable_excerpt
from kyodo_geo.measures.activities.listing import ListedActivity, find_activities
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.measures.places.description import place_name
from kyodo_geo.model import Review
from kyodo_geo.vocabulary import SCOPE_FORMS, Effect, Scope, Status, Term, possible_scopes

STATED, IMPLIED = "明記", "推定"
HOPED, SEEN, HOPED_AND_SEEN = "期待", "実際", "期待・実際"

BASIS = {STATED: "資料に書かれています。", IMPLIED: "資料の内容から推定しました。"}

NO_FORM = "資料に形態の記載がありません。わからないものとして扱い、どの形態にも数えていません。"
NO_FORM_CONTEXT = "市との協働ではないため、形態はありません。"

WHY_NO_BAND = {
    Scope.UNDETERMINED: "市民の側の主体と市がともに参加しているので、協働に数えています。"
    "形態がわからないため、どの範囲かは決められません。",
    Scope.CITIZEN_ONLY: "資料に市の参加も形態もないため、協働の件数には入りません。",
    Scope.CITY_ONLY: "資料に市民の側の主体がないため、協働の件数には入りません。",
}
RECORDED_WHY = "この範囲は、形態から導いたものではなく、記録に書かれているものです。"

PLANNED_NOTE = "予告や計画の資料による記録です。結果は確認していません。"

MOST_PICKS = 24
TITLE_LENGTH = 60
HANDOUT = "配付資料"
PLAIN_TITLE = f"{city().title}の事例"

Picked = tuple[tuple[ListedActivity, ...], tuple[FilterError, ...]]


@dataclass(frozen=True)
class TermNote:
    """A term of a case with its meaning and a short tag (明記, 推定, 期待 …; may be empty)."""

    term: Term
    tag: str
    text: str


@dataclass(frozen=True)
class Case:
    """Activity with notes on its terms.

    `scope_why` gives the reason for the bands, `no_form` that for a missing form (else empty).
    `review` is None and `effects` are empty where nobody has looked back.
    """

    activity: ListedActivity
    actors: tuple[TermNote, ...]
    forms: tuple[TermNote, ...]
    no_form: str
    scopes: tuple[TermNote, ...]
    scope_why: str
    review: Review | None
    effects: tuple[TermNote, ...]


def case_of(edition: Edition, activity: ListedActivity) -> Case:
    """Build the case of an activity."""
    is_context = set(activity.scopes) <= {Scope.CITIZEN_ONLY, Scope.CITY_ONLY}
    review = all_reviews(edition).get(activity.activity_id)
    return Case(
        activity,
        tuple(TermNote(actor, "", f"{actor.definition}。") for actor in activity.actors),
        tuple(_forms(activity)),
        "" if activity.known_forms else NO_FORM_CONTEXT if is_context else NO_FORM,
        tuple(TermNote(scope, "", f"{scope.definition}。") for scope in activity.scopes),
        _scope_why(activity),
        review,
        tuple(_effects(review)) if review else (),
    )


def when(activity: ListedActivity) -> str:
    """Return the days of an activity, e.g. 2015年11月8日〜2015年11月10日; empty for none."""
    days = [
        f"{day.year}年{day.month}月{day.day}日"
        for day in (activity.start_date, activity.end_date)
        if day
    ]
    return "〜".join(dict.fromkeys(days))


def where(edition: Edition, activity: ListedActivity) -> str:
    """Return the names of an activity's places, e.g. 花北地区・矢沢地区."""
    return "・".join(place_name(edition, place_id) for place_id in activity.place_ids)


def planned_note(activity: ListedActivity) -> str:
    """Return the note on an activity that was only announced; else empty."""
    return PLANNED_NOTE if activity.status is Status.PLANNED else ""


def _forms(activity: ListedActivity) -> Iterator[TermNote]:
    for tag, forms in ((STATED, activity.forms_stated), (IMPLIED, activity.forms_implied)):
        for form in forms:
            yield TermNote(form, tag, f"{form.definition}。{BASIS[tag]}")


def _scope_why(activity: ListedActivity) -> str:
    """Explain the bands by actors and forms, as `possible_scopes` derives them."""
    forms = activity.known_forms
    if set(activity.scopes) != set(possible_scopes(activity.actors, forms)):
        return RECORDED_WHY
    if activity.scopes[0] in WHY_NO_BAND:
        return WHY_NO_BAND[activity.scopes[0]]
    bands = "・".join(scope.mark for scope in activity.scopes)
    named = "・".join(f.label for f in forms if any(f in SCOPE_FORMS[s] for s in activity.scopes))
    text = f"指針は「{named}」を、範囲{bands}で考えられる形態にあげています。"
    is_clear = len(activity.scopes) == 1
    return text if is_clear else f"{text}どの範囲かは、形態だけでは決められません。"


def _effects(review: Review) -> Iterator[TermNote]:
    for effect in Effect:
        is_hoped, is_seen = effect in review.expected, effect in review.seen
        if is_hoped or is_seen:
            tag = HOPED_AND_SEEN if is_hoped and is_seen else SEEN if is_seen else HOPED
            yield TermNote(effect, tag, f"{effect.definition}。")


def selected_activities(edition: Edition, ids: Sequence[str]) -> Picked:
    """Return the chosen activities in their order, with an error per id that was not followed.

    Repeated ids count once; unknown ones and those beyond MOST_PICKS are left out. Never raises.
    """
    times = Counter(ids)
    asked = tuple(times)[:MOST_PICKS]
    found = find_activities(edition, asked) if asked else {}
    errors = [_unknown(edition, id_) for id_ in asked if id_ not in found]
    if twice := [printable_excerpt(id_) for id_ in asked if times[id_] > 1]:
        said = f"{'、'.join(twice)} が2回以上選ばれています"
        errors.append(FilterError(HANDOUT, said, "同じ事例は1回だけ載せられます"))
    if len(times) > MOST_PICKS:
        said = f"{len(times):,}件が選ばれています"
        errors.append(FilterError(HANDOUT, said, f"載せられるのは{MOST_PICKS}件までです"))
    return tuple(found[id_] for id_ in asked if id_ in found), tuple(errors)


def handout_title(text: str) -> str:
    """Return the given title on one line, or PLAIN_TITLE. Raises FilterError if it is too long."""
    title = " ".join(text.split())
    if len(title) > TITLE_LENGTH:
        found = f"長すぎます（{len(title):,}文字）"
        raise FilterError(f"{HANDOUT}の題", found, f"{TITLE_LENGTH}文字までです")
    return title or PLAIN_TITLE


def _unknown(edition: Edition, activity_id: str) -> FilterError:
    found = f"「{printable_excerpt(activity_id)}」は、{edition.info.label}の記録にありません"
    return FilterError(HANDOUT, found, next_step="番号を確かめてください")
