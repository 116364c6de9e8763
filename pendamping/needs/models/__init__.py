"""The records of this app, one file per noun."""

from __future__ import annotations

from pendamping.needs.models.menu import MenuItem, subject_label
from pendamping.needs.models.needs import Gathering, Need
from pendamping.needs.models.proposals import Proposal, ProposalRevision
from pendamping.needs.models.voices import Voice

__all__ = ["Gathering", "MenuItem", "Need", "Proposal", "ProposalRevision", "Voice", "subject_label"]
