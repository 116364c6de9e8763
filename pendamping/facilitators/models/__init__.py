"""Everything this app keeps; one file per noun."""

from pendamping.facilitators.models.applications import Application, StageResult
from pendamping.facilitators.models.appointments import Appointment, Decree
from pendamping.facilitators.models.assignments import Assignment
from pendamping.facilitators.models.ceremonies import Attendee, Ceremony
from pendamping.facilitators.models.contracts import Contract
from pendamping.facilitators.models.duty_handovers import DutyHandover
from pendamping.facilitators.models.ethics import EthicsCase, EthicsCode, EthicsSignature, PanelSeat
from pendamping.facilitators.models.rounds import Post, RequirementSet, Round
from pendamping.facilitators.models.standings import Standing

__all__ = [
    "Application",
    "Appointment",
    "Assignment",
    "Attendee",
    "Ceremony",
    "Contract",
    "Decree",
    "DutyHandover",
    "EthicsCase",
    "EthicsCode",
    "EthicsSignature",
    "PanelSeat",
    "Post",
    "RequirementSet",
    "Round",
    "StageResult",
    "Standing",
]
