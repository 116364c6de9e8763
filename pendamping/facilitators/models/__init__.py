"""Everything this app keeps; one file per noun."""

from pendamping.facilitators.models.applications import Application, StageResult
from pendamping.facilitators.models.appointments import Appointment, Decree
from pendamping.facilitators.models.assignments import Assignment
from pendamping.facilitators.models.rounds import Post, RequirementSet, Round
from pendamping.facilitators.models.standings import Standing

__all__ = [
    "Application",
    "Appointment",
    "Assignment",
    "Decree",
    "Post",
    "RequirementSet",
    "Round",
    "StageResult",
    "Standing",
]
