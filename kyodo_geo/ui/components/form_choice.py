"""形態えらび: the questions, and the forms that fit the answers, with examples on record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import texts_from_filters
from kyodo_geo.guideline.examples import examples
from kyodo_geo.guideline.form_choice import FormOutcome, Reason, choose, shipped_rules
from kyodo_geo.guideline.guide_text import (
    UNKNOWN_ANSWER,
    UNKNOWN_LABEL,
    Question,
    shipped_guide,
)
from kyodo_geo.guideline.term_counts import activities_in
from kyodo_geo.japanese import fiscal_year_label
from kyodo_geo.measures.activities.listing import ListedActivity
from kyodo_geo.model import Filters
from kyodo_geo.ui.components import option_bar, prose
from kyodo_geo.ui.components.mount import Part
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import Form, Status

ALONE = "協働にしないで行う"
ALONE_PLAIN = "べつべつに する"
FIT_LABELS = {2: "よく合います。", 1: "この形でもできます。"}
FIT_LABELS_PLAIN = {2: "よく 合います。", 1: "この やりかたでも できます。"}
VOLUNTARY = (
    "費用と効果を比べて、別々に行うほうがよければ、協働にしないことも答えの一つです。"
    "参加するかどうかは自由です。無理に誘ったり、押しつけたりしないようにします。"
)
VOLUNTARY_PLAIN = (
    "お金と よくなることを くらべてください。べつべつに しても よいです。"
    "手つだうか どうかは、自分で きめます。"
)


def dialogue(edition: Edition, is_plain: bool) -> tuple[Part, ...]:
    """The questions up to the first without an answer; after the last one what fits."""
    questions = shipped_guide().questions
    answers = _answers()
    left = [question for question in questions if question.question_id not in answers]
    shown = [q for q in questions if q.question_id in answers or q is next(iter(left), None)]
    fields = option_bar.row(
        *((_field_name(question, is_plain), {}) for question in shown), style="kg-questions"
    )
    buttons = [{"label": "最初から", "change": {q.question_id: [] for q in questions}}]
    if left:
        rest = {q.question_id: [UNKNOWN_ANSWER] for q in left}
        buttons.append({"label": "残りは「わからない」で結果を見る", "change": rest})
    way_on = {"kind": "buttons", "items": buttons}
    if left:
        return fields, prose.paragraph(f"あと{len(left)}問です。"), way_on
    return fields, way_on, *_result(edition, answers, is_plain)


def _result(edition: Edition, answers: dict[str, str], is_plain: bool) -> tuple[Part, ...]:
    near = view_state.option(NEAR, list(edition.district_by_id)) or None
    outcomes = choose(shipped_rules(), answers)
    return (
        prose.section("合いそうな やりかた" if is_plain else "合いそうな形"),
        prose.notice(VOLUNTARY_PLAIN if is_plain else VOLUNTARY),
        option_bar.row((NEAR, {})),
        *(_outcome(edition, outcome, near, is_plain) for outcome in outcomes),
    )


def _outcome(edition: Edition, outcome: FormOutcome, near: str | None, is_plain: bool) -> Part:
    filters = _view(outcome)
    labels = FIT_LABELS_PLAIN if is_plain else FIT_LABELS
    count = activities_in(edition, filters)
    more = {"label": f"記録の{count:,}件を見る", "view": texts_from_filters(filters)}
    alone = ALONE_PLAIN if is_plain else ALONE
    return {
        "kind": "outcome",
        "label": outcome.form.label if outcome.form else alone,
        "title": [{"term": prose.term_key(outcome.form)}] if outcome.form else [alone],
        "texts": [labels[outcome.fit] + _meaning(outcome.form, is_plain)],
        "facts": [("範囲", _joined([{"term": prose.term_key(band)} for band in outcome.bands]))],
        "reasons": [_reason(reason, is_plain) for reason in outcome.reasons],
        "examples": {
            "title": "記録にある実例",
            "items": [_example(a, outcome.form) for a in examples(edition, filters, near)],
            "none": "記録にはまだありません。",
        },
        "more": more if count else None,
    }


def _view(outcome: FormOutcome) -> Filters:
    """The activities on record that are like an outcome."""
    return Filters(forms=(outcome.form,)) if outcome.form else Filters(scopes=outcome.bands)


def _meaning(form: Form | None, is_plain: bool) -> str:
    if form is None:
        return ""
    return shipped_guide().text_of(form).plain if is_plain else f"{form.definition}。"


def _reason(reason: Reason, is_plain: bool) -> dict[str, str]:
    """Why, from which answers, and what to weigh; plainly the answers alone say why."""
    said = "、".join(
        f"{question.topic.shown(is_plain)}「{answer.shown(is_plain)}」"
        for question in shipped_guide().questions
        if (answer := question.answers.get(reason.answers.get(question.question_id, "")))
    )
    if is_plain:
        return {"text": f"あなたの 答え: {said or UNKNOWN_LABEL}", "answers": "", "weigh": ""}
    answers = f"もとになった答え: {said}" if said else ""
    return {"text": reason.why, "answers": answers, "weigh": f"考えること: {reason.weigh}"}


def _example(activity: ListedActivity, form: Form | None) -> dict[str, Any]:
    is_implied = form is not None and form in activity.forms_implied
    notes = [
        "（形態は推定）" if is_implied else "",
        "（予定）" if activity.status is Status.PLANNED else "",
    ]
    return {
        "title": activity.title,
        "view": {"activity": [activity.activity_id]},
        "place": "・".join(activity.place_labels),
        "year": fiscal_year_label(activity.fiscal_year),
        "note": "".join(notes),
        "source": activity.source,
    }


def _joined(terms: Sequence[Any]) -> list[Any]:
    return [piece for term in terms for piece in (term, "　")][:-1]


def _answers() -> dict[str, str]:
    """The answers in the address, those that the questions know."""
    said = {
        question.question_id: view_state.option(question.question_id, list(question.answers))
        for question in shipped_guide().questions
    }
    return {name: answer for name, answer in said.items() if answer}


NEAR = "near"


def cards_of(edition: Edition) -> dict[str, dict[str, Any]]:
    """The questions, usual and plain, and the choice of a district, as fields."""
    fields = {
        _field_name(question, is_plain): _field(number, question, is_plain)
        for number, question in enumerate(shipped_guide().questions, start=1)
        for is_plain in (False, True)
    }
    near = {
        "key": NEAR,
        "kind": "list",
        "label": "近くの実例から見る（地区）",
        "options": [["", "選ばない"]],
        "groups": option_bar.district_groups(edition),
        "default": "",
    }
    return fields | {NEAR: near}


def _field_name(question: Question, is_plain: bool) -> str:
    return f"{question.question_id}_plain" if is_plain else question.question_id


def _field(number: int, question: Question, is_plain: bool) -> dict[str, Any]:
    answers = question.answers.items()
    return {
        "key": question.question_id,
        "kind": "one",
        "label": f"{number}．{question.wording.shown(is_plain)}",
        "options": [(answer_id, wording.shown(is_plain)) for answer_id, wording in answers],
        "default": "",
    }
