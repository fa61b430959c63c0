"""What councils do: propose an addition, a change or a removal, and withdraw it."""

from __future__ import annotations

from datetime import UTC, datetime

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.city import city
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.errors import AccessError, ProposalError
from kyodo_geo.imports.activities.activity_examination import ActivityExamination
from kyodo_geo.imports.activities.form_entry import Entry, examine_entry, on_record
from kyodo_geo.proposals.proposal import Proposal, ProposalKind, ProposalState
from kyodo_geo.proposals.proposal_store import NewProposal, ProposalStore
from kyodo_geo.proposals.query import find_proposal

PROPOSE, WITHDRAW = "提案する", "提案の取り下げ"
LONGEST_WORD = 1000
LONGEST_ENTRY = 20_000
"""Characters of all cells of a proposal."""

MOST_OPEN, MOST_A_DAY = 200, 200
"""Proposals of a district: nobody can fill the disk."""


def propose(store: EditionStore, entry: Entry, person: Person, word: str = "") -> Proposal:
    """Propose an addition or a change for the own district; `word` is for the official.

    Raises AccessError without the role or for another district's activity, ProposalError for
    what could not be taken in, changes nothing or is too long, IntakeError for an activity that
    is no longer there.
    """
    require(person, Role.COUNCIL, PROPOSE)
    edition = store.current()
    examination = examine_entry(entry, edition)
    if entry.activity_id:
        _refuse_other_district(edition, entry, person)
    else:
        _refuse_elsewhere(edition, examination, person)
    _refuse_useless(entry, examination)
    kind = ProposalKind.CHANGE if entry.activity_id else ProposalKind.ADDITION
    return _add(store, NewProposal(kind, entry, edition.info.number, word, *_who(person)), person)


def propose_removal(store: EditionStore, activity_id: str, person: Person, word: str) -> Proposal:
    """Propose that an activity of the own district is taken out of the record, and say why.

    Raises what `propose` raises, and ProposalError without a reason.
    """
    require(person, Role.COUNCIL, PROPOSE)
    edition = store.current()
    entry = Entry(activity_id, {}, on_record(edition, activity_id))
    _refuse_other_district(edition, entry, person)
    if not word.strip():
        raise ProposalError(PROPOSE, "理由がありません", next_step="削除する理由を書いてください")
    new = NewProposal(ProposalKind.REMOVAL, entry, edition.info.number, word, *_who(person))
    return _add(store, new, person)


def withdraw(store: EditionStore, number: int, person: Person) -> None:
    """Take back an own proposal that nobody has decided on.

    Raises AccessError without the role or for somebody else's, ProposalError for one that is
    not there or has been decided on.
    """
    require(person, Role.COUNCIL, WITHDRAW)
    # Decisions wait for each other, and for an approval that is being published.
    with store.locked():
        proposal = find_proposal(store, number, person)
        if not proposal.is_of(person):
            raise AccessError(
                where=proposal.name,
                found="提案した人だけが取り下げられます",
                next_step=f"{proposal.proposed_by}さんに頼んでください",
            )
        ProposalStore.of(store).decide(
            number, ProposalState.WITHDRAWN, person.name, datetime.now(UTC)
        )


def _who(person: Person) -> tuple[str, str]:
    return person.name, person.district_id


def _add(store: EditionStore, new: NewProposal, person: Person) -> Proposal:
    length = sum(map(len, new.entry.texts.values()))
    for what, found, most in (
        ("提案", length, LONGEST_ENTRY),
        ("ひとこと", len(new.word), LONGEST_WORD),
    ):
        if found > most:
            raise ProposalError(
                where=what,
                found=f"{found:,}字あります",
                expected=f"{most:,}字までです",
                next_step="短くしてください",
            )
    number = ProposalStore.of(store).add(new, MOST_OPEN, MOST_A_DAY)
    return find_proposal(store, number, person)


def _refuse_other_district(edition: Edition, entry: Entry, person: Person) -> None:
    """An activity on record has to be one of the own district."""
    if person.district_id not in on_record(edition, entry.activity_id)["district_ids"].split(";"):
        raise _not_own(edition, person, f"活動 {entry.activity_id}")


def _refuse_elsewhere(edition: Edition, examination: ActivityExamination, person: Person) -> None:
    """A new activity has to be one of the own district."""
    assert examination.plan is not None
    place = edition.place_by_id.get(person.district_id)
    if place is None or not examination.plan.records.values["district_mask"][0] & place.mask:
        raise _not_own(edition, person, "新しい活動")


def _not_own(edition: Edition, person: Person, what: str) -> AccessError:
    if not person.district_id:
        return AccessError(
            where=PROPOSE,
            found="地区の決まっていない方は提案できません",
            next_step="職員の方は、提案せずに公開できます",
        )
    name = edition.place_by_id[person.district_id].label
    return AccessError(
        where=what,
        found=f"{name}{city().district_noun}の活動ではありません",
        expected="提案できるのは、自分の地区の活動だけです",
        next_step="ほかの地区や全市の活動は、メールで知らせてください",
    )


def _refuse_useless(entry: Entry, examination: ActivityExamination) -> None:
    where = entry.title[:40] or "提案"
    if examination.counts["refused"]:
        raise ProposalError(
            where, "このままでは記録にできません", next_step="見つかったことを直してください"
        )
    if examination.is_nothing_new:
        raise ProposalError(where, "いまの記録と変わるところがありません")
