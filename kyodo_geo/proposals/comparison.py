"""A proposal beside the record: as it was, as it is now, as it is proposed."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo_geo.auth.roles import Person
from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.errors import IntakeError
from kyodo_geo.imports.activities import Finding
from kyodo_geo.imports.activities.form_entry import (
    NAMES,
    ComparedCell,
    compared,
    examine_entry,
    on_record,
)
from kyodo_geo.proposals.proposal import Proposal, ProposalKind
from kyodo_geo.proposals.query import find_proposal


@dataclass(frozen=True)
class ProposalComparison:
    """What there is to see of a proposal before it is decided on.

    `edition_number` is the edition it was compared with. `obstacle` says why it cannot be
    approved as things are; empty if it can.
    """

    proposal: Proposal
    edition_number: int
    cells: tuple[ComparedCell, ...]
    findings: tuple[Finding, ...] = ()
    obstacle: str = ""

    @property
    def conflicts(self) -> tuple[ComparedCell, ...]:
        """Cells that somebody has changed since it was proposed."""
        return tuple(cell for cell in self.cells if cell.is_conflict)


def compare_proposal(store: EditionStore, number: int, person: Person) -> ProposalComparison:
    """A proposal beside the current edition; one that was decided on beside what it was made on.

    Raises what `find_proposal` raises.
    """
    proposal, edition = find_proposal(store, number, person), store.current()
    if not proposal.is_open:
        return ProposalComparison(proposal, edition.info.number, _as_proposed(proposal))
    try:
        return (
            _removal(proposal, edition)
            if proposal.kind is ProposalKind.REMOVAL
            else _entry(proposal, edition)
        )
    except IntakeError as error:  # the activity has gone
        return ProposalComparison(
            proposal, edition.info.number, _as_proposed(proposal), obstacle=error.sentence
        )


def _entry(proposal: Proposal, edition: Edition) -> ProposalComparison:
    examination = examine_entry(proposal.entry, edition)
    obstacle = ""
    if examination.counts["refused"]:
        obstacle = "いまの版には、このままでは入れられません。見つかったことを見てください。"
    elif examination.is_nothing_new:
        obstacle = "いまの記録は、もう提案のとおりです。"
    return ProposalComparison(
        proposal,
        edition.info.number,
        compared(proposal.entry, examination, edition),
        examination.findings,
        obstacle,
    )


def _removal(proposal: Proposal, edition: Edition) -> ProposalComparison:
    before, now = proposal.entry.before, on_record(edition, proposal.entry.activity_id)
    cells = [ComparedCell(name, before.get(name, ""), now[name], "") for name in NAMES]
    shown = tuple(cell for cell in cells if cell.before or cell.now)
    return ProposalComparison(proposal, edition.info.number, shown)


def _as_proposed(proposal: Proposal) -> tuple[ComparedCell, ...]:
    before, texts = proposal.entry.before, proposal.entry.texts
    wanted = (
        [name for name in NAMES if before.get(name)]
        if proposal.kind is ProposalKind.REMOVAL
        else texts
    )
    return tuple(
        ComparedCell(name, before.get(name, ""), before.get(name, ""), texts.get(name, ""))
        for name in NAMES
        if name in wanted
    )
