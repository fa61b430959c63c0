"""Parts of ふりかえり: the review of one activity, in full or in short, and what is begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.editions import Edition
from kyodo_geo.export.schema.columns import NOT_APPLICABLE
from kyodo_geo.guideline.activity_case import ActivityCase
from kyodo_geo.imports.reviews import ReviewDraft
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.measures.activities.reviews import lowest_rated
from kyodo_geo.model import Review
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.continuations import chain, describe_next_step
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.parts import Button, Content, Link, Part
from kyodo_geo.ui.runtime import settings
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import Grade, Term

TO_LIST = prose.buttons(Button("一覧に戻る", {"activity": []}))


def one_review(edition: Edition, case: ActivityCase, person: Person) -> Part:
    """An activity with its chain and its review, and what can be done with them."""
    activity = case.activity
    view = {"activity": [activity.activity_id]}
    return prose.card(
        "ふりかえり",
        prose.first_heading(activity.title),
        prose.paragraph(when_and_where(activity.fiscal_year, activity.place_labels)),
        *chain(case.chain, activity.activity_id, "review"),
        *(_in_full(case.review) if case.review else (prose.paragraph(_none_yet(person)),)),
        prose.links(Link("活動の記録を見る", "activities", view)),
        *(() if person.role is Role.OFFICIAL else (_letter(edition, activity),)),
        TO_LIST,
    )


def unknown_review(activity_id: str) -> Part:
    """A sentence for an activity that the record does not have."""
    return prose.card("ふりかえり", prose.unknown_activity(activity_id), TO_LIST)


def block(case: ActivityCase, person: Person) -> tuple[Part, ...]:
    """What the details of an activity say of its review: the most, or the way to write one."""
    review = case.review
    label = "ふりかえりを見る" if review else "ふりかえりを書く"
    link = prose.links(Link(label, "review", {"activity": [case.activity.activity_id]}))
    if review is None:
        return (link,) if person.role is Role.OFFICIAL else ()
    lowest = lowest_rated(review)
    pairs = (
        ("教訓", review.lesson),
        ("次の一歩", describe_next_step(review.next_step, review.is_settled)),
        ("最も低い評価", prose.terms(lowest) if lowest else ""),
        ("ふりかえった日", _day_and_person(review)),
    )
    return prose.heading("ふりかえり"), prose.details(pairs), link


def drafts(found: Sequence[ReviewDraft], titles: dict[str, str]) -> tuple[Part, ...]:
    """Reviews this person has begun to write."""
    if not found:
        return ()
    rows = [
        (one.activity_id, (titles.get(one.activity_id, one.activity_id), _moment(one.saved_at)))
        for one in found
    ]
    table = row_table(
        "書きかけのふりかえり。名称を押すと、続きを書けます。",
        texts("活動", "下書きを残したとき"),
        rows,
        picks="activity",
        selected=view_state.text_option("activity"),
        style="kg-narrow",
    )
    return prose.section("書きかけ"), table


def _in_full(review: Review) -> tuple[Part, ...]:
    rows = [
        (str(principle), (principle.label, _grade(rating.grade), rating.word))
        for principle, rating in review.ratings.items()
    ]
    table = row_table(
        f"七つの考え方の評価（{_day_and_person(review)}）",
        texts("考え方", "段階", "ひとこと"),
        rows,
        style="kg-wrapped",
    )
    pairs = (
        ("期待した効果", _terms(review.expected)),
        ("見られた効果", _terms(review.seen)),
        ("教訓", review.lesson),
        ("次の一歩", describe_next_step(review.next_step, review.is_settled)),
    )
    return table, prose.details(pairs)


def _grade(grade: Grade | None) -> str:
    return f"{grade.step} {grade.label}" if grade else NOT_APPLICABLE


def _terms(found: Sequence[Term]) -> Content:
    return prose.terms(found) if found else "書かれていません"


def _none_yet(person: Person) -> str:
    if person.role is Role.OFFICIAL:
        return "まだふりかえりがありません。下に書いて公開してください。"
    return "まだふりかえりがありません。"


def _letter(edition: Edition, activity: ListedActivity) -> Part:
    """A prepared mail to the office: what somebody has noticed, looking back."""
    about = f"{activity.activity_id} {activity.title}"
    lines = [
        f"対象: {about}",
        f"版: {edition.info.label}",
        "",
        "よかったこと:",
        "",
        "うまくいかなかったこと、直したいこと:",
        "",
        "次にしたいこと:",
        "",
        "お名前・団体名（任意）:",
    ]
    label = "ふりかえって気づいたことを知らせる（メールを書く）"
    return prose.mail(label, settings().contact_mail, f"【ふりかえり】{about}", lines)


def when_and_where(year: int | None, labels: Sequence[str]) -> str:
    """Fiscal year and places of an activity on one line."""
    return f"{fiscal_year_label(year)}　{'・'.join(labels)}"


def _day_and_person(review: Review) -> str:
    return f"{review.reviewed_on:%Y-%m-%d}　{review.reviewed_by}"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
