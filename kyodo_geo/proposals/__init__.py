"""Corrections from councils: proposed, looked at by officials, approved or returned."""

from kyodo_geo.proposals.comparison import ProposalComparison, compare_proposal
from kyodo_geo.proposals.decide import approve, send_back
from kyodo_geo.proposals.proposal import Event, Proposal, ProposalKind, ProposalState
from kyodo_geo.proposals.query import (
    count_open,
    find_proposal,
    history_of,
    list_proposals,
    settle,
)
from kyodo_geo.proposals.submit import propose, propose_removal, withdraw

__all__ = [
    "Event",
    "Proposal",
    "ProposalComparison",
    "ProposalKind",
    "ProposalState",
    "approve",
    "compare_proposal",
    "count_open",
    "find_proposal",
    "history_of",
    "list_proposals",
    "propose",
    "propose_removal",
    "send_back",
    "settle",
    "withdraw",
]
