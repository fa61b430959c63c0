"""Looking at proposals: councils at their own district's, officials at all."""

from __future__ import annotations

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import EditionStore
from kyodo_geo.errors import ProposalError
from kyodo_geo.proposals.proposal import Event, Proposal, ProposalState
from kyodo_geo.proposals.proposal_store import ProposalStore

READ = "提案"


def list_proposals(store: EditionStore, person: Person) -> tuple[Proposal, ...]:
    """The proposals a person may see: open ones, oldest first, then the newest of the others.

    Raises AccessError for readers: proposals may hold what must not be published.
    """
    require(person, Role.COUNCIL, READ)
    settle(store)
    return ProposalStore.of(store).listed(_district_seen(person))


def count_open(store: EditionStore, person: Person) -> int:
    """How many of them wait for a decision; cheap, but may count one that was just approved."""
    require(person, Role.COUNCIL, READ)
    return ProposalStore.of(store).count_open(_district_seen(person))


def find_proposal(store: EditionStore, number: int, person: Person) -> Proposal:
    """One proposal. Raises ProposalError if there is none or another district's."""
    require(person, Role.COUNCIL, READ)
    settle(store)
    proposal = ProposalStore.of(store).find(number)
    if proposal is None or not proposal.is_visible_to(person):
        raise ProposalError(
            where=f"提案第{number}号",
            found="見つからないか、ほかの地区の提案です",
            next_step="一覧から選んでください",
        )
    return proposal


def history_of(store: EditionStore, proposal: Proposal, person: Person) -> tuple[Event, ...]:
    """What has become of a proposal, oldest first."""
    find_proposal(store, proposal.number, person)
    return ProposalStore.of(store).events(proposal.number)


def settle(store: EditionStore) -> None:
    """Mark as approved those proposals that editions have been made of.

    An approval publishes first and is marked then: of a process that is killed in between,
    the log of the edition tells.
    """
    box = ProposalStore.of(store)
    waiting = box.open_ones()
    if not waiting:
        return
    made = {text: entry for entry in store.current().log for text in entry.source_files}
    for proposal in waiting:
        entry = made.get(proposal.source_file)
        if entry is None:
            continue
        try:
            box.decide(
                proposal.number,
                ProposalState.APPROVED,
                entry.published_by,
                entry.published_at,
                edition=entry.number,
            )
        except ProposalError:
            continue  # somebody else has just marked it


def _district_seen(person: Person) -> str | None:
    """The district a person sees proposals of; None for all."""
    return None if person.role is Role.OFFICIAL else person.district_id
