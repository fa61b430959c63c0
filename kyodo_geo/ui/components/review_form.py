"""The form a review is written in: what stands in it is kept as a draft whenever it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from kyodo_geo.auth.roles import Person
from kyodo_geo.editions import Edition
from kyodo_geo.errors import KyodoError, StaleError
from kyodo_geo.export.schema.columns import NOT_APPLICABLE
from kyodo_geo.export.writers.review_rows import SEPARATOR, review_texts
from kyodo_geo.imports.activities import Severity
from kyodo_geo.imports.reviews import Drafts, ReviewEntry, examine_review, save
from kyodo_geo.imports.reviews.reading import (
    FIELDS,
    LABELS,
    LONGEST_NAME,
    LONGEST_PROSE,
    LONGEST_WORD,
)
from kyodo_geo.imports.reviews.review_findings import ReviewFinding
from kyodo_geo.japanese import today
from kyodo_geo.measures.activities.reviews import all_reviews
from kyodo_geo.model import Review
from kyodo_geo.tabular.finding_kinds import CellFinding
from kyodo_geo.ui.components import mount, prose
from kyodo_geo.ui.runtime import out_of_turn, store
from kyodo_geo.vocabulary import Effect, Grade, Principle

DONE = "kyodo_review_done"
LAST = "is_settled"
"""The field whose absence says that the form has not been drawn."""

STEPS = (*(str(grade.step) for grade in reversed(Grade)), NOT_APPLICABLE, "")
STEP_LABELS = {
    **{str(grade.step): f"{grade.step} {grade.label}" for grade in Grade},
    NOT_APPLICABLE: NOT_APPLICABLE,
    "": "まだ",
}
EFFECTS = tuple(effect.label for effect in Effect)
EFFECTS_HELP = "\n".join(f"- **{effect.label}** {effect.definition}" for effect in Effect)
NOT_TOUCHED = (ReviewFinding.GRADE_MISSING, CellFinding.MISSING)
"""What is said of a form only once it is to be published."""

KEPT = "書いたことは、そのつど下書きとして残ります。公開するまで、ほかの人には見えません。"


def draw_form(edition: Edition, person: Person, activity_id: str) -> None:
    """The form, with what there is to say of its fields; publishes when that is asked for."""
    form = _Form(person, activity_id)
    form.begin(all_reviews(edition).get(activity_id))
    texts = form.texts()
    entry = examine_review(texts, edition, today())
    wanted = form.take("publish")
    _draw_told(edition, form, entry)
    _draw_fields(edition, form, entry)
    form.keep(texts)
    if problem := form.get("problem"):
        mount.draw(edition, "kg_review_problem", prose.notice(problem))
    _draw_buttons(form)
    if wanted and entry.review is not None:
        form.publish(entry.review)
        st.rerun()


def draw_way_out(person: Person, activity_id: str) -> None:
    """A button that forgets what was written of an activity that is gone."""
    form = _Form(person, activity_id)
    st.button("この活動について書きかけたものを捨てる", on_click=form.forget)


class _Form:
    """What this session holds of one form: widgets by field, and what was kept and begun over."""

    def __init__(self, person: Person, activity_id: str) -> None:
        self.activity_id = activity_id
        self.drafts = Drafts(store(), person)
        self._person = person

    def key(self, name: str) -> str:
        """Under which name the session holds something; widgets are made anew with `serial`."""
        serial = st.session_state.get(f"kyodo_review_{self.activity_id}_serial", 0)
        return f"kyodo_review_{self.activity_id}_{serial}_{name}"

    def get(self, name: str) -> Any:
        return st.session_state.get(self.key(name))

    def put(self, name: str, value: Any) -> None:
        st.session_state[self.key(name)] = value

    def take(self, name: str) -> Any:
        return st.session_state.pop(self.key(name), None)

    def begin(self, present: Review | None) -> None:
        """Fill the form once: with the draft, else what is on record, else nothing."""
        if self.key(LAST) in st.session_state:
            return
        on_record = review_texts(present) if present else {}
        texts, before = on_record, on_record
        try:
            if draft := self.drafts.find(self.activity_id):
                texts, before = dict(draft.texts), dict(draft.before)
        except KyodoError as error:
            self.put("problem", error.sentence)
        for name in FIELDS:
            own = self._person.name if name == "reviewed_by" else ""
            self.put(name, _held(name, texts.get(name, own)))
        self.put("before", before)
        self.put("kept", self.texts())

    def texts(self) -> dict[str, str]:
        """What stands in the form, by field."""
        told = {name: _text(self.get(name)) for name in FIELDS}
        return told | {"activity_id": self.activity_id}

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep a draft of what has changed since the last one."""
        if texts == self.get("kept"):
            return
        try:
            with out_of_turn():
                self.drafts.keep(self.activity_id, texts, self.get("before"))
            self.put("kept", texts)
            self.take("problem")
        except KyodoError as error:
            self.put("problem", error.sentence)

    def ask(self) -> None:
        """Publish in the next run, if nothing is missing; from then on say what is."""
        self.put("publish", True)
        self.put("is_asked", True)

    def publish(self, review: Review) -> None:
        """Publish; what can't be is said, and all that was written stays."""
        try:
            with out_of_turn():
                number = save(store(), review, self.get("before"), self._person)
        except StaleError as error:
            self._build_on_the_present()
            self.put("told", error.sentence)
        except KyodoError as error:
            self.put("told", error.sentence)
        else:
            self.forget()
            st.session_state[DONE] = number

    def forget(self) -> None:
        """Start anew from what is on record; the draft is gone."""
        name = f"kyodo_review_{self.activity_id}_serial"
        st.session_state[name] = st.session_state.get(name, 0) + 1
        try:
            self.drafts.drop(self.activity_id)
        except KyodoError as error:
            self.put("problem", error.sentence)

    def _build_on_the_present(self) -> None:
        present = all_reviews(store().current()).get(self.activity_id)
        self.put("before", review_texts(present) if present else {})
        self.put("kept", None)  # the draft is to be kept with it


def _held(name: str, text: str) -> Any:
    """What a widget holds for a text."""
    if name == "reviewed_on":
        try:
            return min(date.fromisoformat(text), today())
        except ValueError:
            return today()
    if name in ("expected_effects", "seen_effects"):
        return [part for part in text.split(SEPARATOR) if part in EFFECTS]
    if name == "is_settled":
        return text == "1"
    return text if name not in map(str, Principle) or text in STEPS else ""


def _text(held: Any) -> str:
    """The text of what a widget holds, as our export would write it."""
    if isinstance(held, date):
        return held.isoformat()
    if isinstance(held, bool):
        return str(int(held))
    if isinstance(held, list):
        return SEPARATOR.join(sorted(held, key=EFFECTS.index))
    return held or ""


def _draw_told(edition: Edition, form: _Form, entry: ReviewEntry) -> None:
    """Why what was asked for last could not be done."""
    told = form.take("told")
    blocks = [found for found in entry.findings if found.severity is Severity.BLOCKS]
    if form.get("is_asked") and blocks:
        told = f"まだ公開できません。直すところが{len(blocks):,}か所あります。"
    if told:
        mount.draw(edition, "kg_review_told", prose.notice(told))


def _draw_fields(edition: Edition, form: _Form, entry: ReviewEntry) -> None:
    st.caption(KEPT)
    day, who = st.columns(2)
    with day:
        st.date_input(LABELS["reviewed_on"], key=form.key("reviewed_on"), max_value=today())
        _draw_findings(edition, form, entry, "reviewed_on")
    with who:
        st.text_input(
            LABELS["reviewed_by"],
            key=form.key("reviewed_by"),
            max_chars=LONGEST_NAME,
            autocomplete="name",
            help="人か組織の名前。だれにでも見えます。",
        )
        _draw_findings(edition, form, entry, "reviewed_by")
    st.html('<h2 class="kg-section">七つの考え方に沿って進められましたか</h2>')
    for principle in Principle:
        _draw_principle(edition, form, entry, principle)
    st.html('<h2 class="kg-section">効果</h2>')
    for name, place in zip(("expected_effects", "seen_effects"), st.columns(2), strict=True):
        with place:
            st.multiselect(
                LABELS[name],
                EFFECTS,
                key=form.key(name),
                help=EFFECTS_HELP,
                placeholder="選んでください",
            )
    st.html('<h2 class="kg-section">次につなげる</h2>')
    _draw_prose(edition, form, entry, "lesson", "やってみてわかったこと。個人の氏名は書きません。")
    _draw_prose(edition, form, entry, "next_step", "だれが、いつまでに、何をするか。")
    st.checkbox("次の一歩は済んだ", key=form.key("is_settled"))
    _draw_findings(edition, form, entry, "is_settled")


def _draw_principle(
    edition: Edition, form: _Form, entry: ReviewEntry, principle: Principle
) -> None:
    definitions = "\n".join(
        f"- **{grade.step} {grade.label}** {grade.definition}" for grade in Grade
    )
    with st.container(key=f"kg_principle_{principle}"):
        st.radio(
            f"**{principle.mark}　{principle.label}**　{principle.definition}",
            STEPS,
            key=form.key(str(principle)),
            format_func=lambda step: STEP_LABELS[step],
            horizontal=True,
            help=definitions,
        )
        word = f"{principle}_word"
        st.text_input(
            LABELS[word],
            key=form.key(word),
            max_chars=LONGEST_WORD,
            placeholder="ひとこと（そう評価した理由）",
            label_visibility="collapsed",
        )
        _draw_findings(edition, form, entry, str(principle), word)


def _draw_prose(edition: Edition, form: _Form, entry: ReviewEntry, name: str, advice: str) -> None:
    st.text_area(LABELS[name], key=form.key(name), max_chars=LONGEST_PROSE, help=advice)
    _draw_findings(edition, form, entry, name)


def _draw_findings(edition: Edition, form: _Form, entry: ReviewEntry, *names: str) -> None:
    """What there is to say of some fields; texts from users are never read as Markdown."""
    found = [
        finding.sentence
        for name in names
        for finding in entry.of_field(name)
        if finding.severity is not Severity.MENDED
        and (form.get("is_asked") or finding.kind not in NOT_TOUCHED)
    ]
    if found:
        mount.draw(edition, f"kg_review_{names[0]}", *map(prose.notice, found))


def _draw_buttons(form: _Form) -> None:
    with st.container(horizontal=True):
        st.button("公開する", type="primary", on_click=form.ask)
        if st.button("下書きを残す"):
            st.toast("下書きを残しました。あとで続きを書けます。")
        st.button("書いたものを捨てる", on_click=form.forget)
