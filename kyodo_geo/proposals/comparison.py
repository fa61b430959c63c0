"""Compare a proposal with the record: as it was, as it is now, as proposed."""

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
    """A proposal compared with edition `edition_number`.

    `obstacle` is the reason why it cannot be approved now; empty if it can.
    """

    proposal: Proposal
    edition_number: int
    cells: tuple[ComparedCell, ...]
    findings: tuple[Finding, ...] = ()
    obstacle: str = ""

    @property
    def conflicts(self) -> tuple[ComparedCell, ...]:
        """Cells that others have changed since it was proposed."""
        return tuple(cell for cell in self.cells if cell.is_conflict)


def compare_proposal(store: EditionStore, number: int, person: Person) -> ProposalComparison:
    """Compare an open proposal with the current edition, a decided one with its base.

    Raises what `find_proposal` raises.
    """
    proposal, edition = find_proposal(store, number, person), store.current()
    if not proposal.is_open:
        return ProposalComparison(proposal, edition.info.number, _as_proposed(proposal))
    compare = _compare_removal if proposal.kind is ProposalKind.REMOVAL else _compare_entry
    try:
        return compare(proposal, edition)
    except IntakeError as error:  # the activity has gone
        return ProposalComparison(
            proposal, edition.info.number, _as_proposed(proposal), obstacle=error.sentence
        )


def _compare_entry(proposal: Proposal, edition: Edition) -> ProposalComparison:
    examination = examine_entry(proposal.entry, edition)
    obstacle = ""
    if examination.counts["refused"]:
        obstacle = "いまの版には、このままでは入れられません。見つかったことを見てください。"
    elif examination.is_nothing_new:
        obstacle = "いまの記録は、もう提案のとおりです。"
    cells, number = compared(proposal.entry, examination, edition), edition.info.number
    return ProposalComparison(proposal, number, cells, examination.findings, obstacle)


def _compare_removal(proposal: Proposal, edition: Edition) -> ProposalComparison:
    before, now = proposal.entry.before, on_record(edition, proposal.entry.activity_id)
    cells = [ComparedCell(name, before.get(name, ""), now[name], "") for name in NAMES]
    filled = tuple(cell for cell in cells if cell.before or cell.now)
    return ProposalComparison(proposal, edition.info.number, filled)


def _as_proposed(proposal: Proposal) -> tuple[ComparedCell, ...]:
    before, texts = proposal.entry.before, proposal.entry.texts
    filled = {name for name, text in before.items() if text}
    wanted = filled if proposal.kind is ProposalKind.REMOVAL else set(texts)
    return tuple(
        ComparedCell(name, before.get(name, ""), before.get(name, ""), texts.get(name, ""))
        for name in NAMES
        if name in wanted
    )
