"""What there is to say of one activity as a case (事例): each term with what it means, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kyodo_geo.editions import Edition
from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.model import Review
from kyodo_geo.vocabulary import (
    SCOPE_FORMS,
    Effect,
    Form,
    Scope,
    Status,
    Term,
    possible_scopes,
)

STATED, IMPLIED = "明記", "推定"
HOPED, SEEN, HOPED_AND_SEEN = "期待", "実際", "期待・実際"

BASIS = {
    STATED: "資料に書かれています。",
    IMPLIED: "資料の内容から推定しました。",
}

NO_FORM = "資料に形態の記載がありません。わからないものとして扱い、どの形態にも数えていません。"
NO_FORM_CONTEXT = "市との協働ではないため、形態はありません。"

UNDETERMINED_WHY = (
    "市民の側の主体と市がともに参加しているので、協働に数えています。"
    "形態がわからないため、どの範囲かは決められません。"
)
CITIZEN_ONLY_WHY = "資料に市の参加も形態もないため、協働の件数には入りません。"
CITY_ONLY_WHY = "資料に市民の側の主体がないため、協働の件数には入りません。"
RECORDED_WHY = "この範囲は、形態から導いたものではなく、記録に書かれているものです。"

PLANNED_NOTE = "予告や計画の資料による記録です。結果は確認していません。"


@dataclass(frozen=True)
class TermNote:
    """A term of a case: a tag of few characters (明記 …; may be empty) and what it means."""

    term: Term
    tag: str
    text: str


@dataclass(frozen=True)
class Case:
    """One activity and what is said of it beside the record itself.

    `scope_why` says how the bands follow. `no_form` says why there is no form, where there is
    none. `review` and effects are there only where somebody has looked back.
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
    """An activity as a case."""
    is_context = set(activity.scopes) <= {Scope.CITIZEN_ONLY, Scope.CITY_ONLY}
    review = all_reviews(edition).get(activity.activity_id)
    return Case(
        activity,
        tuple(TermNote(actor, "", f"{actor.definition}。") for actor in activity.actors),
        tuple(_forms(activity)),
        "" if _known(activity) else NO_FORM_CONTEXT if is_context else NO_FORM,
        tuple(TermNote(scope, "", f"{scope.definition}。") for scope in activity.scopes),
        _scope_why(activity),
        review,
        tuple(_effects(review)) if review else (),
    )


def when(activity: ListedActivity) -> str:
    """The days of an activity, e.g. 2015年11月8日〜10日 in full dates; empty for none."""
    days = [
        f"{day.year}年{day.month}月{day.day}日"
        for day in (activity.start_date, activity.end_date)
        if day
    ]
    return "〜".join(dict.fromkeys(days))


def where(edition: Edition, activity: ListedActivity) -> str:
    """The places of an activity as people call them, e.g. 花北地区・矢沢地区."""
    named = zip(activity.place_ids, activity.place_labels, strict=True)
    districts = edition.district_by_id
    return "・".join(
        districts[id_].full_name if id_ in districts else label for id_, label in named
    )


def planned_note(activity: ListedActivity) -> str:
    """What has to be said of an activity that was only announced; else empty."""
    return PLANNED_NOTE if activity.status is Status.PLANNED else ""


def _known(activity: ListedActivity) -> tuple[Form, ...]:
    return activity.forms_stated + activity.forms_implied


def _forms(activity: ListedActivity) -> Iterator[TermNote]:
    for tag, forms in ((STATED, activity.forms_stated), (IMPLIED, activity.forms_implied)):
        for form in forms:
            yield TermNote(form, tag, f"{form.definition}。{BASIS[tag]}")


def _scope_why(activity: ListedActivity) -> str:
    """How the bands follow from actors and forms, as `possible_scopes` has it."""
    forms = _known(activity)
    if set(activity.scopes) != set(possible_scopes(activity.actors, forms)):
        return RECORDED_WHY
    alone = {
        Scope.UNDETERMINED: UNDETERMINED_WHY,
        Scope.CITIZEN_ONLY: CITIZEN_ONLY_WHY,
        Scope.CITY_ONLY: CITY_ONLY_WHY,
    }
    if activity.scopes[0] in alone:
        return alone[activity.scopes[0]]
    bands = "・".join(scope.mark for scope in activity.scopes)
    named = "・".join(f.label for f in forms if any(f in SCOPE_FORMS[s] for s in activity.scopes))
    if len(activity.scopes) == 1:
        return f"指針は「{named}」を、範囲{bands}で考えられる形態にあげています。"
    return (
        f"指針は「{named}」を、範囲{bands}で考えられる形態にあげています。"
        "どの範囲かは、形態だけでは決められません。"
    )


def _effects(review: Review) -> Iterator[TermNote]:
    for effect in Effect:
        is_hoped, is_seen = effect in review.expected, effect in review.seen
        if is_hoped or is_seen:
            tag = HOPED_AND_SEEN if is_hoped and is_seen else SEEN if is_seen else HOPED
            yield TermNote(effect, tag, f"{effect.definition}。")
