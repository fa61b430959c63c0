"""Parts of the page on which a record is written, changed or removed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from kyodo_geo.auth.roles import Person, Role, may_correct
from kyodo_geo.editions import Edition
from kyodo_geo.editions.delete_activities import LONGEST_WHY, remove
from kyodo_geo.errors import KyodoError
from kyodo_geo.imports.activities import ActivityExamination
from kyodo_geo.imports.activities.form_entry import (
    ComparedCell,
    Entry,
    compared,
    entry_from_form,
    examine_entry,
    on_record,
    publish_entry,
)
from kyodo_geo.proposals import Proposal, propose, propose_removal
from kyodo_geo.proposals.submit import LONGEST_WORD
from kyodo_geo.ui.components import mount, prose
from kyodo_geo.ui.components.activity_form import SEPARATOR, entry_form
from kyodo_geo.ui.components.entry_preview import cell_table, finding_table
from kyodo_geo.ui.components.parts import Button, Link, Part
from kyodo_geo.ui.runtime import out_of_turn, store
from kyodo_geo.ui.state import view_state

DRAFTS, DONE, REFUSED, SERIAL = (
    f"kyodo_entry_{name}" for name in ("drafts", "done", "refused", "serial")
)

OFFICIAL_WAY = "「確かめる」を押すと、取り込みと同じ検査をして、変わるところを示します。"
COUNCIL_WAY = (
    "直したいところを書いて「確かめる」を押し、提案してください。職員が確かめて、記録に入れるか、"
    "理由をつけて返します。"
)
NOTHING_NEW = "いまの記録と変わるところがありません。"
NOT_YET = "このままでは記録にできません。「取り込めない」とあるところを直してください。"
ADD = prose.buttons(Button("新しい活動を書く", {"activity": []}))


@dataclass(frozen=True)
class EditDraft:
    """What this session has written of one activity (an empty id: a new one).

    `before` is what edition `edition_number` held when it was begun. `is_sent` says whether the
    form has been handed in, `is_checked` whether what came of it is being looked at, `seen` in
    comparison with which edition. Forms with another `serial` are drawn anew.
    """

    activity_id: str
    before: Mapping[str, str]
    edition_number: int
    texts: Mapping[str, str]
    is_sent: bool = False
    is_checked: bool = False
    seen: int = 0
    serial: int = 0

    @property
    def entry(self) -> Entry:
        """The cells that differ from what was there."""
        return entry_from_form(self.texts, self.activity_id, self.before)


def draw_page(edition: Edition, person: Person) -> None:
    """What has been done, else the form, else what it would change."""
    if done := st.session_state.pop(DONE, None):
        mount.draw(edition, "kg_done", *done, ADD, holds_view=True)
        return
    activity_id = view_state.text_option("activity")
    try:
        draft = _draft(edition, person, activity_id)
    except KyodoError as error:
        mount.draw(edition, "kg_entry", prose.notice(error.sentence), _list_link(), ADD)
        return
    if draft is None:
        text = "この活動は、ほかの地区か全市の活動です。直したいところはメールで知らせてください。"
        mount.draw(edition, "kg_entry", prose.notice(text), _list_link(), ADD)
        return
    if draft.is_checked:
        _draw_check(edition, person, draft)
    else:
        _draw_form(edition, person, draft)


def introduction(person: Person) -> Part:
    """What the page does."""
    return prose.paragraph(OFFICIAL_WAY if person.role is Role.OFFICIAL else COUNCIL_WAY)


def _draft(edition: Edition, person: Person, activity_id: str) -> EditDraft | None:
    """What has been written of an activity, begun if need be; None if it is not theirs.

    Raises IntakeError for an activity that is not on record.
    """
    drafts: dict[str, EditDraft] = st.session_state.setdefault(DRAFTS, {})
    before = on_record(edition, activity_id) if activity_id else {}
    if activity_id and not may_correct(person, before["district_ids"].split(SEPARATOR)):
        return None
    if activity_id not in drafts:
        own = {} if activity_id else {"district_ids": person.district_id}
        number, held = edition.info.number, {**before, **own}
        drafts[activity_id] = EditDraft(activity_id, before, number, held, serial=_next_serial())
    return drafts[activity_id]


def _next_serial() -> int:
    serial: int = st.session_state.get(SERIAL, 0) + 1
    st.session_state[SERIAL] = serial
    return serial


def _store_draft(draft: EditDraft, **changes: Any) -> None:
    st.session_state[DRAFTS][draft.activity_id] = replace(draft, **changes)


def _forget(draft: EditDraft) -> None:
    """Start anew, from what is on record."""
    del st.session_state[DRAFTS][draft.activity_id]


def _draw_form(edition: Edition, person: Person, draft: EditDraft) -> None:
    mount.draw(edition, "kg_entry", _heading(draft), holds_view=True)
    found = entry_form(edition, draft.texts, f"kyodo_entry_{draft.serial}")
    if found is not None:
        sent = replace(draft, texts=found, is_sent=True)
        _store_draft(sent, is_checked=not _problem(_examined(sent, edition)))
        st.rerun()
    if draft.is_sent:
        examination = _examined(draft, edition)
        said = [prose.notice(problem)] if (problem := _problem(examination)) else []
        # Below the button that was pressed, where people look.
        mount.draw(edition, "kg_found", *said, *finding_table(examination.findings))
        if st.button("書いたものを捨てて、はじめから書く"):
            _forget(draft)
            st.rerun()
    if draft.activity_id:
        _draw_removal(edition, person, draft)


def _examined(draft: EditDraft, edition: Edition) -> ActivityExamination:
    with out_of_turn():
        return examine_entry(draft.entry, edition)


def _problem(examination: ActivityExamination) -> str:
    """Why an entry can't be published; empty if it can."""
    if examination.counts["refused"]:
        return NOT_YET
    return NOTHING_NEW if examination.is_nothing_new else ""


def _draw_check(edition: Edition, person: Person, draft: EditDraft) -> None:
    examination = _examined(draft, edition)
    cells = compared(draft.entry, examination, edition)
    columns = _columns(draft, cells)
    mount.draw(
        edition,
        "kg_entry",
        _heading(draft),
        *_refusal(),
        *_meanwhile(edition, draft, cells),
        prose.section("変わるところ" if draft.activity_id else "加える記録"),
        cell_table(edition, cells, "公開するまで、記録は変わりません。", columns),
        *finding_table(examination.findings),
        holds_view=True,
    )
    seen, is_official = draft.seen, person.role is Role.OFFICIAL
    _store_draft(draft, seen=edition.info.number)
    word = "" if is_official else _word()
    with st.container(horizontal=True):
        if st.button("公開する" if is_official else "提案する", type="primary"):
            if is_official:
                _publish(edition, person, draft, examination, seen)
            else:
                _propose(person, draft, word)
            st.rerun()
        if st.button("入力に戻る"):
            _store_draft(draft, is_checked=False, serial=_next_serial())
            st.rerun()


def _word() -> str:
    return st.text_area(
        "職員へのひとこと（何で確かめたかなど）", max_chars=LONGEST_WORD, key="kyodo_word"
    )


def _publish(
    edition: Edition, person: Person, draft: EditDraft, examination: ActivityExamination, seen: int
) -> None:
    if seen != edition.info.number:
        st.session_state[REFUSED] = (
            f"見ている間に、{edition.info.label}が公開されました。"
            "まだ何も変えていません。下の内容をもう一度見てから、公開してください。"
        )
        return
    try:
        with out_of_turn():
            number = publish_entry(store(), draft.entry, examination, person)
    except KyodoError as error:
        st.session_state[REFUSED] = error.sentence
        return
    assert examination.plan is not None
    _forget(draft)
    st.session_state[DONE] = _published(number, str(examination.plan.records.ids[0]))


def _propose(person: Person, draft: EditDraft, word: str) -> None:
    try:
        with out_of_turn():
            proposal = propose(store(), draft.entry, person, word)
    except KyodoError as error:
        st.session_state[REFUSED] = error.sentence
        return
    _forget(draft)
    st.session_state[DONE] = _proposed(proposal)


def _draw_removal(edition: Edition, person: Person, draft: EditDraft) -> None:
    is_official = person.role is Role.OFFICIAL
    with (
        st.expander("この記録を削除する"),
        st.form(f"kyodo_removal_{draft.serial}", enter_to_submit=False, border=False),
    ):
        st.write("いまの記録から除きます。前の版には残り、あとで元に戻せます。")
        why = st.text_input("削除する理由（必須）", max_chars=LONGEST_WHY)
        is_sure = st.checkbox("この記録を削除してよいことを確かめました")
        is_sent = st.form_submit_button("削除する" if is_official else "削除を提案する")
    if is_sent and not is_sure:
        st.warning("削除してよいことを確かめ、印をつけてください。")
    elif is_sent:
        try:
            with out_of_turn():
                done = _remove(edition, person, draft, why)
        except KyodoError as error:
            mount.draw(edition, "kg_removal", prose.notice(error.sentence))
            return
        _forget(draft)
        view_state.set_option("activity", None)
        st.session_state[DONE] = done
        st.rerun()


def _remove(edition: Edition, person: Person, draft: EditDraft, why: str) -> tuple[Part, ...]:
    if person.role is not Role.OFFICIAL:
        return _proposed(propose_removal(store(), draft.activity_id, person, why))
    looked_at = edition.info.number
    number = remove(store(), [draft.activity_id], person, why, looked_at=looked_at)
    return _published(number, "")


def _published(number: int, activity_id: str) -> tuple[Part, ...]:
    """What has been done, and how to take it back."""
    compared_with = {"before": [str(number - 1)], "after": [str(number)]}
    items = [Link("版の違いを見る、元に戻す", "history", compared_with)]
    if activity_id:
        items.insert(0, Link("公開した記録を見る", "activities", {"activity": [activity_id]}))
    text = f"第{number}版を公開しました。版の履歴から、前の版の内容に戻せます。"
    return prose.notice(text), prose.links(*items)


def _proposed(proposal: Proposal) -> tuple[Part, ...]:
    link = Link(f"{proposal.name}を見る", "proposals", {"proposal": [str(proposal.number)]})
    text = (
        f"{proposal.name}として受け付けました。職員が確かめます。"
        "返事は「提案」のページで見られ、それまでは取り下げられます。"
    )
    return prose.notice(text), prose.links(link)


def _heading(draft: EditDraft) -> Part:
    title = draft.before.get("title", "")
    return prose.section(f"{draft.activity_id} {title}" if draft.activity_id else "新しい活動")


def _refusal() -> tuple[Part, ...]:
    """Why what was asked for last could not be done."""
    sentence = st.session_state.pop(REFUSED, None)
    return (prose.notice(sentence),) if sentence else ()


def _meanwhile(
    edition: Edition, draft: EditDraft, cells: Sequence[ComparedCell]
) -> tuple[Part, ...]:
    """What others have published since the form was begun."""
    if draft.edition_number == edition.info.number:
        return ()
    conflicts = "」「".join(cell.label for cell in cells if cell.is_conflict)
    said = f"書き始めたあとに、{edition.info.label}が公開されました。"
    if conflicts:
        said += (
            f"「{conflicts}」はほかの人も変えています。書いた内容で置き換えてよいか見てください。"
        )
    else:
        said += "書いたところを、ほかの人は変えていません。"
    return (prose.notice(said),)


def _columns(draft: EditDraft, cells: Sequence[ComparedCell]) -> tuple[str, ...]:
    if not draft.activity_id:
        return ("新しい記録",)
    if any(cell.is_conflict for cell in cells):
        return ("書き始めたときの記録", "いまの記録", "新しい記録")
    return ("いまの記録", "新しい記録")


def _list_link() -> Part:
    return prose.links(Link("活動一覧で選ぶ", "activities", {}))
