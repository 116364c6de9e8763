"""The records of this app, one file per noun."""

from __future__ import annotations

from pendamping.needs.models.assessments import Criterion, Score, View, Viewpoint
from pendamping.needs.models.categories import Category, CategoryQuestion, Holiday, ReadyAnswer, StepDays
from pendamping.needs.models.channels import GatewayMessage, Visit
from pendamping.needs.models.contacts import Contact, Following, Notice
from pendamping.needs.models.conversations import Deadline, Message, Pause, Solving
from pendamping.needs.models.finding import Export, SavedView
from pendamping.needs.models.menu import MenuItem, subject_label
from pendamping.needs.models.moderation import Block, CaseMember, Complaint, Hiding, Original, Redaction
from pendamping.needs.models.needs import Gathering, Need
from pendamping.needs.models.proposals import Proposal, ProposalRevision
from pendamping.needs.models.voices import Voice

__all__ = [
    "Block",
    "CaseMember",
    "Category",
    "CategoryQuestion",
    "Complaint",
    "Contact",
    "Criterion",
    "Deadline",
    "Export",
    "Following",
    "GatewayMessage",
    "Gathering",
    "Hiding",
    "Holiday",
    "MenuItem",
    "Message",
    "Need",
    "Notice",
    "Original",
    "Pause",
    "Proposal",
    "ProposalRevision",
    "ReadyAnswer",
    "Redaction",
    "SavedView",
    "Score",
    "Solving",
    "StepDays",
    "View",
    "Viewpoint",
    "Visit",
    "Voice",
    "subject_label",
]
