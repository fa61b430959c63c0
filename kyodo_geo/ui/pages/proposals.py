"""Parts of the page of proposals: the list, one in full, and what can be decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kyodo_geo.auth.roles import Person, Role
from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import KyodoError
from kyodo_geo.proposals import (
    Event,
    Proposal,
    ProposalComparison,
    ProposalKind,
    approve,
    compare_proposal,
    history_of,
    list_proposals,
    send_back,
    withdraw,
)
from kyodo_geo.proposals.submit import LONGEST_WORD
from kyodo_geo.ui.components import mount, prose
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.entry_preview import cell_table, finding_table
from kyodo_geo.ui.components.parts import Button, Folded, Link, Part
from kyodo_geo.ui.runtime import out_of_turn, store
from kyodo_geo.ui.state import view_state

TOLD, LOOKED_AT = "kyodo_proposal_told", "kyodo_proposal_looked_at"
LONGEST_NUMBER = 9

NONE_YET = {
    Role.COUNCIL: "提案はまだありません。活動一覧で活動を開き「この記録を直す」を押すか、"
    "「活動を加える」から始められます。",
    Role.OFFICIAL: "提案はまだありません。地区の方が提案すると、ここに並びます。",
}
CONFLICT = (
    "提案のあとに、同じ項目をほかの人が変えています。承認すると、いまの記録を提案の内容で"
    "置き換えます。"
)
CLOSE = prose.buttons(Button("閉じる", {"proposal": []}))


def draw_page(edition: Edition, person: Person) -> None:
    """One proposal if the address names it, then all."""
    told = st.session_state.pop(TOLD, None)
    messages = (prose.notice(told),) if told else ()
    asked = view_state.text_option("proposal")
    if asked:
        _draw_one(edition, person, asked, messages)
    listed = list_proposals(store(), person)
    shown = (*(() if asked else messages), *_lists(edition, listed, person.role, asked))
    mount.draw(edition, "kg_proposals", *shown, holds_view=True)


def _draw_one(edition: Edition, person: Person, asked: str, messages: Sequence[Part]) -> None:
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER
    try:
        with out_of_turn():
            seen = compare_proposal(store(), int(asked) if is_number else 0, person)
            events = history_of(store(), seen.proposal, person)
    except KyodoError as error:
        mount.draw(
            edition, "kg_proposal", *messages, prose.notice(error.sentence), CLOSE, holds_view=True
        )
        return
    shown = (
        *messages,
        _card(edition, seen.proposal),
        *_comparison(edition, seen),
        _history(events),
    )
    mount.draw(edition, "kg_proposal", *shown, holds_view=True)
    if not seen.proposal.is_open:
        return
    if person.role is Role.OFFICIAL:
        _draw_decision(person, seen)
    elif seen.proposal.is_of(person):
        _draw_withdrawal(person, seen.proposal)


def _card(edition: Edition, proposal: Proposal) -> Part:
    decided = (
        f"{proposal.decided_by}　{proposal.decided_at:%Y-%m-%d %H:%M}"
        if proposal.decided_at
        else ""
    )
    pairs = (
        ("状態", str(proposal.state)),
        ("種類", f"{proposal.kind}　{proposal.entry.activity_id}".strip()),
        (
            "提案した人",
            f"{proposal.proposed_by}（{_district(edition, proposal)}{city().district_noun}）",
        ),
        ("提案した日", f"{proposal.proposed_at:%Y-%m-%d %H:%M}"),
        ("削除する理由" if proposal.kind is ProposalKind.REMOVAL else "ひとこと", proposal.word),
        ("決めた人と日時", decided),
        ("返事", "" if proposal.is_open else proposal.answer),
        ("できた版", f"第{proposal.edition}版" if proposal.edition else ""),
    )
    return prose.card(
        "提案",
        prose.first_heading(f"{proposal.name}　{proposal.entry.title}"),
        prose.details(pairs),
        CLOSE,
    )


def _comparison(edition: Edition, seen: ProposalComparison) -> tuple[Part, ...]:
    proposal = seen.proposal
    wish = "削除したあと" if proposal.kind is ProposalKind.REMOVAL else "提案"
    if proposal.kind is ProposalKind.ADDITION:
        columns: tuple[str, ...] = (wish,)
    elif proposal.is_open:
        columns = (
            f"提案したとき（第{proposal.base_edition}版）",
            f"いま（第{seen.edition_number}版）",
            wish,
        )
    else:
        columns = (f"提案したとき（第{proposal.base_edition}版）", wish)
    notices = [
        prose.notice(text) for text in (seen.obstacle, CONFLICT if seen.conflicts else "") if text
    ]
    table = cell_table(edition, seen.cells, f"{proposal.kind}の内容", columns)
    return (*notices, table, *finding_table(seen.findings))


def _history(events: Sequence[Event]) -> Part:
    rows = [
        (str(n), (f"{event.at:%Y-%m-%d %H:%M}", event.by, str(event.after), event.word))
        for n, event in enumerate(events)
    ]
    columns = texts("いつ", "だれが", "どうした", "ことば")
    table = row_table("この提案の経過", columns, rows, style="kg-wrapped")
    return Folded("経過", table)


def _draw_decision(person: Person, seen: ProposalComparison) -> None:
    """Approve or return; what is decided on is what was on the screen, not what came since."""
    number = seen.proposal.number
    looked_at = st.session_state.get(LOOKED_AT, {}).get(number, seen.edition_number)
    st.session_state[LOOKED_AT] = {number: seen.edition_number}
    with st.form(f"kyodo_decision_{number}", enter_to_submit=False):
        word = st.text_area("地区の方へのことば（差し戻すときは必須）", max_chars=LONGEST_WORD)
        is_sure = not seen.conflicts or st.checkbox("ほかの人の変更を、提案の内容で置き換えます")
        with st.container(horizontal=True):
            is_approved = st.form_submit_button(
                "承認して公開する", type="primary", disabled=bool(seen.obstacle)
            )
            is_returned = st.form_submit_button("差し戻す")
    is_stale = looked_at != seen.edition_number
    if is_approved and (is_sure or is_stale):  # a stale one is refused, and says why
        _do(lambda: _approved(number, person, looked_at, word))
    elif is_approved:
        st.warning("置き換えてよいことを確かめ、印をつけてください。")
    elif is_returned:
        _do(lambda: _returned(number, person, word))


def _draw_withdrawal(person: Person, proposal: Proposal) -> None:
    with st.expander("この提案を取り下げる"):
        st.write("返事を待つのをやめます。直して、もう一度提案できます。")
        if st.button("取り下げる"):
            _do(lambda: _withdrawn(proposal, person))


def _do(decide: Callable[[], str]) -> None:
    """Decide, and draw the page anew with what became of it; what was typed stays if refused."""
    try:
        with out_of_turn():
            st.session_state[TOLD] = decide()
    except KyodoError as error:
        st.session_state[TOLD] = error.sentence
    st.rerun()


def _approved(number: int, person: Person, looked_at: int, word: str) -> str:
    made = approve(store(), number, person, looked_at, word)
    return f"提案第{number}号を承認し、第{made}版を公開しました。版の履歴から元に戻せます。"


def _returned(number: int, person: Person, word: str) -> str:
    send_back(store(), number, person, word)
    return f"提案第{number}号を差し戻しました。"


def _withdrawn(proposal: Proposal, person: Person) -> str:
    withdraw(store(), proposal.number, person)
    return f"{proposal.name}を取り下げました。"


def _lists(
    edition: Edition, proposals: Sequence[Proposal], role: Role, asked: str
) -> tuple[Part, ...]:
    if not proposals:
        to_list = Link("活動一覧を開く", "activities", {})
        return prose.notice(NONE_YET[role]), prose.links(to_list)
    waiting = [proposal for proposal in proposals if proposal.is_open]
    decided = [proposal for proposal in proposals if not proposal.is_open]
    shown: list[Part] = [prose.section("返事を待つ提案")]
    if waiting:
        caption = f"{len(waiting):,}件、古い順。名前を押すと、内容が見られます。"
        shown.append(_table(edition, waiting, caption, asked))
    else:
        shown.append(prose.paragraph("返事を待つ提案はありません。"))
    if decided:
        caption = f"{len(decided):,}件、新しい順。"
        shown += [prose.section("終わった提案"), _table(edition, decided, caption, asked)]
    return tuple(shown)


def _table(edition: Edition, proposals: Sequence[Proposal], caption: str, asked: str) -> Part:
    columns = texts("提案", "状態", "種類", "地区", "提案した人", "提案した日", "返事した日")
    rows = [(str(one.number), _row(edition, one)) for one in proposals]
    return row_table(
        caption, columns, rows, picks="proposal", selected=asked or None, style="kg-page"
    )


def _row(edition: Edition, proposal: Proposal) -> tuple[str, ...]:
    return (
        f"第{proposal.number}号　{proposal.entry.title}",
        proposal.state,
        proposal.kind,
        _district(edition, proposal),
        proposal.proposed_by,
        f"{proposal.proposed_at:%Y-%m-%d}",
        f"{proposal.decided_at:%Y-%m-%d}" if proposal.decided_at else "",
    )


def _district(edition: Edition, proposal: Proposal) -> str:
    place = edition.place_by_id.get(proposal.district_id)
    return place.label if place else proposal.district_id
