"""The records of this app, one file per noun."""

from __future__ import annotations

from pendamping.deliberation.models.ballots import BallotGroup, Envelope, Receipt
from pendamping.deliberation.models.chairs import ChairChange
from pendamping.deliberation.models.checks import CheckAspect, CheckLine, CheckRules, TechnicalCheck
from pendamping.deliberation.models.count_sheets import CountSheet, SheetEntry
from pendamping.deliberation.models.fates import FateLetter
from pendamping.deliberation.models.invitations import Invitation, InvitationLetter
from pendamping.deliberation.models.matrices import Matrix, MatrixCriterion, MatrixItem, MatrixScore, MatrixSeat
from pendamping.deliberation.models.meetings import AgendaItem, Attendance, Decision, Meeting
from pendamping.deliberation.models.objections import MeetingObjection, MinutesRevision
from pendamping.deliberation.models.phases import MeetingPhase
from pendamping.deliberation.models.points import AgendaPoint
from pendamping.deliberation.models.polls import NoConsensus, Poll, PollChoice
from pendamping.deliberation.models.presence import PaperSheet, Presence
from pendamping.deliberation.models.results import Result
from pendamping.deliberation.models.rolls import RollEntry, Slip, VoteMark
from pendamping.deliberation.models.rules_of_year import MeetingRules
from pendamping.deliberation.models.screens import ScreenChoice
from pendamping.deliberation.models.unit_prices import PriceList, UnitPrice
from pendamping.deliberation.models.waivers import Waiver

__all__ = [
    "AgendaItem",
    "AgendaPoint",
    "Attendance",
    "BallotGroup",
    "ChairChange",
    "CheckAspect",
    "CheckLine",
    "CheckRules",
    "CountSheet",
    "Decision",
    "Envelope",
    "FateLetter",
    "Invitation",
    "InvitationLetter",
    "Matrix",
    "MatrixCriterion",
    "MatrixItem",
    "MatrixScore",
    "MatrixSeat",
    "Meeting",
    "MeetingObjection",
    "MeetingPhase",
    "MeetingRules",
    "MinutesRevision",
    "NoConsensus",
    "PaperSheet",
    "Poll",
    "PollChoice",
    "Presence",
    "PriceList",
    "Receipt",
    "Result",
    "RollEntry",
    "ScreenChoice",
    "SheetEntry",
    "Slip",
    "TechnicalCheck",
    "UnitPrice",
    "VoteMark",
    "Waiver",
]
