"""Corrections from councils: proposed, looked at by officials, approved or returned."""

from kyodo_geo.proposals.deciding import approve, send_back
from kyodo_geo.proposals.model import Event, Kind, Proposal, State
from kyodo_geo.proposals.proposing import propose, propose_removal, withdraw
from kyodo_geo.proposals.reading import (
    count_open,
    find_proposal,
    history_of,
    list_proposals,
    settle,
)
from kyodo_geo.proposals.review import Review, review

__all__ = [
    "Event",
    "Kind",
    "Proposal",
    "Review",
    "State",
    "approve",
    "count_open",
    "find_proposal",
    "history_of",
    "list_proposals",
    "propose",
    "propose_removal",
    "review",
    "send_back",
    "settle",
    "withdraw",
]
