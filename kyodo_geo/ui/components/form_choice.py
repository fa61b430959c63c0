"""形態えらび: the questions, and the forms that fit the answers, with examples on record."""

from __future__ import annotations

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
from kyodo_geo.ui.components.parts import (
    Box,
    Button,
    Choice,
    Content,
    ExternalLink,
    Link,
    List,
    OptionItem,
    Part,
    Term,
    Text,
)
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
        *(OptionItem(_field_name(question, is_plain)) for question in shown), style="kg-questions"
    )
    again = Button("最初から", {q.question_id: [] for q in questions})
    if not left:
        return fields, prose.buttons(again), *_result(edition, answers, is_plain)
    rest = {q.question_id: [UNKNOWN_ANSWER] for q in left}
    to_result = Button("残りは「わからない」で結果を見る", rest)
    return fields, prose.paragraph(f"あと{len(left)}問です。"), prose.buttons(again, to_result)


def _result(edition: Edition, answers: dict[str, str], is_plain: bool) -> tuple[Part, ...]:
    near = view_state.option(NEAR, list(edition.district_by_id)) or None
    outcomes = choose(shipped_rules(), answers)
    return (
        prose.section("合いそうな やりかた" if is_plain else "合いそうな形"),
        prose.notice(VOLUNTARY_PLAIN if is_plain else VOLUNTARY),
        option_bar.row(OptionItem(NEAR)),
        *(_outcome(edition, outcome, near, is_plain) for outcome in outcomes),
    )


def _outcome(edition: Edition, outcome: FormOutcome, near: str | None, is_plain: bool) -> Part:
    filters = _view(outcome)
    labels = FIT_LABELS_PLAIN if is_plain else FIT_LABELS
    count = activities_in(edition, filters)
    more = Link(f"記録の{count:,}件を見る", "activities", texts_from_filters(filters))
    alone = ALONE_PLAIN if is_plain else ALONE
    found = [_example(activity, outcome.form) for activity in examples(edition, filters, near)]
    content = [
        Text([Term(prose.term_key(outcome.form))] if outcome.form else alone, "h3"),
        Text(labels[outcome.fit] + _meaning(outcome.form, is_plain)),
        prose.notes([("範囲", prose.term_names(outcome.bands))]),
        List([_reason(reason, is_plain) for reason in outcome.reasons]),
        Text("記録にある実例", "h4"),
        List(found, "kg-latest") if found else Text("記録にはまだありません。"),
        *([Text([more])] if count else []),
    ]
    return Box(content, "kg-outcome", outcome.form.label if outcome.form else alone, "article")


def _view(outcome: FormOutcome) -> Filters:
    """The activities on record that are like an outcome."""
    return Filters(forms=(outcome.form,)) if outcome.form else Filters(scopes=outcome.bands)


def _meaning(form: Form | None, is_plain: bool) -> str:
    if form is None:
        return ""
    return shipped_guide().text_of(form).plain if is_plain else f"{form.definition}。"


def _reason(reason: Reason, is_plain: bool) -> Content:
    """Why, from which answers, and what to weigh; plainly the answers alone say why."""
    answers = "、".join(
        f"{question.topic.shown(is_plain)}「{answer.shown(is_plain)}」"
        for question in shipped_guide().questions
        if (answer := question.answers.get(reason.answers.get(question.question_id, "")))
    )
    if is_plain:
        return f"あなたの 答え: {answers or UNKNOWN_LABEL}"
    from_answers = [prose.small(f"もとになった答え: {answers}")] if answers else []
    return [reason.why, *from_answers, prose.small(f"考えること: {reason.weigh}")]


def _example(activity: ListedActivity, form: Form | None) -> Content:
    is_implied = form is not None and form in activity.forms_implied
    implied = "（形態は推定）" if is_implied else ""
    planned = "（予定）" if activity.status is Status.PLANNED else ""
    place, year = "・".join(activity.place_labels), fiscal_year_label(activity.fiscal_year)
    words = "　".join(text for text in (place, year, implied + planned) if text)
    source = [ExternalLink(activity.source, "出典")] if activity.source else []
    title = Link(activity.title, "activities", {"activity": [activity.activity_id]})
    return [title, prose.small([f"　{words}　", *source])]


def _answers() -> dict[str, str]:
    """The answers in the address, those that the questions know."""
    answers = {
        question.question_id: view_state.option(question.question_id, list(question.answers))
        for question in shipped_guide().questions
    }
    return {name: answer for name, answer in answers.items() if answer}


NEAR = "near"


def question_choices(edition: Edition) -> dict[str, Choice]:
    """The questions, usual and plain, and the choice of a district, by name."""
    questions = {
        _field_name(question, is_plain): _choice(number, question, is_plain)
        for number, question in enumerate(shipped_guide().questions, start=1)
        for is_plain in (False, True)
    }
    groups = option_bar.district_groups(edition)
    near = Choice(NEAR, "list", "近くの実例から見る（地区）", [("", "選ばない")], groups)
    return questions | {NEAR: near}


def _field_name(question: Question, is_plain: bool) -> str:
    return f"{question.question_id}_plain" if is_plain else question.question_id


def _choice(number: int, question: Question, is_plain: bool) -> Choice:
    label = f"{number}．{question.wording.shown(is_plain)}"
    options = [(name, wording.shown(is_plain)) for name, wording in question.answers.items()]
    return Choice(question.question_id, "one", label, options)
