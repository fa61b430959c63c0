"""The part of ふりかえり that is about one activity: its review, and the form to write it in."""

from __future__ import annotations

import streamlit as st

from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.editions import Edition
from kyodo_geo.errors import KyodoError
from kyodo_geo.guideline.activity_case import find_activity_case
from kyodo_geo.imports.reviews import Drafts, ReviewDraft
from kyodo_geo.japanese import today
from kyodo_geo.measures.activities.listing import find_activity
from kyodo_geo.ui.components import mount, prose, review_parts
from kyodo_geo.ui.components.parts import Link, Part
from kyodo_geo.ui.components.review_form import DONE, draw_form, draw_way_out
from kyodo_geo.ui.runtime import store


def draw_one(edition: Edition, person: Person, activity_id: str) -> None:
    """What was done last, the activity with its review, the form for those who may write."""
    case = find_activity_case(edition, activity_id, today())
    if case is None:
        mount.draw(edition, "kg_review", review_parts.unknown_review(activity_id))
        if _has_draft(person, activity_id):
            draw_way_out(person, activity_id)
        return
    mount.draw(
        edition,
        "kg_review",
        *_publication_notice(),
        review_parts.one_review(edition, case, person),
    )
    if person.role is Role.OFFICIAL:
        label = "このふりかえりを書き直す" if case.review else "ふりかえりを書く"
        with st.expander(label, expanded=_has_draft(person, activity_id) or not case.review):
            draw_form(edition, person, activity_id)


def draft_list(edition: Edition, person: Person) -> tuple[Part, ...]:
    """The reviews that this person has begun to write."""
    found, problem = _drafts(person)
    if problem:
        return (prose.notice(problem),)
    titles = {one.activity_id: _title(edition, one.activity_id) for one in found}
    return review_parts.drafts(found, titles)


def _publication_notice() -> tuple[Part, ...]:
    """What was published last, and how to take it back; said once."""
    number: int | None = st.session_state.pop(DONE, None)
    if number is None:
        return ()
    text = f"ふりかえりを公開しました（第{number}版）。版の履歴から、前の版の内容に戻せます。"
    view = {"before": [str(number - 1)], "after": [str(number)]}
    return prose.notice(text), prose.links(Link("版の違いを見る、元に戻す", "history", view))


def _has_draft(person: Person, activity_id: str) -> bool:
    return any(one.activity_id == activity_id for one in _drafts(person)[0])


def _drafts(person: Person) -> tuple[tuple[ReviewDraft, ...], str]:
    """The drafts of an official, and why there may be others that can't be read."""
    if person.role is not Role.OFFICIAL:
        return (), ""
    try:
        return Drafts(store(), person).listed(), ""
    except KyodoError as error:
        return (), error.sentence


def _title(edition: Edition, activity_id: str) -> str:
    activity = find_activity(edition, activity_id)
    return activity.title if activity else f"{activity_id}（いまの記録にない活動）"
