"""The records of this app, one file per noun."""

from __future__ import annotations

from pendamping.training.models.certificates import (
    Certificate,
    CertificateBatch,
    Gate,
    Reminder,
    SigningKey,
    StatusList,
)
from pendamping.training.models.curriculum import (
    Activity,
    Competency,
    Course,
    CourseVersion,
    Material,
    Module,
    Programme,
    Quiz,
)
from pendamping.training.models.learning import (
    Attempt,
    AttemptAnswer,
    Enrolment,
    Opinion,
    PracticeCard,
    Progress,
    Submission,
)
from pendamping.training.models.sessions import CalendarKey, Place, Session, SheetReading

__all__ = [
    "Activity",
    "Attempt",
    "AttemptAnswer",
    "CalendarKey",
    "Certificate",
    "CertificateBatch",
    "Competency",
    "Course",
    "CourseVersion",
    "Enrolment",
    "Gate",
    "Material",
    "Module",
    "Opinion",
    "Place",
    "PracticeCard",
    "Programme",
    "Progress",
    "Quiz",
    "Reminder",
    "Session",
    "SheetReading",
    "SigningKey",
    "StatusList",
    "Submission",
]
