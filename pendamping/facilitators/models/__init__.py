"""Everything this app keeps; one file per noun."""

from pendamping.facilitators.models.applications import Application, StageResult
from pendamping.facilitators.models.appointments import Appointment, Decree
from pendamping.facilitators.models.assignments import Assignment
from pendamping.facilitators.models.checks import Check, SecondCheck
from pendamping.facilitators.models.evidence import Evidence
from pendamping.facilitators.models.requirements import Requirement
from pendamping.facilitators.models.rounds import Post, RequirementSet, Round
from pendamping.facilitators.models.standings import Standing

__all__ = [
    "Application",
    "Appointment",
    "Assignment",
    "Check",
    "Decree",
    "Evidence",
    "Post",
    "Requirement",
    "RequirementSet",
    "Round",
    "SecondCheck",
    "StageResult",
    "Standing",
]
